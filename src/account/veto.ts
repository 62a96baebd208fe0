import type { PolicyStage } from '../follow-up/policy.ts';
import { addDays, type Day } from '../kernel/day.ts';
import type { Moment } from './moment.ts';

/** What the account's owner in sales said to a step: it may go, it is held, or they call the customer first. */
export type VetoAnswer =
  | { readonly do: 'go'; readonly on: Day }
  /** Nothing goes through `until`. */
  | { readonly do: 'hold' | 'call'; readonly on: Day; readonly until: Day; readonly reason: string };

/** One question to the owner: about one step, while one invoice leads. */
export interface Veto {
  readonly id: string;
  readonly entity: string;
  /** Key of the policy's stage. */
  readonly stage: string;
  /** The leading invoice. */
  readonly invoice: string;
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
      readonly owner: string;
      readonly silenceEnds: Day;
    }
  /** `until` and `reason` count for a delay only. */
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
/** Business days that a call of the owner's gives (own policy). */
export const CALL_DAYS = 3;
/** Questions that an account remembers: each step of each invoice has one. */
const KEPT = 20;

/** Firm and formal mails, and stopping supply. What people decide by approval asks nobody here: their decision is explicit. */
export function asksOwner({ channel, tone, offset, proposes }: PolicyStage): boolean {
  const strict = channel === 'email' && tone !== 'friendly' && offset > 0;
  return strict || proposes.includes('stop-supply');
}

type Step = Pick<Veto, 'entity' | 'stage' | 'invoice'>;

export function vetoOf(vetoes: readonly Veto[], { entity, stage, invoice }: Step): Veto | null {
  return vetoes.find((each) => each.entity === entity && each.stage === stage && each.invoice === invoice) ?? null;
}

export type OwnerReason = 'owner-asked' | 'owner-holds';

/** Why a step waits for the owner; null: it does not. `unasked`: when it may go if the owner is asked only now and says nothing. */
export function ownerReason(veto: Veto | null, unasked: Day, today: Day): OwnerReason | null {
  if (!veto) return today < unasked ? 'owner-asked' : null;
  if (!veto.answer) return today < veto.silenceEnds ? 'owner-asked' : null;
  return veto.answer.do !== 'go' && today <= veto.answer.until ? 'owner-holds' : null;
}

export type VetoDecision = { readonly vetoes: readonly Veto[]; readonly fact: VetoFact } | { readonly refused: VetoRefusal };

export function decideVeto(vetoes: readonly Veto[], request: VetoRequest, { today }: Moment): VetoDecision {
  if (request.do === 'ask-owner') {
    const { do: _, ...asked } = request;
    if (vetoOf(vetoes, asked)) return { refused: 'owner-asked-already' };
    const veto: Veto = { id: `${asked.entity}:${asked.stage}:${asked.invoice}`, ...asked, on: today, answer: null, delayed: false };
    return { vetoes: [...vetoes, veto].slice(-KEPT), fact: { type: 'owner-asked', ...asked, id: veto.id } };
  }
  const veto = vetoes.find(({ id }) => id === request.id);
  if (!veto) return { refused: 'veto-over' };
  const { id, entity, stage, invoice, owner } = veto;
  const said = { type: 'owner-answered' as const, id, entity, stage, invoice, owner, answer: request.answer };
  const answered = (answer: VetoAnswer, delayed: boolean) =>
    vetoes.map((each) => (each === veto ? { ...veto, answer, delayed: veto.delayed || delayed } : each));
  if (request.answer === 'go') return { vetoes: answered({ do: 'go', on: today }, false), fact: { ...said, until: null, reason: '' } };
  const { until, reason, answer } = request;
  if (veto.delayed) return { refused: 'veto-used' };
  if (until <= today) return { refused: 'veto-day-not-in-future' };
  if (until > addDays(today, LONGEST_VETO)) return { refused: 'veto-too-long' };
  if (answer === 'hold' && reason.trim() === '') return { refused: 'veto-reason-missing' };
  return {
    vetoes: answered({ do: answer, on: today, until, reason: reason.trim() }, true),
    fact: { ...said, until, reason: reason.trim() },
  };
}

/** A step that was taken needs no answer any more. */
export function withoutTaken(vetoes: readonly Veto[], entity: string, stage: string | null): readonly Veto[] {
  return vetoes.filter((each) => each.entity !== entity || each.stage !== stage);
}
