import { z } from 'zod';
import { day, dayIn, zoneOf } from '../kernel/day.ts';
import { changeDraft } from '../mails/change-draft.op.ts';
import type { Draft } from '../mails/draft.ts';
import { enteredLongText } from '../mails/long-text.slack.ts';
import { readMailFile } from '../mails/mail-files.op.ts';
import { anyCarried, readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { entered, fieldErrors } from '../slack/modals.ts';
import { sendFile } from '../slack/private-file.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { decidedWhere } from '../slack/shared-channels.ts';
import type { StoredCase } from './case.port.ts';
import type { CaseSubjectNeeds } from './case.slack.ts';
import { barredAbout } from './case-about.view.ts';
import type { CaseCards } from './case-cards.slack.ts';
import { readReasons } from './case-forms.slack.ts';
import { nobodyWords } from './case-words.view.ts';
import { editCase } from './edit-case.op.ts';
import type { LetterPart } from './letter.ts';
import { type LetterRef, SHORT } from './letter.view.ts';
import {
  amountOf,
  type Given,
  letterEditForm,
  letterForm,
  letterPostedForm,
  letterReviewForm,
  NOTHING_GIVEN,
  readLetterForm,
  readPostedForm,
} from './letter-form.slack.ts';
import { showLetter } from './letter-messages.slack.ts';
import { letterStand, whyNotAsk, whyNotDeadline } from './letter-now.op.ts';
import { postLetter } from './post-letter.op.ts';
import { readGround } from './read-case.op.ts';
import { formalRemedies } from './remedies.view.ts';
import { requestDecision } from './request-decision.op.ts';
import { type What, whatOf } from './request-decision.slack.ts';
import { openQuestions } from './six-questions.ts';
import { checkLetterEdit, editLetter, writeLetter } from './write-letter.op.ts';

/** What the form is about: account, selling entity, currency, and the channel it was opened in. */
const aboutRef = z.object({ a: z.string().max(100), e: z.string().max(60), u: z.string().max(3), c: z.string().max(40) });
export type AboutRef = z.infer<typeof aboutRef>;
const letterRef = z.object({ c: z.string().max(60), h: z.string().max(64) });
const carriedRef = letterRef.extend({ p: z.string().max(40), r: z.number().int() });

/** Demand letters: asked for, shown in the thread of their decision, edited, reviewed by counsel, marked as posted. */
export function letterSubject(world: CaseSubjectNeeds, cards: CaseCards): Subject {
  return {
    clicks: {
      'account-letter': { may: 'collect', run: (request) => openAsk(world, request) },
      'letter-edit': { may: 'collect', run: (request) => open(world, cards, request, 'open', letterEditForm) },
      'letter-review': { may: 'read', run: (request) => openReview(world, cards, request) },
      'letter-posted': { may: 'collect', run: (request) => openPosted(world, cards, request) },
      'letter-pdf': { may: 'collect', run: (request) => sendPdf(world, cards, request) },
    },
    submits: {
      'letter-ask': { may: 'collect', run: (request) => ask(world, cards, request) },
      'letter-edit': { may: 'collect', run: (request) => edit(world, cards, request) },
      'letter-review': { may: 'read', run: (request) => review(world, cards, request) },
      'letter-posted': { may: 'collect', run: (request) => recordPosted(world, cards, request) },
    },
  };
}

async function openAsk(world: CaseSubjectNeeds, request: ClickRequest): Promise<void> {
  const value = readCarried(z.looseObject({ a: z.string().max(100), e: z.string().max(60).optional() }), request.value);
  const what = await whatOf(world, value.a);
  const { entity, currency } = await askable(world, value.a, what, value.e ?? '');
  const ref = { a: value.a, e: entity, u: currency, c: request.asker.channel };
  await request.client.views.open({ trigger_id: request.triggerId, view: await letterView(world, ref, NOTHING_GIVEN) });
}

async function openReview(world: CaseSubjectNeeds, cards: CaseCards, request: ClickRequest): Promise<void> {
  const { letter } = await current(world, cards, request.value);
  if (letter.counsel !== request.asker.user) throw new Refused(REFUSED['counsel-is-another']);
  await open(world, cards, request, 'open', (_, __, carried) => letterReviewForm(carried));
}

async function openPosted(world: CaseSubjectNeeds, cards: CaseCards, request: ClickRequest): Promise<void> {
  const { draft } = await current(world, cards, request.value);
  const on = await today(world, draft);
  await open(world, cards, request, 'approved', (_, letter, carried) => letterPostedForm(letter, on, carried));
}

async function sendPdf(world: CaseSubjectNeeds, cards: CaseCards, request: ClickRequest): Promise<void> {
  const { draft } = await current(world, cards, request.value);
  const [file] = draft.content.attachments;
  if (!file) throw new Refused(REFUSED['no-such-draft']);
  const bytes = await readMailFile(world, file.sha256);
  await sendFile(request.client, request.asker.user, { name: file.name, bytes, title: draft.content.subject });
  await request.answer(sentence('The PDF is in our direct messages. This has *not* sent it to anybody else.'));
}

async function review(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const { c, h } = readCarried(carriedRef, request.view.private_metadata);
  const { draft } = await current(world, cards, JSON.stringify({ c, h } satisfies LetterRef));
  const change = { do: 'review-letter', seen: h, words: entered(request, 'words'), at: world.clock.now().toString() } as const;
  const result = await changeDraft(world, draft.id, change, request.asker.user, `submit:${request.view.id}`);
  return result.done ? undefined : fieldErrors({ words: REFUSED[result.refused] });
}

async function recordPosted(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const { c, h, p } = readCarried(carriedRef, request.view.private_metadata);
  const { letter } = await current(world, cards, JSON.stringify({ c, h: h.slice(0, SHORT) }));
  const { posted, enclosed } = readPostedForm(request);
  if (letter.preAction && !enclosed)
    return fieldErrors({ enclosed: 'The Pre-Action Protocol asks for both. Without them the letter does not count.' });
  const result = await postLetter(world, c, posted, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [POSTED_FIELD[result.refused] ?? 'on']: POSTED[result.refused] ?? REFUSED[result.refused] });
  world.wake();
  request.later(() => request.tell(p, sentence(':white_check_mark: Recorded as posted; the stage has advanced.')));
  return undefined;
}

