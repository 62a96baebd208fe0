import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import nodemailer from 'nodemailer';
import { byUrgency } from '../../src/mails/draft-urgency.ts';
import { MAIL_LIMITS } from '../../src/mails/mail-budget.ts';
import { killProxy } from '../../test/support/kill-proxy.ts';
import { type PostOffice, postOffice, sendParts, TIMES } from '../../test/support/post-office.ts';
import { type SmtpSink, smtpSink } from '../../test/support/smtp-sink.ts';
import { type BenchLine, type BenchSize, median, ratio, round, timed } from './measure.ts';

const WRITES = /^(insert|update|findAndModify|delete) /;

/**
 * Approved mails through all of the sender's checks and claims, against the cost of the durable writes that one of them needs, made one after the
 * other; and against handing the same mails to the same server with nodemailer alone. Then a queue through a server that takes few a minute.
 */
export async function benchSending({ runs, mails, limited }: BenchSize, src: string): Promise<BenchLine[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  const fsyncs: number[] = [];
  let writes = 0;
  for (let run = 0; run < runs; run += 1) {
    const sink = await smtpSink();
    const office = await postOffice(src, { customers: mails + 1 });
    try {
      const [first, ...rest] = office.drafts;
      await office.approve(first!);
      writes = await writesOfOne(office, src, sink);
      for (const draft of rest) await office.approve(draft);
      sink.taken.splice(0);
      fsyncs.push(fsyncMs());
      ours.push(await timed(() => office.sendApproved(office.through(sink.port))));
      const taken = sink.taken.splice(0);
      if (taken.length !== mails) throw new Error(`${taken.length} of ${mails} mails were sent`);
      bare.push(await byNodemailer(sink.port, taken));
    } finally {
      await office.close();
      await sink.close();
    }
  }
  const own = fsyncs.map((ms) => ms * writes * mails);
  const perSecond = Math.round(mails / (median(ours) / 1000));
  return [
    {
      bench: 'sending',
      ...{ mails, writesOfOne: writes, timesOwnFsyncs: ratio(ours, own), timesNodemailer: ratio(ours, bare), perSecond },
      ...{ fsyncMs: fsyncs, sendMs: ours, nodemailerMs: bare },
    },
    await benchLimited(limited, src),
  ];
}

/** Durable writes that one mail needs, counted on the wire to the store. */
async function writesOfOne(office: PostOffice, src: string, sink: SmtpSink): Promise<number> {
  const proxy = await killProxy(office.port);
  const through = await sendParts(src, proxy.uri(new URL(office.uri).pathname.slice(1)), () => office.time.now);
  await through.sendApproved(through.through(sink.port));
  const count = proxy.messages.filter((name) => WRITES.test(name)).length;
  await through.parts.close();
  await proxy.close();
  return count;
}

/** One durable write of a page, as the store makes them. */
function fsyncMs(): number {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'arrears-fsync-'));
  const file = fs.openSync(path.join(dir, 'file'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 100 }, () => {
    const from = performance.now();
    fs.writeSync(file, page);
    fs.fsyncSync(file);
    return performance.now() - from;
  });
  fs.closeSync(file);
  fs.rmSync(dir, { recursive: true });
  return round(times.reduce((sum, each) => sum + each, 0) / times.length);
}

async function byNodemailer(port: number, taken: SmtpSink['taken']): Promise<number> {
  const only = { maxConnections: 1, maxMessages: Infinity };
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true, pool: true, ...only });
  const ms = await timed(async () => {
    for (const { from, to, bytes } of taken) await transport.sendMail({ envelope: { from, to: [...to] }, raw: bytes });
  });
  transport.close();
  return ms;
}

/** A whole queue through a server that takes thirty a minute: the clock goes on when there is room again. */
async function benchLimited(mails: number, src: string): Promise<BenchLine> {
  const office = await postOffice(src, { customers: mails });
  const sink = await smtpSink({ throttle: { perMinute: MAIL_LIMITS.perMinute, now: () => office.time.now.epochMilliseconds } });
  try {
    const began = office.time.now;
    // The last one prepared is approved first, so that the order is not that of their ids.
    for (const draft of office.drafts.toReversed()) {
      await office.approve(draft);
      office.time.now = office.time.now.add({ milliseconds: 1 });
    }
    const { sendRound } = await office.load<typeof import('../../src/mails/send-approved.op.ts')>('mails/send-approved.op.ts');
    const ports = { ...office.through(sink.port), times: { ...TIMES, limits: MAIL_LIMITS } };
    for (let rounds = 0; rounds < mails; rounds += 1) {
      const { next } = await sendRound(ports);
      if (!next) break;
      office.time.now = next;
    }
    const all = await office.all();
    const ids = sink.taken.map(({ bytes }) => /^Message-ID: (<[^>]+>)/im.exec(bytes.toString())![1]!);
    const wanted = all.toSorted(byUrgency).map(({ delivery }) => delivery!.messageId);
    // Of one minute they leave side by side.
    const minute = (list: readonly string[], id: string) => Math.floor(list.indexOf(id) / MAIL_LIMITS.perMinute);
    return {
      bench: 'sending-limited',
      mails,
      notSent: all.filter(({ state }) => state !== 'sent').length,
      triedTwice: all.filter(({ delivery }) => delivery!.tries !== 1).length,
      doubled: ids.length - new Set(ids).size,
      outOfOrder: wanted.filter((id) => minute(wanted, id) !== minute(ids, id)).length,
      minutes: round(office.time.now.since(began).total('minutes')),
    };
  } finally {
    await office.close();
    await sink.close();
  }
}
