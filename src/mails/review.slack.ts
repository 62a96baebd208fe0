import { readCarried } from '../slack/carried.ts';
import type { ClickRequest, Subject, SubmitAnswer, SubmitRequest } from '../slack/listeners.ts';
import { sendFile } from '../slack/private-file.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { clip, plain } from '../slack/text.ts';
import { mayDo } from '../team/team.ts';
import { type Approved, approveShown } from './approve-shown.op.ts';
import { changeDraft } from './change-draft.op.ts';
import { checkAddresses } from './check-addresses.op.ts';
import type { StoredDraft } from './draft.port.ts';
import type { DraftRequest } from './draft.ts';
import { SHORT_HASH } from './draft-card.view.ts';
import { approvedNotice, type DraftCards, draftCards, type ReviewNeeds } from './draft-cards.slack.ts';
import { TONES, WHY_TEMPLATE } from './draft-text.ts';
import type { MailAddress } from './mail-content.ts';
import { resolveSend } from './resolve-send.op.ts';
import { FIRST_SITTING, type Outcome, type Sitting } from './review.view.ts';
import { oneDecision, wholeOf } from './review-counts.ts';
import { reviewCountsReply } from './review-counts.view.ts';
import { reviewForms } from './review-forms.slack.ts';
import { reviewLists } from './review-list.slack.ts';
import { carriedOf, layOn, readRef, redraw, sittingOf, sittingShape } from './review-place.slack.ts';

const reviewRef = sittingShape.required({ d: true, h: true });
/** Ids that a form can carry. */
const MOST_SKIPPED = 60;

/** The review: every email is read, corrected and approved by a person before it leaves, in one form that stays where it is. */
export function reviewSubject(world: ReviewNeeds): Subject {
  const cards = draftCards(world);
  const forms = reviewForms(world, cards);
  const lists = reviewLists(world, cards);
  const first = (user: string) => cards.showNext({ user, sitting: FIRST_SITTING, outcome: null });

  return {
    parts: {
      review: {
        may: 'collect',
        usage: 'review [approved | figures]',
        help: 'the emails that wait for your review, one after the other; or those approved and not sent yet; or how long reviewing takes you',
        run: async (request) => {
          const { asker, answer, text } = request;
          if (text.trim() === 'approved') return answer(await cards.showApproved(asker.user));
          if (text.trim() === 'figures') return answer(await figures(world, asker.user));
          await layOn(request, first(asker.user));
        },
      },
    },
    clicks: {
      ...forms.clicks,
      ...lists.clicks,
      'draft-review': { may: 'collect', run: (request) => layOn(request, first(request.asker.user)) },
      'draft-approved': {
        may: 'collect',
        async run({ asker, answer, replace, body }) {
          const list = await cards.showApproved(asker.user);
          // In the place of the review: three views lie on top of each other at most.
          await (body.view?.type === 'modal' ? replace(list) : answer(list));
        },
      },
      'draft-show': { may: 'collect', run: (request) => showOne(cards, request) },
      'draft-next': { may: 'collect', run: (request) => skip(cards, request) },
      'draft-address': { may: 'collect', run: (request) => addressIsRight(world, cards, request) },
      'review-undo': { may: 'collect', run: (request) => takeBack(world, cards, request) },
      'draft-approve': { may: 'collect', run: (request) => approveAgain(world, cards, request) },
      'draft-send': { may: 'collect', run: (request) => send(world, cards, request) },
      'draft-delivered': { may: 'collect', run: (request) => answer(world, cards, request, true) },
      'draft-undelivered': { may: 'collect', run: (request) => answer(world, cards, request, false) },
      'draft-redo': { may: 'collect', run: (request) => rewrite(world, cards, request) },
      'draft-eml': { may: 'collect', run: (request) => sendEml(world, cards, request) },
      'draft-whole': {
        may: 'collect',
        run: async (request) => request.answer(await sendWhole(world, await cards.draftOf(readRef(request.value).d), request)),
      },
    },
    submits: { ...forms.submits, ...lists.submits, review: { may: 'collect', run: (request) => approve(world, cards, request) } },
  };
}

/** Its buttons name the draft and what was known of it; what is shown is the draft as it is now. */
const showOne = (cards: DraftCards, request: ClickRequest) => {
  const { ref, sitting } = carriedOf(request);
  const view = cards.show(ref.d, { user: request.asker.user, sitting, outcome: null });
  // "Look again" stands in the email itself.
  return request.body.view?.callback_id === 'review' ? redraw(request, view) : layOn(request, view);
};

