import { accountCards } from '../account/account-cards.slack.ts';
import { oneAtATime } from '../kernel/one-at-a-time.op.ts';
import { mergeTold } from '../kernel/told.op.ts';
import type { SlackWorld } from '../slack/world.ts';
import { approvalsSubject } from './approvals.slack.ts';
import { carryOutCases } from './carry-out-cases.op.ts';
import { type CaseSubjectNeeds, caseSubject } from './case.slack.ts';
import { caseCards } from './case-cards.slack.ts';

import { caseAlerts, caseRenderers, caseTells } from './case-news.slack.ts';
import { caseThreadSubject } from './case-thread.slack.ts';
import { letterSubject, letterView } from './demand-letter.slack.ts';
import { keepCases } from './keep-cases.op.ts';
import { besidesLetters, letterReactions, letterRenderers, showLetter } from './letter-messages.slack.ts';
import { requestSubject } from './request-decision.slack.ts';
import { restStepReactions, restStepTells } from './rest-step.op.ts';
import { supplySubject } from './supply.slack.ts';

/** Everything about decisions: asking, voting, lapsing, carrying out, and the table of who approves what. */
export function caseSide(world: SlackWorld) {
  const cards = caseCards(world);
  const withThread = { ...world, placed: (id: string) => showLetter(world, id) };
  const work = oneAtATime(
    () => carryOutCases(world, cards.redraw),
    (error) => world.log.error({ err: error }, 'approved decisions are not being carried out; they are tried again within minutes'),
  );
  const awake = { ...world, wake: work.soon };
  const withWake: CaseSubjectNeeds = { ...awake, forms: { 'demand-letter': (about, given) => letterView(awake, about, given) } };
  return {
    cards,
    subjects: [
      caseSubject(withWake, cards),
      requestSubject(withWake, cards, accountCards(world)),
      approvalsSubject(world),
      caseThreadSubject(world),
      supplySubject(world),
      letterSubject(awake, cards),
    ],
    renderers: { ...caseRenderers(withThread, cards), ...letterRenderers(world) },
    reactions: { ...letterReactions(world), ...restStepReactions(world) },
    alertCards: caseAlerts(world, cards),
    told: mergeTold([besidesLetters(caseTells), { 'case-rejected': restStepTells }]),
    due: [
      { name: 'decisions that lapse', run: () => keepCases(world) },
      { name: 'approved decisions', run: work.now },
    ],
    /** Resolves when this instance is not carrying anything out. */
    idle: work.idle,
  };
}
