import type { Fingerprint } from '../kernel/clock.port.ts';
import type { Day } from '../kernel/day.ts';
import { changeDraft } from '../mails/change-draft.op.ts';
import type { Draft, DraftRefusal } from '../mails/draft.ts';
import { recordContact } from '../mails/mark-sent.op.ts';
import type { CaseKindRules, CaseStore } from './case.port.ts';
import type { Case } from './case.ts';
import type { ServedBy } from './demand.ts';
import type { LetterKindPorts } from './letter-kind.op.ts';
import { earliestDeadline, letterStand } from './letter-now.op.ts';

export interface PostLetterPorts extends Omit<LetterKindPorts, 'server'> {
  readonly cases: CaseStore;
  readonly kinds: CaseKindRules;
  readonly fingerprint: Fingerprint;
}

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
  ports: PostLetterPorts,
  id: string,
  posted: Posted,
  by: string,
  command: string,
): Promise<
  { readonly done: true; readonly draft: Draft; readonly case: Case } | { readonly done: false; readonly refused: PostLetterRefusal }
> {
  const of = (await ports.cases.load(id))?.case;
  const rule = of && ports.kinds[of.kind];
  if (!rule) return { done: false, refused: 'no-such-case' };
  const draft = (await ports.drafts.load(of.about.letter ?? ''))?.draft;
  if (!draft?.letter) return { done: false, refused: 'no-such-draft' };
  const repeated = draft.state === 'sent' && draft.letter.posted !== null;
  if (!repeated) {
    if (of.state !== 'approved') return { done: false, refused: 'letter-not-approved' };
    if (ports.fingerprint(await rule.basis(of)) !== of.basis) return { done: false, refused: 'case-basis-changed' };
    const stand = await letterStand(ports, { account: draft.account, entity: draft.entity, currency: of.currency });
    if ('planned' in stand && stand.planned.decision.reasons.includes('reply-waiting'))
      return { done: false, refused: 'letter-reply-waiting' };
    if ('planned' in stand && draft.letter.deadline < earliestDeadline(stand, posted.on))
      return { done: false, refused: 'deadline-too-near' };
  }
  const result = await changeDraft(ports, draft.id, { do: 'post-letter', ...posted }, by, command);
  if (!result.done) return result;
  await recordContact(ports, result.draft, by);
  return { done: true, draft: result.draft, case: of };
}
