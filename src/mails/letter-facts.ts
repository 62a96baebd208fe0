import { type Day, daysBetween } from '../kernel/day.ts';
import { add, type Money } from '../kernel/money.ts';
import type { Untrusted } from '../kernel/untrusted.ts';
import { type WorkingDays, workingDayAfter, workingDaysSince } from '../kernel/working-days.ts';
import { type ChosenLanguage, type LetterLanguage, letterLanguage, letterLocale } from './letter-language.ts';

/** Stages of the policy for which a letter exists, mildest first. Each has a file in prompts/ for every language. */
export const LETTER_STAGES = ['note', 'friendly', 'reminder', 'firm', 'second-contact', 'final-notice'] as const;
export type LetterStage = (typeof LETTER_STAGES)[number];

/** Letters that belong to no stage: they confirm, answer or thank, and move no ladder. */
export const CORRESPONDENCE = [
  'promise-confirmation',
  'promise-broken',
  'dispute-received',
  'invoice-copy',
  'plan-offer',
  'thanks',
  'statement-copy',
  'message',
] as const;
export type CorrespondenceKind = (typeof CORRESPONDENCE)[number];

/** Letters of follow-up that are no stage of a policy: what is open, neutrally, and a first reminder in plain words where friendly ones would be odd. */
const PLAIN_LETTERS = ['statement', 'plain'] as const;

/** Letters that people decide on before they are written for good: on paper, with what the law asks. */
const FORMAL_LETTERS = ['demand-letter'] as const;

export type DemandingLetter = LetterStage | (typeof PLAIN_LETTERS)[number] | (typeof FORMAL_LETTERS)[number];

/** Those that ask for something that is late, or will be; correspondence is what remains. */
export const DEMANDING_LETTERS: readonly DemandingLetter[] = [...LETTER_STAGES, ...PLAIN_LETTERS, ...FORMAL_LETTERS];

export const LETTER_KINDS = [...LETTER_STAGES, ...PLAIN_LETTERS, ...FORMAL_LETTERS, ...CORRESPONDENCE] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** Letters that ask for nothing, so that they say neither how to pay nor what to do if it has been paid. */
export const ASKS_NOTHING: ReadonlySet<LetterKind> = new Set(['dispute-received', 'thanks', 'message']);

/** Letters that may name no invoice. */
const ABOUT_NO_INVOICE: ReadonlySet<LetterKind> = new Set(['thanks', 'statement-copy', 'message']);

/** Stages that ask for payment by a date. */
export const DEADLINE_STAGES: ReadonlySet<LetterKind> = new Set(['reminder', 'firm', 'second-contact', 'final-notice', 'demand-letter']);

/** Stages whose letter comes with a statement of account. */
export const STATEMENT_STAGES: ReadonlySet<LetterKind> = new Set([
  'reminder',
  'final-notice',
  'demand-letter',
  'statement',
  'statement-copy',
]);

/** Letters that come with the copies of their invoices: to whoever is asked first, or asks for them, and with the last word (own policy). */
export const COPY_STAGES: ReadonlySet<LetterKind> = new Set([
  ...(['friendly', 'plain', 'second-contact', 'final-notice', 'demand-letter', 'invoice-copy'] as const),
]);

/** Letters that remind of what was claimed besides the invoices. */
export const CHARGE_STAGES: ReadonlySet<string> = new Set(['firm', 'second-contact', 'final-notice', 'demand-letter']);

/** A deadline is at least this many business days away when the mail goes out. */
const LEAST_DEADLINE_DAYS = 7;
/** An approval may wait for one business day before the mail goes out; a deadline is set this much later so that it still holds then. */
const APPROVAL_MAY_WAIT = 1;

export interface InvoiceFact {
  readonly number: Untrusted;
  readonly issued: Day;
  readonly due: Day;
  /** The residual, minor units of `currency`. */
  readonly open: number;
  /** What is asked for: the residual less what is promised, disputed or planned of it. Above zero. */
  readonly asked: number;
  readonly currency: string;
  /** As invoiced; left out: not known. */
  readonly total?: number;
  /** The customer's purchase order number, or null. */
  readonly purchaseOrder: Untrusted | null;
  readonly payLink: Untrusted | null;
  /** Where its copy can be seen online; left out: nowhere, or it is not for this letter. */
  readonly copyLink?: Untrusted;
}

/** An amount that is open but not asked for now. */
export interface LeftOut {
  readonly why: 'promised' | 'disputed' | 'planned';
  readonly money: Money;
}

/** An invoice that a letter shows beside those it asks for. */
export interface ShownInvoice {
  readonly number: Untrusted;
  readonly due: Day;
  readonly amount: Money;
  /** When it was asked for more firmly; left out: it was not. */
  readonly on?: Day;
}

