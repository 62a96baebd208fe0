import type { Logger } from 'pino';
import { carryOutCases } from '../operations/carry-out-cases.ts';
import type { CaseKindPorts } from '../operations/case-kinds.ts';
import type { CaseTexts } from '../operations/case-ports.ts';
import { keepCases } from '../operations/keep-cases.ts';
import { oneAtATime } from '../operations/one-at-a-time.ts';
import { accountCards, type CardPorts } from './account-cards.ts';
import { caseCards } from './case-cards.ts';
import { caseAlerts, caseRenderers, caseTells } from './case-news.ts';
import { besidesLetters, letterReactions, letterRenderers, showLetter } from './letter-messages.ts';
import { approvalsSubject } from './subjects/approvals.ts';
import { type CaseSubjectPorts, caseSubject } from './subjects/case.ts';
import { caseThreadSubject } from './subjects/case-thread.ts';
import { type LetterSubjectPorts, letterSubject, letterView } from './subjects/demand-letter.ts';
import { requestSubject } from './subjects/request-decision.ts';
import { supplySubject } from './subjects/supply.ts';

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