/** It goes to the end of the queue. */
function skip(cards: DraftCards, request: ClickRequest): Promise<void> {
  const { ref, sitting } = carriedOf(request);
  const skipped = [...sitting.skipped.filter((id) => id !== ref.d), ref.d].slice(-MOST_SKIPPED);
  return redraw(request, cards.showNext({ user: request.asker.user, sitting: { ...sitting, skipped }, outcome: null }));
}

/** The form's own button: approves what was drawn, when it was drawn long enough ago, and shows the next with what became of this one above it. */
async function approve(world: ReviewNeeds, cards: DraftCards, { view, asker: { user } }: SubmitRequest): Promise<SubmitAnswer> {
  const { d, h, n, t, w, ...rest } = readCarried(reviewRef, view.private_metadata);
  const shown = { id: d, hash: h, facts: n, at: t, least: w };
  const command = `review:${d}:${h}:${n}:${user}`;
  const result = await approveShown(world, { shown, by: user, pressed: Date.now(), send: world.leaving.server, command });
  world.leaving.wake();
  const before = sittingOf(rest);
  if (!result.done) return { response_action: 'update', view: await notApproved(cards, result, shown, { user, sitting: before }) };
  const edited = result.draft.editors.length > 0;
  if (!result.repeated) await world.reviewCounts.add(user, oneDecision(Date.now() - t, edited));
  const sitting = result.repeated ? before : { ...before, approved: before.approved + 1 };
  const outcome = { says: await approvedNotice(world, result.draft), undo: { d, h } };
  return { response_action: 'update', view: await cards.showNext({ user, sitting, outcome }) };
}

/** One's own figures; whoever manages is told the whole besides. */
async function figures(world: ReviewNeeds, user: string): Promise<Reply> {
  const [all, team] = await Promise.all([world.reviewCounts.all(), world.team.read()]);
  const own = all.get(user) ?? { decisions: 0, seconds: 0, edited: 0 };
  return mayDo(team, user, 'manage') ? reviewCountsReply(own, wholeOf(all.values())) : reviewCountsReply(own);
}

/** The email as it is now, and why it was not approved. */
function notApproved(
  cards: DraftCards,
  result: Extract<Approved, { done: false }>,
  shown: { readonly id: string; readonly hash: string; readonly facts: number; readonly at: number },
  who: { readonly user: string; readonly sitting: Sitting },
) {
  const changed = 'why' in result;
  const why = changed ? `:warning: Not approved. It changed while you were reading${result.why ? `: ${plain(result.why)}` : '.'}` : '';
  const outcome: Outcome = { says: changed ? why : `:warning: ${REFUSED[result.refused]}` };
  return cards.show(shown.id, { ...who, outcome, since: shown });
}

/** Records that these very addresses belong to the customer: they are not pointed out again. */
async function addressIsRight(world: ReviewNeeds, cards: DraftCards, request: ClickRequest): Promise<void> {
  const { ref, sitting } = carriedOf(request);
  const { user } = request.asker;
  const { draft } = await cards.draftOf(ref.d);
  const checked = await checkAddresses(world, draft, user);
  const says =
    checked.length > 0
      ? `:white_check_mark: Checked: ${plain(checked.join(', '))}.`
      : 'Nothing was recorded: it is no contact of this customer.';
  await redraw(request, cards.show(ref.d, { user, sitting, outcome: { says } }));
}

async function takeBack(world: ReviewNeeds, cards: DraftCards, request: ClickRequest): Promise<void> {
  const { ref, sitting } = carriedOf(request);
  const { user } = request.asker;
  const stored = await cards.draftOf(ref.d);
  const result = await changeDraft(world, ref.d, { do: 'take-back', seen: ref.h }, user, `undo:${ref.d}:${ref.h}:${stored.facts}:${user}`);
  world.leaving.wake();
  const says = result.done ? ':leftwards_arrow_with_hook: Taken back. Nothing was sent.' : `:warning: ${REFUSED[result.refused]}`;
  const left = { ...sitting, approved: Math.max(0, sitting.approved - (result.done ? 1 : 0)) };
  await redraw(request, cards.show(ref.d, { user, sitting: left, outcome: { says } }));
}

