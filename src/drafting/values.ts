import { type Day, daysBetween } from '../kernel/day.ts';
import { formatMoney, type Money } from '../kernel/money.ts';
import { payLink, personName, reference } from '../kernel/untrusted.ts';
import { ASKS_NOTHING, CORRESPONDENCE, type FactSheet, type InvoiceFact, type Shown, type ShownInvoice } from '../mails/letter-facts.ts';
import type { Greeted } from './languages/book.ts';
import { BOOKS } from './languages/books.ts';
import { closingTone } from './letter-lines.ts';
import type { Letters } from './letters.ts';
import type { Values } from './placeholders.ts';

/** Invoice numbers in a subject; more are counted. */
const NUMBERS_NAMED = 2;

/** The fact sheet as it stands in a letter: every date and amount in the language's format. */
export function valuesOf(facts: FactSheet, letters: Letters): Values {
  const { labels } = BOOKS[facts.language];
  const common: Values = {
    seller: facts.seller.name,
    invoices: numbersOf(facts),
    remittance: facts.remittance,
    as_of: date(facts.asOf.at.toZonedDateTimeISO(facts.asOf.zone).toPlainDate().toString() as Day, facts),
    signature: signatureOf(facts),
  };
  if (isCorrespondence(facts)) return { ...common, ...matterValues(facts) };
  const several = facts.invoices.some(({ due }) => due !== facts.invoices[0]!.due);
  const promise = facts.history.brokenPromises[0];
  const contact = facts.history.lastContact;
  const known: Values = {
    ...common,
    total: listed(facts.totals, facts.locale),
    due: labels.dueOn(date(facts.invoices[0]!.due, facts), several),
    unpaid: unpaidOf(facts),
    invoice_table: invoiceTable(facts),
    history: historyOf(facts),
    notice: facts.stage === 'demand-letter' ? labels.demand(facts.formalTerms === 'claim') : noticeOf(facts),
    next_step: labels.nextStep(facts.demandFollows ?? false),
    ...(facts.charges?.length ? { charges: listed(facts.charges, facts.locale) } : {}),
    ...(facts.oldestDays > 0 ? { overdue: labels.overdue(facts.oldestDays, several) } : {}),
    ...(facts.deadline ? { deadline: date(facts.deadline, facts) } : {}),
    ...(facts.replyBy ? { reply_by: date(facts.replyBy, facts) } : {}),
    ...(promise ? { promised: formatMoney(promise.promised, facts.locale), promised_by: date(promise.by, facts) } : {}),
    ...(contact ? { last_contact: date(contact.on, facts) } : {}),
  };
  return facts.stage === 'demand-letter' ? { ...known, ...formalValues(facts, letters, known) } : known;
}

const noticeOf = ({ language, finalAuthorised, demandFollows = false }: FactSheet) =>
  BOOKS[language].labels.notice(finalAuthorised, demandFollows);

/** What only a formal demand says. */
function formalValues(facts: FactSheet, letters: Letters, known: Values): Values {
  const { labels } = BOOKS[facts.language];
  const { sender, seller, history, formalTerms, language } = facts;
  const days = (list: readonly Day[] = []) => list.map((each) => date(each, facts));
  const [wrote, spoke] = [days(history.steps?.wrote), days(history.steps?.spoke)];
  const values: Values = {
    sender: `${sender.name} (${sender.phone}, ${sender.email})`,
    reply_address: seller.postal
      ? [seller.name, ...seller.postal.split(/\s*\n\s*/)].filter((line) => line !== '').join(', ')
      : sender.email,
    charges_stand: labels.chargesStand(known.charges !== undefined),
    written: wrote.length + spoke.length > 0 ? labels.steps(wrote, spoke) : '',
    enclosures: [...facts.attachments, ...(formalTerms === 'claim' ? (['claim-forms'] as const) : [])]
      .map((each) => labels.enclosures[each])
      .join(', '),
  };
  const terms = formalTerms ? letters.partial(`terms-${formalTerms}`, language, { ...known, ...values }) : '';
  return { ...values, formal_terms: terms };
}

const isCorrespondence = ({ stage }: FactSheet) => CORRESPONDENCE.some((kind) => kind === stage);

