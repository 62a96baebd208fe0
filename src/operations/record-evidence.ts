import type { Day } from '../domain/day.ts';
import type { EvidenceFact, EvidenceReleaseFact } from '../domain/evidence.ts';
import { stamp } from '../domain/fact.ts';
import type { EvidencePorts } from './evidence-ports.ts';

/** Null: the account is gone, or changed each time; 'again': this command had been carried out before. */
export async function recordEvidence(
  ports: Pick<EvidencePorts, 'accounts' | 'clock'>,
  id: string,
  fact: EvidenceFact | EvidenceReleaseFact,
  by: string,
  command: string,
): Promise<'recorded' | 'again' | null> {
  for (let tries = 0; tries < 3; tries += 1) {
    const account = await ports.accounts.load(id);
    if (!account) return null;
    if (account.commands.includes(command)) return 'again';
    const facts = stamp([fact], `account:${id}`, account.facts, by, command, ports.clock.now());
    if (await ports.accounts.save(account, account.work, facts, command)) return 'recorded';
  }
  return null;
}

/** 'evidence-C1001-2026-11-23.zip' */
export const evidenceFile = (number: string, built: Day) => `evidence-${slug(number, 'account')}-${built}.zip`;

/** Values of the ledger in a file's name: letters, digits and dashes alone, so that none leads anywhere. */
export function slug(text: string, otherwise: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || otherwise
  );
}
