import type { LetterStage } from '../mails/letter-facts.ts';
import { DEFAULT_RULES } from './follow-up.ts';
import type { Policies } from './policies.ts';
import type { Policy, PolicyStage } from './policy.ts';

const STAGE: Omit<PolicyStage, 'key' | 'name' | 'offset' | 'template'> = {
  tone: 'friendly',
  channel: 'email',
  minimum: {},
  approval: 'collector',
  gap: 0,
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
  gap: 5,
  contact: 2,
  proposes: ['stop-supply'],
});
const MANAGER_CALL = step(40, 'manager-call', 'Manager calls', { tone: 'firm', channel: 'call', approval: 'manager', gap: 3 });
const FINAL = letter(45, 'final-notice', 'Final notice', { tone: 'formal', approval: 'second-person', gap: 2 });
// A final notice gives seven business days; nothing is proposed before they and some days for the post have passed.
const LETTER = step(60, 'demand-letter', 'Demand letter', {
  tone: 'formal',
  channel: 'task',
  approval: 'manager',
  gap: 10,
  proposes: ['demand-letter'],
});
const LAST = step(90, 'last-step', 'Agency, legal action or write-off', {
  tone: 'formal',
  channel: 'task',
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
    step(14, 'call', 'Call', { channel: 'call', gap: 2 }),
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
    step(7, 'call', 'Call', { channel: 'call', gap: 2 }),
    letter(10, 'reminder', 'Reminder with statement', { gap: 2 }),
    FIRM,
    STOP_SUPPLY,
    MANAGER_CALL,
    FINAL,
    LETTER,
    LAST,
  ],
};

/** Before anybody has edited anything. */
export const FIRST_POLICIES: Policies = {
  version: 1,
  kept: [DEFAULT_POLICY, LARGE_ACCOUNT_POLICY],
  company: DEFAULT_POLICY.key,
  segments: [{ segment: 'large', policy: LARGE_ACCOUNT_POLICY.key }],
  rules: DEFAULT_RULES,
};