/** Nothing of ages, totals and deadlines: such a letter speaks of its own matter alone. */
function matterValues(facts: FactSheet): Values {
  const { matter, language, locale } = facts;
  const { labels } = BOOKS[language];
  const table = { invoice_table: facts.invoices.length > 0 ? invoiceTable(facts) : '', history: '' };
  if (!matter) return table;
  const show = (amount: number) => formatMoney({ ...matter.amount, amount }, locale);
  const colon = language === 'fr' ? '\u00A0:' : ':';
  const amount = show(matter.amount.amount);
  const on = matter.on && date(matter.on, facts);
  const answer = matter.answerBy && date(matter.answerBy, facts);
  return {
    ...table,
    amount,
    instalments: matter.instalments.map((each) => `${date(each.date, facts)}${colon} ${show(each.amount)}`).join('\n'),
    ...(on ? { date: on } : {}),
    ...(on && facts.stage === 'promise-broken'
      ? { promise_result: labels.promiseResult(amount, on, matter.received ? show(matter.received) : null) }
      : {}),
    ...(answer && facts.stage === 'dispute-received' ? { answer_by: answer } : {}),
    ...(answer && facts.stage === 'plan-offer' ? { offer_until: answer } : {}),
  };
}

/** `named`: how many numbers; the rest is counted. */
export function numbersOf({ invoices, language }: Pick<FactSheet, 'invoices' | 'language'>, named = NUMBERS_NAMED): string {
  const numbers = invoices.map(({ number }) => reference(number)).filter((number) => number !== null);
  return BOOKS[language].labels.invoices(numbers.slice(0, named), invoices.length - numbers.slice(0, named).length);
}

const signatureOf = ({ sender, seller }: FactSheet) => [sender.name, seller.name, sender.phone, sender.email].join('\n');

export function greetingOf(facts: FactSheet): string {
  return BOOKS[facts.language].labels.greeting(greetedOf(facts));
}

/** Who is greeted, and in which tone the letter takes its leave. */
export function greetedOf({ contact, stage }: FactSheet): Greeted {
  const salutation = contact.salutation && personName(contact.salutation);
  return { salutation, name: personName(contact.name), tone: closingTone(stage) };
}

/** Null when neither the salutation nor the name can stand in a greeting. */
export function greetedName({ salutation, name }: FactSheet['contact']): string | null {
  return (salutation && personName(salutation)) ?? personName(name);
}

function unpaidOf(facts: FactSheet): string {
  const { invoices, credits, totals, language, locale } = facts;
  const [first] = invoices;
  const { asked, total, number, due } = first!;
  return BOOKS[language].labels.unpaid({
    number: invoices.length === 1 ? reference(number) : null,
    count: invoices.length,
    total: listed(totals, locale),
    due: date(due, facts),
    part: credits.length > 0 || asked < first!.open || (total !== undefined && asked < total),
    currencies: totals.length > 1,
  });
}

/** A promise that was not kept goes before the last contact. */
function historyOf(facts: FactSheet): string {
  const { history, language, locale } = facts;
  const { labels } = BOOKS[language];
  const [broken] = history.brokenPromises;
  if (broken) {
    const { promised, by, received } = broken;
    const came = received ? formatMoney({ ...promised, amount: received }, locale) : null;
    return capitalised(labels.promiseResult(formatMoney(promised, locale), date(by, facts), came), locale);
  }
  return history.lastContact ? labels.lastContact(history.lastContact.how, date(history.lastContact.on, facts)) : '';
}

export function capitalised(text: string, locale: string): string {
  const [first = '', ...rest] = Array.from(text);
  return first.toLocaleUpperCase(locale) + rest.join('');
}

const listed = (amounts: readonly Money[], locale: string) =>
  new Intl.ListFormat(locale).format(amounts.map((each) => formatMoney(each, locale)));

