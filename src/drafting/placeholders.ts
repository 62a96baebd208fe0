/** What a letter may say that only the fact sheet knows. The sentence is what a model is told of it. */
export const PLACEHOLDERS = {
  total: 'the whole amount asked for, with its currency',
  seller: 'our company, to whom it is owed',
  invoices: 'the word for invoice and the numbers, as in "invoice A" or "invoices A and B"; for the subject',
  due: 'since when the whole amount is due, as in "due on a date"; follows the amount',
  overdue: 'how long the whole amount is overdue, as in "some days overdue"',
  deadline: 'the last day for payment, a date',
  notice: 'what this letter is called, a noun without article',
  promised: 'the amount they promised and did not pay in full',
  promised_by: 'the day for which they promised it, a date',
  last_contact: 'the day on which we last wrote or spoke, a date',
  invoice_table: 'the list of invoices with dates and amounts; a paragraph of its own',
  amount: 'the amount this letter is about: promised, disputed, offered as a plan or received',
  date: 'the day this letter is about: for which it was promised, or on which it came in; a date',
  instalments: 'the list of the plan’s parts with dates and amounts; a paragraph of its own',
  history: 'one sentence about a broken promise or the last contact',
  charges: 'interest, fees and costs that were claimed besides the invoices, with their currency',
  remittance: 'address for remittance advice',
  as_of: 'up to when payments are known',
  signature: 'name, company, telephone and address of the person who signs',
  unpaid: 'a whole sentence that begins the letter: which invoices and what amount are unpaid, and since when',
  promise_result: 'a whole sentence that begins the letter: the amount they promised, for which day, and what of it has come',
  next_step: 'what follows if nothing is heard by the deadline, as in "our management will decide"; ends a sentence',
  answer_by: 'the day by which we answer, a date',
  offer_until: 'the last day on which they can accept the plan, a date',
  reply_by: 'the day by which they are asked to say whether it agrees with their records, a date',
  written: 'one sentence about what we did before a formal demand, with dates',
  formal_terms: 'what the law asks of a formal demand',
  sender: 'the person who signs, with telephone and address',
  reply_address: 'where replies on paper go',
  charges_stand: 'whether interest and charges go on',
  enclosures: 'what goes with a formal demand',
} as const;

export type Placeholder = keyof typeof PLACEHOLDERS;

/** Known values by placeholder; one without a value in this fact sheet is left out. */
export type Values = Readonly<Partial<Record<Placeholder, string>>>;

/** Only code writes these: a model has its own words for the history, and the closing lines are fixed. */
const CODE_ALONE: ReadonlySet<string> = new Set(['history', 'charges', 'remittance', 'as_of', 'signature']);

/** Only where the letter of the kind uses them, too. */
const OF_ITS_KIND: ReadonlySet<string> = new Set([
  ...['notice', 'unpaid', 'promise_result', 'next_step', 'answer_by', 'offer_until', 'reply_by'],
  ...['written', 'formal_terms', 'sender', 'reply_address', 'charges_stand', 'enclosures'],
]);

/** Those a model may use for this fact sheet; `inputs` are the letter's. */
export function offered(values: Values, inputs: readonly string[]): Placeholder[] {
  const names = (Object.keys(values) as Placeholder[]).filter((name) => !CODE_ALONE.has(name) && values[name] !== '');
  return names.filter((name) => !OF_ITS_KIND.has(name) || inputs.includes(name));
}

const MARK = /\{\{\s*([a-z_]+)\s*\}\}/g;

export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(MARK)].map((match) => match[1]!);
}

/** Puts values in; throws a RangeError for a placeholder without one. Values are never read as placeholders again. */
export function fill(text: string, values: Values): string {
  return text.replace(MARK, (_, name: string) => {
    const value = values[name as Placeholder];
    if (value === undefined) throw new RangeError(`no value for {{${name}}}`);
    return value;
  });
}

/** The words alone, with a box where a value would stand. */
export function withoutPlaceholders(text: string): string {
  return text.replace(MARK, BOX);
}

/** Stands for a value when words are looked at alone; neither letter, digit nor space. */
export const BOX = '\uFFFC';