async function current(world: CaseSubjectNeeds, cards: CaseCards, value: string) {
  const ref = letterRef.safeParse(anyCarried(value));
  if (!ref.success) throw new Refused(REFUSED['no-such-case']);
  const stored = await cards.stored(ref.data.c);
  const draft = (await world.drafts.load(stored.case.about.letter ?? ''))?.draft;
  if (!draft?.letter) throw new Refused(REFUSED['no-such-draft']);
  return { ref: ref.data, stored, draft, letter: draft.letter };
}

async function today(world: CaseSubjectNeeds, draft: Draft) {
  const [row, { zone }] = await Promise.all([world.ledger.account(draft.account), world.settings.read()]);
  return dayIn(zoneOf(row, { zone }), world.clock.now());
}

/** Opens a form for the version that is shown; an older one is refused. */
async function open(
  world: CaseSubjectNeeds,
  cards: CaseCards,
  request: ClickRequest,
  state: 'open' | 'approved',
  view: (draft: Draft, letter: LetterPart, carried: object, stored: StoredCase) => ReturnType<typeof letterReviewForm>,
): Promise<void> {
  const { ref, stored, draft, letter } = await current(world, cards, request.value);
  if (stored.case.state !== state) throw new Refused(REFUSED[state === 'open' ? 'case-closed' : 'letter-not-approved']);
  if (!draft.hash.startsWith(ref.h)) throw new Refused(REFUSED['case-changed']);
  const carried = { c: stored.case.id, h: draft.hash, p: request.asker.channel, r: stored.case.revision };
  await request.client.views.open({ trigger_id: request.triggerId, view: view(draft, letter, carried, stored) });
}

const POSTED: Readonly<Record<string, string>> = {
  'case-basis-changed':
    'What was approved is not true any more, for example after a payment. Nothing was recorded, and the approval is void. Do not post the letter; ask anew if it is still needed.',
};
const POSTED_FIELD: Readonly<Record<string, string>> = { 'tracking-missing': 'tracking' };

/** What a letter can be asked for now, of the entity that was named; where it can be for nothing, what is owed most, whose reason is then said. */
async function askable(world: CaseSubjectNeeds, account: string, what: readonly What[], entity: string): Promise<What> {
  const named = what.filter((each) => each.entity === entity);
  const own = named.length > 0 ? named : what;
  for (const each of own) {
    const stand = await letterStand(world, { account, ...each });
    if ('planned' in stand && whyNotAsk(stand) === null) return each;
  }
  return own[0]!;
}

/** The form, or why no letter can be asked for, said at once. */
export async function letterView(world: CaseSubjectNeeds, ref: AboutRef, given: Given) {
  if (!(await world.settings.read()).escalationsChannel) throw new Refused(REFUSED['escalations-channel-missing']);
  const about = { account: ref.a, entity: ref.e, currency: ref.u };
  const [stand, ground] = await Promise.all([letterStand(world, about), readGround(world, about)]);
  if ('stop' in stand) throw new Refused(stand.stop, formalRemedies(stand.stop, ref.a));
  const not = whyNotAsk(stand);
  if (not) throw new Refused(not);
  // Six answers are not asked of anybody for nothing.
  if (await decidedNow(world, about)) throw new Refused(REFUSED['case-open-already']);
  return letterForm(stand, ref.u, ground, given, ref);
}

