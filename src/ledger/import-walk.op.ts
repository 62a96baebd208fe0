import { type Fault, type ImportRequest, type RunCounts, type SourceRow, SourceUnreadable, type Verdict } from './import.port.ts';
import { keyOf, partKeyOf, type Scan } from './import-scan.op.ts';
import type { LedgerRecord, ReceiptRecord } from './ledger-record.ts';

const BATCH = 1000;

/** What a row comes to: a whole document with the rows that make it, or nothing. */
type Step =
  | { readonly lines: readonly number[]; readonly record: LedgerRecord }
  | { readonly lines: readonly number[]; readonly faults: readonly Fault[] }
  | 'later'
  | 'repeated';

/** Counted in rows. `reopened` are among `changed`. */
export type Walked = { -readonly [K in keyof Omit<RunCounts, 'closedVanished'> | 'reopened']: number };

/**
 * A pass over the rows after the scan: hands documents on in batches and counts rows by what became of them.
 * `pass` must differ between the passes over one scan.
 */
export async function walkRows(
  request: ImportRequest,
  scan: Scan,
  pass: 1 | 2,
  phase: 'comparing' | 'writing',
  handle: (records: LedgerRecord[]) => Promise<Verdict[]>,
): Promise<Walked> {
  const counts: Walked = { rowsIn: 0, accepted: 0, rejected: 0, later: 0, new: 0, changed: 0, unchanged: 0, reopened: 0 };
  const accept = (verdict: 'new' | 'changed' | 'reopened' | 'unchanged', rows: number) => {
    counts[verdict] += rows;
    if (verdict === 'reopened') counts.changed += rows;
    counts.accepted += rows;
  };
  const reject = async (lines: readonly number[], faults: readonly Fault[]) => {
    counts.rejected += lines.length;
    for (const line of lines) await request.onRejected?.(line, faults);
  };
  let batch: { lines: readonly number[]; record: LedgerRecord }[] = [];
  const hand = async (whole: typeof batch) => {
    const verdicts = whole.length === 0 ? [] : await handle(whole.map(({ record }) => record));
    for (const [i, verdict] of verdicts.entries()) {
      const { lines } = whole[i]!;
      if (typeof verdict === 'string') accept(verdict, lines.length);
      else await reject(lines, [inSource(verdict, request)]);
    }
    request.onProgress?.({ phase, rows: counts.rowsIn });
  };
  // While one batch is written the next one is read; never more than these two are held.
  let handing = Promise.resolve();
  const flush = async () => {
    const whole = batch;
    batch = [];
    await handing;
    handing = hand(whole);
    // It is awaited before the next one, or at the end; until then its failure is not an unhandled one.
    handing.catch(() => undefined);
  };

  const rows = counted(request.source.rows(), () => {
    counts.rowsIn += 1;
  });
  try {
    for await (const step of steps(rows, request, scan, pass)) {
      if (step === 'later') counts.later += 1;
      else if (step === 'repeated') accept('unchanged', 1);
      else if ('faults' in step) await reject(step.lines, step.faults);
      else if (batch.push(step) >= BATCH) await flush();
    }
    await flush();
  } finally {
    // Also when reading has failed: whoever cleans up then must not meet a write that is on its way.
    await handing.catch(() => undefined);
  }
  await handing;
  if (counts.rowsIn !== counts.accepted + counts.rejected + counts.later) {
    throw new SourceUnreadable(
      'The file changed while it was read. Run the import again; what was written is kept and will not be doubled.',
    );
  }
  return counts;
}

/** Rejects contradictions and joins the rows of one payment or credit note, which need not stand together. */
async function* steps(rows: AsyncIterable<SourceRow>, request: ImportRequest, scan: Scan, pass: 1 | 2): AsyncGenerator<Step> {
  const joining = new Map<string, { record: ReceiptRecord; lines: number[] }>();
  for await (const row of rows) {
    const step = 'record' in row ? stepOf(row.record, row.line) : untaken(row);
    if (step !== null) yield step;
  }

  function stepOf(record: LedgerRecord, line: number): Step | null {
    const key = keyOf(record);
    const { seen } = scan;
    const place = seen.place(key);
    const parts = seen.parts(place);
    if (seen.inConflict(place)) return { lines: [line], faults: [inSource(contradiction(record), request)] };
    if (!seen.take(parts > 1 ? seen.place(partKeyOf(record as ReceiptRecord)) : place, pass)) return 'repeated';
    if (parts <= 1) return checked(record, [line]);
    const part = record as ReceiptRecord;
    const known = joining.get(key);
    const lines = [...(known?.lines ?? []), line];
    const joined = { ...part, allocations: [...(known?.record.allocations ?? []), ...part.allocations] };
    joining.set(key, { record: joined, lines });
    if (lines.length < parts) return null;
    joining.delete(key);
    return checked(joined, lines);
  }

  function checked(record: LedgerRecord, lines: number[]): Step {
    const fault = overAllocation(record);
    return fault === null ? { record, lines } : { lines, faults: [inSource(fault, request)] };
  }
}

async function* counted<T>(rows: AsyncIterable<T>, count: () => void): AsyncGenerator<T> {
  for await (const row of rows) {
    count();
    yield row;
  }
}

function untaken(row: Exclude<SourceRow, { record: LedgerRecord }>): Step {
  return 'faults' in row ? { lines: [row.line], faults: row.faults } : 'later';
}

function contradiction(record: LedgerRecord): Fault {
  const reason = 'stands more than once in this file with different content; none of these rows was taken';
  if (record.kind === 'account') return { column: 'number', value: record.account.number, reason };
  if (record.kind === 'contact') return { column: 'email', value: record.email || record.name, reason };
  return { column: 'number', value: record.number, reason };
}

function overAllocation(record: LedgerRecord): Fault | null {
  if (record.kind !== 'payment' && record.kind !== 'credit-note') return null;
  const allocated = record.allocations.reduce((sum, { amount }) => sum + amount, 0);
  if (allocated <= record.amount) return null;
  return { column: 'allocated', value: record.number, reason: 'more is allocated to invoices than its amount' };
}

/** Names the column as the file does. */
function inSource(fault: Fault, { source }: ImportRequest): Fault {
  return { ...fault, column: source.columnOf?.(fault.column) ?? fault.column };
}
