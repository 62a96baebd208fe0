import type { WorkedAccount } from '../account/account.port.ts';
import { knownContacts } from '../account/contact-book.ts';
import { leftOf } from '../charges/charges.ts';
import { claimedFrom, owedOf } from '../charges/read-statements.op.ts';
import { dayIn, daysBetween, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRow, OpenItem } from '../ledger/ledger.port.ts';
import { BY_SERVER } from '../mails/delivery.ts';
import type { Draft } from '../mails/draft.ts';
import { invoiceCopy } from '../mails/invoice-copy.ts';
import { ERASED } from './erasure.ts';
import type { EvidenceClaim } from './evidence.port.ts';
import { type EvidenceScope, evidenceKind } from './evidence.ts';
import { chosenEntries } from './export-trail.op.ts';
import { idOf, withheldKind } from './fact-table.ts';
import type { ChosenEntry, TrailRow } from './trail.port.ts';
import { type Withheld, withheldCount } from './withheld.ts';

/** More than this is no reading for anybody, and a page holds about thirty. */
const MOST_STEPS = 5_000;

/** A mail that goes into the pack. */
export interface EvidenceMail {
  readonly draft: string;
  readonly on: string;
  readonly subject: string;
  /** Of the bytes as sent; '' when they are not on file. */
  readonly sha256: string;
  /** Its words were erased: only the bytes as sent may be left. */
  readonly erased: boolean;
}

interface EvidenceLetter {
  readonly on: string;
  readonly sha256: string;
  readonly how: string;
  readonly tracking: string;
}

/** What would be in a pack, and what not. Bodies of mails and files are read when it is built. */
export interface GatheredEvidence {
  readonly scope: EvidenceScope;
  readonly row: AccountRow;
  readonly worked: WorkedAccount;
  readonly seller: string;
  readonly zone: string;
  readonly claims: readonly EvidenceClaim[];
  /** What was written off or settled, so that it is no part of the claim although the ledger still shows it; minor units. */
  readonly givenUp: readonly { readonly invoice: string; readonly currency: string; readonly amount: number }[];
  readonly entries: readonly ChosenEntry[];
  /** With whom at the customer an entry came about; ''. */
  readonly contactOf: (fact: ChosenEntry['fact']) => string;
  readonly mails: readonly EvidenceMail[];
  readonly letters: readonly EvidenceLetter[];
  readonly copies: readonly { readonly number: string; readonly file: string }[];
  /** Numbers of invoices whose copy is a link, or of which there is none. */
  readonly withoutCopy: { readonly link: readonly string[]; readonly none: readonly string[] };
  /** Entries that may not be shown outside the company. */
  readonly withheld: readonly Withheld[];
  readonly leftOut: Readonly<Record<'entity' | 'chosen', number>>;
  /** Mails whose words were erased, or which may not be shown. */
  readonly mailsOut: number;
}

export type GatherRefusal = 'no-such-account' | 'evidence-too-long';

/** Shareable entries alone, by their latest mark, of the account and the selling entity. The caller has authorized the asker. */
export async function gatherEvidence(
  world: EvidenceNeeds,
  scope: EvidenceScope,
): Promise<GatheredEvidence | { readonly refused: GatherRefusal }> {
  const [row, worked, settings] = await Promise.all([
    world.ledger.account(scope.account),
    world.accounts.load(scope.account),
    world.settings.read(),
  ]);
  if (!row || !worked) return { refused: 'no-such-account' };
  await world.copyTrail();
  const drafts = await sentDrafts(world, scope);
  const read = await readEntries(world, scope, drafts);
  if (!read) return { refused: 'evidence-too-long' };
  const zone = settings.zone;
  const { claims, givenUp, copies, withoutCopy } = await readClaims(world, scope, worked, zoneOf(row, { zone }));
  const contacts = knownContacts(await world.ledger.contacts(row.id), worked.work.contacts, row.id);
  const { mails, letters, mailsOut } = readMails(read.entries, drafts, read.hidden, scope);
  return {
    scope,
    row,
    worked,
    seller: settings.senders?.[scope.entity]?.name ?? scope.entity,
    zone,
    claims,
    givenUp,
    entries: read.entries,
    contactOf: contactOf(new Map(contacts.map(({ id, name }) => [id, name])), drafts),
    mails,
    letters,
    copies: scope.without.includes('copies') ? [] : copies,
    withoutCopy,
    withheld: read.withheld,
    leftOut: read.leftOut,
    mailsOut,
  };
}