/** Another letter of the selling entity waits for its decision, or to leave. */
async function decidedNow({ cases }: CaseSubjectNeeds, { account, entity }: { account: string; entity: string }): Promise<boolean> {
  const all = [...(await cases.open(account)), ...(await cases.approved())];
  return all.some(({ case: of }) => of.kind === 'demand-letter' && of.account === account && of.entity === entity);
}

/** What is wrong is said in the form; the letter is written and drawn behind it. */
async function ask(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest) {
  const { a: account, e: entity, u: currency, c } = readCarried(aboutRef, request.view.private_metadata);
  const [given, filled] = [readReasons(request), readLetterForm(request)];
  const about = { account, entity, currency };
  const [stand, ground] = await Promise.all([letterStand(world, about), readGround(world, about)]);
  if ('stop' in stand) return fieldErrors({ reason: stand.stop });
  const not = whyNotAsk(stand);
  if (not) return fieldErrors({ reason: not });
  const early = whyNotDeadline(stand, filled.deadline);
  if (early) return fieldErrors({ deadline: early });
  if (given.reason === '') return fieldErrors({ reason: REFUSED['case-reason-missing'] });
  const unanswered = openQuestions(ground.answers, given.answers);
  if (unanswered.length > 0)
    return fieldErrors(Object.fromEntries(unanswered.map((each) => [each, 'Answer this first: nobody can decide without it.'])));
  const by = request.asker.user;
  const command = `submit:${request.view.id}`;
  request.later(async () => {
    const written = await writeLetter(world, { ...about, ...filled }, letterId(world, command), by);
    if (!written.done) throw new Refused(`${written.says} Nothing was asked.`);
    const amount = amountOf(stand, currency);
    const asked = {
      kind: 'demand-letter',
      ...about,
      amount,
      about: { letter: written.draft.id, ...barredAbout(stand.barred) },
      ...given,
    } as const;
    const result = await requestDecision(world, asked, by, command);
    if (!result.done) {
      const changed = ['Nobody was asked to decide about it.'];
      await changeDraft(world, written.draft.id, { do: 'void', changed }, by, `void:${written.draft.id}:not-asked`);
      throw new Refused(`${refusalOf(result)}${NOTHING.test(refusalOf(result)) ? '' : ' Nothing was asked.'}`);
    }
    await cards.post(result.case.id);
    const { escalationsChannel } = await world.settings.read();
    const where = `The letter is in <#${escalationsChannel}>, in the thread of its card, and you will be told how it is decided.`;
    await request.tell(c, sentence(await decidedWhere(request.client, escalationsChannel, where)));
  });
  return undefined;
}

/** Some refusals say so themselves. */
const NOTHING = /Nothing (new )?was asked/;

const letterId = (world: CaseSubjectNeeds, command: string) => `l${world.fingerprint(command).slice(0, 15)}`;

function refusalOf(result: Extract<Awaited<ReturnType<typeof requestDecision>>, { done: false }>): string {
  if (result.refused === 'nobody-eligible') return nobodyWords(result);
  return result.refused === 'kind-refuses' ? result.says : REFUSED[result.refused];
}

/** The words are checked in the form; a new version of the letter is a new revision of the case, so that votes for the one before count no more. */
async function edit(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest) {
  const { c, h, r, p } = readCarried(carriedRef, request.view.private_metadata);
  const { case: of } = await cards.stored(c);
  const draft = (await world.drafts.load(of.about.letter ?? ''))?.draft;
  if (of.state !== 'open') return fieldErrors({ body: REFUSED['case-closed'] });
  if (of.revision !== r || draft?.hash !== h || !draft.letter) return fieldErrors({ body: REFUSED['case-changed'] });
  const wanted = { subject: entered(request, 'subject'), body: enteredLongText(request), deadline: day(entered(request, 'deadline')) };
  const checked = await checkLetterEdit(world, draft, draft.letter, wanted);
  if ('field' in checked) return fieldErrors({ [checked.field]: checked.says.slice(0, 500) });
  const by = request.asker.user;
  const command = `submit:${request.view.id}`;
  request.later(async () => {
    const edited = await editLetter(world, draft, checked, by, command);
    if (!edited.done) throw new Refused(REFUSED[edited.refused]);
    const { amount, reason, reasonCodes, answers } = of;
    const result = await editCase(world, c, { amount, reason, reasonCodes, answers }, r, by, command);
    if (!result.done) throw new Refused(result.refused === 'nobody-eligible' ? nobodyWords(result) : REFUSED[result.refused]);
    await cards.redraw(c);
    await showLetter(world, c);
    await request.tell(p, sentence(':white_check_mark: Saved as a new version; votes for the one before do not count.'));
  });
  return undefined;
}
