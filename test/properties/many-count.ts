import type { WebClient } from '@slack/web-api';
import type { Db } from 'mongodb';
import mongoose from 'mongoose';
import type { Draft } from '../../src/mails/draft.ts';
import { METADATA_EVENT } from '../../src/slack/outbound.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import type { SmtpSink } from '../support/smtp-sink.ts';
import type { Made } from './many-acts.ts';
import { PEOPLE } from './many-house.ts';

type Figures = Record<string, number>;

interface Evidence {
  readonly db: Db;
  readonly uri: string;
  readonly client: WebClient;
  readonly sink: SmtpSink;
  readonly made: Made;
  /** When instances were killed, by performance.now(). */
  readonly kills: readonly number[];
  /** Ids of what Slack was told had arrived. */
  readonly acked: ReadonlySet<string>;
}

/** All that came of the day, against what people did. */
export async function counted(evidence: Evidence): Promise<Figures> {
  return { ...(await mails(evidence)), ...(await posts(evidence)), ...(await acts(evidence)), ...(await trail(evidence)) };
}

/** What the mail server took, by message id, against what the drafts say. */
async function mails({ db, sink }: Evidence): Promise<Figures> {
  const taken = new Map<string, number>();
  for (const { bytes } of sink.taken) {
    const id = /^Message-ID: (<[^>]+>)/im.exec(bytes.toString())?.[1] ?? 'none';
    taken.set(id, (taken.get(id) ?? 0) + 1);
  }
  const figures: Figures = { mails: 0, mailsSent: 0, mailsAmbiguous: 0, mailsDoubled: 0, mailsUnaccounted: 0 };
  for (const times of taken.values()) figures.mailsDoubled! += times - 1;
  const drafts = await db.collection<{ draft: Draft }>('drafts').find({}).toArray();
  for (const { draft } of drafts) {
    if (draft.approvals.length === 0) continue;
    figures.mails! += 1;
    const id = draft.delivery?.messageId ?? '';
    const times = taken.get(id) ?? 0;
    taken.delete(id);
    if (draft.state === 'sent') figures.mailsSent! += 1;
    if (draft.state === 'ambiguous') figures.mailsAmbiguous! += 1;
    if (!(draft.state === 'ambiguous' || (draft.state === 'sent' && times > 0))) figures.mailsUnaccounted! += 1;
  }
  figures.mailsUnaccounted! += taken.size;
  return figures;
}

type Said = { ts?: string; text?: string; reply_count?: number; metadata?: { event_type?: string; event_payload?: object } };

async function messagesOf(client: WebClient): Promise<Said[]> {
  const { channels = [] } = await client.users.conversations({ types: 'public_channel,private_channel', limit: 999 });
  const direct = await Promise.all(PEOPLE.map(async (users) => (await client.conversations.open({ users })).channel!.id!));
  const all: Said[] = [];
  for (const id of [...channels.map((each) => each.id!), ...direct]) {
    const found: Said[] = [];
    for (let cursor = ''; ; ) {
      const page = await client.conversations.history({
        channel: id,
        limit: 200,
        include_all_metadata: true,
        ...(cursor ? { cursor } : {}),
      });
      found.push(...((page.messages ?? []) as Said[]));
      cursor = page.response_metadata?.next_cursor ?? '';
      if (!cursor) break;
    }
    for (const { ts, reply_count = 0 } of found) {
      if (reply_count === 0) continue;
      const { messages = [] } = await client.conversations.replies({ channel: id, ts: ts!, limit: 999, include_all_metadata: true });
      all.push(...(messages as Said[]).filter((each) => each.ts !== ts));
    }
    all.push(...found);
  }
  return all;
}

/** Each message of the bot names its job and its place in it; each job that is done has posted. */
async function posts({ db, client }: Evidence): Promise<Figures> {
  const seen = new Map<string, number>();
  for (const { metadata } of await messagesOf(client)) {
    if (metadata?.event_type !== METADATA_EVENT) continue;
    const { job, index } = metadata.event_payload as { job: string; index: number };
    seen.set(`${job} ${index}`, (seen.get(`${job} ${index}`) ?? 0) + 1);
  }
  const jobs = await db
    .collection<{ _id: string; kind: string; state: string; progress: { posted?: object[] } }>('jobs')
    .find({})
    .toArray();
  const count = (prefix: string) => [...seen].filter(([key]) => key.startsWith(prefix) && key.endsWith(' 0')).length;
  const digests = await db.collection('digests').countDocuments({});
  const cards = await db.collection('cases').countDocuments({ 'case.reason': /^many-request-/ });
  const figures: Figures = {
    posts: [...seen.values()].reduce((sum, times) => sum + times, 0),
    postsDoubled: [...seen.values()].reduce((sum, times) => sum + times - 1, 0),
    postsLost: 0,
    postsFailed: jobs.filter(({ state }) => state === 'failed').length,
    digests: count('digest:'),
    digestsDecided: digests,
    cards: count('case-card:'),
    cardsOwed: cards,
  };
  for (const { _id: id, progress } of jobs) {
    if (id.startsWith('many-post-') && !seen.has(`${id} 0`)) figures.postsLost! += 1;
    for (const index of (progress.posted ?? []).keys()) if (!seen.has(`${id} ${index}`)) figures.postsLost! += 1;
  }
  return figures;
}

