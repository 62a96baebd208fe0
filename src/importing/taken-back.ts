import type { SourceRow } from '../ledger/import.port.ts';
import type { ReceiptRecord } from '../ledger/ledger-record.ts';

/**
 * Rows of a payments file in which a bounced payment or a chargeback stands as a row of its own, with a negative amount. It takes back the payment
 * of its number; else the latest one before it of the same customer, amount and invoice. One that is not in the file is looked for in the ledger,
 * by its number. A file in which two payments fit as well is told: neither is taken back.
 */
export async function* withTakenBack(rows: () => AsyncIterable<SourceRow>): AsyncGenerator<SourceRow> {
  const back: PaymentRow[] = [];
  for await (const row of rows()) if (isPayment(row) && row.record.takesBack) back.push(row);
  if (back.length === 0) return yield* rows();
  const wanted = new Set(back.flatMap(({ record }) => [ofNumber(record), ofAmount(record)]));
  const payments: ReceiptRecord[] = [];
  for await (const row of rows())
    if (isPayment(row) && !row.record.takesBack && (wanted.has(ofNumber(row.record)) || wanted.has(ofAmount(row.record))))
      payments.push(row.record);
  const byKey = Map.groupBy(
    payments.flatMap((payment) => [ofNumber(payment), ofAmount(payment)].map((key) => ({ key, payment }))),
    ({ key }) => key,
  );
  const annulled = new Map<string, ReceiptRecord>();
  const found = new Map<number, ReceiptRecord | 'several'>();
  for (const { line, record } of back) {
    const fitting = [ofNumber(record), ofAmount(record)].flatMap((key) => (byKey.get(key) ?? []).map(({ payment }) => payment));
    const original = originalOf(
      record,
      fitting.filter((each) => each.number === record.number || !annulled.has(ofNumber(each))),
    );
    if (original === null) continue;
    const taken = original === 'several' ? original : { ...original, annulled: true, reason: record.reason || original.reason };
    found.set(line, taken);
    if (taken !== 'several') annulled.set(ofNumber(taken), taken);
  }
  for await (const row of rows()) {
    const taken = isPayment(row) && !row.record.takesBack && annulled.get(ofNumber(row.record));
    if (isPayment(row) && row.record.takesBack) yield backRow(row, found.get(row.line) ?? null);
    else if (taken) yield { ...row, record: { ...(row as PaymentRow).record, annulled: true, reason: taken.reason } };
    else yield row;
  }
}

type PaymentRow = { readonly line: number; readonly record: ReceiptRecord };
const isPayment = (row: SourceRow): row is PaymentRow => 'record' in row && row.record.kind === 'payment';
const ofNumber = ({ entity, number, currency, account }: ReceiptRecord) => JSON.stringify([entity, currency, account.number, number]);
const ofAmount = ({ entity, amount, currency, account }: ReceiptRecord) => JSON.stringify([entity, currency, account.number, amount]);

function originalOf(back: ReceiptRecord, fitting: readonly ReceiptRecord[]): ReceiptRecord | 'several' | null {
  const same = fitting.find(({ number }) => number === back.number);
  if (same) return same;
  const [named] = back.allocations;
  const before = fitting
    .filter(({ date, allocations }) => date <= back.date && (!named || allocations.some(({ invoice }) => invoice === named.invoice)))
    .sort((a, b) => (a.date > b.date ? -1 : 1));
  const inForce = before.filter(({ annulled }) => !annulled);
  const [last, other] = inForce.length > 0 ? inForce : before;
  if (last && other && last.date === other.date && last.number !== other.number) return 'several';
  return last ?? null;
}

/** Beside its payment the row says nothing more. */
function backRow(row: PaymentRow, original: ReceiptRecord | 'several' | null): SourceRow {
  if (original === null) return row;
  if (original !== 'several') return { line: row.line, record: original };
  const reason = 'more than one payment may be meant; mark the one that bounced as reversed, under its number';
  return { line: row.line, faults: [{ column: 'amount', value: row.record.number, reason }], invoice: null };
}
