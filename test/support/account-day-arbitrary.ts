import fc from 'fast-check';
import { NEW_WORK } from '../../src/account/account-work.ts';
import type { LedgerItem } from '../../src/arrangements/collectable.ts';
import { DISPUTE_DEFAULTS } from '../../src/arrangements/dispute.ts';
import { DEFAULT_POLICY, LARGE_ACCOUNT_POLICY } from '../../src/follow-up/default-policies.ts';
import { type AccountDay, DEFAULT_RULES } from '../../src/follow-up/follow-up.ts';
import { emptyLadder, type Ladder, type Mark } from '../../src/follow-up/ladder.ts';
import type { CurrencyAmounts, Policy, PolicyStage } from '../../src/follow-up/policy.ts';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import { weekendOf } from '../../src/kernel/working-days.ts';

/** Few values of each kind, close together, so that rules meet often. */
const amount = fc.constantFrom(1, 5_000, 40_000, 100_000, 250_000, 1_000_000);
const sometimes = <T>(value: fc.Arbitrary<T>, nil: T) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(nil) }, { weight: 1, arbitrary: value });

const minimum: fc.Arbitrary<CurrencyAmounts> = fc.constantFrom<CurrencyAmounts[]>(
  {},
  {},
  {},
  { GBP: 50_000 },
  { GBP: 150_000, EUR: 30_000 },
);
const secondNote: PolicyStage = { ...DEFAULT_POLICY.stages[0]!, key: 'note-on-the-day', offset: 0, largeOrFirst: false };
const policy: fc.Arbitrary<Policy> = fc
  .record({
    base: fc.constantFrom(DEFAULT_POLICY, LARGE_ACCOUNT_POLICY),
    minima: fc.array(minimum, { minLength: 12, maxLength: 12 }),
    notes: fc.boolean(),
  })
  .map(({ base, minima, notes }) => {
    const stages = notes ? [base.stages[0]!, secondNote, ...base.stages.slice(1)] : base.stages;
    return { ...base, stages: stages.map((stage, i) => ({ ...stage, minimum: minima[i] ?? {} })) };
  });

function item(today: Day, number: string): fc.Arbitrary<LedgerItem> {
  return fc
    .record({
      entity: fc.constantFrom('NWUK', 'NWUK', 'NWEU'),
      currency: fc.constantFrom('GBP', 'GBP', 'EUR'),
      late: fc.oneof(fc.integer({ min: -9, max: 14 }), fc.integer({ min: -20, max: 130 })),
      open: amount,
      disputed: sometimes(amount, 0),
    })
    .map(({ late, disputed, open, ...rest }) => ({
      ...rest,
      number,
      open,
      due: addDays(today, -late),
      issued: addDays(today, -late - 30),
      disputed: Math.min(disputed, open),
    }));
}

