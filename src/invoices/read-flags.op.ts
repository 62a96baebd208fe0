import { knownContacts, mailable } from '../account/contact-book.ts';
import { termsIn } from '../charges/terms.ts';
import { addDays, dayIn, zoneOf } from '../kernel/day.ts';
import { calendarAround } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Invoice } from '../ledger/invoice.ts';
import type { AccountRow } from '../ledger/ledger.port.ts';
import { readAgainst } from '../mails/invoice-copies.op.ts';
import { invoiceCopy } from '../mails/invoice-copy.ts';
import { unanswered } from './answered-flags.ts';
import type { ERemark } from './e-invoice.ts';
import { type FlaggedInvoice, flaggedInvoices } from './hygiene.ts';

/** An account with invoices that something is missing on. */
export interface AccountFlags {
  readonly account: Pick<AccountRow, 'id' | 'name' | 'number' | 'collector' | 'owner'>;
  readonly invoices: readonly FlaggedInvoice[];
}

/** Days ahead in which an invoice falls due that is looked at. */
export const AHEAD = 10;
/** Of one account: enough to tell what is usual, with what is open first. */
const LOOKED_AT = 200;
/** Files that are read for one list; each takes a moment of a thread of its own. */
const MOST_FILES = 30;
const MOST_BYTES = 10_000_000;

/** What is missing on invoices that fall due soon, unanswered, of those accounts that `whose` takes; soonest due first. */
export async function readFlags(world: World, whose: (row: AccountRow) => boolean): Promise<AccountFlags[]> {
  const [rows, books, settings, works] = await Promise.all([
    world.ledger.accounts(),
    world.ledger.openBooks(),
    world.settings.read(),
    world.accounts.all(),
  ]);
  const now = world.clock.now();
  const files = { left: MOST_FILES };
  const found: AccountFlags[] = [];
  for (const row of rows.filter(whose)) {
    const today = dayIn(zoneOf(row, settings), now);
    const soon = (books.items.get(row.id) ?? []).some(({ due }) => due >= today && due <= addDays(today, AHEAD));
    const work = works.get(row.id);
    if (!soon || !work) continue;
    const [invoices, contacts] = await Promise.all([world.ledger.invoices(row.id, LOOKED_AT), world.ledger.contacts(row.id)]);
    const due = invoices.filter((each) => each.open > 0 && each.due >= today && each.due <= addDays(today, AHEAD));
    const read = new Map<string, readonly ERemark[]>();
    for (const invoice of due) read.set(`${invoice.entity}\n${invoice.number}`, await eInvoiceOf(world, invoice, files));
    const flagged = flaggedInvoices({
      ...{ today, invoices, reachable: mailable(knownContacts(contacts, work.contacts, row.id)).length > 0 },
      terms: (entity) => termsIn(settings, work.agreement, entity).terms,
      calendar: calendarAround(world.holidays, row.country === '' ? settings : row, today),
      eInvoice: (entity, number) => read.get(`${entity}\n${number}`) ?? [],
    });
    const left = unanswered(flagged, work.answeredFlags).filter((each) => each.due <= addDays(today, AHEAD));
    if (left.length > 0) found.push({ account: row, invoices: left });
  }
  return found.sort((a, b) => (a.invoices[0]!.due < b.invoices[0]!.due ? -1 : 1));
}

async function eInvoiceOf(world: World, invoice: Invoice, files: { left: number }): Promise<readonly ERemark[]> {
  const copy = invoiceCopy(invoice.copy);
  if (!copy || 'link' in copy || files.left === 0) return [];
  files.left -= 1;
  const bytes = await world.invoiceFiles.read(copy.file, MOST_BYTES);
  if ('problem' in bytes) return [];
  const odd = await readAgainst(world, copy.file, bytes.bytes, invoice);
  return 'refused' in odd ? [{ rule: 'refused', says: odd.refused }] : odd;
}