/** Of other selling entities too: what is theirs is told apart by it. Slim, since an account of many years has many. */
interface SlimDraft extends EvidenceMail {
  readonly entity: string;
  /** Names, or addresses where there is none. */
  readonly to: string;
  /** A demand letter, which goes with the letters when they are left out. */
  readonly letter: boolean;
}

async function sentDrafts(world: EvidenceNeeds, { account }: EvidenceScope): Promise<Map<string, SlimDraft>> {
  const found = new Map<string, SlimDraft>();
  for await (const draft of world.sentMails.sentTo(account)) found.set(draft.id, slim(draft));
  return found;
}

function slim({ id, entity, sentOn, content, delivery, closed, letter }: Draft): SlimDraft {
  // A try that failed leaves bytes too; what was sent by hand afterwards is not known to be those.
  const tried = closed === BY_SERVER ? delivery : null;
  const erased = content.body === ERASED;
  const sent = { draft: id, entity, on: sentOn ?? '', subject: content.subject, sha256: tried?.sha256 ?? '' };
  const to = content.to.map(({ name, address }) => name || address).join(', ');
  return { ...sent, to, erased, letter: letter !== undefined };
}

function contactOf(contacts: ReadonlyMap<string, string>, drafts: ReadonlyMap<string, SlimDraft>) {
  return (fact: ChosenEntry['fact']) =>
    contacts.get(String(fact.contact ?? '')) ||
    String(fact.name ?? fact.saidBy ?? fact.agreedWith ?? '') ||
    (drafts.get(draftOf(fact) ?? '')?.to ?? '');
}

/** The draft that an entry says was sent; null for any other entry. */
function draftOf({ type, aggregate, command, letter }: ChosenEntry['fact']): string | null {
  if (type === 'draft-sent' || type === 'draft-sent-by-hand') return idOf({ aggregate });
  if (type === 'contact-made') return /^sent:(.+)$/.exec(command)?.[1] ?? null;
  return type === 'letter-sent' || type === 'letter-posted' ? String(letter) : null;
}

async function readEntries(world: EvidenceNeeds, scope: EvidenceScope, drafts: ReadonlyMap<string, SlimDraft>) {
  const leftOut = { entity: 0, chosen: 0 };
  const withheld = withheldCount();
  const entries: ChosenEntry[] = [];
  /** A mail is shown only when nothing that tells of it is marked otherwise. */
  const hidden = new Set<string>();
  const which = { account: scope.account, from: null, to: null, shareableOnly: false };
  for await (const entry of chosenEntries(world.trailReader, which)) {
    const { fact, marking } = entry;
    const about = draftOf(fact);
    const entity = fact.entity ?? drafts.get(about ?? '')?.entity;
    const kind = drafts.get(about ?? '')?.letter ? 'letters' : evidenceKind(fact);
    if (marking !== 'shareable') {
      withheld.add(withheldKind(fact), fact.at, marking);
      if (about) hidden.add(about);
    } else if (typeof entity === 'string' && entity !== '' && entity !== scope.entity) leftOut.entity += 1;
    else if (kind && scope.without.includes(kind)) leftOut.chosen += 1;
    else if (entries.push(entry) > MOST_STEPS) return null;
  }
  return { entries, withheld: withheld.all(), leftOut, hidden };
}

