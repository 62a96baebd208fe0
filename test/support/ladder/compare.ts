import type { FollowUp } from '../../../src/follow-up/follow-up.ts';
import type { Answer, Line, Message } from './answer.ts';
import { hasNextDate, nextContact, OF_ACCOUNT, oracleReasons, passedBy, passedOver, productReasons, saysWhy } from './compare-reasons.ts';
import { look } from './next.ts';
import { decide } from './oracle.ts';
import { decideProduct, type Program } from './product.ts';
import type { AccountDay } from './types.ts';

/** What the oracle and the product say differently about one account-day: the kind of difference, and both sides. */
export interface Difference {
  readonly what: string;
  readonly oracle: unknown;
  readonly product: unknown;
}

/** What the rule itself does not decide is taken from the day: drafts that wait, and whether a mail can be written. One invoice is the first. */
export function comparable(day: AccountDay): AccountDay {
  const first = day.invoices.filter((invoice) => invoice.first).map(({ issued }) => issued)[0];
  const invoices = day.invoices.map((invoice) => ({ ...invoice, first: invoice.issued === first }));
  return { ...day, invoices, draftsWaiting: [], cannotWrite: [], proposals: [], ownerStandingGo: null };
}

export function differences(program: Program, given: AccountDay): Difference[] {
  const day = comparable(given);
  const answer = decide(day);
  // Who is asked today is worked out by a verb of its own: the rule gets the same questions.
  const questions = answer.people.flatMap((task) =>
    task.kind === 'ask-owner'
      ? [{ entity: task.entity, stage: task.stage, invoices: task.invoices, askedOn: day.today, answer: null }]
      : [],
  );
  const asked = { ...day, ownerQuestions: [...day.ownerQuestions, ...questions] };
  const product = decideProduct(program, asked);
  const sight = look(asked);
  const found: Difference[] = [];
  const same = (what: string, oracle: unknown, got: unknown) => {
    if (JSON.stringify(oracle) !== JSON.stringify(got)) found.push({ what, oracle, product: got });
  };
  same('reasons of the account', accountReasons(answer), [...product.reasons].sort());
  if (answer.message?.kind !== 'letter') {
    const [said, done] = [messageOf(answer.message), actionOf(product)];
    if (said?.who !== done?.who) same('message', said?.who ?? null, done?.who ?? null);
    else if (said && done) for (const part of Object.keys(said) as (keyof typeof said)[]) same(`message: ${part}`, said[part], done[part]);
  }
  for (const invoice of answer.invoices.filter(({ late }) => late > 0)) {
    const stand = product.entities.flatMap(({ invoices }) => invoices).find((each) => each.invoice === invoice.invoice)!;
    same('amount', invoice.amount, stand.ask);
    same('stage', invoice.level?.stage ?? null, stand.at);
    if (invoice.amount > 0) same('next stage', `${invoice.invoice} ${invoice.next}`, `${invoice.invoice} ${stand.next}`);
    same('formal process', invoice.inFormalProcess, stand.formal);
    const next = sight.nexts.find(({ sheet }) => sheet.invoice.number === invoice.invoice)!;
    const why = oracleReasons(sight, next);
    if (why !== null && saysWhy(day, answer)) same('reasons', [invoice.invoice, ...why], [invoice.invoice, ...productReasons(stand, why)]);
    if (invoice.amount > 0) same('passed over', [invoice.invoice, ...passedBy(next, day)], [invoice.invoice, ...passedOver(stand)]);
  }
  if (hasNextDate(day, answer)) same('next date', answer.nextDate, nextContact(program, asked));
  same('proposals', proposalsOf(answer), proposed(product));
  return found;
}

const accountReasons = ({ reasons }: Answer) => [...new Set(reasons.map(({ code }) => code))].filter((code) => OF_ACCOUNT.has(code)).sort();

const rows = (lines: readonly Line[]) => lines.map(({ invoice, amount }) => `${invoice} ${amount}`).sort();

function messageOf(message: Message | null) {
  if (!message) return null;
  const { entity, kind, stage, words, parts } = message;
  const statement = kind === 'statement';
  const lines = [...parts.asked, ...parts.firmer, ...parts.open];
  return {
    who: `${entity} ${kind === 'mail' || kind === 'call' ? 'stage' : kind} ${stage ?? ''}`,
    takes: lines
      .filter(({ taken }) => taken)
      .map((line) => `${line.invoice} ${line.stage}`)
      .sort(),
    words: statement ? null : words === 'plain',
    asked: rows(kind === 'note' ? parts.notes : statement ? lines : parts.asked),
    firmer: statement ? [] : rows(parts.firmer),
    open: statement ? [] : rows(parts.open),
    formal: rows(parts.formal),
    notes: kind === 'note' ? [] : rows(parts.notes),
    resting: parts.resting.map(({ invoice, word, amount }) => `${invoice} ${word} ${amount}`).sort(),
  };
}

function actionOf({ action, entities }: FollowUp): ReturnType<typeof messageOf> {
  if (!action) return null;
  const { entity, kind, stage, said, plain, invoices, firmer, also, formal, notes, leftOut } = action;
  const of = (list: readonly { readonly number: string; readonly net: number }[]) =>
    list.map(({ number, net }) => `${number} ${net}`).sort();
  // A part that rests beside one that is asked for, or that credit covers, is told too; the oracle lists what rests as a whole.
  const partly = entities.flatMap((each) =>
    each.invoices.filter(({ ask, reasons }) => ask > 0 || reasons.some(({ code }) => code === 'covered-by-credit')),
  );
  const shown = new Set(partly.map(({ invoice }) => invoice));
  return {
    who: `${entity} ${kind} ${kind === 'statement' ? '' : stage.key}`,
    takes: said.took.map(({ invoice, stage: at }) => `${invoice} ${at}`).sort(),
    words: kind === 'statement' ? null : plain,
    asked: of(invoices),
    firmer: of(firmer),
    open: of(also),
    formal: of(formal),
    notes: of(notes),
    resting:
      kind === 'note'
        ? []
        : leftOut
            .filter(({ invoice }) => !shown.has(invoice))
            .map(({ invoice, why, amount }) => `${invoice} ${why} ${amount}`)
            .sort(),
  };
}

const proposalsOf = ({ people }: Answer) =>
  people
    .flatMap((task) => {
      if (task.kind !== 'decide') return [];
      const list = task.invoices.map(({ invoice, amount }) => `${invoice} ${amount}`).sort();
      return [`${task.entity} ${task.currency} ${task.stage}: ${list.join(', ')}`];
    })
    .sort();

const proposed = ({ proposals }: FollowUp) =>
  proposals
    .map(({ entity, currency, stage, invoices }) => {
      const list = invoices.map(({ number, asked }) => `${number} ${asked}`).sort();
      return `${entity} ${currency} ${stage.key}: ${list.join(', ')}`;
    })
    .sort();
