import { z } from 'zod';
import type { AccountCards, FromCard } from '../account/account-cards.slack.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { decidedWhere } from '../slack/shared-channels.ts';
import { money } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { CASE_KINDS, type CaseKind } from './approval-table.ts';
import type { CaseSubjectNeeds } from './case.slack.ts';
import type { CaseCards } from './case-cards.slack.ts';
import { caseFields, readCaseFields, readReasons } from './case-forms.slack.ts';
import { CASE_KIND_WORDS, nobodyWords } from './case-words.view.ts';
import { type CaseGround, readGround } from './read-case.op.ts';
import { type RequestDecisionResult, requestDecision } from './request-decision.op.ts';
import { openQuestions } from './six-questions.ts';

const carriedRef = z.looseObject({ a: z.string().max(100), c: z.string().max(40) });

/** "Request a decision…" on an account's card. */
export function requestSubject(world: CaseSubjectNeeds, cards: CaseCards, accounts: AccountCards): Subject {
  const view = async ({ ref, value }: FromCard, carried: object) => {
    if (!(await world.settings.read()).escalationsChannel) throw new Refused(REFUSED['escalations-channel-missing']);
    const what = await whatOf(world, ref.a);
    const [first] = what;
    const ground = await readGround(world, { account: ref.a, entity: first!.entity, currency: first!.currency });
    const kind = CASE_KINDS.find((each) => each === value.k && world.kinds[each]?.offered);
    return modal('account-decide', 'Request a decision', 'Ask', carried, form(world, what, ground, kind));
  };
  return {
    clicks: {
      'account-decide': {
        may: 'collect',
        run: accounts.open(view),
      },
      // From a message that names what is to be decided.
      'decide-now': { may: 'collect', run: accounts.openNow(view) },
    },
    submits: { 'account-decide': { may: 'collect', run: (request) => submit(world, cards, request) } },
  };
}

export interface What {
  readonly entity: string;
  readonly currency: string;
  /** Overdue and not in dispute, minor units. */
  readonly collectable: number;
}

/** What a decision can be about: each selling entity and currency with something open, most overdue first; never empty. */
export async function whatOf(world: Pick<SlackWorld, 'ledger' | 'clock' | 'settings'>, account: string): Promise<What[]> {
  const [row, { zone }] = await Promise.all([world.ledger.account(account), world.settings.read()]);
  const today = dayIn(zoneOf(row, { zone }), world.clock.now());
  const sums = new Map<string, What>();
  for (const { entity, currency, open, disputed, due } of await world.ledger.openItems(account)) {
    const known = sums.get(`${entity}|${currency}`)?.collectable ?? 0;
    sums.set(`${entity}|${currency}`, { entity, currency, collectable: known + (due < today ? Math.max(0, open - disputed) : 0) });
  }
  if (sums.size > 0) return [...sums.values()].sort((a, b) => b.collectable - a.collectable).slice(0, 20);
  const [latest] = await world.ledger.invoices(account, 1);
  const entity = row?.entity ?? '';
  return [{ entity: latest?.entity ?? entity, currency: latest?.currency ?? 'EUR', collectable: 0 }];
}

function form(world: CaseSubjectNeeds, what: readonly What[], ground: CaseGround, kind?: CaseKind) {
  const offered = CASE_KINDS.filter((kind) => world.kinds[kind]?.offered);
  const kinds = Object.fromEntries(offered.map((kind) => [kind, CASE_KIND_WORDS[kind]]));
  const about = Object.fromEntries(
    what.map(({ entity, currency, collectable }) => [
      `${entity}|${currency}`,
      `${currency}${entity ? ` · ${entity}` : ''} · ${money(collectable, currency)} overdue and not in dispute`,
    ]),
  );
  const { currency, collectable, entity } = what[0]!;
  const blank = { reason: '', reasonCodes: [], answers: {} };
  const hint = 'What it is about; for a credit limit the new limit.';
  return [
    choiceField('kind', 'What is to be decided', kinds, kind),
    choiceField('about', 'About', about, `${entity}|${currency}`, 'The amount below is in this currency.'),
    ...caseFields(collectable, currency, ground, blank, hint),
  ];
}

async function submit(world: CaseSubjectNeeds, cards: CaseCards, request: SubmitRequest) {
  const { a, c } = readCarried(carriedRef, request.view.private_metadata);
  const kind = entered(request, 'kind') as CaseKind;
  const [entity = '', currency = ''] = entered(request, 'about').split('|');
  const form = world.forms?.[kind];
  // Kinds with a form of their own go on there, with what was entered here.
  if (form) return { response_action: 'update' as const, view: await form({ a, e: entity, u: currency, c }, readReasons(request)) };
  const filled = readCaseFields(request, currency);
  if ('errors' in filled) return fieldErrors(filled.errors);
  if (world.kinds[kind]?.sixQuestions) {
    const ground = await readGround(world, { account: a, entity, currency });
    const unanswered = openQuestions(ground.answers, filled.answers);
    if (unanswered.length > 0)
      return fieldErrors(Object.fromEntries(unanswered.map((each) => [each, 'Answer this first: nobody can decide without it.'])));
  }
  const asked = { kind, account: a, entity, currency, about: {}, ...filled };
  const result = await requestDecision(world, asked, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return refused(result);
  await cards.post(result.case.id);
  request.later(async () => {
    const { escalationsChannel } = await world.settings.read();
    const where = `It is decided in <#${escalationsChannel}>, and you will be told.`;
    await request.tell(c, sentence(await decidedWhere(request.client, escalationsChannel, where)));
  });
  return undefined;
}

function refused(result: Extract<RequestDecisionResult, { done: false }>) {
  // Names are shown in a modal's text only, not under a field.
  if (result.refused === 'nobody-eligible') throw new Refused(nobodyWords(result));
  if (result.refused === 'kind-refuses') return fieldErrors({ kind: result.says });
  const field = result.refused === 'case-reason-missing' ? 'reason' : 'kind';
  return fieldErrors({ [field]: REFUSED[result.refused] });
}