function ladder(today: Day, entity: string, items: readonly LedgerItem[], stages: readonly PolicyStage[]): fc.Arbitrary<Ladder> {
  const ago = (most: number) => fc.option(fc.integer({ min: 0, max: most }).map((n) => addDays(today, -n)));
  const stage = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...stages) },
    { weight: 1, arbitrary: fc.constantFrom({ key: 'gone', offset: 12 }, { key: 'gone-note', offset: -10 }) },
  );
  const marks = fc
    .tuple(
      ...items.map(() =>
        fc.record({ at: fc.oneof(stage, stage, fc.constant(null)), ago: fc.integer({ min: 0, max: 40 }), whole: fc.boolean() }),
      ),
    )
    .map((chosen) =>
      chosen.flatMap(({ at, ago, whole }, i): Mark[] => {
        if (!at) return [];
        const { number, open } = items[i]!;
        const on = addDays(today, -ago);
        const asked = whole ? open : Math.ceil(open / 2);
        const notice = at.offset >= 45 ? { on, asked } : null;
        return [{ invoice: number, stage: at.key, days: at.offset, on, asked, how: 'email', notice }];
      }),
    );
  const number = items.length > 0 ? fc.constantFrom(...items.map((each) => each.number)) : fc.constant('none');
  const jump = fc.record({
    invoice: number,
    stage: fc.constantFrom(...stages.filter((each) => each.offset > 0).map((each) => each.key), 'gone'),
    reason: fc.constant('x'),
    by: fc.constant('U0INES'),
  });
  const offered = fc.record({
    invoice: number,
    stage: fc.constantFrom('call', 'manager-call'),
    on: fc.integer({ min: 0, max: 9 }).map((n) => addDays(today, -n)),
    tries: fc.constant([]),
  });
  const call = fc.record({
    on: fc.integer({ min: 0, max: 20 }).map((n) => addDays(today, -n)),
    stage: fc.constant('call'),
    days: fc.constantFrom(14, 40),
    invoices: number.map((each) => [each]),
  });
  const seldom = <T>(of: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant([] as T[]) }, { weight: 1, arbitrary: of.map((each) => [each]) });
  return fc
    .record({
      marks: items.length > 0 ? marks : fc.constant([] as Mark[]),
      lastMail: ago(20),
      lastCall: ago(20),
      lastContact: ago(30),
      lastFirm: ago(60),
      start: fc.option(fc.constant({ stage: null, by: 'U0MARA', on: today, from: today })),
      jumps: seldom(jump),
      offered: seldom(offered),
      calls: seldom(call),
      no: seldom(fc.constant({ currency: 'GBP', until: addDays(today, 2), by: 'U0PAUL' })),
      statements: fc.integer({ min: 0, max: 4 }),
    })
    .map(({ statements, ...more }) => ({
      ...emptyLadder(entity),
      ...more,
      named: more.marks.map(({ invoice, on }) => ({ invoice, on, statements })),
      last: more.marks.map(({ stage: key, on }) => ({ stage: key, on })),
    }));
}

