import { shortDay } from '../slack/freshness.ts';
import { Refused } from '../slack/listeners.ts';
import { counted } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { ourPeople } from '../team/our-people.slack.ts';
import type { OurPerson } from '../team/team.port.ts';
import { chosenEntries, headerLine, MOST_EXPORTED, type TrailExport, trailSheet } from './export-trail.op.ts';
import { factText } from './facts.view.ts';
import type { ChosenEntry, TrailCover, TrailRow } from './trail.port.ts';

export const EXPORT_FORMATS = ['pdf', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

type AboutExport = Pick<TrailCover, 'title' | 'period' | 'made'>;

/** Entries are read in batches; what is kept is the file as it grows. Throws Refused when there is nothing, or too much for one file. */
export async function trailFile(
  world: Pick<SlackWorld, 'client' | 'ledger' | 'trailReader' | 'trailPdf' | 'writers'>,
  wanted: TrailExport,
  format: ExportFormat,
  about: AboutExport,
  zone: string,
): Promise<{ readonly bytes: Uint8Array; readonly entries: number }> {
  const most = await world.trailReader.count(wanted);
  if (most > MOST_EXPORTED)
    throw new Refused(
      `That is ${counted(most, 'entry', 'entries')}, and one file holds ${MOST_EXPORTED.toLocaleString('en-GB')} at most. Nothing was exported: choose an account or a shorter period.`,
    );
  const words = format === 'json' ? null : await wordsOf(world, zone);
  const rows: TrailRow[] = [];
  const lines: string[] = [];
  for await (const chosen of chosenEntries(world.trailReader, wanted)) {
    if (words) rows.push(await words(chosen));
    else lines.push(JSON.stringify(chosen.kept));
  }
  const entries = rows.length + lines.length;
  if (entries === 0) throw new Refused('Nothing is on record there, so there is no file. Choose another account or period.');
  const contents = wanted.shareableOnly ? 'Entries that may be shown outside the company' : 'All entries, also internal ones';
  const cover: TrailCover = { ...about, contents, entries, head: await world.trailReader.head() };
  // The cover names the account.
  const own = wanted.account === null ? rows : rows.map((row) => ({ ...row, account: '' }));
  if (format === 'pdf') return { bytes: await world.trailPdf(cover, own), entries };
  if (format === 'csv') return { bytes: await world.writers.csv(trailSheet(rows)), entries };
  return { bytes: Buffer.from(`${[headerLine(cover, wanted), ...lines].join('\n')}\n`), entries };
}

/** Entries in plain words: our people by name, times in the zone given. */
export async function wordsOf(
  { client, ledger }: Pick<SlackWorld, 'client' | 'ledger'>,
  zone: string,
): Promise<(chosen: ChosenEntry) => Promise<TrailRow>> {
  const people = ourPeople(client);
  const names = new Map((await ledger.accounts()).map(({ id, name }) => [id, name]));
  return async ({ kept: { document, erased }, fact, marking }) => {
    const { when, who, said } = factText(fact, zone);
    const { account = /^account:(.*)$/.exec(fact.aggregate)?.[1] ?? '' } = document.entry;
    const gone = erased ? `erased on ${shortDay(erased.slice(0, 10))}` : '';
    return {
      seq: document._id,
      when,
      who: await unmarked(who, people),
      account: names.get(account) ?? '',
      what: gone || (await unmarked(said, people)),
      marking,
      hash: document.hash,
    };
  };
}

/** Slack's marks as plain text: people by name, links by their label, and the characters that were escaped for Slack. */
async function unmarked(mrkdwn: string, people: (user: string) => Promise<OurPerson | null>): Promise<string> {
  const names = new Map<string, string>();
  for (const [, user] of mrkdwn.matchAll(/<@([A-Z0-9]+)>/g)) names.set(user!, (await people(user!))?.name || user!);
  return (
    mrkdwn
      .replace(/<@([A-Z0-9]+)>/g, (_, user: string) => names.get(user)!)
      .replace(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1')
      .replaceAll('\u200B', '')
      // The packaged font has no arrows.
      .replaceAll('→', 'to')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  );
}
