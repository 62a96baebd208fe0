import type { Button, KnownBlock } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import type { DroppedFile, FileOutcome } from './dropped-file.ts';
import type { MappingForm } from './dropped-files.port.ts';
import { AS_SHOWN, DATE_ORDERS, DECLARES, FILE_KIND_WORDS, NUMBER_STYLES } from './import-mapping.view.ts';
import { askedBlocks } from './import-questions.view.ts';
import type { FileProgress } from './read-dropped-files.op.ts';

/** The card in the file's thread, as the file stands now. `form`: what its mapping says; null without one. `next`: what is to do once it is imported. */
export function importCard(
  file: DroppedFile,
  form: MappingForm | null,
  progress: FileProgress | null,
  next: readonly KnownBlock[] = [],
): Reply {
  const shape = `${counted(file.rows, 'row')}, ${counted(file.headers.length, 'column')}`;
  const blocks: KnownBlock[] = [section(`*${plain(file.name)}*  ${shape}`)];
  if (file.state !== 'imported') blocks.push(contextLine(clip(`Columns: ${file.headers.map(plain).join(' · ')}`, 1500)));
  if (form && file.mapping) blocks.push(section(mappingWords(file, form)));
  if (file.problem !== '') blocks.push(section(`:warning: ${plain(file.problem)}`));
  blocks.push(...stateBlocks(file, progress), ...next);
  return { text: `${file.name}: ${STATE_WORDS[file.state]}`, blocks };
}

const STATE_WORDS: Readonly<Record<DroppedFile['state'], string>> = {
  offered: 'a file that could be imported',
  checking: 'dry run',
  checked: 'the dry run is done',
  importing: 'is being imported',
  imported: 'imported',
};

function stateBlocks(file: DroppedFile, progress: FileProgress | null): KnownBlock[] {
  const { state, outcome } = file;
  switch (state) {
    case 'offered':
      return [
        ...(file.mapping
          ? []
          : [
              section(
                'I do not know files with these columns yet. Say once what is in them; files like this one are then read the same way.',
              ),
            ]),
        ...askedBlocks(file),
        { type: 'actions', elements: [...nextStep(file), chooseMapping(file)] },
        contextLine('A dry run shows what would change and writes nothing. I keep the file for a day.'),
      ];
    case 'checking':
    case 'importing':
      return [
        section(
          `:hourglass_flowing_sand: ${state === 'checking' ? 'Dry run' : 'Importing'}${progress ? `: ${progressWords(file, progress)}` : ' …'}`,
        ),
      ];
    case 'checked':
      return [
        ...(outcome ? outcomeBlocks(outcome, true) : []),
        ...askedBlocks(file),
        {
          type: 'actions',
          elements: [
            ...(mustAnswer(file) ? [] : [importButton(file)]),
            ...answerButton(file),
            dryRun(file, 'Dry run again'),
            chooseMapping(file),
          ],
        },
      ];
    case 'imported':
      return [
        section(`:white_check_mark: Imported by <@${file.startedBy}>. The result is below.`),
        ...(outcome ? reportBlocks(outcome) : []),
        ...askedBlocks(file),
        ...(answerButton(file).length > 0 ? [{ type: 'actions' as const, elements: answerButton(file) }] : []),
      ];
  }
}

/** What is done, and how long the rest of this step may take at the speed that was measured. */
export function progressWords({ rows }: Pick<DroppedFile, 'rows'>, { phase, rows: done, rowsASecond }: FileProgress): string {
  const words = `${phase} rows (step ${phase === 'reading' ? 1 : 2} of 2), ${count(done)} of ${count(rows)}`;
  if (!rowsASecond || done >= rows) return words;
  const seconds = Math.ceil((rows - done) / rowsASecond / 5) * 5;
  return `${words}, about ${seconds < 90 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute')} left`;
}

const count = (n: number) => n.toLocaleString('en-GB');

/** What an import did, or a dry run found. Values of the file are data. */
export function outcomeBlocks(outcome: FileOutcome, dryRun: boolean): KnownBlock[] {
  const would = dryRun ? 'would be ' : '';
  const lines = [
    `*${dryRun ? 'Dry run: nothing was written' : 'Result'}*`,
    `${counted(outcome.rowsIn, 'row')}: *${count(outcome.new)}* ${would}new, *${count(outcome.changed)}* ${would}changed, ${count(outcome.unchanged)} unchanged, *${count(outcome.rejected)}* rejected`,
  ];
  if (outcome.closedVanished > 0) {
    const vanished = `${counted(outcome.closedVanished, 'open invoice')} no longer in the file ${would || (outcome.closedVanished === 1 ? 'was ' : 'were ')}closed`;
    lines.push(
      `${outcome.asksToConfirm && dryRun ? ':warning: ' : ''}${vanished}${outcome.asksToConfirm && dryRun ? ': more than a fifth of what is open. Is the file complete?' : ''}`,
    );
  }
  if (outcome.vanishedUnsure > 0)
    lines.push(
      `${counted(outcome.vanishedUnsure, 'open invoice')} not found stay open: some rejected rows have no readable invoice number`,
    );
  if (outcome.sampleReplaced) lines.push(`The sample ledger ${dryRun ? 'will be' : 'was'} replaced by yours`);
  for (const name of outcome.healed)
    lines.push(
      `An earlier import of ${plain(name)} had been interrupted; its balances are right again. Import it once more to complete it`,
    );
  if (!dryRun) lines.push(`Now open: ${counted(outcome.openInvoices, 'invoice')}${balances(outcome)}`);
  if (outcome.closedCredits)
    lines.push(
      `${counted(outcome.closedCredits, 'credit note or payment on account', 'credit notes and payments on account')} no longer in the file ${would || 'were '}closed`,
    );
  if (outcome.reopened)
    lines.push(
      `${counted(outcome.reopened, 'document')} that had been closed ${dryRun ? 'would be' : outcome.reopened === 1 ? 'is' : 'are'} open again`,
    );
  if (outcome.again) lines.push(plain(outcome.again));
  const doubts = dryRun ? (outcome.doubts ?? []) : [];
  return [
    section(lines.join('\n')),
    ...(doubts.length > 0 ? [section(doubtsInWords(doubts))] : []),
    ...(dryRun ? reportBlocks(outcome) : []),
    ...rejectBlocks(outcome),
  ];
}

