import { hash } from 'node:crypto';
import { dayIn } from '../kernel/day.ts';
import type { EvidenceFact, EvidenceReleaseFact } from './evidence.ts';
import type { EvidenceNeeds } from './gather-evidence.op.ts';
import { evidenceFile, recordEvidence } from './record-evidence.op.ts';

export type ReleaseRefusal = 'no-such-account' | 'evidence-gone' | 'evidence-outdated' | 'changed-meanwhile';

export type ReleaseEvidenceResult =
  | {
      readonly done: true;
      /** It had been released before: nothing is sent again. */
      readonly again: boolean;
      readonly pack: { readonly name: string; readonly bytes: Uint8Array; readonly case: string | null; readonly files: number };
    }
  | { readonly done: false; readonly refused: ReleaseRefusal };

/** What may have changed what a pack may show, since it was built. */
const VOIDING = ['marking-changed', 'person-erased'];
/** Newest first; a pack behind so many changes of marks is outdated anyway. */
const LOOKED_AT = 200;

/** A person has read the pack and lets it leave the company: bound to the bytes that were read. The caller has authorized `by`. */
export async function releaseEvidence(
  world: EvidenceNeeds,
  { account, sha256 }: { readonly account: string; readonly sha256: string },
  by: string,
): Promise<ReleaseEvidenceResult> {
  const row = await world.ledger.account(account);
  if (!row) return { done: false, refused: 'no-such-account' };
  const { entries } = await world.timeline.page(account, {
    types: ['evidence-built', 'evidence-released', ...VOIDING],
    before: null,
    limit: LOOKED_AT,
  });
  const facts = entries.map(({ fact }) => fact);
  const before = facts.some((fact) => fact.type === 'evidence-released' && fact.sha256 === sha256);
  const at = facts.findIndex((fact) => fact.type === 'evidence-built' && fact.sha256 === sha256);
  if (at < 0) return { done: false, refused: 'evidence-gone' };
  if (facts.slice(0, at).some(({ type }) => VOIDING.includes(type))) return { done: false, refused: 'evidence-outdated' };
  const bytes = await world.kept.read(`evidence:${sha256}`, world.clock.now());
  if (!bytes || hash('sha256', bytes) !== sha256) return { done: false, refused: 'evidence-gone' };
  const built = facts[at] as unknown as EvidenceFact & { readonly at: string };
  const fact: EvidenceReleaseFact = { type: 'evidence-released', sha256, case: built.case };
  const recorded = before ? 'again' : await recordEvidence(world, account, fact, by, `evidence-released:${sha256}`);
  if (!recorded) return { done: false, refused: 'changed-meanwhile' };
  const { zone } = await world.settings.read();
  const name = evidenceFile(row.number, dayIn(zone, Temporal.Instant.from(built.at)));
  return { done: true, again: recorded === 'again', pack: { name, bytes, case: built.case, files: built.files } };
}
