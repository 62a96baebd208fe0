import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { anyCarried, readCarried } from '../slack/carried.ts';
import type { ClickRequest, Subject, SubmitAnswer, SubmitRequest } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { waitingView } from '../slack/surface.ts';
import { approveShown } from './approve-shown.op.ts';
import { changeDraft } from './change-draft.op.ts';
import type { DraftCards, ReviewNeeds } from './draft-cards.slack.ts';
import { mailPreview } from './mail-preview.view.ts';
import { FIRST_SITTING, type Outcome, type Sitting } from './review.view.ts';
import { oneDecision } from './review-counts.ts';
import { LEAST_SHOWN } from './review-guard.ts';
import { boxed, type ListLine, LONGEST_ADDRESS, letterView, listOutcome, listView } from './review-list.view.ts';
import { layOn, readRef, redraw, sittingOf, sittingShape } from './review-place.slack.ts';
import { reviewQueue } from './review-queue.op.ts';
import { LIST_PAGE, routineGroups } from './routine-list.ts';
import { isRoutine, readAround, routineOf } from './unusual.op.ts';

const listRef = sittingShape.extend({ g: z.string().max(120), r: z.array(z.string().max(120)) });

/** Where a list goes on from: what was read, and what is said above it. */
interface ListDrawing {
  readonly user: string;
  readonly sitting: Sitting;
  readonly read: readonly string[];
  readonly outcome: Outcome | null;
}

/** Routine emails as lists: each line is approved by itself, bound to its own hash and version. */
export function reviewLists(world: ReviewNeeds, cards: DraftCards): Pick<Required<Subject>, 'clicks' | 'submits'> {
  const next = (drawing: ListDrawing) => nextList(world, cards, drawing);
  return {
    clicks: {
      'draft-batch': {
        may: 'collect',
        run(request) {
          const known = sittingShape.safeParse(anyCarried(request.body.view?.private_metadata ?? ''));
          // What was put at the end of the queue may go in a list all the same.
          const sitting = { ...(known.success ? sittingOf(known.data) : FIRST_SITTING), skipped: [] };
          const view = next({ user: request.asker.user, sitting, read: [], outcome: null });
          return request.body.view?.callback_id === 'review' ? redraw(request, view) : layOn(request, view);
        },
      },
      'list-text': { may: 'collect', run: (request) => showLetter(cards, request) },
      'list-undo': { may: 'collect', run: (request) => undoAll(world, cards, request) },
    },
    submits: { 'review-list': { may: 'collect', run: (request) => approveTicked(world, next, request) } },
  };
}

/** The next page of what is routine; when there is none, what is left one by one. */
async function nextList(world: ReviewNeeds, cards: DraftCards, { user, sitting, read, outcome }: ListDrawing): Promise<ModalView> {
  const { waiting } = await reviewQueue(world, user);
  for (const { key, drafts } of routineGroups(waiting, sitting.skipped)) {
    const listable = drafts.filter(({ draft }) => (draft.content.to[0]?.address.length ?? LONGEST_ADDRESS + 1) <= LONGEST_ADDRESS);
    const found = await routineOf(world, listable, LIST_PAGE);
    if (found.length < 2) continue;
    const lines = await Promise.all(
      found.map(async (stored): Promise<ListLine> => {
        const [row, around] = await Promise.all([world.ledger.account(stored.draft.account), readAround(world, stored.draft)]);
        return { stored, name: row?.name ?? stored.draft.account, oldestDays: around.oldestDays };
      }),
    );
    const { senders } = await world.settings.read();
    const { entity } = found[0]!.draft;
    const page = { key, lines, all: drafts.length, sender: senders?.[entity]?.name ?? entity, at: Date.now(), read: read.includes(key) };
    return listView(page, sitting, read, outcome);
  }
  const says = outcome ?? { says: 'No routine emails are left: each of these has something to look at.' };
  return cards.showNext({ user, sitting, outcome: says.undo ? { says: says.says } : says });
}

/** Lays the letter over the list and remembers that it was read. */
async function showLetter(cards: DraftCards, request: ClickRequest): Promise<void> {
  const stored = await cards.draftOf(readRef(JSON.stringify({ ...(anyCarried(request.value) as object), h: '' })).d);
  const { view } = request.body;
  const known = listRef.safeParse(anyCarried(view?.private_metadata ?? ''));
  await request.place?.show(letterView(stored, mailPreview(stored.draft.content.body, 'Open the email to see all of it.').blocks));
  if (!view || !known.success) return;
  const carried = { ...known.data, r: [...new Set([...known.data.r, known.data.g])] };
  const { type, callback_id, title, submit, close, blocks } = view as unknown as ModalView;
  const again = {
    type,
    callback_id,
    title,
    close,
    blocks,
    ...(submit ? { submit } : {}),
    private_metadata: JSON.stringify(carried),
  } as ModalView;
  await request.client.views.update({ view_id: view.id, view: again });
}