/** What speaks against importing it; file names and sums in it are data. */
export function doubtsInWords(doubts: readonly string[]): string {
  return doubts.map((each) => `:warning: ${plain(clip(each, 500))}`).join('\n');
}

/** How it was read. */
function reportBlocks({ report }: FileOutcome): KnownBlock[] {
  return report?.length ? [contextLine(clip(report.map(plain).join('\n'), 2500))] : [];
}

function balances({ openBalance }: FileOutcome): string {
  const amounts = Object.entries(openBalance).map(([currency, amount]) => money(amount, currency));
  return amounts.length > 0 ? `, ${amounts.join(' · ')}` : '';
}

function rejectBlocks({ firstRejects, rejected }: FileOutcome): KnownBlock[] {
  if (firstRejects.length === 0) return [];
  const lines = firstRejects.map(({ line, column, value, reason }) => {
    const cell = column === '' ? '' : ` ${plain(clip(column, 60))} “${plain(clip(value, 60))}”:`;
    return `• line ${line}:${cell} ${plain(clip(reason, 300))}`;
  });
  const more = rejected > firstRejects.length ? `\n…and ${counted(rejected - firstRejects.length, 'more row')}` : '';
  return [section(`Rejected, the others are kept:\n${lines.join('\n')}${more}`)];
}

function mappingWords({ mapping }: DroppedFile, form: MappingForm): string {
  const how = {
    remembered: `as last time (\`${plain(mapping!.name)}\`)`,
    'built-in': `with the built-in mapping \`${plain(mapping!.name)}\``,
    chosen: 'as chosen',
  }[mapping!.from];
  const defaults = [
    form.currency && `currency ${plain(form.currency)} where none is given`,
    form.entity && `entity ${plain(form.entity)} where none is given`,
  ].filter(Boolean);
  const parts = [
    FILE_KIND_WORDS[form.kind] ?? form.kind,
    DECLARES[form.declares] ?? form.declares,
    `dates ${form.dates in AS_SHOWN ? AS_SHOWN[form.dates] : `as ${DATE_ORDERS[form.dates]}`}`,
    `amounts ${form.numbers in AS_SHOWN ? AS_SHOWN[form.numbers] : `as ${NUMBER_STYLES[form.numbers] ?? form.numbers}`}`,
    ...defaults,
  ];
  return `Read ${how}: ${parts.join(', ')}.`;
}

const reference = ({ id, version }: DroppedFile) => ({ i: id, v: version });

function dryRun(file: DroppedFile, label: string, style?: 'primary'): Button {
  return { ...button('import-check', 'check', label, reference(file)), ...(style ? { style } : {}) };
}

function mustAnswer({ asks }: DroppedFile): boolean {
  return asks?.questions.some(({ blocking }) => blocking) ?? false;
}

function nextStep(file: DroppedFile): Button[] {
  if (mustAnswer(file)) return answerButton(file);
  return file.mapping ? [dryRun(file, 'Dry run', 'primary')] : [];
}

function answerButton(file: DroppedFile): Button[] {
  const count = file.asks?.questions.length ?? 0;
  if (count === 0) return [];
  const answer = button('import-ask', 'ask', count === 1 ? 'Answer the question…' : `Answer ${count} questions…`, reference(file));
  return [{ ...answer, ...(mustAnswer(file) ? { style: 'primary' as const } : {}) }];
}

function chooseMapping(file: DroppedFile): Button {
  return button('import-map', 'map', 'Choose mapping…', reference(file));
}

function importButton(file: DroppedFile): Button {
  const { outcome } = file;
  const text = outcome
    ? `${count(outcome.new)} new, ${count(outcome.changed)} changed, ${count(outcome.rejected)} rejected${outcome.closedVanished > 0 ? `, ${count(outcome.closedVanished)} closed` : ''}. This changes the ledger.`
    : 'This changes the ledger.';
  return {
    ...button('import-go', 'go', 'Import', reference(file)),
    style: 'primary',
    confirm: {
      title: { type: 'plain_text', text: clip(`Import ${file.name}?`, 100) },
      text: { type: 'plain_text', text: clip(text, 300) },
      confirm: { type: 'plain_text', text: 'Import' },
      deny: { type: 'plain_text', text: 'Not yet' },
    },
  };
}
