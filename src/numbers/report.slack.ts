import { z } from 'zod';
import { day } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { sendFile } from '../slack/private-file.ts';
import { sentence } from '../slack/reply.ts';
import { counted, plain } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { buildReport, readSources, reportOf } from './build-report.op.ts';
import { daysWords, indexWords, percentWords } from './measure-words.view.ts';
import { monthEndAt } from './period.ts';
import type { Asked, Report } from './report.ts';
import { rowWords } from './report.view.ts';
import { companiesOf, REPORT_JOB, type ReportJob } from './report-message.slack.ts';
import { ROW_KINDS, rowsOf, rowsSheet } from './report-rows.op.ts';
import { reportSheets } from './report-sheets.op.ts';
import { groupName, type RowsPlace, rowsReply } from './report-words.view.ts';

const asked = z.object({
  period: z.enum(['month', 'quarter']),
  entity: z.string().max(100).optional(),
  collector: z.string().max(40).optional(),
  segment: z.string().max(100).optional(),
});
const reportPlace = z.object({ a: asked, d: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) });
const rowsPlace = reportPlace.extend({ k: z.enum(ROW_KINDS), p: z.number().int().min(0) });

/** Rows of a page of the workbook: what Excel still opens quickly. */
const MOST_ROWS = 100_000;

/** /collections report, the rows behind its figures, and its workbook. */
export function reportSubject(world: SlackWorld): Subject {
  const rows = async (value: string) => {
    const place = readCarried(rowsPlace, value) as RowsPlace;
    const sources = await readSources(world, place.a, lastDay(place));
    const settings = await world.settings.read();
    return rowsReply(await rowsOf(sources, place.k), place, sources.period, companiesOf(settings));
  };
  const make = async (text: string, user: string) => {
    const of = await readAsked(world, text, companiesOf(await world.settings.read()), user);
    const report = await buildReport(world, of);
    const id = `${REPORT_JOB}:${user}:${world.clock.now().epochMilliseconds}`;
    await postReport(world, id, { to: { user }, report });
    return sentence(`${summary(report)}\nThe report with its charts and rows is in your direct messages with me.`);
  };
  return {
    parts: {
      report: {
        may: 'manage',
        usage: 'report [month | quarter] [@collector | company | segment]',
        help: 'DSO, ageing, CEI and what they rest on, as charts and a workbook',
        run: async ({ text, asker, answer }) => answer(await make(text, asker.user)),
      },
    },
    clicks: {
      'report-now': { may: 'manage', run: async ({ asker, answer }) => answer(await make('', asker.user)) },
      'report-rows': { may: 'manage', run: async ({ value, answer }) => answer(await rows(value)) },
      'report-rows-page': { may: 'manage', run: async ({ value, replace }) => replace(await rows(value)) },
      'report-download': {
        may: 'manage',
        async run({ value, asker, client, answer }) {
          const place = readCarried(reportPlace, value) as RowsPlace;
          const name = `report-${place.d}.xlsx`;
          const bytes = await workbook(world, place);
          const comment = 'The figures with their formulas, and every row they rest on.';
          await sendFile(client, asker.user, { name, bytes, title: name, comment });
          if (asker.channel !== '') await answer(sentence(`:white_check_mark: ${name} is in your direct messages with me.`));
        },
      },
    },
  };
}

/** The figures are frozen with the job; the parts of the company are in the workbook alone. */
export async function postReport(world: SlackWorld, id: string, { to, report }: ReportJob): Promise<boolean> {
  const slim: Report = { ...report, currencies: report.currencies.map((each) => ({ ...each, groups: [] })) };
  const added = await world.jobs.add({ id, kind: REPORT_JOB, payload: { to, report: slim } as never, dueAt: world.clock.now() });
  world.postSoon();
  return added;
}

/** A month is asked for by its last day, which is over by then. */
function lastDay({ a, d }: Pick<RowsPlace, 'a' | 'd'>) {
  return a.period === 'month' ? monthEndAt(day(d)) : day(d);
}

async function workbook(world: SlackWorld, place: RowsPlace): Promise<Uint8Array> {
  const sources = await readSources(world, place.a, lastDay(place));
  const report = await reportOf(world, sources);
  const settings = await world.settings.read();
  const collectors = [...new Set([...sources.rows.values()].flatMap(({ collector }) => collector ?? []))];
  const people = new Map<string, string>();
  for (const user of collectors) people.set(user, (await world.people(user).catch(() => null))?.name || user);
  const companies = companiesOf(settings);
  const pages = reportSheets(report, (kind, key) => groupName(kind, key, companies, people));
  for (const kind of ROW_KINDS) {
    const rows = await rowsOf(sources, kind);
    const left = rows.length - MOST_ROWS;
    pages.push(rowsSheet(left > 0 ? `${rowWords(kind)}, first ${MOST_ROWS}` : rowWords(kind), rows.slice(0, MOST_ROWS), sources.rows));
  }
  return world.workbook(pages);
}

/** For the place where it was asked: the main figures, one line a currency. */
function summary({ currencies }: Report): string {
  if (currencies.length === 0) return 'Nothing was invoiced here.';
  const lines = currencies.slice(0, 4).map(({ figures: { currency, dso, cei, overdueShare } }) => {
    return `*${currency}*: DSO ${daysWords(dso)} · CEI ${indexWords(cei)} · overdue ${percentWords(overdueShare)}`;
  });
  return [...lines, ...(currencies.length > 4 ? [`and ${counted(currencies.length - 4, 'more currency', 'more currencies')}`] : [])].join(
    '\n',
  );
}

/** Reads what stands behind `report`. Throws Refused with what is known for a word that is neither a company nor a segment. */
export async function readAsked(
  world: Pick<SlackWorld, 'ledger'>,
  text: string,
  companies: Readonly<Record<string, string>>,
  asker: string,
): Promise<Asked> {
  let period: Asked['period'] = 'quarter';
  const rest: string[] = [];
  let collector: string | undefined;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const mention = /^<@([A-Z0-9]+)(\|[^>]*)?>$/.exec(word);
    if (/^(month|quarter)$/i.test(word)) period = word.toLowerCase() as Asked['period'];
    else if (mention) collector = mention[1]!;
    else if (/^(me|nobody)$/i.test(word)) collector = word.toLowerCase() === 'me' ? asker : 'nobody';
    else rest.push(word);
  }
  const base = { period, ...(collector === undefined ? {} : { collector }) };
  const name = rest.join(' ').toLowerCase();
  if (name === '') return base;
  const codes = await world.ledger.entities();
  const entity = codes.find((code) => code.toLowerCase() === name || companies[code]?.toLowerCase() === name);
  if (entity) return { ...base, entity };
  const segments = [...new Set((await world.ledger.customers()).map(({ segment }) => segment).filter(Boolean))].sort();
  const segment = segments.find((each) => each.toLowerCase() === name);
  if (segment) return { ...base, segment };
  const known = [...codes.map((code) => companies[code] || code), ...segments].map(plain).join(', ');
  throw new Refused(
    `“${plain(rest.join(' '))}” is neither a company nor a segment. Known: ${known || 'none yet'}. For example: \`report month\`.`,
  );
}
