import { z } from 'zod';
import { addDays, type Day, day, dayIn, zoneOf } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import { type Asker, type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { sendFile } from '../slack/private-file.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { clip, counted, plain } from '../slack/text.ts';
import { mayDo } from '../team/team.ts';
import { changeDraft } from './change-draft.op.ts';
import type { DraftRef } from './delivery.view.ts';
import type { StoredDraft } from './draft.port.ts';
import { type Draft, type DraftRequest, isOpen, mayBatch } from './draft.ts';
import { batchList, SHORT_HASH } from './draft-card.view.ts';
import { approvedNotice, type DraftCardNeeds, type DraftCards, draftCards } from './draft-cards.slack.ts';
import { TONES, WHY_TEMPLATE } from './draft-text.ts';
import type { DraftWriter } from './draft-writer.port.ts';
import { enteredLongText, longTextFields, TOO_LONG_TO_EDIT } from './long-text.slack.ts';
import type { MailAddress } from './mail-content.ts';
import { markSent } from './mark-sent.op.ts';
import { resolveSend } from './resolve-send.op.ts';
import { reviewQueue } from './review-queue.op.ts';
import { isRoutine, routineOf } from './unusual.op.ts';

export interface ReviewSubjectNeeds extends DraftCardNeeds {
  readonly writer: DraftWriter;
}

const draftRef = z.object({ d: z.string().max(60), h: z.string().max(64), n: z.number().int().default(0) });
const carriedRef = draftRef.extend({ c: z.string().max(40) });
const readRef = (value: string): Required<DraftRef> => readCarried(draftRef, value);

/** The review queue: every mail is read, corrected and approved by a person before it leaves. */
export function reviewSubject(world: ReviewSubjectNeeds): Subject {
  const cards = draftCards(world);
  const { show, showNext, showApproved } = cards;
  const open = (view: DraftForm) => (request: ClickRequest) => openForm(world, cards, request, view);
  const submitted =
    (field: string, wanted: (request: SubmitRequest, ref: DraftRef) => DraftRequest, done: string) => async (request: SubmitRequest) => {
      const ref = readCarried(carriedRef, request.view.private_metadata);
      const problem = await decide(world, ref.d, wanted(request, ref), request.asker, `submit:${request.view.id}`);
      if (problem) return fieldErrors({ [field]: problem });
      await request.tell(ref.c, await showNext(ref.d, request.asker, done));
      return undefined;
    };

  return {
    parts: {
      review: {
        may: 'collect',
        usage: 'review [approved]',
        help: 'the mails that wait for your review, one after the other; or those approved and not sent yet',
        run: async ({ asker, answer, text }) => answer(text.trim() === 'approved' ? await showApproved(asker) : await showNext('', asker)),
      },
    },
    clicks: {
      'draft-review': { may: 'collect', run: async ({ asker, answer }) => answer(await showNext('', asker)) },
      'draft-approved': { may: 'collect', run: async ({ asker, answer }) => answer(await showApproved(asker)) },
      'draft-show': { may: 'collect', run: async ({ asker, answer, value }) => answer(await show(readRef(value).d, asker)) },
      'draft-next': { may: 'collect', run: async ({ asker, replace, value }) => replace(await showNext(readRef(value).d, asker)) },
      'draft-approve': { may: 'collect', run: (request) => approve(world, cards, request) },
      'draft-send': { may: 'collect', run: (request) => send(world, cards, request) },
      'draft-delivered': { may: 'collect', run: (request) => answer(world, cards, request, true) },
      'draft-undelivered': { may: 'collect', run: (request) => answer(world, cards, request, false) },
      'draft-redo': { may: 'collect', run: (request) => rewrite(world, cards, request) },
      'draft-edit': { may: 'collect', run: open(editForm) },
      'draft-later': { may: 'collect', run: open(laterForm) },
      'draft-reject': { may: 'collect', run: open(rejectForm) },
      'draft-sent': { may: 'collect', run: open(sentForm) },
      'draft-eml': { may: 'collect', run: (request) => sendEml(world, cards, request) },
      'draft-whole': {
        may: 'collect',
        run: async (request) => request.answer(await sendWhole(world, await cards.draftOf(readRef(request.value).d), request)),
      },
      'draft-batch': { may: 'collect', run: async (request) => openBatch(world, request) },
    },
    submits: {
      'draft-edit': { may: 'collect', run: (request) => saveEdit(world, cards, request) },
      'draft-later': {
        may: 'collect',
        run: submitted('until', (request) => ({ do: 'postpone', until: day(entered(request, 'until')) }), 'Out of the queue until then.'),
      },
      'draft-reject': {
        may: 'collect',
        run: submitted('reason', (request) => ({ do: 'reject', reason: entered(request, 'reason') }), 'Rejected.'),
      },
      'draft-sent': { may: 'collect', run: (request) => recordSent(world, cards, request) },
      'draft-batch': { may: 'collect', run: (request) => approveBatch(world, request) },
    },
  };
}

async function approve(world: ReviewSubjectNeeds, cards: DraftCards, { asker, replace, value }: ClickRequest): Promise<void> {
  const { d, h, n } = readRef(value);
  const mayApprove = mayDo(await world.team.read(), asker.user, 'approve');
  const request: DraftRequest = {
    do: 'approve',
    seen: h,
    mayApprove,
    at: world.clock.now().toString(),
    send: world.leaving.server,
  };
  const problem = await decide(world, d, request, asker, `click:approve:${d}:${h}:${n}:${asker.user}`);
  if (problem) return replace(await cards.show(d, asker, problem));
  world.leaving.wake();
  await replace(await cards.showNext(d, asker, await approvedNotice(world, d)));
}

async function send(world: ReviewSubjectNeeds, cards: DraftCards, { asker, replace, value }: ClickRequest): Promise<void> {
  const { d, h } = readRef(value);
  const problem = await decide(world, d, { do: 'queue', seen: h }, asker, `click:send:${d}:${h}`);
  world.leaving.wake();
  await replace(await cards.show(d, asker, problem ?? (await approvedNotice(world, d))));
}

async function rewrite(world: ReviewSubjectNeeds, cards: DraftCards, { asker, replace, value }: ClickRequest): Promise<void> {
  const [d = '', h = '', tone] = value.split('|');
  const stored = await cards.draftOf(d);
  const wished = TONES.find((each) => each === tone);
  if (!wished || stored.draft.hash.slice(0, SHORT_HASH) !== h) return replace(await cards.show(d, asker, REFUSED['draft-changed']));
  await replace(sentence(':hourglass: Writing it again…'));
  const written = await world.writer.rewrite(stored.draft, wished);
  if ('problem' in written) return replace(await cards.show(d, asker, written.problem));
  const request: DraftRequest = { do: 'rewrite', seen: stored.draft.hash, words: written.words, text: written.text };
  const problem = await decide(world, d, request, asker, `click:redo:${d}:${stored.facts}:${wished}:${asker.user}`);
  const { whyTemplate } = written.text;
  const done = whyTemplate ? WHY_TEMPLATE[whyTemplate] : `Written again, ${wished}.`;
  // The template again has the same words; what matters is why the model did not write.
  const same = whyTemplate !== null && problem === REFUSED['words-unchanged'];
  await replace(await cards.show(d, asker, same ? `${problem} ${done}` : (problem ?? done)));
}

async function sendEml(world: ReviewSubjectNeeds, cards: DraftCards, { asker, client, value, answer }: ClickRequest): Promise<void> {
  const { draft } = await cards.draftOf(readRef(value).d);
  const file = { name: `${draft.id}.eml`, bytes: await world.mailFile(draft), title: clip(draft.content.subject, 200) };
  await sendFile(client, asker.user, file);
  await answer(sentence('The mail is in our direct messages as an .eml file. This has *not* sent it.'));
}

async function recordSent(world: ReviewSubjectNeeds, cards: DraftCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const ref = readCarried(carriedRef, request.view.private_metadata);
  const result = await markSent(world, ref.d, ref.h, day(entered(request, 'on')), request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ on: REFUSED[result.refused] });
  await request.tell(ref.c, await cards.showNext(ref.d, request.asker, ':white_check_mark: Recorded as sent; the stage has advanced.'));
  return undefined;
}

