import type { Button, KnownBlock } from '@slack/types';
import type { Day } from '../kernel/day.ts';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, money, plain } from '../slack/text.ts';
import { type DisputeOutcome, type DisputePart, type DisputeReason, type DisputeStepKind, type OpenDispute, pastLimit } from './dispute.ts';

export const DISPUTE_WORDS: Readonly<Record<DisputeReason, string>> = {
  price: 'Price',
  quantity: 'Quantity',
  quality: 'Quality or damage',
  'not-delivered': 'Not delivered',
  'not-ordered': 'Not ordered',
  'invoiced-twice': 'Invoiced twice',
  'wrong-terms': 'Terms differ from what was agreed',
  'credit-expected': 'Expects a credit note',
  other: 'Something else',
};

export const DISPUTE_OUTCOME_WORDS: Readonly<Record<DisputeOutcome, string>> = {
  credit: 'Accepted: they get a credit note',
  rejected: 'Rejected: the amount is due',
  paid: 'Paid after all',
};

export const DISPUTE_STEP_WORDS: Readonly<Record<DisputeStepKind, string>> = {
  talk: 'Talk',
  senior: 'Senior to senior',
  mediator: 'Mediator',
  arbitration: 'Arbitration, where the contract provides for it',
};

const SHORT_STEP: Readonly<Record<DisputeStepKind, string>> = { ...DISPUTE_STEP_WORDS, arbitration: 'Arbitration' };
const SHORT_OUTCOME: Readonly<Record<DisputeOutcome, string>> = { credit: 'to be credited', rejected: 'rejected', paid: 'paid' };

/** "£150.00 to be credited, £100.00 rejected" */
export function partsText(parts: readonly DisputePart[], currency: string): string {
  return parts.map(({ outcome, amount }) => `${money(amount, currency)} ${SHORT_OUTCOME[outcome]}`).join(', ');
}

/** "Mediator, J. Rhys and @Ines, on 3 Dec 2026, costs £500.00: note" */
export function stepText(
  { kind, who, ours, on, cost, note }: Pick<OpenDispute['steps'][number], 'kind' | 'who' | 'ours' | 'on' | 'cost' | 'note'>,
  currency: string,
): string {
  const people = [who === '' ? '' : plain(who), ...ours.map((user) => `<@${user}>`)].filter(Boolean).join(' and ');
  const costs = cost === null ? '' : `, costs ${money(cost, currency)}`;
  return `${SHORT_STEP[kind]}, ${people}, on ${shortDay(on)}${costs}${note ? `: ${plain(note)}` : ''}`;
}

/** Everything about one dispute in a few lines. `today` is the customer's. */
export function disputeText(dispute: OpenDispute, today: Day): string {
  const { amount, currency, invoice, credit, until, owner, steps, reason, note } = dispute;
  const sum = money(amount, currency);
  if (credit)
    return `:scales: *To be credited* ${sum} of ${plain(invoice)}, decided ${shortDay(credit.on)}. It rests until the ledger shows the credit note.`;
  const limit =
    until === null
      ? ''
      : pastLimit(dispute, today)
        ? `, :rotating_light: *past its limit of ${shortDay(until)}*`
        : `, until ${shortDay(until)}`;
  const said = note ? `, “${clip(plain(note), 200)}”` : '';
  const last = steps.at(-1);
  const step = last ? `\n${steps.length > 1 ? `Step ${steps.length}: ` : ''}${stepText(last, currency)}` : '';
  return `:scales: *Disputed* ${sum} of ${plain(invoice)}: ${DISPUTE_WORDS[reason]}${said}. <@${owner}> sees to it${limit}.${step}`;
}

/** What can be done about one; `value` names the account and the dispute. */
export function disputeButtons({ id, credit }: OpenDispute, value: string): Button[] {
  const press = (action: string, label: string): Button => ({
    type: 'button',
    action_id: `${action}:${id}`.slice(0, 255),
    text: { type: 'plain_text', text: label },
    value,
  });
  if (credit) return [];
  return [
    press('account-dispute-close', 'Close…'),
    press('account-dispute-step', 'Step…'),
    press('account-dispute-extend', 'Extend…'),
    press('dispute-acknowledge', 'Acknowledge by mail…'),
  ];
}

export function disputeBlocks(dispute: OpenDispute, value: string, today: Day, mayCollect: boolean): KnownBlock[] {
  const buttons = mayCollect ? disputeButtons(dispute, value) : [];
  const text: KnownBlock = { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: clip(disputeText(dispute, today), 3000) } };
  return buttons.length > 0 ? [text, { type: 'actions', elements: buttons }] : [text];
}

/** Posted where people work on it: the team that can resolve it, or those who are told that its limit has passed. `command` shows an account. */
export function disputeCard(heading: string, account: Named, dispute: OpenDispute, today: Day, command: string): Reply {
  const about = { a: account.id, i: dispute.id };
  const title: KnownBlock = { type: 'header', text: { type: 'plain_text', text: clip(`${heading} · ${account.name}`, 150) } };
  const hint = contextLine(`\`/${command}\` shows everything about this customer. Only the disputed amount rests; the rest is asked for.`);
  const text = section(clip(`*${plain(account.name)}* · ${plain(account.number)}\n${disputeText(dispute, today)}`, 3000));
  const open = button('account-card', 'dispute', 'Open card', { a: account.id });
  return {
    text: `${heading}: ${plain(account.name)}, ${plain(dispute.invoice)}`,
    blocks: [title, text, { type: 'actions', elements: [...disputeButtons(dispute, JSON.stringify(about)), open] }, hint],
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly number: string;
}
