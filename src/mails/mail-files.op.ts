import { hash } from 'node:crypto';
import type { World } from '../kernel/world.port.ts';

/** Business letters are kept for six years (HGB section 257), counted from the end of the year. */
export const KEPT_DAYS = 7 * 366;

const idOf = (sha256: string) => `mail:${sha256}`;

/** Keeps what is attached to a mail, or a whole message, under its SHA-256, which is returned in hex. */
export async function keepMailFile({ kept, clock }: Pick<World, 'clock' | 'kept'>, bytes: Uint8Array): Promise<string> {
  const sha256 = hash('sha256', bytes);
  await kept.keep(idOf(sha256), bytes, clock.now().add({ hours: 24 * KEPT_DAYS }));
  return sha256;
}

/** Throws when the bytes are not there, or are not those of the digest. */
export async function readMailFile({ kept, clock }: Pick<World, 'clock' | 'kept'>, sha256: string): Promise<Uint8Array> {
  const bytes = await kept.read(idOf(sha256), clock.now());
  if (!bytes || hash('sha256', bytes) !== sha256) throw new Error(`the file ${sha256} of a mail is not in the store as it was`);
  return bytes;
}
