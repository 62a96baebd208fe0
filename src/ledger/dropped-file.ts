/** A file that somebody dropped into Slack, on its way into the ledger. */
export interface DroppedFile {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly sha256: string;
  readonly headers: readonly string[];
  readonly rows: number;
  /** Slack ids: who dropped it, in which channel, and the message whose thread it is dealt with in; '' when it has none. */
  readonly by: string;
  readonly channel: string;
  readonly thread: string;
  /** The bot's card in that thread; '' while none stands. */
  readonly card: string;
  /** What the file is; null until somebody has said so. */
  readonly mapping: { readonly name: string; readonly value: unknown; readonly from: 'remembered' | 'built-in' | 'chosen' } | null;
  readonly state: FileState;
  /** Rises with each job that is started; part of the job's id, so that a click starts one. */
  readonly turn: number;
  /** Who started the last one. */
  readonly startedBy: string;
  /** Of the last dry run under the present mapping, or of the import. */
  readonly outcome: FileOutcome | null;
  /** Open invoices that the person agreed to close, at most; null when nobody was asked. */
  readonly agreedVanished: number | null;
  /** What is asked since the last dry run or attempt, and how its first rows are read; left out where nothing was looked at. */
  readonly asks?: FileAsks;
  /** Entities and currencies that the file lacks and that a person said are paid; see groupKey. */
  readonly closeGroups?: readonly string[];
  /** Why the last attempt came to nothing, for people; '' when it did not. */
  readonly problem: string;
  /** ISO instant: afterwards the bytes are gone. */
  readonly expiresAt: string;
}

/** 'offered': waits for a dry run; 'checked': its result is there. */
export type FileState = 'offered' | 'checking' | 'checked' | 'importing' | 'imported';

/** One thing that only a person can say of a file; an answer is the value of one of the options. */
export interface FileQuestion {
  /** Equal for the same question about the next file of its kind. */
  readonly id: string;
  /** With the evidence that there is. */
  readonly sentence: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** What is taken when nobody answers; null: nothing. */
  readonly proposal: string | null;
  /** Nothing is imported before it is answered. */
  readonly blocking: boolean;
}

export interface FileAsks {
  readonly questions: readonly FileQuestion[];
  /** How the first rows are read. */
  readonly firstRows: readonly string[];
}

export interface FileOutcome {
  /** The import run; null for a dry run. */
  readonly run: string | null;
  readonly rowsIn: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly closedVanished: number;
  readonly vanishedUnsure: number;
  /** More than a fifth of the open invoices would be closed. */
  readonly asksToConfirm: boolean;
  readonly sampleReplaced: boolean;
  readonly openInvoices: number;
  /** Minor units per currency. */
  readonly openBalance: Readonly<Record<string, number>>;
  /** The first rejected cells. */
  readonly firstRejects: readonly { readonly line: number; readonly column: string; readonly value: string; readonly reason: string }[];
  /** Interrupted imports whose balances this one put right, by file name. */
  readonly healed: readonly string[];
  /** How a list of open items was read, with its control totals; left out for other files. */
  readonly report?: readonly string[];
  readonly closedCredits?: number;
  /** Documents that were closed and are open again. */
  readonly reopened?: number;
  /** Of a dry run: when this very file was imported, as a sentence; left out when it was not. */
  readonly again?: string;
  /** Of a dry run: what speaks against importing it as it is; a person says yes to it once more. */
  readonly doubts?: readonly string[];
  /** Of a dry run: end of the import that the ledger then came from; '' before the first. */
  readonly books?: string;
}

export type FileRequest =
  | { readonly do: 'choose-mapping'; readonly name: string; readonly value: unknown; readonly closeGroups?: readonly string[] }
  | { readonly do: 'check' }
  /** After the import: what is still asked of money that fits nowhere. */
  | { readonly do: 'placed'; readonly asks: FileAsks }
  /** `agreedVanished`: see DroppedFile. */
  | { readonly do: 'import'; readonly agreedVanished: number | null }
  /** What a job came to. */
  | { readonly do: 'finish'; readonly turn: number; readonly outcome: FileOutcome; readonly asks?: FileAsks }
  | { readonly do: 'give-up'; readonly turn: number; readonly problem: string; readonly asks?: FileAsks };

export type FileRefusal =
  | 'file-expired'
  | 'file-under-way'
  | 'file-imported'
  | 'no-mapping'
  | 'not-checked'
  | 'asks-about-vanished'
  | 'questions-open'
  | 'not-under-way';

export type FileDecision = { readonly file: DroppedFile } | { readonly refused: FileRefusal };

export function decideFile(file: DroppedFile, request: FileRequest, by: string, now: Temporal.Instant): FileDecision {
  const running = file.state === 'checking' || file.state === 'importing';
  if (request.do === 'finish' || request.do === 'give-up') {
    if (!running || request.turn !== file.turn) return { refused: 'not-under-way' };
    const { asks: _, ...rest } = file;
    const asked = request.asks ? { ...rest, asks: request.asks } : rest;
    if (request.do === 'finish') return { file: finished(asked, request.outcome) };
    return { file: { ...asked, state: 'offered', outcome: null, problem: request.problem } };
  }
  if (running) return { refused: 'file-under-way' };
  if (request.do === 'placed') return { file: { ...file, asks: request.asks } };
  if (file.state === 'imported') return { refused: 'file-imported' };
  if (Temporal.Instant.compare(now, Temporal.Instant.from(file.expiresAt)) >= 0) return { refused: 'file-expired' };
  switch (request.do) {
    case 'choose-mapping': {
      const { asks: _, ...rest } = file;
      return {
        file: {
          ...rest,
          mapping: { name: request.name, value: request.value, from: 'chosen' },
          ...(request.closeGroups ? { closeGroups: request.closeGroups } : {}),
          state: 'offered',
          outcome: null,
          problem: '',
        },
      };
    }
    case 'check':
      if (file.mapping === null) return { refused: 'no-mapping' };
      return { file: started(file, 'checking', by, null) };
    case 'import':
      // A dry run comes first, always: it is what the person agrees to.
      if (file.state !== 'checked') return { refused: 'not-checked' };
      if (file.asks?.questions.some(({ blocking }) => blocking)) return { refused: 'questions-open' };
      if (asksOnceMore(file.outcome) && request.agreedVanished === null) return { refused: 'asks-about-vanished' };
      return { file: started(file, 'importing', by, request.agreedVanished) };
  }
}

/** Whether a person must say yes once more before what a dry run found is done. */
export function asksOnceMore(outcome: FileOutcome | null): boolean {
  return outcome !== null && (outcome.asksToConfirm || (outcome.doubts ?? []).length > 0);
}

function started(file: DroppedFile, state: 'checking' | 'importing', by: string, agreedVanished: number | null): DroppedFile {
  return { ...file, state, turn: file.turn + 1, startedBy: by, agreedVanished, problem: '' };
}

function finished(file: DroppedFile, outcome: FileOutcome): DroppedFile {
  return { ...file, state: file.state === 'checking' ? 'checked' : 'imported', outcome, problem: '' };
}