/** Parts of a letter besides the list of what it asks for. */
export interface Shown {
  /** Asked for more firmly before, with that day. */
  readonly firmer: readonly ShownInvoice[];
  readonly also: readonly ShownInvoice[];
  /** Not yet due. */
  readonly notes: readonly ShownInvoice[];
  /** A notice that stands unchanged: one sentence with its invoices and their sums. */
  readonly notice: { readonly on: Day; readonly invoices: readonly Untrusted[]; readonly sums: readonly Money[] } | null;
  /** Everything listed but notes, less credit, one per currency. */
  readonly open: readonly Money[];
}

export interface BrokenPromise {
  readonly promised: Money;
  readonly by: Day;
  /** What of it came in, minor units; left out: nothing. */
  readonly received?: number;
}

export interface History {
  readonly lastContact: { readonly how: 'wrote' | 'spoke'; readonly on: Day } | null;
  /** Newest first. */
  readonly brokenPromises: readonly BrokenPromise[];
  /** Days on which we wrote or spoke about what a formal letter demands, oldest first; left out elsewhere. */
  readonly steps?: { readonly wrote: readonly Day[]; readonly spoke: readonly Day[] };
  /** A person's note of what was agreed. */
  readonly agreed: Untrusted | null;
  /** Why they have not paid, in their words or a person's. */
  readonly reason: Untrusted | null;
  /** Their last answers, newest first. */
  readonly replies: readonly Untrusted[];
}

export const NO_HISTORY: History = { lastContact: null, brokenPromises: [], agreed: null, reason: null, replies: [] };

/** What a letter of correspondence is about. */
export interface Matter {
  /** Promised, disputed, offered as a plan, or received. */
  readonly amount: Money;
  /** For which it was promised, or on which it came in; null where there is no such day. */
  readonly on: Day | null;
  /** Of the offered plan: they sum to its amount. */
  readonly instalments: readonly { readonly date: Day; readonly amount: number }[];
  /** What of a broken promise came in, minor units; left out: nothing. */
  readonly received?: number;
  /** The day by which we answer a dispute, or they a plan. */
  readonly answerBy?: Day;
  /** A missed instalment makes the whole balance of the plan fall due, as agreed. */
  readonly accelerates?: boolean;
}

/** Where the facts of one draft come from; each source is named, and what is not known is null. */
export interface FactSources {
  readonly stage: LetterKind;
  /** Of correspondence but for copies; left out in letters of a stage. */
  readonly matter?: Matter;
  /** The customer's today. */
  readonly today: Day;
  readonly account: {
    readonly id: string;
    readonly name: Untrusted;
    /** IETF tag of the ledger; '' where it names none. */
    readonly language: string;
    /** In which our company writes where the customer's is not known; left out: none is set. */
    readonly usual?: LetterLanguage | null;
    /** ISO 3166-1 alpha-2, or ''. */
    readonly country: string;
  };
  readonly contact: {
    readonly name: Untrusted;
    /** How the person wishes to be addressed, when someone entered it: 'Ms Larch', 'Frau Dr. Birkenhain'. */
    readonly salutation: Untrusted | null;
  };
  /** Our company that invoiced. `postal`: its postal address in lines, for replies on paper; left out: not set. */
  readonly seller: { readonly name: string; readonly postal?: string };
  /** The person who signs. */
  readonly sender: { readonly name: string; readonly phone: string; readonly email: string };
  /** Oldest due date first. */
  readonly invoices: readonly InvoiceFact[];
  readonly leftOut: readonly LeftOut[];
  /** Left out where the letter shows nothing else. */
  readonly shown?: Shown;
  /** Credit notes and unallocated payments taken off the amount asked for; positive, at most one per currency. */
  readonly credits: readonly Money[];
  /** Interest, fees and costs that were claimed and are still asked for, one per currency; no part of what is asked for. */
  readonly charges?: readonly Money[];
  readonly history: History;
  /** Last day for payment; null in stages that set none. */
  readonly deadline: Day | null;
  /** Where remittance advices go. */
  readonly remittance: string;
  /** Payments are known up to here. `zone` is IANA. */
  readonly asOf: { readonly at: Temporal.Instant; readonly zone: string };
  /** 'Final' may be written: the policy has a next step, and a second person approves this notice. */
  readonly finalAuthorised: boolean;
  /** Something was missing on an invoice: a first reminder asks about it and blames nobody. */
  readonly missing?: boolean;
  /** By its policy a formal demand follows this notice; left out: our management decides. */
  readonly demandFollows?: boolean;
  /** What the law of the contract asks of a formal demand: a Letter of Claim to a natural person (UK), a mise en demeure (FR), an offer to negotiate (ES). */
  readonly formalTerms?: 'claim' | 'fr' | 'es' | null;
  /** What goes with the mail. */
  readonly attachments: readonly ('statement' | 'invoice-copies')[];
}

