import { addDays, type Day } from '../../kernel/day.ts';
import { FAILED_FORMULA, HIDDEN } from '../cells.ts';
import { isAmountCell, isDateCell } from './cell-content.ts';
import { writtenDay } from './days.ts';
import { classOf, statusMeaning } from './doc-types.ts';
import type { OpenDocument, RowVerdict } from './documents.ts';
import type { OpenField } from './field-words.ts';
import type { Reading } from './reading.ts';
import { type RowAmounts, rowAmounts } from './row-amounts.ts';
import type { Candidate } from './rows.ts';

/** A document of one row, before rows of the same number are joined. */
export interface RowDocument extends OpenDocument {
  readonly candidate: Candidate;
  readonly hint: string;
  /** A word of its status column that nobody knows. */
  readonly unknownStatus: string | null;
  readonly unknownType: string | null;
  readonly partly: boolean;
}

export type RowReading = { readonly document: RowDocument } | { readonly verdict: Pick<RowVerdict, 'class' | 'why'> };

const LONGEST = 200;

/** Reads one row that looks like a document. The money counts: what else does not fit is left empty and told. */
export function readDocumentRow(candidate: Candidate, reading: Reading): RowReading {
  const { row } = candidate;
  const leftOut = standing(candidate, reading);
  if (leftOut !== null) return { verdict: leftOut };
  const out = outOfPlace(candidate, reading);
  if (out !== null)
    return { verdict: { class: 'unreadable', why: `Cannot be read: "${out}" stands where a date should; perhaps its cells are shifted.` } };
  const money = rowAmounts(row, reading);
  if ('fault' in money) return { verdict: { class: 'unreadable', why: `Cannot be read: ${money.fault}.` } };
  const status = statusOf(candidate, reading);
  const partly = status === 'partial' && !reading.has('open') && !reading.has('openLocal') && !reading.has('paid');
  const lines = !reading.has('open') && reading.has('lineAmount');
  if (money.open === null && !partly && !lines) return { verdict: { class: 'unreadable', why: 'Cannot be read: no amount.' } };
  if (money.open === 0 && !lines) return { verdict: { class: 'closed', why: 'Nothing is open: 0.' } };
  return { document: documentOf(candidate, money, status === 'unknown', partly, reading) };
}

function documentOf(candidate: Candidate, money: RowAmounts, statusUnknown: boolean, partly: boolean, reading: Reading): RowDocument {
  const { row, group } = candidate;
  const { cell, choices } = reading;
  const marks = [...money.marks];
  const text = (field: OpenField): string | null => plainText(cell(row, field), marks);
  const type = cell(row, 'docType');
  const written = text('number');
  const number = written?.replace(/^"|"$/g, '').trim() || null;
  if (number !== written) marks.push('its number has a quotation mark that belongs to nothing');
  marks.push(...changedNumber(number ?? ''));
  const texts = [cell(row, 'reference'), cell(row, 'text')];
  const classed = classOf({ type, number: number ?? '', texts, negative: (money.open ?? 0) < 0 }, reading.preset, choices.types ?? {});
  if (classed.mark) marks.push(classed.mark);
  const unknownStatus = statusUnknown ? cell(row, 'status') : null;
  if (unknownStatus) marks.push(`its status "${unknownStatus}" is not known; taken as open`);
  const { issued, due } = daysOf(candidate, reading, marks, classed.class === 'invoice');
  return {
    candidate,
    row: row.row,
    rows: [row.row],
    class: classed.class,
    type: text('docType'),
    entity: text('entity') ?? group.entity ?? choices.entity ?? null,
    fiscalYear: text('fiscalYear'),
    account: text('account') ?? group.account,
    accountName: text('accountName') ?? group.accountName,
    number,
    reference: text('reference'),
    purchaseOrder: text('purchaseOrder'),
    line: null,
    issued,
    due,
    currency: money.currency,
    open: partly ? null : money.open,
    decimals: money.decimals,
    total: money.total,
    local: money.local,
    dunningLevel: text('dunningLevel'),
    lastDunned: dayOfCell(candidate, 'lastDunned', reading, marks),
    dunningBlock: text('dunningBlock'),
    text: text('text'),
    marks,
    hint: money.hint,
    unknownStatus,
    unknownType: classed.unknownType,
    partly,
  };
}

function daysOf(candidate: Candidate, reading: Reading, marks: string[], isInvoice: boolean): { issued: Day | null; due: Day | null } {
  const issued = dayOfCell(candidate, 'issued', reading, marks);
  const stated = dayOfCell(candidate, 'due', reading, marks);
  if (issued && stated && stated < issued) marks.push('is due before its own date');
  return { issued, due: stated ?? dueByTerms(issued, candidate, reading, marks, isInvoice) };
}

