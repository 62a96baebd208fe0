import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { changeDraft } from '../mails/change-draft.op.ts';
import type { Draft, DraftRefusal } from '../mails/draft.ts';
import { recordContact } from '../mails/mark-sent.op.ts';
import type { Case } from './case.ts';
import type { ServedBy } from './demand.ts';

import { earliestDeadline, letterStand, replyWaits } from './letter-now.op.ts';

export interface Posted {
  readonly on: Day;
  readonly by: Exclude<ServedBy, 'email'>;
  readonly tracking: string;
}

export type PostLetterRefusal =
  | DraftRefusal
  | 'no-such-case'
  | 'no-such-draft'
  | 'letter-not-approved'
  | 'letter-reply-waiting'
  | 'case-basis-changed'
  | 'deadline-too-near'
  | 'changed-meanwhile';

/**
 * "Posted…": the printed PDF that was approved has left by carrier. Refused when what it rests on has changed, since it should not have left; the
 * case is then voided on the next look.
 */
export async function postLetter(
  world: World,
  id: string,
  posted: Posted,
  by: string,
  command: string,
): Promise<
  { readonly done: true; readonly draft: Draft; readonly case: Case } | { readonly done: false; readonly refused: PostLetterRefusal }
> {
  const of = (await world.cases.load(id))?.case;
  const rule = of && world.kinds[of.kind];
  if (!rule) return { done: false, refused: 'no-such-case' };
  const draft = (await world.drafts.load(of.about.letter ?? ''))?.draft;
  if (!draft?.letter) return { done: false, refused: 'no-such-draft' };
  const repeated = draft.state === 'sent' && draft.letter.posted !== null;
  if (!repeated) {
    if (of.state !== 'approved') return { done: false, refused: 'letter-not-approved' };
    if (world.fingerprint(await rule.basis(of)) !== of.basis) return { done: false, refused: 'case-basis-changed' };
    const stand = await letterStand(world, { account: draft.account, entity: draft.entity, currency: of.currency });
    if ('planned' in stand && replyWaits(stand)) return { done: false, refused: 'letter-reply-waiting' };
    if ('planned' in stand && draft.letter.deadline < earliestDeadline(stand, posted.on))
      return { done: false, refused: 'deadline-too-near' };
  }
  const result = await changeDraft(world, draft.id, { do: 'post-letter', ...posted }, by, command);
  if (!result.done) return result;
  await recordContact(world, result.draft, by);
  return { done: true, draft: result.draft, case: of };
}