function editForm({ draft }: StoredDraft, carried: object) {
  return modal('draft-edit', 'Edit the mail', 'Save', carried, [
    textField('subject', 'Subject', { initial: draft.content.subject, max: 200 }),
    ...bodyFields(draft),
  ]);
}

function laterForm(_: StoredDraft, carried: object, today: Day) {
  return modal('draft-later', 'Later', 'Remind me then', carried, [dayField('until', 'Back in the queue on', addDays(today, 1))]);
}

function rejectForm(_: StoredDraft, carried: object) {
  return modal('draft-reject', 'Reject the draft', 'Reject', carried, [
    textField('reason', 'Reason', { multiline: true, hint: 'Kept in the file. No other mail of this step is drafted today.' }),
  ]);
}

function sentForm({ draft }: StoredDraft, carried: object) {
  return modal('draft-sent', 'I sent it', 'Record', carried, [
    dayField('on', 'Sent on', draft.day, 'Recorded as a contact; the next step counts from it.'),
  ]);
}

async function decide(world: ReviewSubjectNeeds, id: string, request: DraftRequest, asker: Asker, command: string): Promise<string | null> {
  const result = await changeDraft(world, id, request, asker.user, command);
  return result.done ? null : REFUSED[result.refused];
}

/** Of a draft, told what the form carries and the customer's day. */
type DraftForm = (stored: StoredDraft, carried: object, today: Day) => ReturnType<typeof modal>;

