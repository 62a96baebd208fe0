import { NUMBERS } from '../follow-up/numbers.ts';
import type { PolicyStage } from '../follow-up/policy.ts';
import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import type { Moment } from './moment.ts';

/** What the account's owner in sales said to a step: it may go, it is held, or they call the customer first. */
export type VetoAnswer =
  /** `standing`: through this day they are asked about no step of the customer's that is not formal. */
  | { readonly do: 'go'; readonly on: Day; readonly standing?: Day }
  /** Nothing goes through `until`. */
  | { readonly do: 'hold' | 'call'; readonly on: Day; readonly until: Day; readonly reason: string };

/** One question to the owner: about one step of an entity. */
export interface Veto {
  readonly id: string;
  readonly entity: string;
  /** Key of the policy's stage. */
  readonly stage: string;
  /** The oldest invoice that it is about. */
  readonly invoice: string;
  /** All of them: a hold rests these. Left out where the question is older than this is kept. */
  readonly invoices?: readonly string[];
  /** Slack user id of who was asked. */
  readonly owner: string;
  readonly on: Day;
  /** From this day on silence means go. */
  readonly silenceEnds: Day;
  readonly answer: VetoAnswer | null;
  /** The one delay was used; after it there is only 'go'. */
  readonly delayed: boolean;
}

export type VetoRequest =
  | {
      readonly do: 'ask-owner';
      readonly entity: string;
      readonly stage: string;
      readonly invoice: string;
      readonly invoices?: readonly string[];
      readonly owner: string;
      readonly silenceEnds: Day;
    }
  /** The reason counts for a delay only; with 'go' a day that is still to come is the last on which it stands for other steps too. */
  | { readonly do: 'answer-owner'; readonly id: string; readonly answer: VetoAnswer['do']; readonly until: Day; readonly reason: string };

export type VetoFact =
  | ({ readonly type: 'owner-asked' } & Pick<Veto, 'id' | 'entity' | 'stage' | 'invoice' | 'owner' | 'silenceEnds'>)
  | ({ readonly type: 'owner-answered'; readonly answer: VetoAnswer['do']; readonly until: Day | null; readonly reason: string } & Pick<
      Veto,
      'id' | 'entity' | 'stage' | 'invoice' | 'owner'
    >);

export type VetoRefusal =
  | 'owner-asked-already'
  | 'veto-over'
  | 'veto-used'
  | 'veto-day-not-in-future'
  | 'veto-too-long'
  | 'veto-reason-missing';

/** Calendar days that a step may be held. */
export const LONGEST_VETO = 10;
/** Calendar days for which an owner may say that nobody has to ask them about the customer. */
export const STANDING_DAYS = 30;
/** Business days that a call of the owner's gives (own policy). */
export const CALL_DAYS = 3;
/** Questions that an account remembers. */
const KEPT = 20;

/** Firm and formal mails, and stopping supply. What people decide by approval asks nobody here: their decision is explicit. */
export function asksOwner({ channel, tone, offset, proposes }: PolicyStage): boolean {
  const strict = channel === 'email' && tone !== 'friendly' && offset > 0;
  return strict || proposes.includes('stop-supply');
}

/** The question about a step that still counts on a day: an answer, also a silent one, does so for a while. */
export function vetoOf(vetoes: readonly Veto[], { entity, stage }: Pick<Veto, 'entity' | 'stage'>, today: Day): Veto | null {
  const counts = ({ answer, silenceEnds }: Veto) => {
    const from = answer ? (answer.do === 'go' ? answer.on : answer.until) : silenceEnds;
    return daysBetween(from, today) <= NUMBERS.ownerAnswer;
  };
  return vetoes.findLast((each) => each.entity === entity && each.stage === stage && counts(each)) ?? null;
}

/** The owner's word that nobody has to ask them; formal steps are asked about all the same. */
export function standingGo(vetoes: readonly Veto[], today: Day): Veto | null {
  return vetoes.findLast(({ answer }) => answer?.do === 'go' && answer.standing !== undefined && today <= answer.standing) ?? null;
}

/** The owner is asked again, whatever they said. */
export const withoutStanding = (vetoes: readonly Veto[]): readonly Veto[] =>
  vetoes.map((veto) => (veto.answer?.do === 'go' ? { ...veto, answer: { do: 'go', on: veto.answer.on } } : veto));

/** Whether a step waits for the owner's answer. `unasked`: when it may go if the owner is asked only now and says nothing. */
export function ownerIsAsked(veto: Veto | null, unasked: Day, today: Day): boolean {
  if (!veto) return today < unasked;
  return !veto.answer && today < veto.silenceEnds;
}

export type VetoDecision = { readonly vetoes: readonly Veto[]; readonly fact: VetoFact } | { readonly refused: VetoRefusal };

export function decideVeto(vetoes: readonly Veto[], request: VetoRequest, { today }: Moment): VetoDecision {
  if (request.do === 'ask-owner') {
    const { do: _, ...asked } = request;
    if (vetoOf(vetoes, asked, today)) return { refused: 'owner-asked-already' };
    const veto: Veto = { id: `${asked.entity}:${asked.stage}:${asked.invoice}`, ...asked, on: today, answer: null, delayed: false };
    return {
      vetoes: [...vetoes.filter(({ id }) => id !== veto.id), veto].slice(-KEPT),
      fact: { type: 'owner-asked', ...asked, id: veto.id },
    };
  }
  const veto = vetoes.find(({ id }) => id === request.id);
  if (!veto) return { refused: 'veto-over' };
  const { id, entity, stage, invoice, owner } = veto;
  const said = { type: 'owner-answered' as const, id, entity, stage, invoice, owner, answer: request.answer };
  const answered = (answer: VetoAnswer, delayed: boolean) =>
    vetoes.map((each) => (each === veto ? { ...veto, answer, delayed: veto.delayed || delayed } : each));
  const { until, reason, answer } = request;
  if (answer === 'go') {
    const longest = addDays(today, STANDING_DAYS);
    const standing = until > today ? (until < longest ? until : longest) : null;
    const go = { do: 'go' as const, on: today, ...(standing ? { standing } : {}) };
    return { vetoes: answered(go, false), fact: { ...said, until: standing, reason: '' } };
  }
  if (veto.delayed) return { refused: 'veto-used' };
  if (until <= today) return { refused: 'veto-day-not-in-future' };
  if (until > addDays(today, LONGEST_VETO)) return { refused: 'veto-too-long' };
  if (answer === 'hold' && reason.trim() === '') return { refused: 'veto-reason-missing' };
  return {
    vetoes: answered({ do: answer, on: today, until, reason: reason.trim() }, true),
    fact: { ...said, until, reason: reason.trim() },
  };
}