/** One that could not be sent gets another try; anything that waits for its review is shown first. */
async function approveAgain(world: ReviewNeeds, cards: DraftCards, request: ClickRequest): Promise<void> {
  const { ref, sitting } = carriedOf(request);
  const { user } = request.asker;
  const drawing = { user, sitting, outcome: null };
  const { draft } = await cards.draftOf(ref.d);
  if (draft.state !== 'failed') return redraw(request, cards.show(ref.d, drawing));
  const mayApprove = mayDo(await world.team.read(), user, 'approve');
  const at = world.clock.now().toString();
  const asked: DraftRequest = { do: 'approve', seen: ref.h, mayApprove, at, send: world.leaving.server };
  const result = await changeDraft(world, ref.d, asked, user, `click:approve:${ref.d}:${ref.h}:${ref.n}:${user}`);
  world.leaving.wake();
  const says = result.done ? await approvedNotice(world, result.draft) : REFUSED[result.refused];
  await redraw(request, cards.show(ref.d, { ...drawing, outcome: { says } }));
}

async function send(world: ReviewNeeds, cards: DraftCards, request: ClickRequest): Promise<void> {
  const { ref, sitting } = carriedOf(request);
  const { user } = request.asker;
  const result = await changeDraft(world, ref.d, { do: 'queue', seen: ref.h }, user, `click:send:${ref.d}:${ref.h}`);
  world.leaving.wake();
  const says = result.done ? await approvedNotice(world, result.draft) : REFUSED[result.refused];
  await redraw(request, cards.show(ref.d, { user, sitting, outcome: { says } }));
}

async function rewrite(world: ReviewNeeds, cards: DraftCards, request: ClickRequest): Promise<void> {
  const [d = '', h = '', tone] = request.value.split('|');
  const { user } = request.asker;
  const { sitting } = carriedOf({ ...request, value: JSON.stringify({ d, h }) });
  const stored = await cards.draftOf(d);
  const shown = (says: string) => redraw(request, cards.show(d, { user, sitting, outcome: { says } }));
  const wished = TONES.find((each) => each === tone);
  if (!wished || stored.draft.hash.slice(0, SHORT_HASH) !== h) return shown(REFUSED['draft-changed']);
  await request.replace(sentence(':hourglass: Writing it again…'));
  const written = await world.writer.rewrite(stored.draft, wished);
  if ('problem' in written) return shown(written.problem);
  const asked: DraftRequest = { do: 'rewrite', seen: stored.draft.hash, words: written.words, text: written.text };
  const result = await changeDraft(world, d, asked, user, `click:redo:${d}:${stored.facts}:${wished}:${user}`);
  const problem = result.done ? null : REFUSED[result.refused];
  const { whyTemplate } = written.text;
  const done = whyTemplate ? WHY_TEMPLATE[whyTemplate] : `Written again, ${wished}.`;
  // The template again has the same words; what matters is why the model did not write.
  const same = whyTemplate !== null && problem === REFUSED['words-unchanged'];
  await shown(same ? `${problem} ${done}` : (problem ?? done));
}

async function sendEml(world: ReviewNeeds, cards: DraftCards, { asker, client, value, answer }: ClickRequest): Promise<void> {
  const { draft } = await cards.draftOf(readRef(value).d);
  const file = { name: `${draft.id}.eml`, bytes: await world.mailFile(draft), title: clip(draft.content.subject, 200) };
  await sendFile(client, asker.user, file);
  await answer(sentence('The email is in our direct messages as an .eml file. This has *not* sent it.'));
}

/** What became of a mail whose delivery was not known. */
async function answer(world: ReviewNeeds, cards: DraftCards, request: ClickRequest, delivered: boolean): Promise<void> {
  const { ref, sitting } = carriedOf(request);
  const { user } = request.asker;
  const result = await resolveSend(world, ref.d, delivered, user, `click:answer:${ref.d}:${ref.n}`);
  const done = delivered ? ':white_check_mark: Marked as sent. The next step is timed from that date.' : 'Recorded as not delivered.';
  const says = result.done ? done : REFUSED[result.refused];
  await redraw(request, cards.show(ref.d, { user, sitting, outcome: { says } }));
}

/** All that would leave, to be read by the reviewer alone: the words as text, and the mail with its attachments. */
async function sendWhole(world: ReviewNeeds, { draft }: StoredDraft, { asker, client }: ClickRequest): Promise<Reply> {
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
