import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { postOffice } from '../support/post-office.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { wireProxy } from '../support/wire-proxy.ts';

const CHILD = path.resolve(import.meta.dirname, '../support/send-child.ts');
/** Pieces on the wire to the mail server: greeting, EHLO, its answer, envelope, its answers, message, final dot, answer. */
const PIECES = { test: [4, 5, 7], full: [0, 1, 2, 3, 4, 5, 6, 7] };
const ROUNDS = { test: 1, full: 10 };

/**
 * A worker that is stopped past its claim, and goes on after another has taken its mail over, sends nothing. `takenOver`: mails the other one
 * sent meanwhile.
 */
export async function p2(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const stops = Array.from({ length: ROUNDS[size] }, () => PIECES[size]).flat();
  const sink = await smtpSink();
  const office = await postOffice(src, { customers: stops.length });
  const proxy = await wireProxy(sink.port);
  const figures = { stops: 0, takenOver: 0, sent: 0, ambiguous: 0, duplicates: 0, unaccounted: 0 };
  try {
    const heir = office.through(sink.port);
    for (const [n, at] of stops.entries()) {
      const draft = office.drafts[n]!;
      await office.approve(draft);
      const stopped = Promise.withResolvers<void>();
      const before = sink.taken.length;
      let stop = () => {};
      proxy.arm(
        (piece) => piece === at,
        () => stop(),
        { pass: true },
      );
      const child = fork(CHILD, [src, office.uri, String(proxy.port), office.time.now.toString()]);
      stop = () => {
        child.kill('SIGSTOP');
        stopped.resolve();
      };
      const ended = once(child, 'exit');
      await stopped.promise;
      figures.stops += 1;
      const takenBy = sink.taken.length;
      office.time.now = office.time.now.add({ minutes: 1 });
      while ((await office.sendApproved(heir)) > 0);
      figures.takenOver += sink.taken.length - Math.max(before, takenBy);
      child.kill('SIGCONT');
      await ended;
      office.time.now = office.time.now.add({ minutes: 1 });
      while ((await office.sendApproved(heir)) > 0);
      const { state } = (await office.parts.drafts.load(draft.id))!.draft;
      const taken = sink.taken.length - before;
      if (taken > 1) figures.duplicates += taken - 1;
      if (state === 'sent') figures.sent += 1;
      if (state === 'ambiguous') figures.ambiguous += 1;
      if (!(state === 'ambiguous' || (state === 'sent' && taken > 0))) figures.unaccounted += 1;
    }
    const held = figures.duplicates === 0 && figures.unaccounted === 0 && figures.takenOver > 0;
    return { held, figures };
  } finally {
    await proxy.close();
    await office.close();
    await sink.close();
  }
}
