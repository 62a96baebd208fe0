import type { MailAddress, MailContent } from './mail-content.ts';

/** What differs between two contents in words, for the card of a draft that was voided. */
export function contentChanges(before: MailContent, after: MailContent): string[] {
  const changes: string[] = [];
  const list = (addresses: readonly MailAddress[]) => addresses.map(({ address }) => address).join(', ');
  if (before.from.address !== after.from.address) changes.push('The address we send from has changed.');
  if (list(before.to) !== list(after.to) || list(before.cc) !== list(after.cc)) changes.push('The recipients have changed.');
  const known = new Map(before.invoices.map((invoice) => [invoice.number, invoice]));
  for (const invoice of after.invoices) {
    const old = known.get(invoice.number);
    known.delete(invoice.number);
    if (!old) changes.push(`Invoice ${invoice.number} has come in.`);
    else if (old.residual !== invoice.residual) changes.push(`The balance of invoice ${invoice.number} has changed.`);
    else if (old.promised !== invoice.promised) changes.push(`A promise for invoice ${invoice.number} has changed.`);
    else if (old.disputed !== invoice.disputed) changes.push(`A dispute about invoice ${invoice.number} has changed.`);
    else if (old.asked !== invoice.asked) changes.push(`What may be asked for of invoice ${invoice.number} has changed.`);
  }
  for (const number of known.keys()) changes.push(`Invoice ${number} is no longer asked for.`);
  const apart = (content: MailContent) => content.apart.map(({ why, currency, amount }) => `${why} ${currency} ${amount}`).sort();
  // What rests of an invoice that is named shows there already.
  if (changes.length === 0 && apart(before).join() !== apart(after).join())
    changes.push('Credit on the account, or what is promised, disputed, planned or claimed besides, has changed.');
  const parts = ({ parts = [] }: MailContent) => parts.map((each) => Object.values(each).join(' ')).sort();
  if (parts(before).join() !== parts(after).join()) changes.push('What the mail shows besides has changed.');
  const files = (content: MailContent) => content.attachments.map(({ sha256 }) => sha256).join();
  if (files(before) !== files(after)) changes.push('The attachments have changed.');
  return changes;
}
