import { formatTotal } from '../kernel/money.ts';
import type { FileAsks, FileQuestion } from './dropped-file.ts';
import type { ImportSummary, LedgerSource, MisplacedReceipt, OpenGroup, ReceiptPlacing, ZeroTwins } from './import.port.ts';
import { misplacedInWords } from './import-words.op.ts';
import { placingOf } from './place-receipts.op.ts';

/** What is asked after a dry run: what the file leaves open, and what the ledger holds that the file does not. */
export function asksOf({ asks }: LedgerSource, { missingGroups, twins }: ImportSummary): FileAsks {
  const zeros = twins.joined || twins.pairs.length === 0 ? [] : [zerosQuestion(twins)];
  return {
    questions: [...missingGroups.map(groupQuestion), ...(asks?.questions ?? []), ...zeros],
    firstRows: asks?.firstRows ?? [],
  };
}

/** What is asked once it is imported. */
export function asksAfter({ misplaced }: ImportSummary): FileAsks {
  return { questions: misplaced.map(placeQuestion), firstRows: [] };
}

/** Id of the question about an entity and currency that the file lacks. */
const GROUP = 'group ';

function groupQuestion({ entity, currency, invoices }: OpenGroup): FileQuestion {
  const them = invoices === 1 ? 'its open invoice' : `its ${invoices} open invoices`;
  return {
    id: `${GROUP}${entity}\n${currency}`,
    sentence: `The file has no row of ${entity || 'the entity without a name'} in ${currency}. What about ${them}?`,
    options: [
      { value: 'close', text: `All paid: close ${them}` },
      { value: 'keep', text: 'In another file: leave them open, here and in files like this one' },
    ],
    proposal: null,
    blocking: true,
  };
}

/** The groups that a person said are paid, by groupKey. */
export function closedGroups(answers: Readonly<Record<string, string>>): string[] {
  return Object.entries(answers).flatMap(([id, value]) => (id.startsWith(GROUP) && value === 'close' ? [id.slice(GROUP.length)] : []));
}

/** Id of the question whether money pays an invoice of another customer or in another currency. */
const PLACE = 'place ';

export function placeQuestion(of: MisplacedReceipt): FileQuestion {
  const pays = placingOf(of, true);
  const taken = pays.placed.do === 'apply' ? formatTotal({ amount: pays.placed.amount, currency: of.invoiceCurrency }, 'en') : '';
  return {
    id: `${PLACE}${of.number} and ${of.invoiceNumber}`,
    sentence: `${misplacedInWords(of)} Nobody is reminded of the invoice before you say whether it is paid by that.`,
    options: [
      { value: JSON.stringify(pays), text: `It pays ${of.invoiceNumber}: take ${taken} off` },
      { value: JSON.stringify(placingOf(of, false)), text: 'It does not: keep them apart, and remind' },
    ],
    proposal: null,
    blocking: false,
  };
}

/** What a person said of such money: the options are ours, and an answer is one of them. */
export function placingsOf(answers: Readonly<Record<string, string>>): ReceiptPlacing[] {
  return Object.entries(answers).flatMap(([id, option]) => (id.startsWith(PLACE) ? [JSON.parse(option) as ReceiptPlacing] : []));
}

function zerosQuestion({ pairs }: ZeroTwins): FileQuestion {
  const [first] = pairs;
  const many = pairs.length === 1 ? 'One customer number differs' : `${pairs.length} customer numbers differ`;
  return {
    id: 'zeros',
    sentence: `${many} from a known one by zeros in front alone, such as ${first![0]} and ${first![1]}. Is that one customer?`,
    options: [
      { value: 'join', text: 'One customer: join them' },
      { value: 'apart', text: 'Different customers' },
    ],
    proposal: 'apart',
    blocking: false,
  };
}
