import { formatTotal } from '../kernel/money.ts';
import type { ImportRefusal, ImportSummary, MisplacedReceipt, OpenGroup, ZeroTwins } from './import.port.ts';

type Words = { readonly [R in ImportRefusal['reason']]: (refusal: Extract<ImportRefusal, { reason: R }>) => string };

const WORDS: Words = {
  unreadable: ({ sentence }) => sentence,
  busy: ({ source, since }) =>
    `Another import is being applied: ${source}, since ${since.toString({ smallestUnit: 'second' })}. Nothing was changed. Try again when it is done.`,
  vanished: ({ vanished, open }) =>
    `${vanished} of ${open} open invoices are missing from this file and would be closed; that is more than a fifth. Nothing was changed. ` +
    'Check that the file is complete; if it is, run the import again with --confirm-vanished.',
  'missing-groups': ({ groups }) =>
    `The file has no row of ${groups.map(groupInWords).join(', ')}. Nothing was changed. If all of that is paid, run the import again with --close-missing; if it stands in another file, with --keep-missing.`,
  'too-many-documents': ({ documents, limit }) =>
    `This import would bring the store to ${documents} documents or more; the embedded store holds ${limit}. Nothing was changed. ` +
    'Set MONGODB_URI to a MongoDB server and import there.',
  'real-ledger': () => 'There is a real ledger in the store. Nothing was changed. The sample is only for an empty store.',
};

function groupInWords({ entity, currency, invoices }: OpenGroup): string {
  return `${entity || 'the entity without a name'} in ${currency} (${invoices} open ${invoices === 1 ? 'invoice' : 'invoices'})`;
}

/** One sentence or two: what happened, what was kept, what to do. */
export function refusalInWords(refusal: ImportRefusal): string {
  return (WORDS[refusal.reason] as (of: ImportRefusal) => string)(refusal);
}

const some = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** What an import did, or would do, line by line. */
export function summaryInWords(summary: ImportSummary, rejectsFile: string | null): string[] {
  const { rowsIn, rejected, later, closedVanished, vanishedUnsure, dryRun } = summary;
  const past = (n: number) => (dryRun ? 'would be' : n === 1 ? 'was' : 'were');
  const balances = [...summary.openBalance].map(([currency, amount]) => formatTotal({ amount, currency }, 'en'));
  return [
    ...summary.report,
    `${dryRun ? 'Dry run of' : 'Imported'} ${summary.source}: ${rowsIn} rows, ${summary.new} new, ${summary.changed} changed, ${summary.unchanged} unchanged, ${rejected} rejected${later > 0 ? `, ${later} later than the date` : ''}.`,
    ...(rejected > 0
      ? [`The rejected rows, with line, column and reason, are in ${rejectsFile}. The others ${dryRun ? 'would be' : 'were'} kept.`]
      : []),
    ...(closedVanished > 0
      ? [`${some(closedVanished, 'open invoice that is', 'open invoices that are')} no longer in the file ${past(closedVanished)} closed.`]
      : []),
    ...(summary.closedCredits > 0
      ? [
          `${some(summary.closedCredits, 'credit note or payment on account that is', 'credit notes and payments on account that are')} no longer in the file ${past(summary.closedCredits)} closed.`,
        ]
      : []),
    ...(summary.reopened > 0
      ? [
          `${some(summary.reopened, 'invoice or credit', 'invoices and credits')} that had been closed ${dryRun ? 'would be' : summary.reopened === 1 ? 'is' : 'are'} open again.`,
        ]
      : []),
    ...twinsInWords(summary.twins, summary.dryRun),
    ...(summary.missingGroups.length > 0
      ? [
          `The file has no row of ${summary.missingGroups.map(groupInWords).join(', ')}: the import will ask for --close-missing or --keep-missing.`,
        ]
      : []),
    ...(summary.asksToConfirm ? ['That is more than a fifth of the open invoices: the import will ask for --confirm-vanished.'] : []),
    ...(vanishedUnsure > 0
      ? [
          `${some(vanishedUnsure, 'open invoice was not found, but stays', 'open invoices were not found, but stay')} open: some rejected rows have no readable invoice number.`,
        ]
      : []),
    ...(summary.sampleReplaced ? [`The sample ledger ${dryRun ? 'would be' : 'was'} replaced.`] : []),
    ...summary.healed.map(
      (source) => `An earlier import of ${source} had been interrupted; its balances are right again. Run it once more to complete it.`,
    ),
    ...summary.misplaced.map(
      (each) => `${misplacedInWords(each)} Its reminders are held back until somebody says in Slack whether it pays it.`,
    ),
    dryRun
      ? 'Nothing was written.'
      : `Now open: ${some(summary.openInvoices, 'invoice', 'invoices')}${balances.length > 0 ? `, ${balances.join(', ')}` : ''}.`,
  ];
}

/** One sentence about money and the invoice that it names. */
export function misplacedInWords({ kind, number, account, currency, amount, ...of }: MisplacedReceipt): string {
  const what = `${kind === 'payment' ? 'Payment' : 'Credit note'} ${number} of customer ${account} (${formatTotal({ amount, currency }, 'en')})`;
  const open = formatTotal({ amount: of.open, currency: of.invoiceCurrency }, 'en');
  return `${what} names invoice ${of.invoiceNumber} of customer ${of.invoiceAccount}, of which ${open} is open.`;
}

/** None where the file has no such numbers. */
export function twinsInWords({ pairs, joined }: ZeroTwins, dryRun: boolean): string[] {
  if (pairs.length === 0) return [];
  const [first] = pairs;
  const such = `${pairs.length === 1 ? 'One customer number differs' : `${pairs.length} customer numbers differ`} from a known one by zeros in front alone, such as ${first![0]} and ${first![1]}`;
  if (joined) return [`${such}: ${dryRun ? 'they would be' : 'they were'} taken for one customer each.`];
  return [`${such}: they ${dryRun ? 'would be' : 'are'} customers of their own. If they are the same, set "zeros": "join" in the mapping.`];
}
