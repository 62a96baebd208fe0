import type { World } from '../kernel/world.port.ts';
import { changeDraft } from '../mails/change-draft.op.ts';
import type { CaseState } from './case.ts';

const ENDS: Readonly<Partial<Record<CaseState, string>>> = {
  rejected: 'The request for this letter was rejected:',
  withdrawn: 'The request for this letter was withdrawn:',
  expired: 'The request for this letter has lapsed:',
  void: 'The approval of this letter is void:',
};

/** A letter ends with the decision about it: nothing is left that waits for an answer. What is on its way or was sent stays as it is. May be repeated. */
export async function endLetter(world: World, caseId: string): Promise<void> {
  const of = (await world.cases.load(caseId))?.case;
  const why = of && ENDS[of.state];
  if (!why || of.about.letter === undefined) return;
  const changed = [`${why} ${of.outcome}`.trim()];
  await changeDraft(world, of.about.letter, { do: 'void', changed }, 'clock', `void:${of.about.letter}:${of.state}`);
}
