import { knownContacts, mailable } from '../account/contact-book.ts';
import { statementsFor } from '../charges/read-statements.op.ts';
import { isMailAddress } from '../kernel/mail-address.ts';
import { untrusted } from '../kernel/untrusted.ts';
import type { World } from '../kernel/world.port.ts';
import { askableOwner } from '../team/team.ts';
import { type Chosen, type Draft, STATEMENT_FILE } from './draft.ts';
import type { MailFacts } from './draft-content.op.ts';
import { type CopyFile, copyFiles, copyShows } from './invoice-copies.op.ts';
import type { MailAddress } from './mail-content.ts';

/** Whom an email may go to, and what may go with it. */
export interface Choices {
  /** The customer's contacts who may be written to, in their order. */
  readonly to: readonly MailAddress[];
  /** The same, and our own people about this customer. */
  readonly cc: readonly MailAddress[];
  /** Of the open invoices: those of which the ledger names a file. */
  readonly copies: readonly CopyFile[];
}

type About = Pick<Draft, 'account' | 'entity'>;
type Needs = Pick<World, 'ledger' | 'accounts' | 'team' | 'people' | 'settings' | 'charges'>;

/** What there is to choose from for an email of this account now; empty for an account that is gone. */
export async function choicesOf(world: Needs, { account, entity }: About): Promise<Choices> {
  const [row, worked, contacts, items, team] = await Promise.all([
    world.ledger.account(account),
    world.accounts.load(account),
    world.ledger.contacts(account),
    world.ledger.openItems(account),
    world.team.read(),
  ]);
  if (!row || !worked) return { to: [], cc: [], copies: [] };
  const to = mailable(knownContacts(contacts, worked.work.contacts, account)).map(({ name, email }) => ({ name, address: email }));
  const users = [worked.work.collector, askableOwner(team, row.owner)].filter((user) => user !== null);
  const people = await Promise.all([...new Set(users)].map((user) => world.people(user)));
  const ours = people.flatMap((person) => (person && isMailAddress(person.email) ? [{ name: person.name, address: person.email }] : []));
  const own = items.filter((item) => item.entity === entity);
  const details = own.length > 0 ? await world.ledger.invoices(account, own.length) : [];
  const copies = copyFiles(details.filter(({ entity: of, number }) => of === entity && own.some((item) => item.number === number)));
  return { to: once(to), cc: once([...to, ...ours]), copies };
}

const once = (list: readonly MailAddress[]) => [...new Map(list.map((each) => [each.address.toLowerCase(), each])).values()];

/**
 * The mail as it would be with what a person chose in place of what its step takes; as it is where nobody chose. `gone`: somebody or something that was
 * chosen is not there any more, as a sentence.
 */
export async function withChosen(
  world: Needs,
  mail: MailFacts,
  about: About,
  chosen: Chosen | undefined,
): Promise<MailFacts | { readonly gone: string }> {
  if (!chosen) return mail;
  const choices = await choicesOf(world, about);
  const found = (from: readonly MailAddress[], address: string) =>
    from.find((each) => each.address.toLowerCase() === address.toLowerCase()) ?? address;
  const to = chosen.to.map((address) => found(choices.to, address));
  const cc = chosen.cc.map((address) => found(choices.cc, address));
  const lost = [...to, ...cc].find((each) => typeof each === 'string');
  if (lost !== undefined) return { gone: `${lost} is no contact of this customer any more, or may not be written to.` };
  const copies = chosen.files.filter((file) => file !== STATEMENT_FILE);
  const missing = copies.find((number) => !choices.copies.some(({ invoice }) => invoice === number));
  if (missing) return { gone: `There is no copy of invoice ${missing} any more, or it is not open.` };
  const people = { to: to as MailAddress[], cc: (cc as MailAddress[]).filter(({ address }) => !chosen.to.includes(address)) };
  const statements = await statementsOf(world, mail, about, chosen);
  const files = { statements, copies: choices.copies.filter(({ invoice }) => copies.includes(invoice)) };
  const [first] = people.to;
  const contact =
    first && first.address !== mail.to[0]?.address ? { ...mail.facts.contact, name: untrusted(first.name) } : mail.facts.contact;
  const attachments = files.statements.length > 0 ? (['statement'] as const) : [];
  return { ...mail, ...people, ...files, facts: { ...mail.facts, contact, attachments: [...attachments] } };
}

async function statementsOf(
  world: Needs,
  mail: MailFacts,
  { account, entity }: About,
  { files }: Chosen,
): Promise<MailFacts['statements']> {
  if (!files.includes(STATEMENT_FILE)) return [];
  if (mail.statements.length > 0) return mail.statements;
  const [row, worked] = await Promise.all([world.ledger.account(account), world.accounts.load(account)]);
  return row ? statementsFor(world, row, entity, mail.facts.seller.name, worked?.work.postings ?? []) : [];
}

/** Whom it goes to and what goes along, as it is now: what was chosen, else what its step takes. */
export function choiceOf({ content, chosen }: Draft, { copies }: Choices, world: Pick<World, 'fingerprint'>): Chosen {
  if (chosen) return chosen;
  const list = (of: readonly MailAddress[]) => of.map(({ address }) => address);
  const known = new Map(copies.map(({ invoice, file }) => [copyShows(world, file), invoice]));
  const own = content.attachments.flatMap(({ shows }) => known.get(shows) ?? []);
  const statement = content.attachments.length > own.length ? [STATEMENT_FILE] : [];
  return { to: list(content.to), cc: list(content.cc), files: [...statement, ...own] };
}
