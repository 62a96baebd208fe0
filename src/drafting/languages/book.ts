/** What code writes into a letter of one language, and the words its rules look for. */
export interface LanguageBook {
  readonly labels: Labels;
  readonly words: Words;
}

/** Every date, amount and number of days comes formatted. */
interface Labels {
  /** The line above the letter, with its mark. */
  greeting(who: Greeted): string;
  /** The line above the signature. */
  closing(tone: Closing, who: Greeted): string;
  /** 'invoices A, B and C', for a subject or within a sentence. `more` counts what is not named. */
  invoices(numbers: readonly string[], more: number): string;
  /** First line of an invoice in the list; `number` null: it cannot be shown. */
  invoice(number: string | null, issued: string): string;
  order(purchaseOrder: string): string;
  /** Second line of an invoice in the list; `days` null: not overdue. */
  due(date: string, days: number | null, amount: string): string;
  /** Of the whole amount, in the middle of a sentence; `several`: the earliest of several dates. */
  dueOn(date: string, several: boolean): string;
  /** Opens a letter: what is unpaid, and since when. In German it goes on from the greeting, in lower case. */
  unpaid(of: Unpaid): string;
  /** What came of a promise; begins as `unpaid` does. `received` null: nothing came. */
  promiseResult(amount: string, date: string, received: string | null): string;
  /** A day on which we wrote or spoke last. */
  lastContact(how: 'wrote' | 'spoke', date: string): string;
  /** What a formal demand is called. `claim`: it is owed a Letter of Claim. */
  demand(claim: boolean): string;
  /** What we did before a formal demand; dates, oldest first, and not both empty. */
  steps(wrote: readonly string[], spoke: readonly string[]): string;
  /** Whether interest and charges go on, in a Letter of Claim. */
  chargesStand(claimed: boolean): string;
  readonly enclosures: Readonly<Record<'statement' | 'invoice-copies' | 'claim-forms', string>>;
  /** What follows a notice; goes on from 'if we have heard nothing by then,'. */
  nextStep(demand: boolean): string;
  /** The invoices as they are spoken of, with article and preposition: about them, and in what we wrote about them. `more` counts what is not named. */
  spoken(numbers: readonly string[], more: number): { readonly about: string; readonly wroteAbout: string };
  /** Of the whole amount, in the middle of a sentence; `several`: the days are the most. */
  overdue(days: number, several: boolean): string;
  /** `asked` is only a part of `open`. */
  partOf(asked: string, open: string): string;
  payOnline(link: string): string;
  copyOnline(link: string): string;
  credit(amount: string): string;
  total(amount: string): string;
  leftOut(parts: readonly string[]): string;
  /** Headings of the parts behind the total; `letter`: no part of a formal demand. */
  firmer(): string;
  also(letter: boolean): string;
  notYetDue(): string;
  /** A line of such a part; `asked` null: it was not asked for more firmly. */
  shown(number: string | null, due: string, amount: string, asked: string | null): string;
  everything(amount: string): string;
  /** A notice that stands unchanged. */
  noticeStands(date: string, invoices: string, amount: string): string;
  promised(amount: string): string;
  disputed(amount: string): string;
  planned(amount: string): string;
  /** A day as the language writes it; `text` is what Intl makes of it. */
  day(text: string): string;
  /** Noun of the final notice: only an authorised one is called final. `demand`: a formal demand follows. */
  notice(final: boolean, demand: boolean): string;
}

/** Friendly, firm or formal: how a letter takes its leave. */
export type Closing = 'friendly' | 'firm' | 'formal';

/** Whom a letter greets. */
export interface Greeted {
  /** As the person wishes to be addressed, on file: 'Ms Quill', 'Frau Dr. Quill'; null: not on file. */
  readonly salutation: string | null;
  /** Null: nobody can be greeted by name. */
  readonly name: string | null;
  readonly tone: Closing;
}

/** What is unpaid; amounts and dates come formatted. */
export interface Unpaid {
  /** Null: it cannot be shown, or there are several. */
  readonly number: string | null;
  /** How many invoices. */
  readonly count: number;
  readonly total: string;
  /** The oldest due date. */
  readonly due: string;
  /** Only a part of a single invoice. */
  readonly part: boolean;
  /** The total is of several currencies. */
  readonly currencies: boolean;
}

/** What the rules of wording look for. */
export interface Words {
  /** One word that means a number. */
  readonly number: RegExp;
  /** Words that make a date or a period: days of the week, months, 'tomorrow', 'week'. */
  readonly calendar: RegExp;
  /** Currencies and percentages in words. */
  readonly currency: RegExp;
  /** Talk of bank accounts: only the fixed line may do that. */
  readonly bank: RegExp;
  readonly threat: RegExp;
  /** Legal claims outside approved wording. */
  readonly claim: RegExp;
  /** Offers and statements that would change what is owed. */
  readonly concession: RegExp;
  readonly idiom: RegExp;
  readonly final: RegExp;
  /** Names we do not give customers. */
  readonly label: RegExp;
  /** A sentence that asks for something. */
  readonly request: RegExp;
  /** A sentence that only applies in some case. */
  readonly condition: RegExp;
  /** Frequent little words, by which the language is recognised. */
  readonly little: readonly string[];
}
