import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { killProxy } from '../support/kill-proxy.ts';
import { type PostOffice, postOffice } from '../support/post-office.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { wireProxy } from '../support/wire-proxy.ts';

/** `every`: a kill at every n-th message, from the `first` one. */
const SIZES = {
  test: { quiet: 2, store: { first: 28, every: 8 }, server: { first: 6, every: 1 }, random: { mails: 15, kills: 1 } },
  full: { quiet: 100, store: { first: 0, every: 1 }, server: { first: 0, every: 1 }, random: { mails: 1500, kills: 100 } },
};
type Size = keyof typeof SIZES;

const CHILD = path.resolve(import.meta.dirname, '../support/send-child.ts');

/**
 * At most one accepted DATA per approved draft, whatever is killed: at each message on the wires to the store and to the mail server, then at
 * random. `uri`: in this store instead of an embedded one, without a proxy before it.
 */
export async function p1(size: Size, src: string, uri?: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { quiet, random } = SIZES[size];
  const sink = await smtpSink();
  const placed = size === 'full' ? 140 : 9;
  const office = await postOffice(src, { customers: quiet + placed + random.mails, ...(uri === undefined ? {} : { uri }) });
  const killing = killer(office, src);
  try {
    const drafts = [...office.drafts];
    await approve(office, drafts.splice(0, quiet));
    await drain(office, sink);
    const falselyAmbiguous = (await office.all()).filter(({ state }) => state === 'ambiguous').length;
    if (uri === undefined) await killedAtStore(SIZES[size].store, office, sink, killing, drafts);
    await killedAtServer(SIZES[size].server, office, sink, killing, drafts);
    await killedAtRandom(random.kills, office, sink, killing, drafts.slice(-random.mails));
    const figures = { ...(await count(office, sink)), falselyAmbiguous, ...killing.figures };
    const { duplicates, unaccounted, ambiguous, sent, mails, kills, killedCommitting } = figures;
    const clean = duplicates + unaccounted + falselyAmbiguous === 0;
    return { held: clean && kills > 0 && ambiguous <= killedCommitting && sent + ambiguous === mails, figures };
  } finally {
    await office.close();
    await sink.close();
  }
}

type Drafts = PostOffice['drafts'];

async function approve(office: PostOffice, drafts: Drafts): Promise<void> {
  for (const draft of drafts) await office.approve(draft);
}

/** An instance that nobody kills finishes the work; claims of the dead have lapsed by its time. */
async function drain(office: PostOffice, sink: SmtpSink): Promise<void> {
  office.time.now = office.time.now.add({ minutes: 1 });
  while ((await office.sendApproved(office.through(sink.port))) > 0);
}

/** Starts instances as processes of their own, and keeps count of their deaths. */
function killer(office: PostOffice, src: string) {
  const figures = { kills: 0, killedCommitting: 0 };
  return {
    figures,
    start: (storeUri: string, port: number) => fork(CHILD, [src, storeUri, String(port), office.time.now.toString()]),
    /** True when it was killed before it had finished. */
    async ended(child: ChildProcess): Promise<boolean> {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (child.signalCode !== 'SIGKILL') {
        if (child.exitCode !== 0) throw new Error(`an instance ended with ${child.exitCode}`);
        return false;
      }
      figures.kills += 1;
      for (const claim of await office.parts.sendClaims.lapsed(office.time.now.add({ hours: 1 }))) {
        const { draft } = (await office.parts.drafts.load(claim.draft))!;
        if (claim.phase === 'committing' && draft.state === 'sending') figures.killedCommitting += 1;
      }
      return true;
    },
  };
}

type Killer = ReturnType<typeof killer>;
type Steps = { first: number; every: number };

/** One mail a kill, until a try goes through without meeting its message. */
async function killedAtStore({ first, every }: Steps, office: PostOffice, sink: SmtpSink, killing: Killer, drafts: Drafts): Promise<void> {
  const proxy = await killProxy(office.port);
  const database = new URL(office.uri).pathname.slice(1);
  for (let at = first, killed = true; killed; at += every) {
    await approve(office, drafts.splice(0, 1));
    let child: ChildProcess | null = null;
    // Before its claim an instance only reads.
    let since = -1;
    const strikes = (name: string) => {
      if (since >= 0 || name === 'findAndModify accounts') since += 1;
      return since === at;
    };
    proxy.arm(strikes, () => child!.kill('SIGKILL'));
    child = killing.start(proxy.uri(database), sink.port);
    killed = await killing.ended(child);
    await drain(office, sink);
  }
  await proxy.close();
}

async function killedAtServer({ first, every }: Steps, office: PostOffice, sink: SmtpSink, killing: Killer, drafts: Drafts): Promise<void> {
  const proxy = await wireProxy(sink.port);
  const killedAt = async (strikes: (piece: number) => boolean) => {
    await approve(office, drafts.splice(0, 1));
    let child: ChildProcess | null = null;
    proxy.arm(strikes, () => child!.kill('SIGKILL'));
    child = killing.start(office.uri, proxy.port);
    const killed = await killing.ended(child);
    await drain(office, sink);
    return killed;
  };
  // Pieces fall otherwise with each mail: the worst moment is struck by name.
  const before = sink.taken.length;
  await killedAt(() => sink.taken.length > before);
  for (let at = first; await killedAt((piece) => piece === at); at += every);
  await proxy.close();
}

async function killedAtRandom(kills: number, office: PostOffice, sink: SmtpSink, killing: Killer, drafts: Drafts): Promise<void> {
  await approve(office, drafts);
  for (let n = 0; n < kills; n += 1) {
    office.time.now = office.time.now.add({ minutes: 1 });
    const child = killing.start(office.uri, sink.port);
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
    const timer = setTimeout(() => child.kill('SIGKILL'), 50 + Math.random() * 700);
    const killed = await killing.ended(child);
    clearTimeout(timer);
    if (!killed) break;
  }
  await drain(office, sink);
}

/** What the server took, by message id, against what the drafts say. */
async function count(office: PostOffice, sink: SmtpSink) {
  const taken = new Map<string, number>();
  for (const { bytes } of sink.taken) {
    const id = /^Message-ID: (<[^>]+>)/im.exec(bytes.toString())?.[1] ?? 'none';
    taken.set(id, (taken.get(id) ?? 0) + 1);
  }
  const figures = { mails: 0, sent: 0, ambiguous: 0, takenOfAmbiguous: 0, duplicates: 0, unaccounted: 0 };
  for (const times of taken.values()) figures.duplicates += times - 1;
  for (const { state, delivery } of await office.all()) {
    if (state === 'waiting') continue;
    figures.mails += 1;
    const times = taken.get(delivery?.messageId ?? '') ?? 0;
    taken.delete(delivery?.messageId ?? '');
    if (state === 'sent') figures.sent += 1;
    if (state === 'ambiguous') figures.ambiguous += 1;
    if (state === 'ambiguous' && times > 0) figures.takenOfAmbiguous += 1;
    if (!(state === 'ambiguous' || (state === 'sent' && times > 0))) figures.unaccounted += 1;
  }
  figures.unaccounted += taken.size;
  return figures;
}
