import type { World } from '../kernel/world.port.ts';
import type { NotYet } from './case.port.ts';
import type { CaseRefusal, CaseRequest } from './case.ts';
import { type ChangeCaseResult, changeCase } from './change-case.op.ts';

export type VoteResult = ChangeCaseResult | { readonly done: false; readonly refused: CaseRefusal | 'case-basis-changed' | NotYet };

/** One person's vote on the revision they saw. What nobody may approve any more, because its figures have changed, is refused before. */
export async function vote(
  world: World,
  id: string,
  cast: Omit<Extract<CaseRequest, { do: 'vote' }>, 'do'>,
  by: string,
): Promise<VoteResult> {
  const command = `vote:${id}:${cast.seen}:${cast.vote}:${by}`;
  const decide = () => changeCase(world, id, { do: 'vote', ...cast }, by, command);
  if (cast.vote === 'reject') return decide();
  const stored = await world.cases.load(id);
  if (stored?.case.state !== 'open' || stored.case.revision !== cast.seen) return decide();
  // The kind says more exactly what stands in the way.
  const missing = await world.kinds[stored.case.kind]?.notYet?.(stored.case);
  if (missing) return { done: false, refused: missing };
  const now = await world.kinds[stored.case.kind]?.basis(stored.case);
  return world.fingerprint(now) === stored.case.basis ? decide() : { done: false, refused: 'case-basis-changed' };
}
