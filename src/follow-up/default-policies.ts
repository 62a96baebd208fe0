import type { LetterStage } from '../mails/letter-facts.ts';
import { DEFAULT_RULES } from './follow-up.ts';
import { minimumsOf } from './numbers.ts';
import type { Policies } from './policies.ts';
import type { Policy, PolicyStage } from './policy.ts';

const STAGE: Omit<PolicyStage, 'key' | 'name' | 'offset' | 'template'> = {
  tone: 'friendly',
  channel: 'email',
  minimum: minimumsOf(25),
  approval: 'collector',
  gap: 0,
  spacing: 0,
  proposes: [],
  contact: 1,
  largeOrFirst: false,
};

const letter = (offset: number, key: LetterStage, name: string, more: Partial<PolicyStage> = {}): PolicyStage => ({
  ...STAGE,
  offset,
  key,
  name,
  template: key,
  ...more,
});
const step = (offset: number, key: string, name: string, more: Partial<PolicyStage>): PolicyStage => ({
  ...STAGE,
  offset,
  key,
  name,
  template: '',
  ...more,
});

const NOTE = letter(-7, 'note', 'Note before the due date', { largeOrFirst: true });
const FRIENDLY = letter(3, 'friendly', 'Friendly reminder');
// A mail follows a call after two days: whoever promised something on the phone gets the time to do it.
const FIRM = letter(21, 'firm', 'Firm reminder', { tone: 'firm', gap: 2 });
const STOP_SUPPLY = letter(30, 'second-contact', 'Reminder to the second contact', {
  tone: 'firm',
  minimum: minimumsOf(100),
  gap: 5,
  spacing: 10,
  contact: 2,
  proposes: ['stop-supply'],
});
const MANAGER_CALL = step(40, 'manager-call', 'Manager calls', {
  tone: 'firm',
  channel: 'call',
  minimum: minimumsOf(500),
  approval: 'manager',
  gap: 3,
  spacing: 10,
});
const FINAL = letter(45, 'final-notice', 'Final notice', {
  tone: 'formal',
  minimum: minimumsOf(500),
  approval: 'second-person',
  gap: 2,
  spacing: 15,
});
const call = (offset: number) => step(offset, 'call', 'Call', { channel: 'call', minimum: minimumsOf(100), gap: 2, spacing: 5 });
// A final notice gives seven business days; nothing is proposed before they and some days for the post have passed.
const LETTER = step(60, 'demand-letter', 'Demand letter', {
  tone: 'formal',
  channel: 'task',
  minimum: minimumsOf(500),
  approval: 'manager',
  gap: 10,
  proposes: ['demand-letter'],
});
const LAST = step(90, 'last-step', 'Agency, legal action or write-off', {
  tone: 'formal',
  channel: 'task',
  minimum: minimumsOf(500),
  approval: 'manager',
  gap: 15,
  proposes: ['agency', 'legal', 'write-off'],
});

/** From 10,000 of the currency. */
const LARGE = { GBP: 1_000_000, EUR: 1_000_000, USD: 1_000_000, CHF: 1_000_000 };

export const DEFAULT_POLICY: Policy = {
  key: 'default',
  name: 'Company default',
  version: 1,
  large: LARGE,
  stages: [
    NOTE,
    FRIENDLY,
    letter(10, 'reminder', 'Reminder with statement', { gap: 5 }),
    call(14),
    FIRM,
    STOP_SUPPLY,
    MANAGER_CALL,
    FINAL,
    LETTER,
    LAST,
  ],
};

/** Someone calls a large account after a week; the statement follows what was said. */
export const LARGE_ACCOUNT_POLICY: Policy = {
  key: 'large',
  name: 'Large accounts',
  version: 1,
  large: LARGE,
  stages: [
    NOTE,
    FRIENDLY,
    call(7),
    letter(10, 'reminder', 'Reminder with statement', { gap: 2 }),
    FIRM,
    STOP_SUPPLY,
    MANAGER_CALL,
    FINAL,
    LETTER,
    LAST,
  ],
};

/** The distance that a stage of its kind is shipped with, where a stored one says none. */
export function usualSpacing({ channel, approval, tone, template }: Omit<PolicyStage, 'spacing'>): number {
  if (channel === 'call') return approval === 'manager' ? 10 : 5;
  if (channel === 'email' && tone === 'formal') return 15;
  return template === 'second-contact' ? 10 : 0;
}

/** Before anybody has edited anything. */
export const FIRST_POLICIES: Policies = {
  version: 1,
  kept: [DEFAULT_POLICY, LARGE_ACCOUNT_POLICY],
  company: DEFAULT_POLICY.key,
  segments: [{ segment: 'large', policy: LARGE_ACCOUNT_POLICY.key }],
  rules: DEFAULT_RULES,
};
