import { addDays, type Day, day, dayIn, zoneOf } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { changeDraft } from './change-draft.op.ts';
import { chosenFields, chosenIn } from './chosen-fields.slack.ts';
import { choiceOf, choicesOf } from './chosen-mail.op.ts';
import type { StoredDraft } from './draft.port.ts';
import { type Draft, type DraftRequest, isOpen } from './draft.ts';
import type { DraftCards, ReviewNeeds } from './draft-cards.slack.ts';
import { enteredLongText, longTextFields, TOO_LONG_TO_EDIT } from './long-text.slack.ts';
import { markSent } from './mark-sent.op.ts';
import type { Sitting } from './review.view.ts';
import { carriedOf, landed, redraw, sittingOf, sittingShape } from './review-place.slack.ts';

const carriedRef = sittingShape.required({ d: true, h: true });

/** Of a draft, told what the form carries and the customer's day. */
type DraftForm = (stored: StoredDraft, carried: object, today: Day) => ReturnType<typeof modal> | Promise<ReturnType<typeof modal>>;

/** Forms on top of an email: edit, later, reject, sent by hand. */
export function reviewForms(world: ReviewNeeds, cards: DraftCards): Pick<Required<Subject>, 'clicks' | 'submits'> {
  const open = (view: DraftForm) => ({ may: 'collect' as const, run: (request: ClickRequest) => openForm(world, cards, request, view) });
  const submitted =
    (field: string, wanted: (request: SubmitRequest) => DraftRequest, counts: keyof Omit<Sitting, 'skipped'>, done: string) =>
    async (request: SubmitRequest): Promise<SubmitAnswer> => {
      const ref = readCarried(carriedRef, request.view.private_metadata);
      const result = await changeDraft(world, ref.d, wanted(request), request.asker.user, `submit:${request.view.id}`);
      if (!result.done) return fieldErrors({ [field]: REFUSED[result.refused] });
      world.leaving.wake();
      const before = sittingOf(ref);
      const sitting = { ...before, [counts]: before[counts] + 1 };
      return landed(request, () => cards.showNext({ user: request.asker.user, sitting, outcome: { says: done } }));
    };
  return {
    clicks: {
      'draft-edit': open((stored, carried) => editForm(world, stored, carried)),
      'draft-later': open(laterForm),
      'draft-reject': open(rejectForm),
      'draft-sent': open(sentForm),
    },
    submits: {
      'draft-edit': { may: 'collect', run: (request) => saveEdit(world, cards, request) },
      'draft-later': {
        may: 'collect',
        run: submitted(
          'until',
          (request) => ({ do: 'postpone', until: day(entered(request, 'until')) }),
          'later',
          'Out of the queue until then.',
        ),
      },
      'draft-reject': {
        may: 'collect',
        run: submitted(
          'reason',
          (request) => ({ do: 'reject', reason: entered(request, 'reason') }),
          'rejected',
          'Rejected. Nothing was sent.',
        ),
      },
      'draft-sent': { may: 'collect', run: (request) => recordSent(world, cards, request) },
    },
  };
}

/** Opens a form for the draft that is shown; one that is not current any more is drawn anew instead. */
async function openForm(world: ReviewNeeds, cards: DraftCards, request: ClickRequest, view: DraftForm): Promise<void> {
  const { ref, sitting } = carriedOf(request);
  const stored = await cards.draftOf(ref.d);
  if (stored.draft.hash !== ref.h || !isOpen(stored.draft))
    return redraw(
      request,
      cards.show(stored.draft.id, {
        user: request.asker.user,
        sitting,
        outcome: isOpen(stored.draft) ? { says: REFUSED['draft-changed'] } : null,
      }),
    );
  const row = await world.ledger.account(stored.draft.account);
  const today = dayIn(zoneOf(row, request.settings), world.clock.now());
  const { approved, rejected, later, skipped } = sitting;
  const carried = { d: ref.d, h: ref.h, s: [approved, rejected, later], k: skipped };
  await request.client.views.open({ trigger_id: request.triggerId, view: await view(stored, carried, today) });
}

async function editForm(world: ReviewNeeds, { draft }: StoredDraft, carried: object) {
  const choices = await choicesOf(world, draft);
  return modal('draft-edit', 'Edit email', 'Save', carried, [
    ...chosenFields(choices, choiceOf(draft, choices, world)),
    textField('subject', 'Subject', { initial: draft.content.subject, max: 200 }),
    ...bodyFields(draft),
  ]);
}

function laterForm(_: StoredDraft, carried: object, today: Day) {
  return modal('draft-later', 'Later', 'Remind me then', carried, [dayField('until', 'Back in the queue on', addDays(today, 1))]);
}

function rejectForm(_: StoredDraft, carried: object) {
  return modal('draft-reject', 'Reject the email', 'Reject', carried, [
    textField('reason', 'Reason', { multiline: true, hint: 'Saved to the account history. No replacement is drafted today.' }),
  ]);
}

function sentForm({ draft }: StoredDraft, carried: object) {
  return modal('draft-sent', 'I sent it', 'Record', carried, [
    dayField('on', 'Sent on', draft.day, 'Counts as a contact; the next step is timed from this date.'),
  ]);
}

function bodyFields({ content }: Draft) {
  const hint = "We send exactly what you write. You can't add bank details or links.";
  const fields = longTextFields('Text', content.body, hint);
  if (!fields) throw new Refused(TOO_LONG_TO_EDIT);
  return fields;
}

async function recordSent(world: ReviewNeeds, cards: DraftCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const ref = readCarried(carriedRef, request.view.private_metadata);
  const result = await markSent(world, ref.d, ref.h, day(entered(request, 'on')), request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ on: REFUSED[result.refused] });
  const outcome = { says: ':white_check_mark: Marked as sent. The next step is timed from that date.' };
  return landed(request, () => cards.show(ref.d, { user: request.asker.user, sitting: sittingOf(ref), outcome }));
}

async function saveEdit(world: ReviewNeeds, cards: DraftCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const ref = readCarried(carriedRef, request.view.private_metadata);
  const { draft } = await cards.draftOf(ref.d);
  const edited = { subject: entered(request, 'subject'), body: enteredLongText(request) };
  const checked = await world.writer.checkEdit(draft, { ...edited, ...chosenIn(request) });
  if (checked.gone) return fieldErrors({ to: `${checked.gone} Nothing was saved. Close this form and open it again.` });
  if (checked.refused.length > 0) return fieldErrors({ body: checked.refused.join(' ').slice(0, 500) });
  const change: DraftRequest = {
    do: 'edit',
    seen: ref.h,
    words: checked.words,
    notices: checked.pointedOut,
    ...(checked.mail ? { mail: checked.mail } : {}),
  };
  const result = await changeDraft(world, ref.d, change, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ body: REFUSED[result.refused] });
  const outcome = { says: ':white_check_mark: Saved. Nothing is approved yet: read it once more.' };
  return landed(request, () => cards.show(ref.d, { user: request.asker.user, sitting: sittingOf(ref), outcome }));
}
