import type { KnownBlock } from '@slack/types';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { button, pageButtons, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, plain } from '../slack/text.ts';
import type { PastRun } from './dropped-files.port.ts';

export const RUNS_PAGE = 8;

const STATES: Readonly<Record<PastRun['state'], string>> = {
  applying: 'is being applied',
  done: '',
  interrupted: 'was interrupted',
  replaced: 'was replaced',
};

/** Past imports, newest first, with what each rejected. */
export function importRunsReply(runs: readonly PastRun[], page: number, total: number, zone: string): Reply {
  const pages = Math.max(1, Math.ceil(total / RUNS_PAGE));
  const how = 'To import, drop a CSV or XLSX file into a channel I am in, or into a direct message with me.';
  if (total === 0) return { text: 'Nothing has been imported yet.', blocks: [section(`Nothing has been imported yet. ${how}`)] };
  const blocks: KnownBlock[] = [section(`*Imports*  ${counted(total, 'run')}`)];
  for (const [index, run] of runs.entries()) {
    const block = section(runWords(run, zone));
    const rejected = run.counts?.rejected ?? 0;
    blocks.push(
      rejected > 0 ? { ...block, accessory: button('import-rejects', `${page}-${index}`, 'Rejected rows', { r: run.id }) } : block,
    );
  }
  const pager = pageButtons('import-runs', page, pages, (p) => ({ p }));
  if (pager.length > 0) blocks.push({ type: 'actions', elements: pager });
  blocks.push(contextLine(`Page ${page + 1} of ${pages}`, how));
  return { text: `${counted(total, 'import')}. Page ${page + 1} of ${pages}.`, blocks };
}

const count = (n: number) => n.toLocaleString('en-GB');

function runWords({ source, by, startedAt, state, counts }: PastRun, zone: string): string {
  const at = startedAt.toZonedDateTimeISO(zone);
  const when = `${shortDay(at.toPlainDate().toString())}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  const who = by === 'import' ? 'the command line' : by === 'inbox' ? 'the import folder' : `<@${by}>`;
  const what = counts
    ? `${counted(counts.rowsIn, 'row')}: ${count(counts.new)} new, ${count(counts.changed)} changed, ${count(counts.unchanged)} unchanged, ${count(counts.rejected)} rejected${counts.later > 0 ? `, ${count(counts.later)} later` : ''}${counts.closedVanished > 0 ? `, ${counted(counts.closedVanished, 'invoice')} closed` : ''}`
    : STATES[state];
  return `*${plain(source)}*  ${when} by ${who}\n${what}${counts && state !== 'done' ? ` (${STATES[state]})` : ''}`;
}
