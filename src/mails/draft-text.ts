import type { LetterKind } from './letter-facts.ts';
import type { LetterLanguage } from './letter-language.ts';

/** A stage has one to begin with; another may be asked for a draft. */
export const TONES = ['friendly', 'firm', 'formal'] as const;
export type Tone = (typeof TONES)[number];

/** One named rule and whether the draft keeps it. */
export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  /** One sentence for people: what is wrong, or what was looked at. */
  readonly says: string;
}

/** Why a draft is the template although a model might have written it. */
export type TemplateReason =
  | 'no-model'
  | 'formal'
  | 'daily-cap'
  | 'timeout'
  | 'rate-limited'
  | 'model-refused'
  | 'unreadable'
  | 'unreachable'
  | 'model-error'
  | 'checks-failed';

export const WHY_TEMPLATE: Readonly<Record<TemplateReason, string>> = {
  'no-model': 'No model is set up, so this is the template of the stage.',
  formal: 'A formal demand is always the standard template; no model writes it.',
  'daily-cap': 'The model has used up its tokens for today, so this is the template of the stage.',
  timeout: 'The model did not answer in time, so this is the template of the stage.',
  'rate-limited': 'The model is taking no more requests at the moment, so this is the template of the stage.',
  'model-refused': 'The model declined to write this mail, so this is the template of the stage.',
  unreadable: 'What the model sent back could not be read, so this is the template of the stage.',
  unreachable: 'The model could not be reached, so this is the template of the stage.',
  'model-error': 'The model’s server answered with an error, so this is the template of the stage.',
  'checks-failed': 'What the model wrote broke a rule twice, so this is the template of the stage.',
};

/** Tokens as the model's server counts them. */
export interface TokensUsed {
  readonly prompt: number;
  readonly answer: number;
}

/** A draft as it would be sent, and how it came about. */
export interface DraftText {
  readonly subject: string;
  /** Plain text, lines ended by \n. */
  readonly body: string;
  readonly stage: LetterKind;
  readonly language: LetterLanguage;
  /** Why it is in this language; '' or absent where the ledger names it. */
  readonly languageWhy?: string;
  readonly tone: Tone;
  readonly source: 'model' | 'template';
  /** Null when the model wrote it. */
  readonly whyTemplate: TemplateReason | null;
  readonly checks: readonly CheckResult[];
  /** What broke the rules in the model's attempts, in sentences; empty when nothing did. */
  readonly refused: readonly string[];
  /** What the reviewer should know: a name that cannot be greeted, a language without letters. */
  readonly notices: readonly string[];
  /** SHA-256 of the letter, its partials and the instructions it was made from, in hex. */
  readonly promptHash: string;
  /** The model asked, or null when none was. */
  readonly model: string | null;
  /** Of all attempts together; null when no model was asked. An attempt without an answer counts with what was set aside for it. */
  readonly tokens: TokensUsed | null;
}

export interface EditVerdict {
  /** Sentences; with any of them the edit is not kept. */
  readonly refused: readonly string[];
  /** Sentences to read before approving. */
  readonly pointedOut: readonly string[];
}
