import type { Logger } from 'pino';
import { accountCards, type CardPorts } from '../account/account-cards.slack.ts';
import { oneAtATime } from '../kernel/one-at-a-time.op.ts';
import { approvalsSubject } from './approvals.slack.ts';
import { carryOutCases } from './carry-out-cases.op.ts';
import type { CaseTexts } from './case.port.ts';
import { type CaseSubjectPorts, caseSubject } from './case.slack.ts';
import { caseCards } from './case-cards.slack.ts';
import type { CaseKindPorts } from './case-kinds.op.ts';
import { caseAlerts, caseRenderers, caseTells } from './case-news.slack.ts';
import { caseThreadSubject } from './case-thread.slack.ts';
import { type LetterSubjectPorts, letterSubject, letterView } from './demand-letter.slack.ts';
import { keepCases } from './keep-cases.op.ts';
import { besidesLetters, letterReactions, letterRenderers, showLetter } from './letter-messages.slack.ts';
import { requestSubject } from './request-decision.slack.ts';
import { supplySubject } from './supply.slack.ts';

export interface CaseSidePorts extends Omit<LetterSubjectPorts, 'wake' | 'forms' | 'placed'>, CardPorts, CaseKindPorts {
  readonly caseTexts: CaseTexts;
  readonly log: Logger;
}

/** Everything about decisions: asking, voting, lapsing, carrying out, and the table of who approves what. */
export function caseSide(ports: CaseSidePorts) {
  const cards = caseCards(ports);
  const withThread = { ...ports, placed: (id: string) => showLetter(ports, id) };
  const work = oneAtATime(
    () => carryOutCases(ports, cards.redraw),
    (error) => ports.log.error({ err: error }, 'approved decisions are not being carried out; they are tried again within minutes'),
  );
  const awake = { ...ports, wake: work.soon };
  const withWake: CaseSubjectPorts = { ...awake, forms: { 'demand-letter': (about, given) => letterView(awake, about, given) } };
  return {
    cards,
    subjects: [
      caseSubject(withWake, cards),
      requestSubject(withWake, cards, accountCards(ports)),
      approvalsSubject(ports),
      caseThreadSubject(ports),
      supplySubject(ports),
      letterSubject(awake, cards),
    ],
    renderers: { ...caseRenderers(withThread, cards), ...letterRenderers(ports) },
    reactions: letterReactions(ports),
    alertCards: caseAlerts(ports, cards),
    told: besidesLetters(caseTells),
    due: [
      { name: 'decisions that lapse', run: () => keepCases(ports) },
      { name: 'approved decisions', run: work.now },
    ],
    /** Resolves when this instance is not carrying anything out. */
    idle: work.idle,
  };
}