/** Opens a form for the draft of a card; a card that is not current gets the current one instead. */
async function openForm(world: ReviewSubjectNeeds, cards: DraftCards, request: ClickRequest, view: DraftForm): Promise<void> {
  const ref = readRef(request.value);
  const stored = await cards.draftOf(ref.d);
  if (stored.draft.hash !== ref.h || !isOpen(stored.draft))
    return request.replace(await cards.show(stored.draft.id, request.asker, REFUSED['draft-changed']));
  const row = await world.ledger.account(stored.draft.account);
  const today = dayIn(zoneOf(row, request.settings), world.clock.now());
  await request.client.views.open({ trigger_id: request.triggerId, view: view(stored, { ...ref, c: request.asker.channel }, today) });
}

/** What became of a mail whose delivery was not known. */
async function answer(
  world: ReviewSubjectNeeds,
  cards: DraftCards,
  { asker, replace, value }: ClickRequest,
  delivered: boolean,
): Promise<void> {
  const { d, n } = readRef(value);
  const result = await resolveSend(world, d, delivered, asker.user, `click:answer:${d}:${n}`);
  const done = delivered ? ':white_check_mark: Recorded as sent; the stage has advanced.' : 'Recorded as not delivered.';
  await replace(await cards.show(d, asker, result.done ? done : REFUSED[result.refused]));
}

function bodyFields({ content }: Draft) {
  const hint = 'Your words are kept as they are. Bank details, links and recipients cannot be put in.';
  const fields = longTextFields('Text', content.body, hint);
  if (!fields) throw new Refused(TOO_LONG_TO_EDIT);
  return fields;
}

