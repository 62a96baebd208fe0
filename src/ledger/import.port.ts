import type { Day } from '../kernel/day.ts';
import type { Placed } from './balance.ts';
import type { FileAsks } from './dropped-file.ts';
import type { AccountPart, LedgerRecord } from './ledger-record.ts';

/** Why one cell of a row was refused. `column` is the header in the file. */
export interface Fault {
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/**
 * One row of a source. `invoice` names the invoice of a row that was not taken, as far as it could be read: a rejected row is still
 * in the file, so it must not count as vanished.
 */
export type SourceRow =
  | { readonly line: number; readonly record: LedgerRecord }
  | { readonly line: number; readonly later: true; readonly invoice: InvoiceKey | null }
  | { readonly line: number; readonly faults: readonly Fault[]; readonly invoice: InvoiceKey | null };

export interface InvoiceKey {
  readonly entity: string;
  readonly number: string;
}

/** What a list of everything that is open can lack: an invoice with an open amount, or a credit that is not used up. */
export interface OpenDocumentKey extends InvoiceKey {
  readonly kind: 'invoice' | 'payment' | 'credit-note';
  readonly account: string;
  readonly currency: string;
  /** Minor units: what is open of an invoice, or left of a credit. */
  readonly open: number;
}

/** A selling entity and currency of which something is open. */
export interface OpenGroup {
  readonly entity: string;
  readonly currency: string;
  readonly invoices: number;
}

/** What is closed because a list lacks it. `offset`: an invoice and credits of one customer that went together, so that no money is assumed. */
export interface Vanished extends Pick<OpenDocumentKey, 'kind' | 'entity' | 'number'> {
  readonly offset: boolean;
}

/** Where rows come from: a file, a generated ledger, later a connector. */
export interface LedgerSource {
  /** Shown to people and kept with the run. */
  readonly name: string;
  /** Of the file's bytes, in hex. */
  readonly sha256?: string;
  /** 'all-open': an open invoice of the same selling entities that is missing from the source has been closed. */
  readonly declares: 'changes' | 'all-open';
  /** With 'all-open': credit notes and payments on account that are missing have been closed, too, and every selling entity should be there. */
  readonly coversAll?: boolean;
  /** The day its rows stand for; an open amount that fell since is taken for cash of that day. */
  readonly asOf?: Day;
  /** How it was read, in sentences for whoever decides on it. */
  readonly report?: readonly string[];
  /** What speaks against it in itself, such as a sum that its rows do not come to; sentences. */
  readonly doubts?: readonly string[];
  /** What people should say of it, and how its first rows are read. */
  readonly asks?: FileAsks;
  /** Entities and currencies that stand in another file, and are never missing here; see groupKey. */
  readonly elsewhere?: readonly string[];
  /** What becomes of customer numbers that differ from known ones by zeros in front alone; asked when left out. */
  readonly zeros?: 'join' | 'apart' | undefined;
  /** True when the rows say what has been paid, so that an import makes the balances fresh. */
  readonly tellsBalances: boolean;
  /** Called more than once; must give the same rows each time. Throws SourceUnreadable with a sentence for people. */
  rows(): AsyncIterable<SourceRow>;
  /** The header of a field in this source, for messages; the field's own name where there is none. */
  columnOf?(field: string): string;
}

/** The source cannot be read at all; the message says where and what to do. */
export class SourceUnreadable extends Error {
  readonly code = 'source-unreadable';
}

/** It can be read as soon as somebody answers; the message says so on the command line. */
export class SourceAsks extends SourceUnreadable {
  readonly asks: FileAsks;
  constructor(sentence: string, asks: FileAsks) {
    super(sentence);
    this.asks = asks;
  }
}

/** What a row does to the ledger; a fault when the ledger contradicts it. 'reopened': changed, of what had been closed because a list lacked it. */
export type Verdict = 'new' | 'changed' | 'reopened' | 'unchanged' | Fault;

export interface RunRequest {
  readonly source: string;
  readonly now: Temporal.Instant;
  readonly sample: boolean;
  readonly tellsBalances: boolean;
  /** Slack user id; 'import' for the command line. */
  readonly by?: string | undefined;
  /** Of the file, in hex. */
  readonly sha256?: string | undefined;
  /** A balance that falls becomes a derived receipt of this day. */
  readonly seenOn?: Day | undefined;
  /** With `seenOn`: the entities and currencies that it lists, by groupKey. */
  readonly lists?: readonly string[];
}

export interface BusyRun {
  readonly source: string;
  readonly since: Temporal.Instant;
}

/** Customer numbers of a file that differ from one of the ledger or the file by zeros in front alone. */
export interface ZeroTwins {
  /** The file's number, and the one that it would be joined with. */
  readonly pairs: readonly (readonly [number: string, known: string])[];
  readonly joined: boolean;
}

/** Money that names an invoice of another customer or in another currency. Ids are the store's; amounts in minor units of their own currency. */
export interface MisplacedReceipt {
  readonly receipt: string;
  readonly kind: 'payment' | 'credit-note';
  readonly number: string;
  /** Customer number it stands under. */
  readonly account: string;
  readonly currency: string;
  /** What it gives that invoice. */
  readonly amount: number;
  readonly invoice: string;
  readonly invoiceNumber: string;
  readonly invoiceAccount: string;
  readonly invoiceCurrency: string;
  /** Of the invoice. */
  readonly open: number;
}

export interface ReceiptPlacing {
  readonly receipt: string;
  readonly invoice: string;
  readonly placed: Placed;
}

/** What the importer needs of the store. Reading methods of a real import look through the sample as if it were gone. */
export interface LedgerIntake {
  /** All documents of the store, without the sample's. */
  documents(): Promise<number>;
  hasSample(): Promise<boolean>;
  hasReal(): Promise<boolean>;
  newAccounts(numbers: readonly string[]): Promise<number>;
  /** Numbers of accounts that are one of these but for zeros in front; those that are equal among them. */
  zeroTwins(numbers: readonly string[]): Promise<string[]>;
  compare(records: readonly LedgerRecord[], sample: boolean): Promise<Verdict[]>;
  openInvoices(entities: readonly string[]): AsyncIterable<OpenDocumentKey>;
  /** Credit notes and payments with something left, of these entities. */
  openReceipts(entities: readonly string[]): AsyncIterable<OpenDocumentKey>;
  /** What is open, by entity and currency. */
  openGroups(): Promise<OpenGroup[]>;
  /** Of open invoices, of one account where it is named by its id; oldest first, the first of them. */
  misplaced(limit: number, account?: string): Promise<MisplacedReceipt[]>;
  /** Takes over a run whose process died, or answers which run is alive. */
  begin(request: RunRequest): Promise<LedgerRun | BusyRun>;
  /** Completes what killed runs left half done: balances are recomputed, marks cleared. Answers the names of their sources. */
  heal(now: Temporal.Instant): Promise<string[]>;
  /** Open invoices and minor units per currency, of the sample or of the real ledger. */
  openTotals(sample: boolean): Promise<{ invoices: number; balance: Map<string, number> }>;
}

/** One import being applied. Every account is marked dirty, with a raised ledger revision, before any of its rows is written. */
export interface LedgerRun {
  readonly id: string;
  /** Sources of killed runs that were completed before this one began. */
  readonly healed: readonly string[];
  removeSample(): Promise<void>;
  writeAccounts(parts: readonly AccountPart[]): Promise<number>;
  write(records: readonly LedgerRecord[]): Promise<Verdict[]>;
  close(vanished: readonly Vanished[]): Promise<void>;
  /** Answers how many of them say something new. */
  place(placings: readonly ReceiptPlacing[]): Promise<number>;
  /** Clears the marks and stamps the freshness. */
  finish(now: Temporal.Instant, counts: RunCounts): Promise<void>;
  /** After an error: leaves consistent balances and no marks, stamps nothing. */
  abandon(): Promise<void>;
}

/** rowsIn = accepted + rejected + later; accepted = new + changed + unchanged. */
export interface RunCounts {
  readonly rowsIn: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly later: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly closedVanished: number;
}

export interface ImportRequest {
  readonly source: LedgerSource;
  readonly dryRun: boolean;
  /** Closes vanished invoices although they are more than a fifth of the open ones; a number: as long as they are no more than that. */
  readonly confirmVanished: boolean | number;
  /** What to do with entities and currencies of which a list of everything open has no row; those to close by groupKey: the others are asked, as all are when it is left out. */
  readonly missingGroups?: 'close' | 'keep' | readonly string[] | undefined;
  /** Who imports: a Slack user id; 'import' when left out. */
  readonly by?: string;
  /** The generated ledger: never loaded over a real one, and replaced by the first real import. */
  readonly sample: boolean;
  /** Documents the store can hold; undefined for no limit. */
  readonly documentLimit?: number;
  /** Called for each rejected row. */
  readonly onRejected?: ((line: number, faults: readonly Fault[]) => void | Promise<void>) | undefined;
  readonly onProgress?: (progress: { phase: 'reading' | 'comparing' | 'writing'; rows: number }) => void;
}

export interface ImportSummary extends RunCounts {
  readonly source: string;
  /** Id of the run; null for a dry run. */
  readonly run: string | null;
  readonly dryRun: boolean;
  readonly openInvoices: number;
  /** Minor units per currency, of the whole ledger after the import (before it in a dry run). */
  readonly openBalance: ReadonlyMap<string, number>;
  readonly sampleReplaced: boolean;
  /** Vanished invoices that were left open because rows without a readable invoice number may be theirs. */
  readonly vanishedUnsure: number;
  /** A dry run found more than a fifth vanished: the import will ask for confirmation. */
  readonly asksToConfirm: boolean;
  /** Entities and currencies of which a list of everything open has no row: a dry run names them, an import asks. */
  readonly missingGroups: readonly OpenGroup[];
  /** After an import: money that names an invoice of another customer or in another currency. */
  readonly misplaced: readonly MisplacedReceipt[];
  /** Customer numbers that are another known one but for zeros in front; see ZeroTwins. */
  readonly twins: ZeroTwins;
  /** Credit notes and payments on account that are not in the list any more. */
  readonly closedCredits: number;
  /** Rows of invoices and credits that had been closed because a list lacked them, and that are open again. */
  readonly reopened: number;
  /** A dry run of several customers found that the ledger knows none of them. */
  readonly strangersOnly: boolean;
  /** Sources of killed runs whose marks this import completed. */
  readonly healed: readonly string[];
  /** How the source was read; see LedgerSource. */
  readonly report: readonly string[];
}

export type ImportRefusal =
  | { readonly reason: 'unreadable'; readonly sentence: string }
  | { readonly reason: 'busy'; readonly source: string; readonly since: Temporal.Instant }
  | { readonly reason: 'vanished'; readonly vanished: number; readonly open: number }
  | { readonly reason: 'missing-groups'; readonly groups: readonly OpenGroup[] }
  | { readonly reason: 'too-many-documents'; readonly documents: number; readonly limit: number }
  | { readonly reason: 'real-ledger' };

export type ImportOutcome =
  | { readonly kind: 'imported'; readonly summary: ImportSummary }
  | { readonly kind: 'refused'; readonly refusal: ImportRefusal };
