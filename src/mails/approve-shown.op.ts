import type { World } from '../kernel/world.port.ts';
import { mayDo } from '../team/team.ts';
import { changeDraft } from './change-draft.op.ts';
import type { Draft, DraftRefusal } from './draft.ts';
import { recheckNow } from './prepare-drafts.op.ts';
import { type Shown, tooSoon } from './review-guard.ts';

export type Approved =
  /** `repeated`: the command had been carried out before. */
  | { readonly done: true; readonly draft: Draft; readonly repeated: boolean }
  /** It is not what was shown any more: what it is now is to be shown, and why. */
  | { readonly done: false; readonly refused: 'draft-changed'; readonly why: string }
  | { readonly done: false; readonly refused: DraftRefusal | 'no-such-draft' | 'changed-meanwhile' | 'shown-too-briefly' };

export interface ApproveAsked {
  readonly shown: Shown;
  readonly by: string;
  /** Wall-clock milliseconds of the press. */
  readonly pressed: number;
  /** By a mail server. */
  readonly send: boolean;
  readonly command: string;
}

/**
 * Approves the very email that was shown: its hash, its version, long enough ago to have been read, and as true now as it was then. The caller has
 * authorized `by`. A repeated command does nothing.
 */
export async function approveShown(world: World, { shown, by, pressed, send, command }: ApproveAsked): Promise<Approved> {
  const stored = await world.drafts.load(shown.id);
  if (!stored) return { done: false, refused: 'no-such-draft' };
  // A command that comes again has been carried out; what it was about may have changed since.
  const repeated = stored.commands.includes(command);
  const waits = !repeated && stored.draft.state === 'waiting';
  if (waits && (stored.draft.hash !== shown.hash || stored.facts !== shown.facts))
    return { done: false, refused: 'draft-changed', why: '' };
  if (tooSoon(shown, pressed)) return { done: false, refused: 'shown-too-briefly' };
  if (waits) {
    if (await recheckNow(world, stored)) {
      const now = await world.drafts.load(shown.id);
      return { done: false, refused: 'draft-changed', why: now?.draft.state === 'void' ? now.draft.closed : '' };
    }
  }
  const mayApprove = mayDo(await world.team.read(), by, 'approve');
  const at = world.clock.now().toString();
  const request = { do: 'approve', seen: shown.hash, mayApprove, at, send, undo: true } as const;
  const result = await changeDraft(world, shown.id, request, by, command, shown.facts);
  if (result.done) return { ...result, repeated };
  return result.refused === 'draft-changed' ? { done: false, refused: 'draft-changed', why: '' } : { done: false, refused: result.refused };
}