/** All that would leave, to be read by the reviewer alone: the words as text, and the mail with its attachments. */
async function sendWhole(world: ReviewSubjectNeeds, { draft }: StoredDraft, { asker, client }: ClickRequest): Promise<Reply> {
  const { content } = draft;
  const list = (of: readonly MailAddress[]) => of.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  const head = [`From: ${list([content.from])}`, `To: ${list(content.to)}`, ...(content.cc.length > 0 ? [`Cc: ${list(content.cc)}`] : [])];
  const files = content.attachments.map(({ name }) => name).join(', ') || 'none';
  const text = [...head, `Subject: ${content.subject}`, `Attachments: ${files}`, '', content.body].join('\n');
  const title = clip(content.subject, 200);
  await sendFile(client, asker.user, { name: `email-${draft.id}.txt`, bytes: Buffer.from(text), title });
  await sendFile(client, asker.user, { name: `email-${draft.id}.eml`, bytes: await world.mailFile(draft), title });
  return sentence(
    `The whole email “${plain(title)}” is in your messages with me: as text, and as an .eml file with its attachments. The customer was sent nothing.`,
  );
}

async function saveEdit(world: ReviewSubjectNeeds, cards: DraftCards, request: SubmitRequest) {
  const ref = readCarried(carriedRef, request.view.private_metadata);
  const { draft } = await cards.draftOf(ref.d);
  const checked = await world.writer.checkEdit(draft, { subject: entered(request, 'subject'), body: enteredLongText(request) });
  if (checked.refused.length > 0) return fieldErrors({ body: checked.refused.join(' ').slice(0, 500) });
  const change: DraftRequest = { do: 'edit', seen: ref.h, words: checked.words, notices: checked.pointedOut };
  const result = await changeDraft(world, ref.d, change, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ body: REFUSED[result.refused] });
  await request.tell(ref.c, await cards.show(ref.d, request.asker, ':white_check_mark: Saved. Your words are kept as they are.'));
  return undefined;
}

/** Its ids and hashes fit a form (limits.ts, privateMetadata), its lines the form’s blocks. */
const MOST_IN_BATCH = 40;

async function openBatch(world: ReviewSubjectNeeds, request: ClickRequest): Promise<void> {
  const { batch } = await reviewQueue(world, request.asker.user);
  const listed = await routineOf(world, batch, MOST_IN_BATCH);
  if (listed.length === 0)
    return request.answer(
      sentence('Nothing can be approved as a list now: each of these has something to look at. Review them one by one.'),
    );
  const names = new Map((await world.ledger.accounts()).map((account) => [account.id, account.name]));
  const carried = { c: request.asker.channel, b: listed.map(({ draft }) => [draft.id, draft.hash.slice(0, SHORT_HASH)]) };
  const view = modal('draft-batch', 'Approve as listed', `Approve ${listed.length}`, carried, [
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: 'Unedited texts of the note and the first reminder, with nothing unusual about them. Each is approved as it stands now; one that changes meanwhile is left out.',
      },
    },
    ...batchList(listed, names),
  ]);
  await request.client.views.open({ trigger_id: request.triggerId, view });
}

const batchRef = z.object({ c: z.string(), b: z.array(z.tuple([z.string(), z.string()])) });

/** Closes the modal at once; each draft is approved by itself, bound to its own hash. */
async function approveBatch(world: ReviewSubjectNeeds, request: SubmitRequest) {
  const { c, b } = readCarried(batchRef, request.view.private_metadata);
  let approved = 0;
  for (const [id, hash] of b) {
    const stored = await world.drafts.load(id);
    if (!stored || !mayBatch(stored.draft) || !stored.draft.hash.startsWith(hash) || !(await isRoutine(world, stored.draft))) continue;
    const change: DraftRequest = {
      do: 'approve',
      seen: stored.draft.hash,
      mayApprove: false,
      at: world.clock.now().toString(),
      send: world.leaving.server,
    };
    const result = await changeDraft(world, id, change, request.asker.user, `submit:${request.view.id}:${id}`);
    if (result.done) approved += 1;
  }
  const left = b.length - approved;
  const rest = left > 0 ? ` ${counted(left, 'draft')} had changed or was decided meanwhile and is left as it is.` : '';
  world.leaving.wake();
  await request.tell(c, sentence(`:white_check_mark: ${counted(approved, 'draft')} approved.${rest}`));
  return undefined;
}
