import { sampleLedger } from '../src/importing/sample-ledger.ts';
import { addDays, type Day, daysBetween } from '../src/kernel/day.ts';
import { untrusted } from '../src/kernel/untrusted.ts';
import type { WorkingDays } from '../src/kernel/working-days.ts';
import { settleInvoice } from '../src/ledger/balance.ts';
import type { AccountPart, InvoiceRecord, LedgerRecord, ReceiptRecord } from '../src/ledger/ledger-record.ts';
import {
  CORRESPONDENCE,
  type CorrespondenceKind,
  DEADLINE_STAGES,
  DEMANDING_LETTERS,
  type DemandingLetter,
  deadlineFrom,
  type FactSheet,
  type FactSources,
  factSheet,
  type History,
  type InvoiceFact,
  type LeftOut,
  NO_HISTORY,
} from '../src/mails/letter-facts.ts';
import { LETTER_LANGUAGES, type LetterLanguage } from '../src/mails/letter-language.ts';

export interface SampleLetter {
  readonly what: string;
  readonly facts: FactSheet;
}

/** Days past due of the leading invoice in each stage of the first policy. */
const STAGE_AGE: Readonly<Record<DemandingLetter, number>> = {
  note: -7,
  friendly: 3,
  reminder: 10,
  firm: 21,
  'second-contact': 30,
  'final-notice': 45,
  statement: 60,
  plain: 3,
  'demand-letter': 60,
};
const COUNTRY: Readonly<Record<LetterLanguage, string>> = { en: 'GB', de: 'DE', fr: 'FR', es: 'ES' };
const TERMS: Readonly<Record<string, FactSources['formalTerms']>> = { GB: 'claim', FR: 'fr', ES: 'es' };
const ENTITY: Readonly<Record<string, FactSources['seller']>> = {
  NWUK: { name: 'Northwind Trading Ltd' },
  NWEU: { name: 'Northwind Trading Europe GmbH' },
};
const SENDER = { name: 'Mara Lindqvist', phone: '+44 20 7946 0123', email: 'receivables@northwind-trading.example' };
const STEPS = { wrote: ['2026-10-12', '2026-10-26', '2026-11-05'] as Day[], spoke: ['2026-11-10'] as Day[] };
const NO_HOLIDAYS: WorkingDays = { weekend: new Set([6, 7]), holidays: new Set() };

/** For each stage and language: one invoice with nothing else to say, and several with part payments, disputes, credit or a broken promise. */
export function sampleLetters(today: Day): { samples: SampleLetter[]; names: string[] } {
  const ledger = sampleLedger(today);
  const accounts = ledger.filter((record) => record.kind === 'account');
  const people = ledger.filter((record) => record.kind === 'contact');
  const samples: SampleLetter[] = [];
  for (const [i, stage] of DEMANDING_LETTERS.entries()) {
    for (const language of LETTER_LANGUAGES) {
      const own = accounts.filter(
        ({ account }) => account.country === COUNTRY[language] && openInvoices(ledger, account.number).length > 0,
      );
      const few = own[i % own.length]!.account;
      const many = own.toSorted((a, b) => openInvoices(ledger, b.account.number).length - openInvoices(ledger, a.account.number).length)[
        i % 2
      ]!.account;
      samples.push({ what: 'one invoice', facts: sheetFor(ledger, few, stage, today, 1, plain) });
      samples.push({ what: 'several invoices, history', facts: sheetFor(ledger, many, stage, today, 4, eventful) });
    }
  }
  for (const { facts } of samples.filter((each) => each.facts.stage === 'firm')) samples.push(...correspondence(facts));
  return { samples, names: [...accounts.flatMap(({ account }) => account.name ?? []), ...people.map(({ name }) => name), SENDER.name] };
}

/** Every letter of correspondence about the invoices of a letter of a stage. */
function correspondence(of: FactSheet): SampleLetter[] {
  const [first] = of.invoices;
  const { currency, open } = first!;
  const total = of.invoices.reduce((sum, { asked }) => sum + asked, 0);
  const third = Math.floor(total / 3);
  const dates = ['2026-12-01', '2027-01-04', '2027-02-01'] as Day[];
  const plan = dates.map((date, i) => ({ date, amount: i === 2 ? total - 2 * third : third }));
  const matter = (amount: number, on: Day | null = null) => ({ amount: { amount, currency }, on, instalments: [] });
  const about: Readonly<Record<CorrespondenceKind, Partial<FactSources>>> = {
    'promise-confirmation': { matter: matter(total, '2026-11-27' as Day) },
    'promise-broken': { matter: { ...matter(total, '2026-11-13' as Day), received: of.invoices.length > 1 ? third : 0 } },
    'dispute-received': {
      matter: { ...matter(Math.ceil(open / 4)), answerBy: '2026-12-04' as Day },
      invoices: [{ ...first!, asked: Math.ceil(open / 4) }],
    },
    'invoice-copy': { attachments: ['invoice-copies'] },
    'plan-offer': { matter: { ...matter(total), instalments: plan, answerBy: '2026-11-27' as Day, accelerates: of.invoices.length > 1 } },
    'statement-copy': { invoices: [], attachments: ['statement'] },
    message: { invoices: [] },
    thanks: { matter: matter(total, '2026-11-19' as Day), invoices: [] },
  };
  return CORRESPONDENCE.map((stage) => ({
    what: of.invoices.length === 1 ? 'one invoice' : 'several invoices',
    facts: factSheet(
      { ...of, stage, deadline: null, leftOut: [], credits: [], history: NO_HISTORY, attachments: [], ...about[stage] },
      NO_HOLIDAYS,
    ),
  }));
}