function changedNumber(number: string): string[] {
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(number)) return [`its number ${number} lost its digits in a spreadsheet`];
  return /^\d+[.,]0$/.test(number) ? [`its number ${number} looks like one that a spreadsheet changed`] : [];
}

/** Why a row is no open item whatever its amounts are; null where it is one. */
function standing(candidate: Candidate, reading: Reading): Pick<RowVerdict, 'class' | 'why'> | null {
  const { row } = candidate;
  const only = reading.preset?.onlyAccounts;
  const account = reading.cell(row, 'glAccount');
  if (only && account !== '' && !only.test(account)) return { class: 'not-a-customer', why: `The account ${account} is not a customer's.` };
  const clearing = reading.cell(row, 'clearing');
  if (clearing !== '' && clearing !== '0') return { class: 'closed', why: `Cleared with ${clearing}.` };
  if (/^(?:no|n|nein|non|false|0)$/i.test(reading.cell(row, 'isOpen').trim()))
    return { class: 'closed', why: 'Its row says that it is not open.' };
  const word = reading.cell(row, 'status');
  switch (statusOf(candidate, reading)) {
    case 'closed':
    case 'void':
      return { class: 'closed', why: `Its status is "${word}".` };
    case 'draft':
      return { class: 'draft', why: `Its status is "${word}": nobody has been asked for it yet.` };
    default:
      return null;
  }
}

/** An amount in a column of dates: a separator too many, and everything behind it is another cell. */
function outOfPlace({ row }: Candidate, reading: Reading): string | null {
  const cells = [reading.cell(row, 'issued'), reading.cell(row, 'due')];
  return cells.find((cell) => /[.,]\d{2}$/.test(cell) && isAmountCell(cell) && !isDateCell(cell)) ?? null;
}

/** A text of others: without what hides or reorders letters, and never the error of a formula. */
function plainText(value: string, marks: string[]): string | null {
  if (value === '') return null;
  if (FAILED_FORMULA.test(value)) {
    marks.push(`"${value}" is left out: the error of a formula`);
    return null;
  }
  const clean = value.replaceAll(HIDDEN, '').trim();
  if (clean !== value) marks.push(`characters that cannot be seen are left out of "${clean.slice(0, 40)}"`);
  return clean === '' ? null : clean.slice(0, LONGEST);
}

function statusOf({ row }: Candidate, reading: Reading) {
  const word = reading.cell(row, 'status');
  if (word === '') return 'open';
  return reading.choices.statuses?.[word] ?? statusMeaning(word) ?? 'unknown';
}

function dayOfCell({ row }: Candidate, field: 'issued' | 'due' | 'lastDunned', reading: Reading, marks: string[]): Day | null {
  const text = reading.cell(row, field);
  if (text === '') return null;
  const read = reading.day(text);
  const written = writtenDay(text);
  // An order that nobody has said yet is one question, not a mark on each row.
  const waits = reading.order === null && written?.form === 'numbers';
  if (read === null && written?.form !== 'empty' && !waits) marks.push(`"${text.slice(0, 40)}" is left out: no day that can be read`);
  return read;
}

/** "Net 30", "30 Tage netto", a plain 30; or what a person said for the file. */
function dueByTerms(issued: Day | null, { row }: Candidate, reading: Reading, marks: string[], isInvoice: boolean): Day | null {
  if (issued === null || !isInvoice) return null;
  const terms = reading.cell(row, 'terms');
  const days = termsDays(terms) ?? reading.choices.termsDays ?? null;
  if (days === null) return null;
  marks.push(terms === '' ? `due day worked out: ${days} days after its date` : `due day worked out from "${terms.slice(0, 40)}"`);
  return addDays(issued, days);
}

function termsDays(terms: string): number | null {
  if (/due (?:on|upon) receipt|sofort|c\.?o\.?d\.?$|comptant|contado|a reception|immediate/i.test(terms)) return 0;
  const days =
    /^(\d{1,3})$/.exec(terms.trim())?.[1] ??
    /(?:net|netto)\s*(\d{1,3})\b/i.exec(terms)?.[1] ??
    /\b(\d{1,3})\s*(?:days?|tage?|jours?|d[ií]as?)\b(?!.*\d+\s*%)/i.exec(terms)?.[1];
  return days === undefined ? null : Number(days);
}
