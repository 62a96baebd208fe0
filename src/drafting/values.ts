import { type Day, daysBetween } from '../kernel/day.ts';
import { formatMoney, type Money } from '../kernel/money.ts';
import { payLink, personName, reference } from '../kernel/untrusted.ts';
import { ASKS_NOTHING, CORRESPONDENCE, type FactSheet, type InvoiceFact, type Shown, type ShownInvoice } from '../mails/letter-facts.ts';
import { BOOKS } from './languages/books.ts';
import type { Letters, Partial } from './letters.ts';
import type { Values } from './placeholders.ts';

/** Invoice numbers in a subject; more are counted. */
const NUMBERS_NAMED = 2;

/** The fact sheet as it stands in a letter: every date and amount in the language's format. */
export function valuesOf(facts: FactSheet, letters: Letters): Values {
  if (isCorrespondence(facts)) return correspondenceValues(facts);
  const { labels } = BOOKS[facts.language];
  const several = facts.invoices.some(({ due }) => due !== facts.invoices[0]!.due);
  const promise = facts.history.brokenPromises[0];
  const contact = facts.history.lastContact;
  const known: Values = {
    total: totalOf(facts),
    seller: facts.seller.name,
    invoices: numbersOf(facts),
    due: labels.dueOn(date(facts.invoices[0]!.due, facts), several),
    invoice_table: invoiceTable(facts),
    notice: labels.notice(facts.finalAuthorised),
    remittance: facts.remittance,
    as_of: asOf(facts),
    signature: signatureOf(facts),
    ...(facts.charges?.length ? { charges: listed(facts.charges, facts.locale) } : {}),
    ...(facts.oldestDays > 0 ? { overdue: labels.overdue(facts.oldestDays, several) } : {}),
    ...(facts.deadline ? { deadline: date(facts.deadline, facts) } : {}),
    ...(promise ? { promised: formatMoney(promise.promised, facts.locale), promised_by: date(promise.by, facts) } : {}),
    ...(contact ? { last_contact: date(contact.on, facts) } : {}),
  };
  return { ...known, history: historyOf(facts, letters, known) };
}

const isCorrespondence = ({ stage }: FactSheet) => CORRESPONDENCE.some((kind) => kind === stage);

/** Nothing of ages, totals and deadlines: such a letter speaks of its own matter alone. */
function correspondenceValues(facts: FactSheet): Values {
  const { matter } = facts;
  const colon = facts.language === 'fr' ? '\u00A0:' : ':';
  const parts = matter?.instalments.map(
    (each) => `${date(each.date, facts)}${colon} ${formatMoney({ ...matter.amount, amount: each.amount }, facts.locale)}`,
  );
  return {
    seller: facts.seller.name,
    invoices: numbersOf(facts),
    invoice_table: facts.invoices.length > 0 ? invoiceTable(facts) : '',
    remittance: facts.remittance,
    as_of: asOf(facts),
    signature: signatureOf(facts),
    history: '',
    ...(matter ? { amount: formatMoney(matter.amount, facts.locale), instalments: parts!.join('\n') } : {}),
    ...(matter?.on ? { date: date(matter.on, facts) } : {}),
  };
}

function numbersOf({ invoices, language }: FactSheet): string {
  const numbers = invoices.map(({ number }) => reference(number)).filter((number) => number !== null);
  return BOOKS[language].labels.invoices(numbers.slice(0, NUMBERS_NAMED), invoices.length - numbers.slice(0, NUMBERS_NAMED).length);
}

const signatureOf = ({ sender, seller }: FactSheet) => [sender.name, seller.name, sender.phone, sender.email].join('\n');

export function greetingOf({ contact, language }: FactSheet): string {
  return BOOKS[language].labels.greeting(greetedName(contact));
}

/** Null when neither the salutation nor the name can stand in a greeting. */
export function greetedName({ salutation, name }: FactSheet['contact']): string | null {
  return (salutation && personName(salutation)) ?? personName(name);
}

/** The lines below the letter's own words, the signature last. */
export function closingOf(facts: FactSheet, letters: Letters, values: Values): string[] {
  const fixed: Partial[] = ASKS_NOTHING.has(facts.stage) ? [] : ['how-to-pay', 'if-paid-or-disputed', 'bank-details'];
  const missing: Partial[] = facts.missing ? ['missing'] : [];
  const claimed: Partial[] = values.charges === undefined ? [] : ['charges'];
  const formal: Partial[] = facts.stage === 'demand-letter' ? [...(facts.preAction ? (['pre-action'] as const) : []), 'next-step'] : [];
  const lines: Partial[] = [...missing, ...claimed, ...facts.attachments, ...formal, ...fixed, 'sign-off'];
  return lines.map((name) => letters.partial(name, facts.language, values));
}

function historyOf({ history, language }: FactSheet, letters: Letters, values: Values): string {
  if (history.brokenPromises.length > 0) return letters.partial('broken-promise', language, values);
  if (!history.lastContact) return '';
  return letters.partial(history.lastContact.how === 'wrote' ? 'after-writing' : 'after-speaking', language, values);
}

function totalOf({ totals, locale }: FactSheet): string {
  return listed(totals, locale);
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

function asOf(facts: FactSheet): string {
  const local = facts.asOf.at.toZonedDateTimeISO(facts.asOf.zone);
  const time = local.toPlainTime().toLocaleString(facts.locale, { hour: '2-digit', minute: '2-digit' });
  return BOOKS[facts.language].labels.moment(date(local.toPlainDate().toString() as Day, facts), time);
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string): Intl.DateTimeFormat {
  const kept = dateFormats.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  dateFormats.set(locale, kept);
  return kept;
}
