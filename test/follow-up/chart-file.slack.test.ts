import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ageingPicture, chartOnHome, noteShown } from '../../src/follow-up/chart-file.slack.ts';
import type { DigestFigures } from '../../src/follow-up/digest.ts';
import { showing } from '../../src/slack/pictures.ts';
import { SILENT, workspaceForTest } from '../embedded/slack/bench.ts';
import { worldOf } from '../support/world.ts';

/** One pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const figures = (overdue: number): DigestFigures =>
  ({
    today: '2026-11-23',
    currencies: [
      {
        currency: 'GBP',
        open: 10_000 + overdue,
        overdue,
        buckets: { current: 10_000, '1-30': overdue, '31-60': 0, '61-90': 0, '90+': 0 },
        credit: 0,
        disputed: 0,
      },
    ],
  }) as unknown as DigestFigures;

async function desk() {
  const workspace = await workspaceForTest();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, logger: SILENT });
  const kept = new Map<string, string>();
  const uploads = {
    find: async (key: string) => kept.get(key) ?? null,
    keep: async (key: string, file: string) => void kept.set(key, file),
  };
  const ports = worldOf({ client, uploads, homeTeam: 'T1', log: pino({ level: 'silent' }) });
  const picture = (overdue: number) => ageingPicture('T1', async () => PNG, figures(overdue))!;
  const home = chartOnHome(ports);
  return {
    workspace,
    kept,
    ports,
    picture,
    home: (overdue: number, user: string) => home(figures(overdue), user),
    /** A digest in this channel shows the chart. */
    async shown(overdue: number, channel: string): Promise<void> {
      await showing(ports, 0)(picture(overdue));
      await noteShown(uploads, picture(overdue), channel);
    },
  };
}

it('Home shows the digest’s chart while its figures are the same, and none after they have changed', async () => {
  const { home, shown } = await desk();
  expect(await home(500, 'U0INES')).toEqual({ image: null, awaited: false });
  await shown(500, 'C0COLLECT');
  expect(await home(500, 'U0INES')).toMatchObject({
    image: { type: 'image', alt_text: expect.stringContaining('1-30 5%') },
    awaited: false,
  });
  expect(await home(600, 'U0INES')).toEqual({ image: null, awaited: false });
});

it('Home awaits a chart that is uploaded and in no digest yet', async () => {
  const { home, picture, ports } = await desk();
  await showing(ports, 0)(picture(500));
  expect(await home(500, 'U0INES')).toEqual({ image: null, awaited: true });
});

it('the chart of a digest in a private channel is on the Home of its members alone', async () => {
  const { home, shown, workspace } = await desk();
  workspace.control({ do: 'add-member', channel: 'C0BOARD', person: 'U0ARREARS' });
  await shown(500, 'C0BOARD');
  expect((await home(500, 'U0INES')).image).not.toBeNull();
  expect((await home(500, 'U0MARA')).image).toBeNull();
});

it('an upload whose end nobody saw is found again; one that Slack does not know is made again', async () => {
  const { ports, picture, kept } = await desk();
  const lost = { ...ports, uploads: { ...ports.uploads, find: async () => null } };
  await showing(lost, 0)(picture(500));
  const first = [...kept.values()][0];
  expect(await showing(ports, 0)(picture(500))).toMatchObject({ slack_file: { id: first } });
  kept.set(picture(500).key, 'F0GONE0000');
  const again = (await showing(ports, 0)(picture(500))) as { slack_file: { id: string } };
  expect([kept.get(picture(500).key), again.slack_file.id]).toEqual([again.slack_file.id, expect.not.stringMatching(first!)]);
});

it('without the right to upload a message goes out without picture and without a promise of one', async () => {
  const { ports, picture, workspace } = await desk();
  workspace.control({ do: 'scopes', scopes: ['chat:write'] });
  expect(await showing(ports, 0)(picture(500))).toBeNull();
});