interface Story {
  readonly history: (stage: DemandingLetter, currency: string) => History;
  readonly leftOut: (currency: string) => readonly LeftOut[];
  readonly credit: number;
  readonly attachments: FactSources['attachments'];
}

const plain: Story = {
  history: (stage) =>
    stage === 'note' || stage === 'friendly' ? NO_HISTORY : { ...NO_HISTORY, lastContact: { how: 'wrote', on: '2026-11-10' as Day } },
  leftOut: () => [],
  credit: 0,
  attachments: [],
};
const eventful: Story = {
  history(stage, currency) {
    if (stage === 'note') return NO_HISTORY;
    if (stage === 'friendly') return { ...NO_HISTORY, lastContact: { how: 'spoke', on: '2026-11-12' as Day } };
    return { ...NO_HISTORY, brokenPromises: [{ promised: { amount: 250_000, currency }, by: '2026-11-01' as Day }] };
  },
  leftOut: (currency) => [
    { why: 'disputed', money: { amount: 41_250, currency } },
    { why: 'promised', money: { amount: 90_000, currency } },
  ],
  credit: 1_500,
  attachments: ['statement'],
};

/** The account's open invoices, moved in time so that the oldest is at the stage's age. */
function sheetFor(
  ledger: readonly LedgerRecord[],
  account: AccountPart,
  stage: DemandingLetter,
  today: Day,
  most: number,
  story: Story,
): FactSheet {
  const open = openInvoices(ledger, account.number);
  const shift = daysBetween(open[0]!.record.due, addDays(today, -STAGE_AGE[stage]));
  const { currency, entity } = open[0]!.record;
  const named = open.filter(
    ({ record }, i) => i === 0 || (record.currency === currency && (stage === 'note' || addDays(record.due, shift) < today)),
  );
  const invoices = named.slice(0, most).map((each) => invoiceFact(each, shift));
  const contact = ledger.find((record) => record.kind === 'contact' && record.account.number === account.number && record.rank === 1);
  return factSheet(
    {
      stage,
      today,
      account: { id: account.number, name: untrusted(account.name!), language: account.language!, country: account.country! },
      contact: { name: untrusted(contact?.kind === 'contact' ? contact.name : ''), salutation: null },
      seller: ENTITY[entity] ?? { name: entity },
      sender: SENDER,
      invoices,
      leftOut: story.leftOut(currency),
      credits: story.credit > 0 ? [{ amount: story.credit, currency }] : [],
      history: { ...story.history(stage, currency), ...(stage === 'demand-letter' ? { steps: STEPS } : {}) },
      deadline: stage === 'demand-letter' ? addDays(today, 38) : DEADLINE_STAGES.has(stage) ? deadlineFrom(today, NO_HOLIDAYS) : null,
      remittance: 'remittance@northwind-trading.example',
      asOf: { at: Temporal.Instant.from('2026-11-20T08:10:00Z'), zone: account.zone || 'Europe/London' },
      finalAuthorised: true,
      formalTerms: stage === 'demand-letter' ? TERMS[account.country!] : null,
      demandFollows: story === plain,
      attachments: stage === 'demand-letter' ? ['statement', 'invoice-copies'] : story.attachments,
    },
    NO_HOLIDAYS,
  );
}

interface Open {
  readonly record: InvoiceRecord;
  readonly open: number;
  readonly disputed: number;
}

function openInvoices(ledger: readonly LedgerRecord[], account: string): Open[] {
  const invoices = ledger.filter((record) => record.kind === 'invoice').filter((record) => record.account.number === account);
  const receipts = ledger.filter((record): record is ReceiptRecord => 'allocations' in record && record.account.number === account);
  const settled = invoices.map((record) => {
    const claims = receipts.flatMap((each) =>
      each.allocations
        .filter((allocation) => allocation.invoice === record.number)
        .map(({ amount }) => ({
          receipt: each.number,
          account,
          currency: each.currency,
          date: each.date,
          amount,
          inForce: !each.annulled,
        })),
    );
    const { open, disputed } = settleInvoice({ ...record, account }, claims);
    return { record, open, disputed };
  });
  return settled.filter(({ open, disputed }) => open > disputed).sort((a, b) => (a.record.due < b.record.due ? -1 : 1));
}

function invoiceFact({ record, open, disputed }: Open, shift: number): InvoiceFact {
  return {
    number: untrusted(record.number),
    issued: addDays(record.issued, shift),
    due: addDays(record.due, shift),
    open,
    asked: open - disputed,
    currency: record.currency,
    purchaseOrder: record.purchaseOrder ? untrusted(record.purchaseOrder) : null,
    payLink: record.payLink ? untrusted(record.payLink) : null,
  };
}
