import type { ImportRequest, LedgerIntake, OpenDocumentKey, OpenGroup, Vanished } from './import.port.ts';
import { groupKey, type Scan } from './import-scan.op.ts';

/** What a source that lists everything open lacks. */
export interface VanishedHere {
  readonly gone: readonly Vanished[];
  /** Credit notes and payments on account. */
  readonly credits: readonly Vanished[];
  /** Open invoices among which the gone ones were. */
  readonly open: number;
  /** Not found, but left alone. */
  readonly unsure: number;
  /** Entities and currencies of which it has no row, and nobody has said what that means. */
  readonly missing: readonly OpenGroup[];
}

/** Nothing is closed while rows without a readable invoice number may be the missing ones. */
export async function findVanished(intake: LedgerIntake, { source, missingGroups }: ImportRequest, scan: Scan): Promise<VanishedHere> {
  if (source.declares !== 'all-open') return { gone: [], credits: [], open: 0, unsure: 0, missing: [] };
  const elsewhere = new Set(source.elsewhere);
  const expected = source.coversAll ? (await intake.openGroups()).filter((group) => !elsewhere.has(groupKey(group))) : [];
  const absent = expected.filter((group) => !scan.groups.has(groupKey(group)));
  const agreed = typeof missingGroups === 'object' ? new Set(missingGroups) : null;
  const closed = agreed ? absent.filter((group) => agreed.has(groupKey(group))) : missingGroups === 'close' ? absent : [];
  const listed = new Set([...scan.groups, ...closed.map(groupKey)]);
  const entities = source.coversAll ? [...new Set([...listed].map((key) => key.slice(0, key.lastIndexOf('\n'))))] : [...scan.entities];
  const gone: OpenDocumentKey[] = [];
  let open = 0;
  for await (const key of intake.openInvoices(entities)) {
    if (source.coversAll && !listed.has(groupKey(key))) continue;
    open += 1;
    if (!scan.holdsInvoice(key)) gone.push(key);
  }
  const credits: OpenDocumentKey[] = [];
  if (source.coversAll)
    for await (const key of intake.openReceipts(entities)) if (listed.has(groupKey(key)) && !scan.holdsReceipt(key)) credits.push(key);
  const missing = typeof missingGroups === 'string' ? [] : absent.filter((group) => !closed.includes(group));
  if (scan.unidentified > 0) return { gone: [], credits: [], open, unsure: gone.length + credits.length, missing };
  return { ...offset(gone, credits), open, unsure: 0, missing };
}

/** Invoices and credits of one customer that went together and come to the same are set off against each other: no money came for them. */
function offset(gone: readonly OpenDocumentKey[], credits: readonly OpenDocumentKey[]): { gone: Vanished[]; credits: Vanished[] } {
  const paired = new Set<OpenDocumentKey>();
  const byCustomer = Map.groupBy([...gone, ...credits], ({ account, entity, currency }) => JSON.stringify([account, entity, currency]));
  for (const together of byCustomer.values()) {
    const invoices = together.filter(({ kind }) => kind === 'invoice');
    const others = together.filter(({ kind }) => kind !== 'invoice');
    const sum = (of: readonly OpenDocumentKey[]) => of.reduce((all, { open }) => all + open, 0);
    if (others.length > 0 && sum(invoices) === sum(others)) for (const each of together) paired.add(each);
    else
      for (const credit of others) {
        const invoice = invoices.find(({ open }, at) => open === credit.open && !paired.has(invoices[at]!));
        if (invoice) paired.add(invoice).add(credit);
      }
  }
  const vanished = (key: OpenDocumentKey): Vanished => ({
    kind: key.kind,
    entity: key.entity,
    number: key.number,
    offset: paired.has(key),
  });
  return { gone: gone.map(vanished), credits: credits.map(vanished) };
}
