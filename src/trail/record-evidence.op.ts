import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { EvidenceFact, EvidenceReleaseFact } from './evidence.ts';

/** Null: the account is gone, or changed each time; 'again': this command had been carried out before. */
export async function recordEvidence(
  world: Pick<World, 'accounts' | 'clock'>,
  id: string,
  fact: EvidenceFact | EvidenceReleaseFact,
  by: string,
  command: string,
): Promise<'recorded' | 'again' | null> {
  const written = await writeOnce({
    ...{ aggregate: `account:${id}`, by, command, now: world.clock.now(), tries: 3, absent: null },
    load: () => world.accounts.load(id),
    decide: () => ({ facts: [fact] }),
    save: (before, _, facts) => world.accounts.save(before, before.work, facts, command),
  });
  if (!written.done) return null;
  return written.decision === null ? 'again' : 'recorded';
}

/** 'evidence-C1001-2026-11-23.zip' */
export const evidenceFile = (number: string, built: Day) => `evidence-${fileSlug(number, 'account')}-${built}.zip`;

/** Values of the ledger in a file's name: letters, digits and dashes alone, so that none leads anywhere. */
export function fileSlug(text: string, otherwise: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || otherwise
  );
}
