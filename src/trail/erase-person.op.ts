import type { Contact } from '../account/account.ts';
import type { AccountWork } from '../account/account-work.ts';
import { knownContacts } from '../account/contact-book.ts';
import { officeHolders, withoutHolder } from '../escalation/insolvency.ts';
import { stamp } from '../kernel/fact.ts';
import type { World } from '../kernel/world.port.ts';
import type { Erased } from './erasure.port.ts';
import { type ErasureFact, type PersonToErase, withoutPerson } from './erasure.ts';

export interface ErasePersonNeeds extends Pick<World, 'clock' | 'ledger' | 'accounts' | 'drafts' | 'erasures'> {
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

/** Contacts of the customer, and office holders of its insolvency files. */
export function erasable(contacts: readonly Contact[], work: AccountWork | null, account: string): readonly PersonToErase[] {
  return [...knownContacts(contacts, work?.contacts ?? [], account), ...officeHolders(work?.insolvencies ?? [])];
}

/** Forgets a person at a customer. The fact is recorded first: whatever comes between, it is known what was asked. The caller has authorized `by`. */
export async function erasePerson(
  world: ErasePersonNeeds,
  { account: id, contact, reason }: ErasureAsked,
  by: string,
  command: string,
): Promise<{ readonly done: true; readonly erased: Erased } | { readonly done: false; readonly refused: ErasureRefusal }> {
  const now = world.clock.now();
  const account = await world.accounts.load(id);
  if (!account) return { done: false, refused: 'no-such-account' };
  const person = erasable(await world.ledger.contacts(id), account.work, id).find((each) => each.id === contact);
  if (!person) return { done: false, refused: 'no-such-contact' };
  if (reason.trim() === '') return { done: false, refused: 'reason-missing' };
  if (account.work.legalHold) return { done: false, refused: 'erase-legal-hold' };
  // A mail in review or on its way is bound to its words: somebody decides about it first.
  if ((await world.drafts.open(id)).length > 0) return { done: false, refused: 'erase-mail-open' };
  const fact: ErasureFact = { type: 'person-erased', contact, reason: withoutPerson(reason.trim(), person) };
  const rest = account.work.contacts.filter((note) => note.id !== contact);
  const kept = { ...account.work, contacts: rest, insolvencies: withoutHolder(account.work.insolvencies, contact) };
  const work = withoutPerson(kept, person);
  const facts = stamp([fact], `account:${id}`, account.facts, by, command, now);
  if (!(await world.accounts.save(account, work, facts, command))) return { done: false, refused: 'changed-meanwhile' };
  await world.copy();
  const unpaid = new Set((await world.ledger.openItems(id)).map(({ number }) => number));
  return { done: true, erased: await world.erasures.erase(id, person, now, unpaid) };
}
