import { changeAccount } from '../account/change-account.op.ts';
import { knownContacts } from '../account/contact-book.ts';
import type { World } from '../kernel/world.port.ts';
import type { Draft } from './draft.ts';

/** Records that the addresses an email goes to belong to its customer, each once; resolves to those that are checked now. The caller has authorized `by`. */
export async function checkAddresses(world: World, { account, content }: Draft, by: string): Promise<string[]> {
  const [rows, worked] = await Promise.all([world.ledger.contacts(account), world.accounts.load(account)]);
  if (!worked) return [];
  const wanted = new Set([...content.to, ...content.cc].map(({ address }) => address.toLowerCase()));
  const done: string[] = [];
  for (const { id, name, email, checked } of knownContacts(rows, worked.work.contacts, account)) {
    if (!wanted.has(email.toLowerCase())) continue;
    const request = { do: 'check-contact', contact: id, name, email } as const;
    const result = checked || (await changeAccount(world, account, request, by, `check:${id}:${email}`)).done;
    if (result) done.push(email);
  }
  return done;
}
