import { knownContacts } from '../account/contact-book.ts';
import { type Day, dayIn, daysBetween, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRow } from '../ledger/ledger.port.ts';
import type { StoredDraft } from './draft.port.ts';
import type { Draft } from './draft.ts';
import { askedIn } from './mail-content.ts';
import { type KnownBefore, type SentBefore, type Unusual, unusualIn } from './unusual.ts';

/** Facts and payments further back are not looked at. */
const LOOKED_AT = 50;

/** What a reader wants to know beside the words of an email. */
export interface Around {
  readonly unusual: readonly Unusual[];
  /** Days overdue of the oldest invoice it asks for; null when none is overdue. */
  readonly oldestDays: number | null;
  readonly lastContact: Day | null;
  readonly lastReply: Day | null;
  /** Promises of the last year that were kept in full, and all that ended. */
  readonly promises: { readonly kept: number; readonly of: number };
}

const NOTHING: Around = { unusual: [], oldestDays: null, lastContact: null, lastReply: null, promises: { kept: 0, of: 0 } };

/** What is unusual in an email as things stand now; empty for an account that is gone. */
export const readUnusual = async (world: World, draft: Draft): Promise<readonly Unusual[]> => (await readAround(world, draft)).unusual;

/** The same with what was before; nothing for an account that is gone. */
export async function readAround(world: World, draft: Draft): Promise<Around> {
  const [row, worked] = await Promise.all([world.ledger.account(draft.account), world.accounts.load(draft.account)]);
  if (!row || !worked) return NOTHING;
  const [settings, sent, recorded, payments, shared, items, rows] = await Promise.all([
    world.settings.read(),
    world.drafts.lastSent(row.id),
    world.timeline.latest(`account:${row.id}`, LOOKED_AT),
    world.ledger.payments(row.id, LOOKED_AT),
    world.ledger.reachedAt(draft.content.to.map(({ address }) => address)),
    world.ledger.openItems(row.id),
    world.ledger.contacts(row.id),
  ]);
  const contacts = knownContacts(rows, worked.work.contacts, row.id);
  const small = (list: readonly { readonly email: string }[]) =>
    list.map(({ email }) => email.toLowerCase()).filter((email) => email !== '');
  const { promises, pastPromises, lastContact } = worked.work;
  const known: KnownBefore = {
    today: dayIn(zoneOf(row, settings), world.clock.now()),
    sent: sent.flatMap(({ draft: each }) => sentBefore(each)),
    promises,
    pastPromises,
    replies: recorded.filter(({ type }) => type === 'reply-received').map(({ received }) => received as SentBefore['on']),
    lastContact,
    payments,
    dues: new Map(items.filter(({ entity }) => entity === draft.entity).map(({ number, due }) => [number, due])),
    contacts: small(contacts),
    checked: new Set(small(contacts.filter(({ checked }) => checked))),
    shared: shared.filter((each) => !related(each, row)).map(({ name }) => name),
  };
  const late = draft.content.invoices.map(({ number }) => daysBetween(known.dues.get(number) ?? known.today, known.today));
  const year = pastPromises.filter(({ closed }) => daysBetween(closed, known.today) <= 365);
  return {
    unusual: unusualIn(draft, known),
    oldestDays: Math.max(0, ...late) || null,
    lastContact,
    lastReply: known.replies[0] ?? null,
    promises: { kept: year.filter(({ outcome }) => outcome === 'kept').length, of: year.length },
  };
}

/** Nothing about it is unusual but that it may be the first email: notes and first reminders are. */
export async function isRoutine(world: World, draft: Draft): Promise<boolean> {
  return (await readUnusual(world, draft)).every(({ key }) => key === 'first-email');
}

/** The first routine ones, in their order, no more than `most`. They are looked at side by side: Slack waits three seconds for a form. */
export async function routineOf(world: World, drafts: readonly StoredDraft[], most: number): Promise<StoredDraft[]> {
  const found: StoredDraft[] = [];
  for (let at = 0; at < drafts.length && found.length < most; at += most) {
    const some = drafts.slice(at, at + most);
    const routine = await Promise.all(some.map(({ draft }) => isRoutine(world, draft)));
    found.push(...some.filter((_, n) => routine[n]));
  }
  return found.slice(0, most);
}

function sentBefore({ sentOn, entity, content, text }: Draft): SentBefore[] {
  return sentOn ? [{ on: sentOn, entity, to: [...content.to, ...content.cc], language: text.language, asked: askedIn(content) }] : [];
}

/** One and the same, or of one family. */
const related = (a: AccountRow, b: AccountRow) =>
  a.id === b.id || a.parent === b.id || b.parent === a.id || (a.parent !== null && a.parent === b.parent);
