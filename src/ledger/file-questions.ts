import type { FileAsks, FileQuestion } from './dropped-file.ts';
import type { ImportSummary, LedgerSource, OpenGroup, ZeroTwins } from './import.port.ts';

/** What is asked after a dry run: what the file leaves open, and what the ledger holds that the file does not. */
export function asksOf({ asks }: LedgerSource, { missingGroups, twins }: ImportSummary): FileAsks {
  const zeros = twins.joined || twins.pairs.length === 0 ? [] : [zerosQuestion(twins)];
  return {
    questions: [...missingGroups.map(groupQuestion), ...(asks?.questions ?? []), ...zeros],
    firstRows: asks?.firstRows ?? [],
  };
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
