import { setTimeout as wait } from 'node:timers/promises';
import type { AnyBlock, KnownBlock, View } from '@slack/types';
import { LIMITS } from '../../src/embedded/slack/block-kit/limits.ts';
import { ageingChart } from '../../src/reporting/ageing-chart.ts';
import { uploadFile } from '../../src/slack/files.ts';
import { type Card, callbackOf, readCards } from './cards.ts';
import { must, patiently, type SlackCheck, type SlackPlace, somebody } from './slack-place.ts';

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** A file that is not ready is refused as a block (python-slack-sdk#1521): no figure of Slack's says for how long. */
const PICTURE_WAIT_MS = 60_000;
const pictures = new WeakMap<object, Promise<string>>();

/** The id of an uploaded picture, the same for all checks of a run. */
function picture({ client }: SlackPlace): Promise<string> {
  const bytes = ageingChart({ currencies: [] } as never);
  const title = 'Arrears tries a picture';
  const made =
    pictures.get(client) ?? bytes.then((png) => uploadFile(client, { name: 'arrears-verify.png', bytes: png, title, alt: title }));
  pictures.set(client, made);
  return made;
}

/** Posts blocks for a moment. */
async function flash({ client, channel }: SlackPlace, text: string, blocks: KnownBlock[]): Promise<void> {
  const { ts } = await patiently(() => client.chat.postMessage({ channel, text, blocks }));
  await client.chat.delete({ channel, ts: ts! });
}

async function postPicture(place: SlackPlace): Promise<string> {
  const id = await picture(place);
  const image: KnownBlock = { type: 'image', slack_file: { id }, alt_text: 'Arrears tries a picture' };
  const began = performance.now();
  for (;;) {
    try {
      await flash(place, 'Arrears tries a picture.', [image]);
      return `after ${((performance.now() - began) / 1000).toFixed(1)} s; whether others see it, only a person can tell: look at the next digest`;
    } catch (error) {
      const refused = (error as { data?: { error?: string } }).data?.error;
      if (refused !== 'invalid_blocks' || performance.now() - began > PICTURE_WAIT_MS) throw error;
      await wait(1_000);
    }
  }
}

const row = (...cells: string[]) => cells.map((text) => ({ type: 'raw_text' as const, text }));

/** Longest texts and values, as many as a select may have. */
function fullForm(): View {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const options = Array.from({ length: LIMITS.selectOptions }, (_, n) => ({
    text: plain(`Invoice ${n} `.padEnd(LIMITS.optionText, '.')),
    value: String(n).padStart(LIMITS.optionValue, '0'),
  }));
  const element = { type: 'static_select' as const, action_id: 'value', options };
  const blocks: AnyBlock[] = [{ type: 'input', block_id: 'invoice', label: plain('Invoice'), element }];
  return { type: 'modal', callback_id: 'verify', title: plain('Arrears'), submit: plain('Save'), blocks };
}

/** Throws with Slack's words for each fault. */
async function judge(place: SlackPlace, what: { view: View } | { message: { blocks: AnyBlock[] } }): Promise<void> {
  try {
    await patiently(() => place.client.blocks.validate(what));
  } catch (error) {
    const { errors = [] } = ((error as { data?: unknown }).data ?? {}) as { errors?: { pointer?: string; message?: string }[] };
    if (errors.length === 0) throw error;
    throw new Error(errors.map(({ pointer, message }) => `${message} at ${pointer || '/'}`).join('; '), { cause: error });
  }
}

/** People, channels and pictures of the sample are not this workspace's: its own take their places. */
function here(card: Card, user: string, channel: string, file: string): Card {
  const own = (key: string, value: unknown) => {
    if (key === 'slack_file') return { id: file };
    return typeof value === 'string' ? value.replace(/\bU0[A-Z]{2,}\b/g, user).replace(/\b[CG]0[A-Z]{3,}\b/g, channel) : value;
  };
  return JSON.parse(JSON.stringify(card, own)) as Card;
}

async function judgeCards(place: SlackPlace, cards: readonly Card[]): Promise<string> {
  const [user, file] = [await somebody(place), await picture(place)];
  const faults: string[] = [];
  for (const [index, card] of cards.entries()) {
    const { kind, payload } = here(card, user, place.channel, file);
    const what = kind === 'message' ? { message: payload } : { view: payload };
    await judge(place, what).catch((error) => faults.push(`${cards.length > 1 ? `no. ${index + 1}: ` : ''}${error.message}`));
  }
  must(
    faults.length === 0,
    `${faults.slice(0, 5).join(' | ')}. Report it with this line: the bot shows something that Slack does not take`,
  );
  return cards.length === 1 ? '' : `${cards.length} of them`;
}

const nameOf = (kind: string) => (kind === 'message' ? 'messages' : kind === 'home' ? 'Home' : `form ${kind}`);

/** What the bot shows, tried in the channel and judged by Slack's own validator. */
export const SHOWN_CHECKS: readonly SlackCheck[] = [
  { name: 'a picture can be shown', run: postPicture },
  {
    name: 'a table can be shown',
    async run(place) {
      const rows = [row('Currency', 'Overdue', 'Not due'), row('EUR', '1,240.00', '310.50'), row('GBP', '98,400.00', '0.00')];
      await flash(place, 'Arrears tries a table.', [section('Arrears tries a table.'), { type: 'table', rows }]);
      return undefined;
    },
  },
  {
    name: 'an answer for one person alone can be given in a thread',
    async run(place) {
      const { client, channel } = place;
      const { ts } = await patiently(() => client.chat.postMessage({ channel, text: 'Arrears tries a thread.' }));
      await client.chat.postEphemeral({
        channel,
        user: await somebody(place),
        thread_ts: ts!,
        text: 'Only you can see this, in the thread.',
      });
      await client.chat.delete({ channel, ts: ts! });
      return undefined;
    },
  },
  {
    name: 'Slack’s validator says what is wrong with a block, and where',
    async run(place) {
      const wrong = [{ type: 'section', text: { type: 'invalid', text: '-' } }];
      const said = await judge(place, { message: { blocks: wrong as never } }).then(
        () => 'nothing',
        (error: Error) => error.message,
      );
      must(/ at .*\/0\/text/.test(said), `it says ${said}`);
      return said;
    },
  },
  {
    name: `a list of ${LIMITS.selectOptions} options with the longest names fits into a form`,
    run: (place) => judge(place, { view: fullForm() }).then(() => undefined),
  },
  ...[...Map.groupBy(readCards(), callbackOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, cards]): SlackCheck => ({ name: `Slack takes the bot’s ${nameOf(kind)}`, run: (place) => judgeCards(place, cards) })),
  {
    name: 'a socket opens, and opens again after it was closed',
    async run({ socket }) {
      if (!socket) return 'requests come over HTTP: no socket is needed';
      await patiently(socket);
      await patiently(socket);
      return undefined;
    },
  },
];