/** Only what an entry in the pack says was sent: the trail decides, not the draft. */
function readMails(
  entries: readonly ChosenEntry[],
  drafts: ReadonlyMap<string, SlimDraft>,
  hidden: ReadonlySet<string>,
  scope: EvidenceScope,
) {
  const letters: EvidenceLetter[] = [];
  const told = new Set<string>();
  const posted = new Set<string>();
  for (const { fact } of entries) {
    const draft = draftOf(fact);
    if (draft) told.add(draft);
    if (fact.type === 'letter-posted' && draft) posted.add(draft);
    if ((fact.type !== 'letter-posted' && fact.type !== 'letter-sent') || typeof fact.sha256 !== 'string') continue;
    if (draft && hidden.has(draft)) continue;
    letters.push({ on: String(fact.sentOn), sha256: fact.sha256, how: String(fact.method), tracking: String(fact.tracking ?? '') });
  }
  const own = [...drafts.values()].filter(({ draft, entity }) => entity === scope.entity && !posted.has(draft));
  const shown = scope.without.includes('mails')
    ? []
    : own.filter(({ draft, erased, sha256 }) => told.has(draft) && !hidden.has(draft) && (!erased || sha256 !== ''));
  return { letters, mails: shown, mailsOut: own.length - shown.length };
}

async function readClaims(
  world: EvidenceNeeds,
  { account, entity, invoices: chosen }: EvidenceScope,
  { work }: WorkedAccount,
  zone: string,
) {
  const today = dayIn(zone, world.clock.now());
  const items = await world.ledger.openItems(account);
  const [details, credits, charges] = await Promise.all([
    world.ledger.invoices(account, Math.max(1, items.length)),
    world.ledger.openCredits(account),
    claimedFrom(world.charges, account, entity),
  ]);
  const wanted = chosen && new Set(chosen);
  const asked = (item: OpenItem) => (wanted ? wanted.has(item.number) : item.due < today);
  const late = owedOf(items, entity, work.postings).filter(asked);
  const claimed = late.filter(({ open }) => open > 0);
  const own = claimed.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.number < b.number ? -1 : 1));
  const numbers = new Set(own.map(({ number }) => number));
  const detail = new Map(details.filter((each) => each.entity === entity).map((each) => [each.number, each]));
  const besides = charges.filter(({ invoice }) => invoice === '' || numbers.has(invoice));
  const currencies = [...new Set([...own, ...besides].map(({ currency }) => currency))].sort();
  const claims = currencies.map((currency): EvidenceClaim => {
    const credit = credits.filter((each) => each.entity === entity && each.currency === currency);
    return {
      currency,
      invoices: own
        .filter((item) => item.currency === currency)
        .map(({ number, issued, due, open }) => ({
          number,
          issued,
          due,
          daysLate: Math.max(0, daysBetween(due, today)),
          total: detail.get(number)?.total ?? null,
          open,
        })),
      credit: credit.reduce((sum, { unappliedCash, openCredit }) => sum + unappliedCash + openCredit, 0),
      charges: besides.filter((charge) => charge.currency === currency).map((charge) => ({ ...charge, amount: leftOf(charge) })),
    };
  });
  const givenUp = late
    .filter((item) => item.givenUp > 0)
    .map(({ number, currency, givenUp }) => ({ invoice: number, currency, amount: givenUp }));
  return { claims, givenUp, ...copiesOf(own.map(({ number }) => ({ number, copy: detail.get(number)?.copy ?? '' }))) };
}

function copiesOf(invoices: readonly { readonly number: string; readonly copy: string }[]) {
  const copies: { number: string; file: string }[] = [];
  const withoutCopy = { link: [] as string[], none: [] as string[] };
  for (const { number, copy } of invoices) {
    const found = invoiceCopy(copy);
    if (!found) withoutCopy.none.push(number);
    else if ('link' in found) withoutCopy.link.push(number);
    else copies.push({ number, file: found.file });
  }
  return { copies, withoutCopy };
}

export interface EvidenceNeeds extends World {
  /** Entries in words; times in the zone given. */
  readonly words: (zone: string) => Promise<(entry: ChosenEntry) => Promise<TrailRow>>;
  /** Brings what is recorded into the trail. */
  readonly copyTrail: () => Promise<unknown>;
}