async function approveTicked(
  world: ReviewNeeds,
  next: (drawing: ListDrawing) => Promise<ModalView>,
  { view, asker: { user }, client, later }: SubmitRequest,
): Promise<SubmitAnswer> {
  const { g, t, r, ...rest } = readCarried(listRef, view.private_metadata);
  const sitting = sittingOf(rest);
  const boxes = Object.entries(view.state.values).filter(([name]) => name.startsWith('boxes:'));
  const ticked = boxes.flatMap(([, field]) => (Object.values(field)[0]?.selected_options ?? []).map(({ value }) => value));
  const all = (view.blocks as unknown as { element?: { options?: { value?: string }[] } }[]).flatMap(
    ({ element }) => element?.options ?? [],
  );
  const pressed = Date.now();
  if (!r.includes(g)) return stay(view, ':warning: Not approved. Read the letter first: it is the same for all of these.');
  if (pressed - t < LEAST_SHOWN.list) return stay(view, `:warning: ${REFUSED['shown-too-briefly'].replace('this email', 'this list')}`);
  later(async () => {
    const done: string[] = [];
    const left: { name: string; why: string }[] = [];
    for (const value of ticked) {
      const shown = boxed(value ?? '');
      if (!shown) continue;
      const why = await approveLine(world, { ...shown, at: t, least: LEAST_SHOWN.list }, user, pressed);
      if (why === null) done.push(shown.id);
      else left.push({ name: await nameOfDraft(world, shown.id), why });
    }
    if (done.length > 0) await world.reviewCounts.add(user, oneDecision(pressed - t, false, done.length));
    world.leaving.wake();
    const apart = all.flatMap(({ value }) => (value && !ticked.includes(value) ? [boxed(value)!.id] : []));
    const says = listOutcome(done.length, apart.length, left);
    const after = { ...sitting, approved: sitting.approved + done.length, skipped: [...sitting.skipped, ...apart].slice(-60) };
    const outcome = { says, ...(done.length > 0 ? { undo: { d: done.join(','), h: '' } } : {}) };
    await client.views.update({ view_id: view.id, view: await next({ user, sitting: after, read: r, outcome }) });
  });
  return { response_action: 'update', view: waitingView(`Approving ${ticked.length}…`) };
}

/** Null: approved; else why it was left out. */
async function approveLine(world: ReviewNeeds, shown: Parameters<typeof approveShown>[1]['shown'], by: string, pressed: number) {
  const stored = await world.drafts.load(shown.id);
  if (stored?.draft.state === 'waiting' && !(await isRoutine(world, stored.draft))) return 'there is something to look at by now';
  const command = `list:${shown.id}:${shown.hash}:${shown.facts}:${by}`;
  const result = await approveShown(world, { shown, by, pressed, send: world.leaving.server, command });
  if (result.done) return null;
  return 'why' in result ? result.why || 'it has changed' : REFUSED[result.refused];
}

async function nameOfDraft(world: ReviewNeeds, id: string): Promise<string> {
  const stored = await world.drafts.load(id);
  return (stored && (await world.ledger.account(stored.draft.account))?.name) ?? 'an email';
}

/** The same list with its ticks, and why nothing was approved. */
function stay(view: SubmitRequest['view'], says: string): SubmitAnswer {
  const { callback_id, title, submit, close, private_metadata, blocks } = view as unknown as ModalView;
  const rest = blocks.filter(({ block_id }) => block_id !== 'stay');
  const line = { type: 'section' as const, block_id: 'stay', text: { type: 'mrkdwn' as const, verbatim: true, text: says } };
  const again = { type: 'modal' as const, callback_id, title, submit, close, private_metadata, blocks: [line, ...rest] } as ModalView;
  return { response_action: 'update', view: again };
}

async function undoAll(world: ReviewNeeds, cards: DraftCards, request: ClickRequest): Promise<void> {
  const { u } = readCarried(z.object({ u: z.string().max(1000) }), request.value);
  const known = listRef.safeParse(anyCarried(request.body.view?.private_metadata ?? ''));
  const { user } = request.asker;
  let back = 0;
  for (const id of u.split(',')) {
    const stored = await world.drafts.load(id);
    if (stored?.draft.approvals.at(-1)?.by !== user) continue;
    const asked = { do: 'take-back', seen: stored.draft.hash } as const;
    const result = await changeDraft(world, id, asked, user, `undo:${id}:${stored.draft.hash}:${stored.facts}:${user}`);
    if (result.done) back += 1;
  }
  world.leaving.wake();
  const before = known.success ? sittingOf(known.data) : FIRST_SITTING;
  const sitting = { ...before, approved: Math.max(0, before.approved - back) };
  const outcome = { says: `:leftwards_arrow_with_hook: ${back} taken back. They were not sent.` };
  await redraw(request, nextList(world, cards, { user, sitting, read: known.success ? known.data.r : [], outcome }));
}