const tally = (texts: readonly string[], of: RegExp) => {
  const found = new Map<string, number>();
  for (const text of texts) for (const [id] of text.matchAll(of)) found.set(id, (found.get(id) ?? 0) + 1);
  return found;
};

/** A command is acknowledged before it is looked at: one whose instance is killed under it is nobody's, and whoever typed it sees no answer. */
const UNDER_WAY_MS = 6_000;

async function acts({ db, made, kills, acked }: Evidence): Promise<Figures> {
  const figures: Figures = { votes: 0, votesDoubled: 0, votesLost: 0, said: made.said.length, saidDoubled: 0, saidLost: 0 };
  type Cases = { _id: string; case: { reason: string; votes: { by: string }[] } };
  const cases = await db.collection<Cases>('cases').find({}).toArray();
  for (const { _id, case: of } of cases) {
    const voters = of.votes.map(({ by }) => by);
    figures.votes! += voters.length;
    figures.votesDoubled! += voters.length - new Set(voters).size;
    for (const user of made.votes.get(_id) ?? []) if (!voters.includes(user)) figures.votesLost! += 1;
  }
  const kept = tally(
    (await db.collection('casetexts').find({}).toArray()).map(({ text }) => String(text)),
    /many-say-\d+/g,
  );
  for (const id of made.said) {
    if ((kept.get(id) ?? 0) > 1) figures.saidDoubled! += 1;
    if (!kept.has(id) && acked.has(id)) figures.saidLost! += 1;
  }
  const bodies = (await db.collection('trailbodies').find({}).toArray()).map(({ body }) => JSON.stringify(body));
  const notes = tally(bodies, /many-note-\d+/g);
  Object.assign(figures, { notes: made.notes.size, notesDoubled: 0, notesLost: 0, notesRefused: 0, notesKilled: 0 });
  for (const [id, { at, answer }] of made.notes) {
    const answered = answer.includes('On the file of');
    const times = notes.get(id) ?? 0;
    if (times > 1) figures.notesDoubled! += 1;
    if (times > 0 || !(answered || acked.has(id))) continue;
    if (!answered && answer !== '') figures.notesRefused! += 1;
    else if (!answered && kills.some((kill) => Math.abs(kill - at) < UNDER_WAY_MS)) figures.notesKilled! += 1;
    else figures.notesLost! += 1;
  }
  const once = (name: string, of: ReadonlyMap<string, boolean>, found: ReadonlyMap<string, number>) => {
    figures[name] = [...of.values()].filter(Boolean).length;
    figures[`${name}Doubled`] = [...of.keys()].filter((id) => (found.get(id) ?? 0) > 1).length;
    figures[`${name}Lost`] = [...of].filter(([id, taken]) => taken && !found.has(id)).length;
  };
  const accounts = await db
    .collection<{ work: { promises?: object[] } }>('accounts')
    .find({ 'work.promises.0': { $exists: true } })
    .toArray();
  once(
    'promises',
    made.promises,
    tally(
      accounts.map(({ work }) => JSON.stringify(work.promises)),
      /many-promise-\d+/g,
    ),
  );
  once(
    'requests',
    made.requests,
    tally(
      cases.map(({ case: of }) => of.reason),
      /many-request-\d+/g,
    ),
  );
  return figures;
}

/** Whole, and each account got its collector once. */
async function trail({ db, uri }: Evidence): Promise<Figures> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const verdict = await verifyTrail(trailLines(connection));
  await connection.close();
  if (!verdict.whole) console.error(`entry ${verdict.seq}: ${verdict.why}`);
  const assigned = await db.collection('trail').countDocuments({ 'entry.type': 'collector-assigned' });
  const accounts = await db.collection('accounts').countDocuments({ collector: { $ne: null } });
  return {
    trailEntries: verdict.whole ? verdict.entries : 0,
    trailBroken: verdict.whole ? 0 : 1,
    assignedTwice: assigned - accounts,
    unassigned: (await db.collection('accounts').countDocuments({})) - accounts,
    outboxesLeft:
      (await db.collection('accounts').countDocuments({ pending: true })) +
      (await db.collection('drafts').countDocuments({ pending: true })),
  };
}
