import type { Day } from '../kernel/day.ts';
import type { DroppedFile } from './dropped-file.ts';
import type { Fault, LedgerSource, RunCounts } from './import.port.ts';

/** How a file is read, as a person fills it in: plain texts, checked by `FileFormats.mapping`. */
export interface MappingForm {
  readonly kind: string;
  readonly declares: string;
  /** Order of day, month and year in dates that are texts. */
  readonly dates: string;
  /** Decimal sign and thousands separator of amounts that are texts: '.,' for 1,234.56, ',' for 1234,56. */
  readonly numbers: string;
  /** For rows that name none; '' when every row must. */
  readonly currency: string;
  readonly entity: string;
  /** Field to header; a field without a column is left out. */
  readonly columns: Readonly<Record<string, string>>;
}

/** What a file looks like before anybody has said what it is. */
export interface FileLook {
  readonly sha256: string;
  readonly headers: readonly string[];
  readonly rows: number;
}

/** A mapping is JSON that only the importing room understands. */
export type StoredMapping = unknown;

/** What the importing room knows of files. Reading throws SourceUnreadable with a sentence for people. */
export interface FileFormats {
  readonly kinds: readonly string[];
  fields(kind: string): readonly { readonly name: string; readonly required: boolean }[];
  look(file: FileBytes): Promise<FileLook>;
  /** Under which name a mapping for such files is remembered: the same for files whose names differ by digits only and whose headers are the same. */
  sourceName(file: string, headers: readonly string[]): string;
  /** Equal for files with the same headers, in whatever order: columns are told by their names. */
  headersKey(headers: readonly string[]): string;
  /** A built-in mapping whose columns the file has, or null. */
  builtIn(headers: readonly string[]): { readonly name: string; readonly mapping: StoredMapping } | null;
  /** The form of a mapping, or a first guess by the headers; `kind` changes what is asked for. */
  form(headers: readonly string[], mapping: StoredMapping | null, kind?: string): MappingForm;
  /** The mapping, or what is wrong by field of the form; a column's field is named as it is. What the form does not ask for stays as before. */
  mapping(
    name: string,
    form: MappingForm,
    before: StoredMapping | null,
  ): { readonly mapping: StoredMapping } | { readonly faults: Readonly<Record<string, string>> };
  /** The mapping with what a person answered, by the ids of the questions; or what is wrong with it. */
  answer(
    mapping: StoredMapping,
    name: string,
    answers: Readonly<Record<string, string>>,
  ): { readonly mapping: StoredMapping } | { readonly faults: readonly string[] };
  /** Rows of the file while `use` runs. `stop` ends the reading before it, with its reason. */
  withSource<T>(
    file: FileBytes,
    mapping: StoredMapping,
    today: Day,
    use: (source: LedgerSource) => Promise<T>,
    stop?: AbortSignal,
  ): Promise<T>;
}

export interface FileBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes that are kept for a while, in the store: instances share nothing else. */
export interface KeptFiles {
  keep(id: string, bytes: Uint8Array, until: Temporal.Instant): Promise<void>;
  /** Null when they were never kept, removed, or their time is over. */
  read(id: string, now: Temporal.Instant): Promise<Uint8Array | null>;
  remove(id: string): Promise<void>;
}

/** Files that people dropped, with what became of them. */
export interface DroppedFiles {
  /** False when this file is known: Slack redelivers events. */
  add(file: DroppedFile): Promise<boolean>;
  load(id: string): Promise<DroppedFile | null>;
  /** ONE guarded update; false when the version has moved on. */
  save(before: DroppedFile, after: Omit<DroppedFile, 'version' | 'card'>): Promise<boolean>;
  /** Where the card stands now, '' for nowhere; leaves the version alone. With `instead`: only if it stood there. */
  setCard(id: string, ts: string, instead?: string): Promise<void>;
  /** The one imported last; null: none is kept. */
  lastImported(): Promise<DroppedFile | null>;
  /** Those that a job should be working on. */
  underWay(): Promise<DroppedFile[]>;
}

export interface MappingMemory {
  get(name: string): Promise<StoredMapping | null>;
  /** The one used last for files with these headers. */
  withHeaders(key: string): Promise<{ readonly name: string; readonly mapping: StoredMapping } | null>;
  /** Recorded as a fact when it is new or says something else. */
  remember(name: string, mapping: StoredMapping, now: Temporal.Instant, by?: string, headersKey?: string): Promise<void>;
}

/** A run as people ask for it afterwards. */
export interface PastRun {
  readonly id: string;
  readonly source: string;
  /** Slack user id, 'import' for the command line, or 'inbox' for the folder. */
  readonly by: string;
  /** Of the file, in hex; '' where it was none. */
  readonly sha256: string;
  readonly startedAt: Temporal.Instant;
  readonly state: 'applying' | 'done' | 'interrupted' | 'replaced';
  readonly counts: RunCounts | null;
}

export interface PastRuns {
  /** Newest first, without the sample's. */
  page(from: number, limit: number): Promise<{ readonly runs: readonly PastRun[]; readonly total: number }>;
}

/** Rejected rows hold what the file held of people: they are kept as long as somebody may still correct them. */
export const REJECTS_KEPT_DAYS = 30;
export const MOST_KEPT_REJECTS = 5_000_000;

/** Id under which a run's rejected rows are kept. */
export function rejectsOf(run: string): string {
  return `rejects:${run}`;
}

/** Where the rejected rows of a run go while it runs. */
export interface RejectsSheet {
  add(line: number, faults: readonly Fault[]): void;
  /** CSV; null when nothing was rejected. */
  bytes(): Promise<Uint8Array | null>;
}
