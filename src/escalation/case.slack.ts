import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { dayIn } from '../kernel/day.ts';
import { anyCarried } from '../slack/carried.ts';
import { type Asker, type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { money } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { mayDo } from '../team/team.ts';
import type { CaseKind } from './approval-table.ts';
import type { Case } from './case.ts';
import type { CaseRef } from './case-card.view.ts';
import type { CaseCardNeeds, CaseCards } from './case-cards.slack.ts';
import { caseFields, readCaseFields, readReasons, reasonFields } from './case-forms.slack.ts';
import { caseListReply } from './case-list.view.ts';
import { whoMayDecide } from './case-people.ts';
import { nobodyWords } from './case-words.view.ts';
import { changeCase } from './change-case.op.ts';
import { editCase } from './edit-case.op.ts';
import { readGround } from './read-case.op.ts';

import { vote } from './vote.op.ts';

export interface CaseSubjectNeeds extends SlackWorld, CaseCardNeeds {
  /** Carries out what is approved, without being waited for. */
  readonly wake: () => void;
  /** Kinds that ask for more than the general form does. */
  readonly forms?: Readonly<Partial<Record<CaseKind, CaseForm>>>;
}

/** `about`: account, selling entity, currency, and the channel where it was opened. */
export type CaseForm = (
  about: { readonly a: string; readonly e: string; readonly u: string; readonly c: string },
  given: Pick<Case, 'reason' | 'reasonCodes' | 'answers'>,
) => Promise<ModalView>;

const caseRef = z.object({ c: z.string().max(60), r: z.number().int() });
/** `p` channel where the form was opened. */
const carriedRef = caseRef.extend({ p: z.string().max(40) });
type CarriedRef = z.infer<typeof carriedRef>;

/** A button or form that Slack did not get from this program is refused like an old one. */
function readRef<Ref>(schema: z.ZodType<Ref>, value: string): Ref {
  const read = schema.safeParse(anyCarried(value));
  if (!read.success) throw new Refused(REFUSED['no-such-case']);
  return read.data;
}

/** Deciding: the buttons and forms of a case's card, and the lists of what waits. */
export function caseSubject(world: CaseSubjectNeeds, cards: CaseCards): Subject {
  const open = (view: CaseView) => (request: ClickRequest) => openView(world, cards, request, view);

  return {
    parts: {
      decide: {
        may: 'collect',
        usage: 'decide',
        help: 'what waits for your decision, and the decisions you have asked for',
        run: async ({ asker, answer }) => answer(await waitingFor(world, asker)),
      },
    },
    clicks: {
      'case-list': { may: 'collect', run: async ({ asker, answer }) => answer(await waitingFor(world, asker)) },
      'case-show': {
        may: 'collect',
        run: async ({ value, answer }) => answer(await cards.draw(await cards.stored(readRef(caseRef, value).c))),
      },
      'case-approve': {
        may: 'collect',
        commits: true,
        run: (request) => approve(world, cards, request),
      },
      'case-reject': {
        may: 'collect',
        run: open(words('case-reject', 'Reject', 'Reject', 'One rejection decides. The reason is shown and kept.')),
      },
      'case-withdraw': {
        may: 'collect',
        run: open(words('case-withdraw', 'Withdraw the request', 'Withdraw', 'Shown in the thread and kept.')),
      },
      'case-edit': { may: 'collect', run: open((ref, carried) => editForm(world, cards, ref, carried)) },
    },
    submits: {
      'case-reject': { may: 'collect', run: (request) => reject(world, cards, request) },
      'case-withdraw': { may: 'collect', run: (request) => withdraw(world, cards, request) },
      'case-edit': { may: 'collect', run: (request) => saveEdit(world, cards, request) },
    },
  };
}

async function approve(world: CaseSubjectNeeds, cards: CaseCards, request: ClickRequest): Promise<void> {
  const { c, r } = readRef(caseRef, request.value);
  const result = await vote(world, c, { vote: 'approve', reason: '', seen: r }, request.asker.user);
  await request.committed();
  world.wake();
  await shown(cards, request, c, result.done ? null : REFUSED[result.refused]);
}

async function reject(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const ref = readRef(carriedRef, request.view.private_metadata);
  const cast = { vote: 'reject', reason: entered(request, 'reason'), seen: ref.r } as const;
  const result = await vote(world, ref.c, cast, request.asker.user);
  if (!result.done) return fieldErrors({ reason: REFUSED[result.refused] });
  return redrawn(world, cards, request, ref, ':x: Rejected.');
}

async function withdraw(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const ref = readRef(carriedRef, request.view.private_metadata);
  const mayManage = mayDo(await world.team.read(), request.asker.user, 'approve');
  const change = { do: 'withdraw', reason: entered(request, 'reason'), mayManage } as const;
  const result = await changeCase(world, ref.c, change, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ reason: REFUSED[result.refused] });
  return redrawn(world, cards, request, ref, 'Withdrawn.');
}

