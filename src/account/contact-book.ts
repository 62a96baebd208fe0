import type { Day } from '../kernel/day.ts';
import { isMailAddress } from '../kernel/mail-address.ts';
import type { Contact } from './account.ts';
import type { Moment } from './moment.ts';

/** Somebody whom a person of ours entered. */
export interface AddedContact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly role: string;
  /** Where it is from: a website, a register, the account owner. */
  readonly source: string;
}

/** What the team knows of one contact besides the ledger's row, which belongs to the importer; left out: nothing. */
export interface ContactNote {
  /** The ledger's contact id, or one of our own for somebody the team added. */
  readonly id: string;
  readonly added?: AddedContact;
  readonly rank?: number;
  readonly doNotContact?: boolean;
  readonly decisionMaker?: boolean;
  /** Holds for that address and that number only: another one in the ledger is tried again. */
  readonly bounced?: { readonly email: string; readonly on: Day };
  /** Somebody of ours has looked: this very address belongs to this customer. */
  readonly checked?: { readonly email: string; readonly on: Day };
  readonly wrongNumber?: { readonly phone: string; readonly on: Day };
}

export type ContactBook = readonly ContactNote[];

export interface KnownContact extends Contact {
  readonly decisionMaker: boolean;
  /** '' for those of the ledger. */
  readonly source: string;
  readonly mailBounced: boolean;
  /** Its address has been checked as it is now. */
  readonly checked: boolean;
  readonly numberWrong: boolean;
}

/** Ledger rows and the team's notes in the order in which steps go to them. Both may say "do not contact"; either holds. */
export function knownContacts(rows: readonly Contact[], book: ContactBook, account: string): KnownContact[] {
  const notes = new Map(book.map((note) => [note.id, note]));
  const own = book.flatMap(({ id, added }): Contact[] => {
    if (!added) return [];
    const { name, email, phone, role } = added;
    return [{ id, account, name, email, phone, role, rank: rows.length + 1, doNotContact: false }];
  });
  return [...rows, ...own]
    .map((row): KnownContact => {
      const note = notes.get(row.id);
      return {
        ...row,
        rank: note?.rank ?? row.rank,
        doNotContact: row.doNotContact || note?.doNotContact === true,
        decisionMaker: note?.decisionMaker ?? row.role === 'decision-maker',
        source: note?.added?.source ?? '',
        mailBounced: note?.bounced !== undefined && note.bounced.email === row.email,
        checked: note?.checked !== undefined && note.checked.email === row.email,
        numberWrong: note?.wrongNumber !== undefined && note.wrongNumber.phone === row.phone,
      };
    })
    .sort((a, b) => a.rank - b.rank);
}

/** Whom a mail may go to, in order. */
export function mailable(contacts: readonly KnownContact[]): KnownContact[] {
  return contacts.filter((contact) => !contact.doNotContact && !contact.mailBounced && isMailAddress(contact.email));
}

/** Whom a person may call, in order. */
export function callable(contacts: readonly KnownContact[]): KnownContact[] {
  return contacts.filter((contact) => !contact.doNotContact && !contact.numberWrong && contact.phone.trim() !== '');
}

export type ContactRequest =
  /** Ids in the order that is wanted. */
  | { readonly do: 'order-contacts'; readonly order: readonly string[] }
  | {
      readonly do: 'mark-contact';
      readonly contact: string;
      readonly name: string;
      readonly mark: 'doNotContact' | 'decisionMaker';
      readonly set: boolean;
    }
  | { readonly do: 'add-contact'; readonly id: string; readonly contact: AddedContact }
  | { readonly do: 'check-contact'; readonly contact: string; readonly name: string; readonly email: string }
  | { readonly do: 'mark-bounced'; readonly contact: string; readonly email: string };

export type ContactFact =
  | { readonly type: 'contacts-ordered'; readonly order: readonly string[] }
  | {
      readonly type: 'contact-marked';
      readonly contact: string;
      readonly name: string;
      readonly mark: 'doNotContact' | 'decisionMaker';
      readonly set: boolean;
    }
  | ({ readonly type: 'contact-added'; readonly contact: string } & AddedContact)
  | { readonly type: 'contact-checked'; readonly contact: string; readonly name: string; readonly email: string }
  | { readonly type: 'contact-bounced'; readonly contact: string; readonly email: string };

export type ContactRefusal = 'contact-name-missing' | 'contact-unreachable' | 'contact-address' | 'source-missing' | 'contact-unchanged';

export type ContactDecision = { readonly book: ContactBook; readonly fact: ContactFact } | { readonly refused: ContactRefusal };

export function decideContact(book: ContactBook, request: ContactRequest, { today }: Moment): ContactDecision {
  switch (request.do) {
    case 'order-contacts': {
      const { order } = request;
      const ranked = order.reduce((known, id, index) => withNote(known, id, { rank: index + 1 }), book);
      return { book: ranked, fact: { type: 'contacts-ordered', order } };
    }
    case 'mark-contact': {
      const { contact, name, mark, set } = request;
      if (book.find((note) => note.id === contact)?.[mark] === set) return { refused: 'contact-unchanged' };
      return { book: withNote(book, contact, { [mark]: set }), fact: { type: 'contact-marked', contact, name, mark, set } };
    }
    case 'add-contact': {
      const { id, contact } = request;
      const problem = addedProblem(contact);
      if (problem) return { refused: problem };
      return { book: [...book, { id, added: contact }], fact: { type: 'contact-added', contact: id, ...contact } };
    }
    case 'check-contact': {
      const { contact, name, email } = request;
      if (book.find((note) => note.id === contact)?.checked?.email === email) return { refused: 'contact-unchanged' };
      return { book: withNote(book, contact, { checked: { email, on: today } }), fact: { type: 'contact-checked', contact, name, email } };
    }
    case 'mark-bounced': {
      const { contact, email } = request;
      if (book.find((note) => note.id === contact)?.bounced?.email === email) return { refused: 'contact-unchanged' };
      return { book: withNote(book, contact, { bounced: { email, on: today } }), fact: { type: 'contact-bounced', contact, email } };
    }
  }
}

export function addedProblem({ name, email, phone, source }: AddedContact): ContactRefusal | null {
  if (name.trim() === '') return 'contact-name-missing';
  if (email === '' && phone === '') return 'contact-unreachable';
  if (email !== '' && !isMailAddress(email)) return 'contact-address';
  return source.trim() === '' ? 'source-missing' : null;
}

function withNote(book: ContactBook, id: string, change: Omit<ContactNote, 'id'>): ContactBook {
  const before = book.find((note) => note.id === id);
  return [...book.filter((note) => note.id !== id), { ...(before ?? { id }), ...change }];
}
