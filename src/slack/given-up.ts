import type { WebClient } from '@slack/web-api';
import type { Clock } from '../kernel/clock.port.ts';
import type { Job, Jobs } from '../kernel/jobs.port.ts';
import { TRIES } from '../kernel/work-job.op.ts';
import { directChannel } from './direct.ts';
import type { Renderer } from './outbound.ts';
import { sentence } from './reply.ts';
import { sharedFile } from './shared-file.ts';
import { plain } from './text.ts';

const GIVEN_UP = 'event-given-up';

interface GivenUp {
  readonly user: string;
  readonly job: string;
  /** Of a file that was dropped; else ''. */
  readonly file: string;
  readonly channel: string;
}

/** Leaves a message for whoever caused an event that nobody will work on again: a bot that says nothing looks as if it were still working. */
export async function owePerson({ jobs, clock }: { readonly jobs: Jobs; readonly clock: Clock }, job: Job): Promise<void> {
  const { event = {} } = job.payload.body as { event?: Record<string, unknown> };
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const user = text(event.user) || text(event.user_id);
  if (user === '') return;
  const file = event.type === 'file_shared' ? text(event.file_id) : '';
  const payload: GivenUp = { user, job: job.id, file, channel: text(event.channel) || text(event.channel_id) };
  await jobs.add({ id: `given-up:${job.id}`, kind: GIVEN_UP, payload: { ...payload }, dueAt: clock.now() });
}

/** By direct message: it concerns one person, and Slack shows ephemeral messages only to who is there. */
export function givenUpRenderers(client: WebClient): Readonly<Record<string, Renderer>> {
  return {
    async [GIVEN_UP](payload) {
      const { user, job, file, channel: place } = payload as unknown as GivenUp;
      const channel = await directChannel(client, user);
      return channel === null ? null : { channel, messages: [sentence(await words(client, job, file, place))] };
    },
  };
}

async function words(client: WebClient, job: string, file: string, channel: string): Promise<string> {
  if (file === '')
    return `I could not finish something that you did in Slack: it failed ${TRIES} times, and I stopped trying. Do it again if you still need it. Your admin finds the reason in the log under \`${job}\`.`;
  const found = await sharedFile(client, file, channel).catch(() => null);
  const name = found ? `\`${plain(found.name).replaceAll('`', '')}\`` : 'your file';
  return `I could not read ${name}: it failed ${TRIES} times, and I stopped trying. Nothing was imported. Open it in your spreadsheet program, save it as CSV, and drop it again.`;
}
