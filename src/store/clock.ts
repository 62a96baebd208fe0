import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock.port.ts';

/** A clock set by the store's, so that several instances agree on the time. `synchronise` reads it again; between reads it runs on. */
export async function storeClock(connection: Connection): Promise<Clock & { synchronise(): Promise<void> }> {
  let offset = 0;
  const synchronise = async () => {
    const before = Date.now();
    const { localTime } = (await connection.db!.admin().command({ hello: 1 })) as { localTime: Date };
    // The store read its clock about half way through the question.
    offset = localTime.getTime() - (before + Date.now()) / 2;
  };
  await synchronise();
  return { synchronise, now: () => Temporal.Instant.fromEpochMilliseconds(Math.round(Date.now() + offset)) };
}
