/** Long: everything the operations need of the world stands here, in one list; each port is short. */

import type { Contact, LedgerAccount } from '../account/account.ts';
import type { AccountFact, AccountWork } from '../account/account-work.ts';
import type { DigestFigures } from '../follow-up/digest.ts';
import type { Policies, PoliciesFact } from '../follow-up/policies.ts';
import type { CreditNote, Invoice, Payment } from '../ledger/invoice.ts';
import type { Draft, DraftFact } from '../mails/draft.ts';
import type { SenderIdentity } from '../mails/sender.ts';
import type { Team } from '../team/team.ts';
import type { TeamFact } from '../team/team-changes.ts';
import type { SettingsFact } from '../trail/fact-table.ts';
import type { Marking } from '../trail/marking.ts';
import type { Day } from './day.ts';
import type { Stamped } from './fact.ts';
import type { HouseStore, Recorded } from './kept.op.ts';
import type { Untrusted } from './untrusted.ts';

/** Synchronised to the store's time in production. Commands read it once and pass `now` on as a value. */
export interface Clock {
  now(): Temporal.Instant;
}

/** Pauses by the machine's own time, apart from the product's clock: tests let two hours pass in moments. */
export interface Waits {
  now(): Temporal.Instant;
  /** Rejects with the signal's reason as soon as that is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** One open invoice, slim: lists and the digest walk all of them. Amounts in minor units. */
export interface OpenItem {
  readonly account: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly issued: Day;
  readonly due: Day;
  readonly open: number;
  readonly disputed: number;
}

/** An account as lists need it: the ledger's part and who works on it. */
export interface AccountRow extends LedgerAccount {
  /** Slack user id of the collector, or null. */
  readonly collector: string | null;
}

export interface AccountName {
  readonly id: string;
  readonly name: string;
}

/** Credit not yet taken off an invoice: unapplied cash and open credit notes, by account, entity and currency; minor units, positive. */
export interface OpenCredit {
  readonly account: string;
  readonly entity: string;
  readonly currency: string;
  readonly unappliedCash: number;
  readonly openCredit: number;
}

/** Since when an account is known. */
export interface AccountOrigin {
  /** When it first came into the ledger; null when that was not kept. */
  readonly importedAt: Temporal.Instant | null;
  /** Issue date of its first invoice ever, paid or not; null without any. */
  readonly firstIssued: Day | null;
}

/** How fresh the ledger is. `asOf` is the end of the last applied import; null before the first. */
export interface Freshness {
  readonly asOf: Temporal.Instant | null;
  /** The generated sample, until a real import replaces it. */
  readonly sample: boolean;
  /** A run is being applied right now: nothing may be sent. */
  readonly applying: boolean;
}

/** What everything but the importer may ask of the ledger. */
export interface Ledger {
  freshness(): Promise<Freshness>;
  accounts(): Promise<AccountRow[]>;
  account(id: string): Promise<AccountRow | null>;
  contacts(account: string): Promise<Contact[]>;
  /** Names of all contacts, each once. */
  contactNames(): Promise<string[]>;
  /** The parent by its id, and the accounts whose parent this account is. */
  family(account: string, parent: string | null): Promise<{ parent: AccountName | null; children: AccountName[] }>;
  /** All open items in no order, or one account's in the order of their ids. */
  openItems(account?: string): AsyncIterable<OpenItem>;
  openCredits(account?: string): Promise<OpenCredit[]>;
  /** Where each account's history begins, or one account's. */
  origins(account?: string): Promise<Map<string, AccountOrigin>>;
  /** One account's invoices, open first, then newest first; with `among` only those. */
  invoices(account: string, limit: number, among?: readonly Pick<Invoice, 'entity' | 'number'>[]): Promise<Invoice[]>;
  payments(account: string, limit: number): Promise<Payment[]>;
  /** Of all accounts, received between two days, both included; reversed ones are left out. */
  paymentsBetween(from: Day, to: Day): Promise<Payment[]>;
  creditNotes(account: string, limit: number): Promise<CreditNote[]>;
  /** Cash received by currency between two days, both included; reversed payments do not count. Minor units. */
  cashReceived(from: Day, to: Day): Promise<Map<string, number>>;
}

/** What the team set: where and when it works. One document, versioned. */
export interface Settings {
  readonly version: number;
  /** Name or id of the team's channel. */
  readonly digestChannel: string;
  /** Local hour 0-23. */
  readonly digestHour: number;
  /** IANA zone of the company's day. */
  readonly zone: string;
  /** Our name as customers know it. */
  readonly company: string;
  /** ISO 3166-1 alpha-2; whose public holidays are the team's days off. */
  readonly country: string;
  /** ISO 3166-2 subdivision without the country, or ''. */
  readonly region: string;
  /** Names of the slash commands without the slash: another app may own /account. */
  readonly commands: CommandNames;
  /** The names before the last change: they answer too, until Slack's own settings have followed. */
  readonly formerCommands?: CommandNames;
  /** Id of the channel where decisions are asked for; '' while none is set. */
  readonly escalationsChannel?: string;
  /** How each selling entity writes, by its code; an entity without one writes to nobody. */
  readonly senders?: Readonly<Record<string, SenderIdentity>>;
}

export interface CommandNames {
  readonly overdue: string;
  readonly account: string;
  readonly collections: string;
}

export interface SettingsStore {
  /** The stored settings; the given defaults are written first when there are none. */
  load(defaults: Omit<Settings, 'version'>): Promise<Settings>;
  read(): Promise<Settings>;
  /** False when the version has moved on. */
  save(before: Settings, after: Omit<Settings, 'version'>, facts: readonly Stamped<SettingsFact>[], command: string): Promise<boolean>;
  /** Apart from the settings, which have `commands` of their own. */
  recorded(): Promise<Recorded>;
}

/** The code with which the first admin claims the role: only its salted hash is kept. */
export interface ClaimStore {
  /** Replaces any code before it. */
  set(salt: string, hash: string): Promise<void>;
  /** Counts one guess; null when `limit` guesses were made since `since`, or when there is no code. */
  guess(now: Temporal.Instant, since: Temporal.Instant, limit: number): Promise<{ readonly salt: string; readonly hash: string } | null>;
  clear(): Promise<void>;
}

/** A decided digest: `_id` is team, channel and local date, so that there can be one only. */
export interface Digest {
  readonly id: string;
  readonly channel: string;
  readonly day: Day;
  readonly late: boolean;
  /** First digest of this installation: posted at first start, whatever the day and hour. */
  readonly first: boolean;
  readonly sample: boolean;
  readonly asOf: string | null;
  readonly figures: DigestFigures;
  readonly previous: { readonly day: Day; readonly figures: DigestFigures } | null;
}

export interface Digests {
  /** False when a digest with this id was decided before, by whichever instance. */
  decide(digest: Digest): Promise<boolean>;
  get(id: string): Promise<Digest | null>;
  exists(id: string): Promise<boolean>;
  /** The latest of the channel before a day. */
  latestBefore(channel: string, day: Day): Promise<Digest | null>;
  any(channel: string): Promise<boolean>;
}

/** Work that must happen once although instances stop and answers get lost. */
export interface Job {
  /** Unique: adding the same id again does nothing. */
  readonly id: string;
  readonly kind: string;
  readonly payload: Record<string, unknown>;
  readonly attempts: number;
  /** Rises with each claim; only the holder of the current one may write. */
  readonly fence: number;
  /** What the work has achieved so far, written step by step. */
  readonly progress: Record<string, unknown>;
  readonly createdAt: Temporal.Instant;
}

export interface Jobs {
  /** False when the id is known. */
  add(job: { id: string; kind: string; payload: Record<string, unknown>; dueAt: Temporal.Instant }): Promise<boolean>;
  /** The oldest due job of these kinds that nobody holds, leased for the given seconds; null when there is none. */
  claim(kinds: readonly string[], owner: string, now: Temporal.Instant, leaseSeconds: number): Promise<Job | null>;
  /** Leases one job by id; null when it is done or held. */
  claimOne(id: string, owner: string, now: Temporal.Instant, leaseSeconds: number): Promise<Job | null>;
  /** Each of these is false when the fence has moved on: another instance took the job over. */
  progress(job: Job, progress: Record<string, unknown>): Promise<boolean>;
  /** Holds the job for another while: work of unknown length renews its lease. */
  renew(job: Job, now: Temporal.Instant, leaseSeconds: number): Promise<boolean>;
  retry(job: Job, dueAt: Temporal.Instant, problem: string): Promise<boolean>;
  done(job: Job): Promise<boolean>;
  fail(job: Job, problem: string): Promise<boolean>;
  get(id: string): Promise<(Job & { readonly state: 'open' | 'done' | 'failed'; readonly problem: string }) | null>;
}

/** Public holidays of a country and region in one year, as ISO days; empty for a country that is not known. */
export type HolidayCalendar = (country: string, region: string, year: number) => ReadonlySet<string>;

/** An account as its operations decide about it. */
export interface WorkedAccount {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  /** IANA zone of the customer, or ''. */
  readonly zone: string;
  readonly version: number;
  /** Facts recorded so far. */
  readonly facts: number;
  /** Ids of the last commands carried out. */
  readonly commands: readonly string[];
  readonly work: AccountWork;
}

/** One guarded update: state and facts together, or nothing. */
export interface AccountStore {
  load(id: string): Promise<WorkedAccount | null>;
  /** False when the version has moved on. */
  save(before: WorkedAccount, work: AccountWork, facts: readonly Stamped<AccountFact>[], command: string): Promise<boolean>;
  /** Work of every account, for lists. */
  all(): Promise<Map<string, AccountWork>>;
}

export type TeamStore = HouseStore<Team, TeamFact>;

/** The policies of follow-up: one document, which holds every version of each. */
export type PoliciesStore = HouseStore<Policies, PoliciesFact>;

/** What customers wrote, apart from the accounts: these carry ids only. */
export interface ReplyTexts {
  /** The same id again changes nothing. */
  keep(reply: { readonly id: string; readonly account: string; readonly from: string; readonly text: Untrusted }): Promise<void>;
  /** Null when it was erased. */
  read(id: string): Promise<{ readonly from: string; readonly text: Untrusted } | null>;
}

/** Anything that is recorded; what it says besides its type and stamp is its body. */
export type RecordedFact = Stamped<{ readonly type: string }> & Readonly<Record<string, unknown>>;

/** Facts that are written but not yet in the trail, by aggregate in order. */
export interface Outboxes {
  pending(limit: number): Promise<RecordedFact[]>;
  /** Leaves the aggregate's version alone. */
  clear(facts: readonly RecordedFact[]): Promise<void>;
}

export interface Trail {
  /** Appends in the given order, each once: a fact id that is in the trail already changes nothing. */
  append(facts: readonly RecordedFact[]): Promise<void>;
}

/** One entry of an account's timeline. */
export interface TimelineEntry {
  /** Its place in the trail; null while it waits in its outbox. */
  readonly seq: number | null;
  readonly fact: RecordedFact;
  /** As it counts now. */
  readonly marking: Marking;
  /** Its words are gone for good. */
  readonly erased: boolean;
  /** Its words are not for whoever reads. */
  readonly withheld?: boolean;
}

export interface TimelinePage {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  /** There are older ones. */
  readonly more: boolean;
}

/** What was recorded, for people. Facts still in an account's outbox come with those of the trail. */
export interface Timeline {
  /** Newest first; with their bodies, unless erased. */
  latest(aggregate: string, limit: number): Promise<RecordedFact[]>;
  /**
   * What concerns an account: its own facts, those of its drafts, cases and charges, and imports of the ledger. Of all types when `types` is
   * null; older than the place `before`, or from the newest on when that is null.
   */
  page(account: string, about: { types: readonly string[] | null; before: number | null; limit: number }): Promise<TimelinePage>;
  /** Later marks of an account's entries, by the id of the fact. */
  marks(account: string): Promise<ReadonlyMap<string, Marking>>;
  /** One entry of an account by its fact's id; null when there is none. */
  entry(account: string, fact: string): Promise<TimelineEntry | null>;
}

/** Files that were uploaded to Slack once and are shown again, by what they show. */
export interface Uploads {
  /** The file's id, or null. */
  find(key: string): Promise<string | null>;
  /** The last one wins: two instances may upload the same picture at once. */
  keep(key: string, file: string): Promise<void>;
}

export interface StoredDraft {
  readonly draft: Draft;
  readonly version: number;
  readonly facts: number;
  readonly commands: readonly string[];
  /** The ledger's freshness when it was drafted, as an ISO instant; null before the first import. */
  readonly asOf: string | null;
}

export interface DraftStore {
  load(id: string): Promise<StoredDraft | null>;
  /** False when the account already has an open draft: there is never more than one. */
  prepare(draft: Draft, asOf: string | null, facts: readonly Stamped<DraftFact>[], command: string): Promise<boolean>;
  /** False when the version has moved on. */
  save(before: StoredDraft, after: Draft, facts: readonly Stamped<DraftFact>[], command: string): Promise<boolean>;
  /** All open drafts, or one account's. */
  open(account?: string): Promise<StoredDraft[]>;
  /** Those that wait for the mail server. */
  queued(): Promise<StoredDraft[]>;
  /** Of the last mails to an account from one selling entity, oldest first. */
  sentMessageIds(account: string, entity: string): Promise<string[]>;
  /** Drafts of an account that were prepared for a day and closed. */
  closedOn(account: string, day: Day): Promise<StoredDraft[]>;
}

/** SHA-256 in hex over a value, whatever the order of its keys (RFC 8785). */
export type Fingerprint = (value: unknown) => string;
