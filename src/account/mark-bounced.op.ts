import type { World } from '../kernel/world.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { isNoMailbox } from '../mails/delivery.ts';
import type { Draft } from '../mails/draft.ts';
import { changeAccount } from './change-account.op.ts';
import { knownContacts } from './contact-book.ts';

/**
 * A server that says for good that there is no such mailbox: the contact's address counts as bounced, and the next mail goes to another contact. With
 * several recipients nobody knows whom the server meant. Keyed by the draft, so that it may be repeated.
 */
export async function markBounced(
  world: Pick<World, 'clock' | 'settings' | 'accounts'> & { readonly ledger: Ledger },
  draft: Draft,
  said: string,
): Promise<void> {
  const { to, cc } = draft.content;
  if (!isNoMailbox(said) || to.length + cc.length !== 1) return;
  const email = to[0]!.address;
  const [rows, loaded] = await Promise.all([world.ledger.contacts(draft.account), world.accounts.load(draft.account)]);
  const all = knownContacts(rows, loaded?.work.contacts ?? [], draft.account);
  for (const contact of all.filter((each) => each.email === email))
    await changeAccount(
      world,
      draft.account,
      { do: 'mark-bounced', contact: contact.id, email },
      'clock',
      `bounced:${draft.id}:${contact.id}`,
    );
}
