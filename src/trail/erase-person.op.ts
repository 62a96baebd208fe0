import type { AccountStore } from '../account/account.port.ts';
import { knownContacts } from '../account/contact-book.ts';
import type { Clock } from '../kernel/clock.port.ts';
import { stamp } from '../kernel/fact.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { DraftStore } from '../mails/draft.port.ts';
import type { Erased, Erasures } from './erasure.port.ts';
import { type ErasureFact, withoutPerson } from './erasure.ts';

export interface ErasePersonPorts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly drafts: DraftStore;
  readonly erasures: Erasures;
  /** Brings what is recorded into the trail. */
  readonly copy: () => Promise<unknown>;
}

export interface ErasureAsked {
  readonly account: string;
  readonly contact: string;
  readonly reason: string;
}

export type ErasureRefusal =
  | 'no-such-account'
  | 'no-such-contact'
  | 'erase-legal-hold'
  | 'erase-mail-open'
  | 'reason-missing'
  | 'changed-meanwhile';

/** Forgets a person at a customer. The fact is recorded first: whatever comes between, it is known what was asked. The caller has authorized `by`. */
export async function erasePerson(
  ports: ErasePersonPorts,
  { account: id, contact, reason }: ErasureAsked,
  by: string,
  command: string,
): Promise<{ readonly done: true; readonly erased: Erased } | { readonly done: false; readonly refused: ErasureRefusal }> {
  const now = ports.clock.now();
  const account = await ports.accounts.load(id);
  if (!account) return { done: false, refused: 'no-such-account' };
  const person = knownContacts(await ports.ledger.contacts(id), account.work.contacts, id).find((each) => each.id === contact);
  if (!person) return { done: false, refused: 'no-such-contact' };
  if (reason.trim() === '') return { done: false, refused: 'reason-missing' };
  if (account.work.legalHold) return { done: false, refused: 'erase-legal-hold' };
  // A mail in review or on its way is bound to its words: somebody decides about it first.
  if ((await ports.drafts.open(id)).length > 0) return { done: false, refused: 'erase-mail-open' };
  const fact: ErasureFact = { type: 'person-erased', contact, reason: withoutPerson(reason.trim(), person) };
  const work = withoutPerson({ ...account.work, contacts: account.work.contacts.filter((note) => note.id !== contact) }, person);
  const facts = stamp([fact], `account:${id}`, account.facts, by, command, now);
  if (!(await ports.accounts.save(account, work, facts, command))) return { done: false, refused: 'changed-meanwhile' };
  await ports.copy();
  const unpaid = new Set((await Array.fromAsync(ports.ledger.openItems(id))).map(({ number }) => number));
  return { done: true, erased: await ports.erasures.erase(id, person, now, unpaid) };
}
