import { isCurrency } from '../kernel/money.ts';
import type { Tone } from '../mails/draft-text.ts';
import { LETTER_STAGES, type LetterStage } from '../mails/letter-facts.ts';

/** 'task' asks people of ours to decide and reaches no customer. */
export const STAGE_CHANNELS = ['email', 'call', 'task'] as const;
export type StageChannel = (typeof STAGE_CHANNELS)[number];

/** Who approves the mail, makes the call or decides the task; 'second-person': somebody else besides the one who prepared it. */
export const APPROVALS = ['collector', 'manager', 'second-person'] as const;
export type StageApproval = (typeof APPROVALS)[number];

export const PROPOSALS = ['stop-supply', 'demand-letter', 'agency', 'legal', 'write-off'] as const;
export type Proposal = (typeof PROPOSALS)[number];

/** Minor units by ISO 4217 currency. */
export type CurrencyAmounts = Readonly<Record<string, number>>;

export interface PolicyStage {
  /** Unique within the policy; what was sent is remembered by it. */
  readonly key: string;
  readonly name: string;
  /** Calendar days from the due date; 0 or less is a note, which asks for nothing that is late. */
  readonly offset: number;
  readonly tone: Tone;
  readonly channel: StageChannel;
  /** The letter it writes; '' where nothing is written. */
  readonly template: LetterStage | '';
  /** Passed over below this amount; a currency that is not listed has no minimum. */
  readonly minimum: CurrencyAmounts;
  readonly approval: StageApproval;
  /** Business days since the same invoice's stage before, at least. */
  readonly gap: number;
  /** Business days since the entity's last message of this stage, at least. */
  readonly spacing: number;
  /** What people are asked to decide with this stage, as alternatives. */
  readonly proposes: readonly Proposal[];
  /** Which of the account's contacts in their order: 1 is the first. */
  readonly contact: number;
  /** A note to large or first invoices only. */
  readonly largeOrFirst: boolean;
}

export interface Policy {
  readonly key: string;
  readonly name: string;
  /** 1, 2, ...; each is kept. */
  readonly version: number;
  /** From which amount an invoice is large; in a currency that is not listed none is. */
  readonly large: CurrencyAmounts;
  /** By offset, each later than the one before. */
  readonly stages: readonly PolicyStage[];
}

export type PolicyProblem =
  | 'policy-name-missing'
  | 'policy-empty'
  | 'stage-name-missing'
  | 'stage-key-twice'
  | 'stages-out-of-order'
  | 'offset-out-of-range'
  | 'gap-out-of-range'
  | 'spacing-out-of-range'
  | 'contact-out-of-range'
  | 'no-demand-stage'
  | 'note-is-no-mail'
  | 'template-missing'
  | 'task-without-proposal'
  | 'final-step-without-task'
  | 'letter-without-notice'
  | 'notice-minimum-too-low'
  | 'unknown-currency'
  | 'minimum-not-positive';

const FORMAL: readonly Proposal[] = ['demand-letter', 'agency', 'legal', 'write-off'];

/** Before it is due, a note; from the day after, a demand. */
export function isNote(stage: Pick<PolicyStage, 'offset'>): boolean {
  return stage.offset <= 0;
}

/** People of ours decide it; no customer is reached. */
export const isDecision = (stage: Pick<PolicyStage, 'channel'>): boolean => stage.channel === 'task';
/** Its words are formal, or people decide it. */
export const isFormal = (stage: Pick<PolicyStage, 'channel' | 'tone'>): boolean => stage.tone === 'formal' || isDecision(stage);
/** A mail in formal words: an invoice is in formal process from it on. */
export const isNotice = (stage: Pick<PolicyStage, 'channel' | 'tone'>): boolean => stage.tone === 'formal' && stage.channel === 'email';

/** The first thing that is wrong with a policy, or null. */
export function policyProblem({ key, name, large, stages }: Pick<Policy, 'key' | 'name' | 'large' | 'stages'>): PolicyProblem | null {
  if (key === '' || name.trim() === '') return 'policy-name-missing';
  if (stages.length === 0) return 'policy-empty';
  if (new Set(stages.map((stage) => stage.key)).size < stages.length) return 'stage-key-twice';
  if (stages.some((stage, i) => i > 0 && stage.offset <= stages[i - 1]!.offset)) return 'stages-out-of-order';
  if (stages.every(isNote)) return 'no-demand-stage';
  for (const stage of stages) {
    const problem = stageProblem(stage);
    if (problem) return problem;
  }
  return noticeProblem(stages) ?? amountsProblem(large);
}

/** What is demanded formally had a notice, and a notice speaks of a next step only where there is one. */
function noticeProblem(stages: readonly PolicyStage[]): PolicyProblem | null {
  const notice = stages.findLastIndex((stage, index) => isNotice(stage) && stages.slice(index + 1).some(isDecision));
  const letter = stages.findIndex((stage) => stage.proposes.includes('demand-letter'));
  if (letter >= 0 && (notice < 0 || notice > letter)) return 'letter-without-notice';
  const next = notice < 0 ? undefined : stages.slice(notice + 1).find(isFormal);
  const low = Object.entries(next?.minimum ?? {}).some(([currency, amount]) => (stages[notice]!.minimum[currency] ?? 0) < amount);
  return low ? 'notice-minimum-too-low' : null;
}

function stageProblem(stage: PolicyStage): PolicyProblem | null {
  if (stage.key.trim() === '' || stage.name.trim() === '') return 'stage-name-missing';
  if (!whole(stage.offset, -90, 730)) return 'offset-out-of-range';
  if (!whole(stage.gap, 0, 60)) return 'gap-out-of-range';
  if (!whole(stage.spacing, 0, 60)) return 'spacing-out-of-range';
  if (!whole(stage.contact, 1, 9)) return 'contact-out-of-range';
  if (isNote(stage) && stage.channel !== 'email') return 'note-is-no-mail';
  if (stage.channel === 'email' && !LETTER_STAGES.some((letter) => letter === stage.template)) return 'template-missing';
  if (stage.channel === 'task' && stage.proposes.length === 0) return 'task-without-proposal';
  if (stage.channel !== 'task' && stage.proposes.some((each) => FORMAL.includes(each))) return 'final-step-without-task';
  return amountsProblem(stage.minimum);
}

function amountsProblem(amounts: CurrencyAmounts): PolicyProblem | null {
  for (const [currency, amount] of Object.entries(amounts)) {
    if (!isCurrency(currency)) return 'unknown-currency';
    if (!Number.isSafeInteger(amount) || amount <= 0) return 'minimum-not-positive';
  }
  return null;
}

const whole = (n: number, from: number, to: number) => Number.isSafeInteger(n) && n >= from && n <= to;
