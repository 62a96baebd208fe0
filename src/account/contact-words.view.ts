import { plain } from '../slack/text.ts';
import type { KnownContact } from './contact-book.ts';
import { sourceText } from './contact-facts.view.ts';

/** A number to dial by a click where the reader's device can; as it stands where it is no number. */
export function phoneLink(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '');
  return /^\+?\d{5,20}$/.test(digits) ? `<tel:${digits}|${plain(phone).replaceAll('|', ' ')}>` : plain(phone);
}

/** A code of ledgers; any other role stands as the ledger has it. */
const roleWords = (role: string) => (role === 'accounts-payable' ? 'accounts payable' : role);

/** Name, role, how to reach, and what speaks against it, in one line. */
export function contactLine(contact: KnownContact, link: (phone: string) => string = plain): string {
  const { name, role, email, phone, doNotContact, decisionMaker, mailBounced, numberWrong, source } = contact;
  const reach = [
    email && `${plain(email)}${mailBounced ? ' (bounced)' : ''}`,
    phone && (doNotContact || numberWrong ? `${plain(phone)}${numberWrong ? ' (wrong number)' : ''}` : link(phone)),
  ].filter(Boolean);
  const marks = [
    role && plain(roleWords(role)),
    decisionMaker && role !== 'decision-maker' && 'decision-maker',
    source && `from ${sourceText(source)}`,
  ];
  const known = marks.filter(Boolean).join(', ');
  return `${plain(name || 'no name')}${known ? ` (${known})` : ''}: ${reach.join(', ') || 'no address'}${doNotContact ? ' · *do not contact*' : ''}`;
}
