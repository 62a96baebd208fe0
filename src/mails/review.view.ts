import type { Button, KnownBlock, ModalView } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import { clip } from '../slack/text.ts';
import { approvedButton, type DraftView, draftBlocks } from './draft-card.view.ts';
import type { Shown } from './review-guard.ts';
import { waitsForSecond } from './review-queue.op.ts';

/** What one sitting has come to; ids of drafts that were put at the end, newest last. */
export interface Sitting {
  readonly approved: number;
  readonly rejected: number;
  readonly later: number;
  readonly skipped: readonly string[];
}

export const FIRST_SITTING: Sitting = { approved: 0, rejected: 0, later: 0, skipped: [] };

/** What became of the one before, above everything; the draft that can be taken back. */
export interface Outcome {
  readonly says: string;
  readonly undo?: { readonly d: string; readonly h: string };
}

/** The form's own data; ids and numbers only (3000 characters). */
export interface ReviewCarried {
  readonly d: string;
  readonly h: string;
  readonly n: number;
  readonly t: number;
  readonly w: number;
  readonly s: readonly [approved: number, rejected: number, later: number];
  readonly k: readonly string[];
}

const text = (words: string) => ({ type: 'plain_text' as const, text: clip(words, 24) });
const done = ({ approved, rejected, later }: Sitting) => approved + rejected + later;

function outcomeBlocks(outcome: Outcome | null): KnownBlock[] {
  if (!outcome) return [];
  const line = section(outcome.says);
  return [outcome.undo ? { ...line, accessory: undoButton(outcome.undo) } : line];
}

const undoButton = (of: { readonly d: string; readonly h: string }): Button => ({
  type: 'button',
  action_id: 'review-undo',
  text: text('Undo'),
  value: JSON.stringify(of),
});

/** One email to be decided about. Its button approves what is drawn here and nothing else: it carries the hash, the version and when it was drawn. */
export function reviewView(view: DraftView, { facts, at, least }: Shown, sitting: Sitting, outcome: Outcome | null): ModalView {
  const { draft } = view.stored;
  const carried: ReviewCarried = {
    ...{ d: draft.id, h: draft.hash, n: facts, t: at, w: least },
    s: [sitting.approved, sitting.rejected, sitting.later],
    k: sitting.skipped,
  };
  const waits = draft.state === 'waiting';
  return {
    type: 'modal',
    callback_id: 'review',
    title: text(waits ? `Review ${done(sitting) + 1} of ${done(sitting) + view.waiting}` : 'Email'),
    ...(waits ? { submit: text(approveWords(view)) } : {}),
    close: text('Close'),
    private_metadata: JSON.stringify(carried),
    blocks: [...outcomeBlocks(outcome), ...draftBlocks(view)],
  };
}

function approveWords({ stored: { draft }, waiting }: DraftView): string {
  if (draft.secondPerson) return waitsForSecond(draft) ? 'Approve (2 of 2)' : 'Approve (1 of 2)';
  return waiting > 1 ? 'Approve and next' : 'Approve';
}

/** When nothing waits any more. */
export function endView(
  sitting: Sitting,
  outcome: Outcome | null,
  more: { readonly approved: number; readonly next: string; readonly gaps: readonly KnownBlock[] },
): ModalView {
  const { approved, rejected, later } = sitting;
  const counts = [
    approved > 0 ? `${approved.toLocaleString('en-GB')} approved` : '',
    rejected > 0 ? `${rejected} rejected` : '',
    later > 0 ? `${later} for later` : '',
  ].filter(Boolean);
  const words = counts.length > 0 ? `:white_check_mark: *Done.* ${counts.join(', ')}.` : ':white_check_mark: No emails to review.';
  const buttons = approvedButton(more.approved);
  return {
    type: 'modal',
    callback_id: 'review-end',
    title: text('Review'),
    close: text('Close'),
    private_metadata: JSON.stringify({ s: [approved, rejected, later], k: [] }),
    blocks: [
      ...outcomeBlocks(outcome),
      section(words),
      ...(more.next ? [contextLine(more.next)] : []),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
      ...more.gaps,
    ],
  };
}
