import path from 'node:path';
import { pino } from 'pino';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { memoryBudget } from '../../src/drafting/budget.ts';
import { drafter } from '../../src/drafting/draft-for.ts';
import { readLetters } from '../../src/drafting/letters.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { type AccountDay, DEFAULT_RULES, decideFollowUp } from '../../src/follow-up/follow-up.ts';
import { addDays } from '../../src/kernel/day.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { weekendOf } from '../../src/kernel/working-days.ts';
import { type FactSheet, factSheet, NO_HISTORY } from '../../src/mails/letter-facts.ts';
import { holidayCalendar } from '../../src/schedule/holidays.ts';
import { BENCH_DAY } from './ledger-file.ts';
import { type BenchLine, type BenchSize, median, ratio, timed } from './measure.ts';

const ITEMS = 20;
const LANGUAGES = ['en', 'de', 'fr', 'es'];

/** The decision about an account with twenty open invoices, for more and more accounts. */
export async function benchDecisions({ runs, decisions }: BenchSize): Promise<BenchLine[]> {
  const days = Array.from({ length: Math.min(1_000, Math.max(...decisions)) }, (_, i) => accountDay(i));
  const decide = (count: number) => {
    let actions = 0;
    for (let i = 0; i < count; i += 1) if (decideFollowUp(days[i % days.length]!).action) actions += 1;
    return actions;
  };
  decide(Math.min(...decisions));
  const times: number[][] = decisions.map(() => []);
  for (let run = 0; run < runs; run += 1) for (const [n, count] of decisions.entries()) times[n]!.push(await timed(() => decide(count)));
  const growth = times.slice(1).map((each, i) => ({ [`times${decisions[i]}To${decisions[i + 1]}`]: ratio(each, times[i]!) }));
  const perSecond = decisions.map((count, i) => ({ [`perSecond${count}`]: Math.round(count / (median(times[i]!) / 1000)) }));
  const raw = decisions.map((count, i) => ({ [`ms${count}`]: times[i]! }));
  return [{ bench: 'decisions', openInvoicesEach: ITEMS, ...Object.assign({}, ...growth, ...perSecond, ...raw) }];
}

function accountDay(seed: number): AccountDay {
  const items = Array.from({ length: ITEMS }, (_, i) => {
    const due = addDays(BENCH_DAY, ((seed * 31 + i * 17) % 100) - 80);
    return {
      entity: i % 3 === 0 ? 'NWEU' : 'NWUK',
      number: `INV-${seed}-${i}`,
      currency: 'GBP',
      issued: addDays(due, -30),
      due,
      open: 10_000 + i,
      disputed: 0,
    };
  });
  const calendar = { weekend: weekendOf('GB'), holidays: holidays('GB', 'ENG', 2026) };
  const known = { today: BENCH_DAY, work: NEW_WORK, autopay: false, importedOn: null, firstIssued: null, credits: [], planned: [] };
  return { ...known, items, policy: DEFAULT_POLICY, calendar, ledgerAge: 0, rules: DEFAULT_RULES, ownerSilence: null };
}

const holidays = holidayCalendar();

/** Letters from the templates, all checks included, in four languages. */
export async function benchDrafts({ runs, drafts }: BenchSize): Promise<BenchLine[]> {
  const clock = { now: () => Temporal.Instant.from('2026-11-20T09:00:00Z') };
  const letters = readLetters(path.resolve(import.meta.dirname, '../../prompts'));
  const names: readonly string[] = [];
  const write = drafter({ letters, model: null, budget: memoryBudget(0, clock), names: async () => names, log: pino({ level: 'silent' }) });
  const sheets = LANGUAGES.map(sheet);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1)
    times.push(
      await timed(async () => {
        for (let i = 0; i < drafts; i += 1) await write.draftFor(sheets[i % sheets.length]!);
      }),
    );
  return [{ bench: 'drafts', letters: drafts, perSecond: Math.round(drafts / (median(times) / 1000)), ms: times }];
}

function sheet(language: string): FactSheet {
  const due = addDays(BENCH_DAY, -4);
  const one = {
    issued: addDays(due, -30),
    due,
    open: 123_400,
    asked: 123_400,
    currency: 'EUR',
    purchaseOrder: untrusted('PO-1'),
    payLink: null,
  };
  return factSheet(
    {
      stage: 'friendly',
      today: BENCH_DAY,
      account: { id: 'a', name: untrusted('Amber Freight'), language, country: '' },
      contact: { name: untrusted('Anna Adler'), salutation: null },
      seller: { name: 'Northwind Trading Ltd' },
      sender: { name: 'Mara Lind', phone: '+44 20 7946 0100', email: 'mara@northwind.example' },
      invoices: Array.from({ length: 5 }, (_, i) => ({ ...one, number: untrusted(`INV-${i}`) })),
      leftOut: [],
      credits: [],
      history: NO_HISTORY,
      deadline: null,
      remittance: 'remittance@northwind.example',
      asOf: { at: Temporal.Instant.from('2026-11-20T08:10:00Z'), zone: 'Europe/London' },
      finalAuthorised: false,
      attachments: [],
    },
    { weekend: weekendOf('GB'), holidays: new Set() },
  );
}
