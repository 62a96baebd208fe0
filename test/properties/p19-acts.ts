import { WebClient } from '@slack/web-api';
import type { Db } from 'mongodb';
import type { Workspace } from '../../src/embedded/slack/workspace.ts';
import type { Clock } from '../../src/kernel/clock.port.ts';
import { fingerprint } from '../../src/store/fingerprint.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { opened } from '../support/cases.ts';
import type { VirtualTime } from '../support/virtual-time.ts';

export const KINDS = ['click', 'command', 'event', 'post'] as const;
export type Kind = (typeof KINDS)[number];

const CHANNEL = 'C0COLLECT';

export interface Act {
  readonly id: string;
  /** Does it on the page, as a person does; a message of the bot is put among those that wait. */
  run(): Promise<unknown>;
}

interface DeskPorts {
  readonly db: Db;
  readonly workspace: Workspace;
  readonly time: VirtualTime;
  /** Collects, and manages. */
  readonly mara: PersonOnPage;
  readonly ines: PersonOnPage;
}

/** Where the acts happen, and what became of them. */
export interface Desk extends DeskPorts {
  readonly client: WebClient;
  /** An account that takes notes. */
  readonly account: string;
  /** The message under which the bot's messages go. */
  readonly thread: string;
  readonly made: Map<Kind, string[]>;
  /** How many messages still wait to be posted. */
  waiting(): Promise<number>;
  /** Gives what was begun the time to end. */
  settled(time: VirtualTime): Promise<void>;
}

export async function openDesk(ports: DeskPorts): Promise<Desk> {
  const { db, workspace } = ports;
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
  const parent = await client.chat.postMessage({ channel: CHANNEL, text: 'Everything of the bot goes under this.' });
  const account = await db.collection<{ ledger: { number: string } }>('accounts').findOne({});
  const jobs = db.collection<{ _id: string; kind: string }>('jobs');
  return {
    ...ports,
    client,
    account: account!.ledger.number,
    thread: parent.ts!,
    made: new Map(),
    waiting: () => jobs.countDocuments({ _id: /^p19-/, state: 'open' } as never),
    async settled(time) {
      const open = () => jobs.countDocuments({ kind: 'slack-event', state: 'open' } as never);
      for (let n = 0; n < 20 && (await open()) > 0; n += 1) await time.pass(2_000);
    },
  };
}

/** So many acts of all kinds in turn, prepared while Slack is there. */
export async function actsOf(desk: Desk, count: number, from: number): Promise<Act[]> {
  const acts: Act[] = [];
  for (let n = from; n < from + count; n += 1) {
    const kind = KINDS[n % KINDS.length]!;
    const id = `p19-${kind}-${n}`;
    desk.made.set(kind, [...(desk.made.get(kind) ?? []), id]);
    acts.push(await PREPARE[kind](desk, id));
  }
  return acts;
}

const PREPARE: Readonly<Record<Kind, (desk: Desk, id: string) => Promise<Act>>> = {
  async click(desk, id) {
    const button = { type: 'button', action_id: 'case-approve', text: { type: 'plain_text', text: 'Approve' }, value: reference(id) };
    const ts = await caseCard(desk, id, CHANNEL, [{ type: 'actions', block_id: 'b', elements: [button] }]);
    return { id, run: () => desk.ines.click({ channel: CHANNEL, ts }, 'b', 'case-approve') };
  },
  command: async (desk, id) => ({ id, run: () => desk.mara.command(CHANNEL, `/collections note ${desk.account}: ${id}`) }),
  async event(desk, id) {
    const ts = await caseCard(desk, id, CHANNEL, [{ type: 'section', text: { type: 'plain_text', text: 'A decision' } }]);
    return { id, run: () => desk.mara.say(CHANNEL, `They will not pay: ${id}`, ts) };
  },
  post: async (desk, id) => ({
    id,
    async run() {
      const now = new Date(desk.time.now().epochMilliseconds);
      const payload = { seq: 1, hash: id, channel: CHANNEL, thread: desk.thread };
      const rest = { state: 'open', owner: '', fence: 0, attempts: 0, progress: {}, problem: '' };
      const job = { _id: id, kind: 'trail-anchor', payload, dueAt: now, createdAt: now, leaseUntil: new Date(0), ...rest };
      await desk.db.collection('jobs').insertOne(job as never);
    },
  }),
};

const reference = (id: string) => JSON.stringify({ c: id, r: 1 });

/** A case of its own that no vote ends, and its card with the blocks. @returns the card's ts */
export async function caseCard(
  { client, db, time }: Pick<Desk, 'client' | 'db'> & { readonly time: Clock },
  id: string,
  channel: string,
  blocks: object[],
): Promise<string> {
  const { ts } = await client.chat.postMessage({ channel, text: 'A card', blocks: blocks as never });
  const now = time.now();
  const expiresAt = now.add({ hours: 48 }).toString();
  const needed = { people: 4, financeLeads: 0 };
  const of = opened({ id, kind: 'credit-limit', basis: fingerprint(null), needed, requester: 'U0NOBODY', expiresAt });
  const document = {
    _id: id,
    version: 1,
    facts: 0,
    commands: [],
    outbox: [],
    pending: false,
    state: 'open',
    asks: id,
    waiting: true,
    account: 'A1',
    case: { ...of, openedAt: now.toString(), barred: { requester: [], editor: [] } },
    place: { channel, ts },
    claimedUntil: new Date(0),
  };
  await db.collection('cases').insertOne(document as never);
  return ts!;
}

/** How often each act has been done: votes, texts kept, notes on file, messages in the thread. */
export async function effectsOf({ db, client, thread }: Desk): Promise<(kind: Kind, id: string) => number> {
  const all = (name: string) => db.collection(name).find({}).toArray();
  const cases = (await all('cases')) as unknown as { _id: string; case: { votes: unknown[] } }[];
  const votes = new Map(cases.map((each) => [each._id, each.case.votes.length]));
  const count = (texts: string[]) => {
    const counts = new Map<string, number>();
    for (const text of texts) for (const [id] of text.matchAll(/p19-[a-z]+-\d+/g)) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  };
  const said = count((await all('casetexts')).map(({ text }) => String(text)));
  const noted = count((await all('trailbodies')).map(({ body }) => /p19-command-\d+/.exec(JSON.stringify(body))?.[0] ?? ''));
  const { messages = [] } = await client.conversations.replies({ channel: CHANNEL, ts: thread, limit: 999 });
  const posted = count(messages.map(({ text = '' }) => text));
  const found: Record<Kind, Map<string, number>> = { click: votes, command: noted, event: said, post: posted };
  return (kind, id) => found[kind].get(id) ?? 0;
}