/** One block of two or three lines an invoice, then credit, totals and what is left out. Plain text that any font shows in order. */
function invoiceTable(facts: FactSheet): string {
  const { labels } = BOOKS[facts.language];
  const show = (of: Money) => formatMoney(of, facts.locale);
  const leftOut = facts.leftOut.map(({ why, money }) => labels[why](show(money)));
  // One invoice with nothing taken off, and nothing beside it in a formal letter, is its own total.
  const beside = facts.stage === 'demand-letter' && facts.shown !== undefined;
  const alone = facts.invoices.length === 1 && facts.credits.length === 0 && leftOut.length === 0 && !beside;
  const sums = alone
    ? []
    : [...facts.credits.map((each) => labels.credit(show(each))), ...facts.totals.map((each) => labels.total(show(each)))];
  const blocks = [...facts.invoices.map((invoice) => invoiceLines(invoice, facts)), ...(sums.length > 0 ? [sums.join('\n')] : [])];
  if (leftOut.length > 0) blocks.push(labels.leftOut(leftOut));
  return [...blocks, ...(facts.shown ? shownBlocks(facts, facts.shown) : [])].join('\n\n');
}

/** What the letter shows besides: each part with its heading, the sum of all that is listed, and a notice that stands. */
function shownBlocks(facts: FactSheet, { firmer, also, notes, notice, open }: Shown): string[] {
  const { labels } = BOOKS[facts.language];
  const show = (of: Money) => formatMoney(of, facts.locale);
  const part = (heading: string, list: readonly ShownInvoice[]) => (list.length > 0 ? [[heading, ...list.map(row)].join('\n')] : []);
  const row = ({ number, due, amount, on }: ShownInvoice) =>
    `  ${labels.shown(reference(number), date(due, facts), show(amount), on ? date(on, facts) : null)}`;
  const listed = [...part(labels.firmer(), firmer), ...part(labels.also(facts.stage === 'demand-letter'), also)];
  // A formal letter demands one sum and names no other total: “the full amount” is that of the demand.
  const summed = listed.length > 0 && facts.stage !== 'demand-letter';
  const sums = summed ? [open.map((each) => labels.everything(show(each))).join('\n')] : [];
  return [...listed, ...sums, ...(notice ? [noticeLine(facts, notice)] : []), ...part(labels.notYetDue(), notes)];
}

function noticeLine(facts: FactSheet, { on, invoices, sums }: NonNullable<Shown['notice']>): string {
  const { labels } = BOOKS[facts.language];
  const numbers = invoices.map(reference).filter((number) => number !== null);
  const named = labels.invoices(numbers.slice(0, NUMBERS_NAMED), invoices.length - numbers.slice(0, NUMBERS_NAMED).length);
  return labels.noticeStands(date(on, facts), named, listed(sums, facts.locale));
}

function invoiceLines(invoice: InvoiceFact, facts: FactSheet): string {
  const { language, locale, today } = facts;
  const { labels } = BOOKS[language];
  const show = (amount: number) => formatMoney({ amount, currency: invoice.currency }, locale);
  const order = invoice.purchaseOrder && reference(invoice.purchaseOrder);
  const link = ASKS_NOTHING.has(facts.stage) ? null : invoice.payLink && payLink(invoice.payLink);
  // Whoever is thanked, confirmed or answered is not told how late they are.
  const days = isCorrespondence(facts) ? 0 : daysBetween(invoice.due, today);
  const head = labels.invoice(reference(invoice.number), date(invoice.issued, facts));
  const amount = invoice.asked < invoice.open ? labels.partOf(show(invoice.asked), show(invoice.open)) : show(invoice.asked);
  const lines = [
    order ? `${head} (${labels.order(order)})` : head,
    `  ${labels.due(date(invoice.due, facts), days > 0 ? days : null, amount)}`,
  ];
  if (link) lines.push(`  ${labels.payOnline(link)}`);
  const copy = invoice.copyLink && payLink(invoice.copyLink);
  if (copy) lines.push(`  ${labels.copyOnline(copy)}`);
  return lines.join('\n');
}

/** '3 November 2026', '3. November 2026', '3 novembre 2026', '3 de noviembre de 2026'. */
function date(of: Day, { locale, language }: FactSheet): string {
  return BOOKS[language].labels.day(dateFormat(locale).format(Temporal.PlainDate.from(of)));
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string): Intl.DateTimeFormat {
  const kept = dateFormats.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  dateFormats.set(locale, kept);
  return kept;
}