/** Account-days as they may come about, and some that hardly would. */
export const anyAccountDay: fc.Arbitrary<AccountDay> = fc
  .record({ n: fc.integer({ min: 0, max: 700 }), policy, count: fc.integer({ min: 0, max: 5 }) })
  .chain(({ n, policy, count }) => {
    const today = addDays(day('2026-01-05'), n);
    return fc.tuple(fc.constant({ today, policy }), fc.tuple(...Array.from({ length: count }, (_, i) => item(today, `N${i}`))));
  })
  .chain(([{ today, policy }, items]) => {
    const number = items.length > 0 ? fc.constantFrom(...items) : fc.constant(null);
    const promise = fc
      .record({ of: number, amount, more: amount, in: fc.integer({ min: -6, max: 10 }) })
      .map(({ of, amount, more, in: days }) => ({
        id: 'p',
        entity: of?.entity ?? 'NWUK',
        currency: of?.currency ?? 'GBP',
        amount,
        date: addDays(today, days),
        saidBy: 'x',
        takenBy: 'U0MARA',
        on: today,
        parts: of ? [{ invoice: of.number, amount: Math.min(amount, of.open + more), openThen: of.open + more - 1 }] : [],
      }));
    const dispute = fc.record({ of: number, amount }).map(({ of, amount }) => ({
      ...DISPUTE_DEFAULTS,
      id: 'd',
      entity: of?.entity ?? 'NWUK',
      invoice: of?.number ?? 'x',
      currency: 'GBP',
      amount,
      reason: 'price' as const,
      note: '',
      owner: 'U0MARA',
      by: 'U0MARA',
      on: today,
    }));
    const plan = fc
      .record({ of: number, amount })
      .map(({ of, amount }) => ({ entity: of?.entity ?? 'NWUK', invoice: of?.number ?? 'x', amount }));
    const credit = fc.record({
      entity: fc.constantFrom('NWUK', 'NWEU'),
      currency: fc.constantFrom('GBP', 'EUR'),
      unappliedCash: fc.constantFrom(0, 5_000, 100_000),
      openCredit: fc.constantFrom(0, 0, 40_000),
    });
    const answer = fc.oneof(
      fc.constant(null),
      fc.constant({ do: 'go' as const, on: today }),
      fc.integer({ min: -2, max: 2 }).map((n) => ({ do: 'hold' as const, on: today, until: addDays(today, n), reason: 'x' })),
    );
    const veto = fc
      .record({ of: number, stage: fc.constantFrom(...policy.stages), silence: fc.integer({ min: -2, max: 2 }), answer })
      .map(({ of, stage, silence, answer }) => {
        const step = { entity: of?.entity ?? 'NWUK', stage: stage.key, invoice: of?.number ?? 'x' };
        const asked = { owner: 'U0SARA', on: today, silenceEnds: addDays(today, silence), answer, delayed: answer?.do === 'hold' };
        return { ...step, id: `${step.entity}:${step.stage}:${step.invoice}`, ...asked, invoices: [step.invoice] };
      });
    const few = <T>(of: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 2, arbitrary: fc.constant([] as T[]) }, { weight: 1, arbitrary: fc.array(of, { maxLength: 2 }) });
    const rarely = <T>(value: fc.Arbitrary<T>, nil: T) =>
      fc.oneof({ weight: 14, arbitrary: fc.constant(nil) }, { weight: 1, arbitrary: value });
    const day0 = (n: number) => addDays(today, n);
    return fc
      .record({
        status: rarely(fc.constantFrom('insolvent' as const, 'do-not-contact' as const), 'active' as never),
        hold: rarely(
          fc.integer({ min: -2, max: 2 }).map((n) => ({ until: day0(n), reason: 'x', by: 'U0MARA' })),
          null as never,
        ),
        promises: few(promise),
        disputes: few(dispute),
        vetoes: fc.array(veto, { maxLength: 8 }),
        ownerSilence: fc.option(fc.integer({ min: -1, max: 4 }).map(day0)),
        replies: rarely(fc.constant([{ id: 'r', kind: 'other' as const, received: today, by: 'U0MARA' }]), [] as never),
        ladders: fc
          .tuple(
            ...['NWUK', 'NWEU'].map((entity) =>
              ladder(
                today,
                entity,
                items.filter((each) => each.entity === entity),
                policy.stages,
              ),
            ),
          )
          .map((both) => [...both]),
        lastContact: sometimes(
          fc.integer({ min: 0, max: 3 }).map((n) => day0(-n)),
          null as never,
        ),
        autopay: rarely(fc.constant(true), false),
        importedOn: sometimes(
          fc.integer({ min: 0, max: 40 }).map((n) => day0(-n)),
          null as never,
        ),
        firstIssued: items.length > 0 ? fc.option(fc.constantFrom(...items.map((each) => each.issued))) : fc.constant(null),
        credits: few(credit),
        planned: few(plan),
        country: fc.constantFrom('GB', 'SA', ''),
        holidays: fc.array(fc.integer({ min: -20, max: 0 }), { maxLength: 4 }),
        ledgerAge: rarely(fc.constantFrom(null, 2, 5), 0 as never),
        staleAfter: fc.constantFrom(1, 2),
        ladderless: fc.boolean(),
      })
      .map(
        ({
          autopay,
          importedOn,
          firstIssued,
          credits,
          planned,
          country,
          holidays,
          ledgerAge,
          staleAfter,
          ownerSilence,
          ladderless,
          ladders,
          ...work
        }) => ({
          today,
          policy,
          items,
          autopay,
          importedOn,
          firstIssued,
          credits,
          planned,
          ledgerAge,
          ownerSilence,
          work: { ...NEW_WORK, ...work, ladders: ladderless ? [] : ladders },
          calendar: { weekend: weekendOf(country), holidays: new Set(holidays.map(day0)) },
          rules: { ...DEFAULT_RULES, staleAfter },
        }),
      );
  });