/** The fact sheet of one draft: its sources, checked, and what follows from them. Made by `factSheet` only. */
export interface FactSheet extends FactSources {
  readonly language: LetterLanguage;
  /** Where the language is from. */
  readonly chosen: ChosenLanguage;
  /** For dates and amounts. */
  readonly locale: string;
  /** What is asked for, one per currency, credits taken off; all above zero. */
  readonly totals: readonly Money[];
  /** Days past due of the oldest invoice; 0 or less before its due date. */
  readonly oldestDays: number;
  /** The day by which they are asked whether a statement agrees with their records; null in other letters. */
  readonly replyBy: Day | null;
  readonly __factSheet: true;
}

/** A fact sheet that nobody may send: a fault of whoever built it. */
export class FactSheetProblem extends Error {
  override readonly name = 'FactSheetProblem';
  readonly code = 'arrears_fact_sheet';
}

/** Throws FactSheetProblem when amounts, dates or the deadline cannot be right. `calendar` is the customer's. */
export function factSheet(sources: FactSources, calendar: WorkingDays): FactSheet {
  const { invoices, today, deadline, stage } = sources;
  const correspondence = CORRESPONDENCE.some((each) => each === stage);
  const oldest = invoices[0];
  if (!oldest && !ABOUT_NO_INVOICE.has(stage)) throw new FactSheetProblem('no invoice to write about');
  for (const { asked, open, due } of invoices) {
    if (!Number.isSafeInteger(asked) || asked <= 0 || asked > open) throw new FactSheetProblem(`asks for ${asked} of ${open} minor units`);
    if (due < oldest!.due) throw new FactSheetProblem('invoices are not in the order of their due dates');
  }
  if (DEADLINE_STAGES.has(stage) !== (deadline !== null))
    throw new FactSheetProblem(`stage ${stage} ${deadline ? 'sets no' : 'needs a'} deadline`);
  if (deadline !== null && workingDaysSince(today, deadline, calendar, LEAST_DEADLINE_DAYS) < LEAST_DEADLINE_DAYS) {
    throw new FactSheetProblem(`the deadline ${deadline} is less than ${LEAST_DEADLINE_DAYS} business days away`);
  }
  const oldestDays = oldest ? daysBetween(oldest.due, today) : 0;
  if (!correspondence && stage !== 'note' && oldestDays <= 0)
    throw new FactSheetProblem(`stage ${stage} is for overdue invoices, the oldest is due on ${oldest?.due}`);
  if (correspondence) checkMatter(sources);
  const chosen = letterLanguage(sources.account, sources.account.usual ?? null);
  return {
    ...sources,
    language: chosen.language,
    chosen,
    locale: letterLocale(chosen.language, sources.account.country),
    totals: totalsAsked(invoices, sources.credits),
    oldestDays,
    replyBy: stage === 'statement' ? deadlineFrom(today, calendar) : null,
    __factSheet: true,
  };
}

function checkMatter({ stage, matter }: FactSources): void {
  if (stage === 'invoice-copy' || stage === 'statement-copy' || stage === 'message') return;
  if (!matter) throw new FactSheetProblem(`${stage} is about an amount`);
  const { amount, on, instalments } = matter;
  if (!Number.isSafeInteger(amount.amount) || amount.amount <= 0)
    throw new FactSheetProblem(`${stage} is about ${amount.amount} minor units`);
  if ((stage === 'dispute-received' || stage === 'plan-offer') && !matter.answerBy)
    throw new FactSheetProblem(`${stage} names the day of an answer`);
  const dated = stage === 'promise-confirmation' || stage === 'promise-broken' || stage === 'thanks';
  if (dated && on === null) throw new FactSheetProblem(`${stage} names a day`);
  const sum = instalments.reduce((total, each) => total + each.amount, 0);
  if (stage === 'plan-offer' && sum !== amount.amount) throw new FactSheetProblem(`instalments of ${sum} for ${amount.amount} minor units`);
}

/** Per currency in the order of the invoices. Throws FactSheetProblem where credit leaves nothing to ask for. */
function totalsAsked(invoices: readonly InvoiceFact[], credits: readonly Money[]): Money[] {
  const totals = new Map<string, Money>();
  for (const { asked, currency } of invoices) {
    const sum = totals.get(currency);
    totals.set(currency, sum ? add(sum, { amount: asked, currency }) : { amount: asked, currency });
  }
  for (const { amount, currency } of credits) {
    const sum = totals.get(currency);
    if (!sum || !Number.isSafeInteger(amount) || amount <= 0)
      throw new FactSheetProblem(`a credit of ${amount} ${currency} has nothing to be taken off`);
    totals.set(currency, add(sum, { amount: -amount, currency }));
  }
  const made = [...totals.values()];
  const nothing = made.find(({ amount }) => amount <= 0);
  if (nothing) throw new FactSheetProblem(`credit leaves nothing to ask for in ${nothing.currency}`);
  return made;
}

/** The first day that is far enough away even if the draft waits for its approval. */
export function deadlineFrom(today: Day, calendar: WorkingDays): Day {
  return workingDayAfter(today, LEAST_DEADLINE_DAYS + APPROVAL_MAY_WAIT, calendar);
}