async function saveEdit(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const ref = readRef(carriedRef, request.view.private_metadata);
  const { case: of } = await cards.stored(ref.c);
  const filled = world.kinds[of.kind]?.amountFixed ? { amount: of.amount, ...readReasons(request) } : readCaseFields(request, of.currency);
  if ('errors' in filled) return fieldErrors(filled.errors);
  const result = await editCase(world, ref.c, filled, ref.r, request.asker.user, `submit:${request.view.id}`);
  if (result.done)
    return redrawn(world, cards, request, ref, ':white_check_mark: Saved as a new version; votes for the one before do not count.');
  // Names are shown in a modal's text only, not under a field.
  if (result.refused === 'nobody-eligible') throw new Refused(nobodyWords(result));
  return fieldErrors({ reason: REFUSED[result.refused] });
}

/** The posted card is redrawn for everybody; whoever clicked a copy of it sees the same there. */
async function shown(cards: CaseCards, request: ClickRequest, id: string, problem: string | null): Promise<void> {
  await cards.redraw(id);
  const stored = await cards.stored(id);
  const onCard = request.body.container.message_ts === stored.place?.ts && request.asker.channel === stored.place?.channel;
  if (!onCard) return request.replace(await cards.draw(stored, problem ?? undefined));
  if (problem) await request.answer(sentence(problem));
}

function redrawn(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest, { c, p }: CarriedRef, done: string) {
  world.wake();
  request.later(async () => {
    await cards.redraw(c);
    const stored = await cards.stored(c);
    if (p !== stored.place?.channel) await request.tell(p, await cards.draw(stored, done));
  });
  return undefined;
}

type CaseView = (ref: CaseRef, carried: CarriedRef) => Promise<ModalView>;

/** Opens a form for the version that is shown, while it can still be decided. */
async function openView(world: CaseSubjectNeeds, cards: CaseCards, request: ClickRequest, view: CaseView): Promise<void> {
  const ref = readRef(caseRef, request.value);
  const { case: of } = await cards.stored(ref.c);
  const late = Temporal.Instant.compare(world.clock.now(), Temporal.Instant.from(of.expiresAt)) >= 0;
  if (of.state !== 'open') return shown(cards, request, ref.c, REFUSED['case-closed']);
  if (late) return shown(cards, request, ref.c, REFUSED['case-expired']);
  if (of.revision !== ref.r) return shown(cards, request, ref.c, REFUSED['case-changed']);
  await request.client.views.open({ trigger_id: request.triggerId, view: await view(ref, { ...ref, p: request.asker.channel }) });
}

/** A form that asks for a reason alone. */
function words(name: string, title: string, label: string, hint: string): CaseView {
  return async (_, carried) => modal(name, title, label, carried, [textField('reason', 'Why', { multiline: true, hint })]);
}

async function editForm(world: CaseSubjectNeeds, cards: CaseCards, ref: CaseRef, carried: CarriedRef) {
  const { case: of } = await cards.stored(ref.c);
  const ground = await readGround(world, of);
  const saving = 'Saving makes a new version: votes so far do not count for it, and you cannot approve it.';
  if (!world.kinds[of.kind]?.amountFixed)
    return modal(
      'case-edit',
      'Edit the request',
      'Save',
      carried,
      caseFields(of.amount, of.currency, ground, of, `In ${of.currency}. ${saving}`),
    );
  const amount = section(`*${money(of.amount, of.currency)}*, which follows from what is decided. ${saving}`);
  return modal('case-edit', 'Edit the request', 'Save', carried, [amount, ...reasonFields(ground, of)]);
}

async function waitingFor(world: CaseSubjectNeeds, { user }: Asker) {
  const [open, team, settings, accounts] = await Promise.all([
    world.cases.open(),
    world.team.read(),
    world.settings.read(),
    world.ledger.accounts(),
  ]);
  const today = dayIn(settings.zone, world.clock.now());
  const mine = open.filter(({ case: of }) => whoMayDecide(of, team, today).some((each) => each.user === user));
  const asked = open.filter(({ case: of }) => of.requester === user);
  return caseListReply(mine, asked, new Map(accounts.map(({ id, name }) => [id, name])), settings.zone);
}
