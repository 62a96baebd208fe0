import type { KnownBlock, PlainTextOption } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import type { RulePlan } from './plan-assignments.op.ts';
import type { AssignmentRule } from './team.ts';

/** Slack's 50 blocks a message, with room for the head and the buttons. */
export const MOST_RULES = 40;

/** The conditions of a rule in words. */
export function ruleWords(rule: AssignmentRule): string {
  const words = [
    rule.segment === undefined ? '' : `segment ${plain(rule.segment)}`,
    rule.entity === undefined ? '' : `entity ${plain(rule.entity)}`,
    rule.country === undefined ? '' : `country ${plain(rule.country)}`,
    rule.from === undefined && rule.to === undefined ? '' : `names ${plain(rule.from ?? 'A')} to ${plain(rule.to ?? 'Z')}`,
    rule.currency === undefined
      ? ''
      : rule.minimum === undefined
        ? `${rule.currency} open`
        : `at least ${money(rule.minimum, rule.currency)} open`,
  ].filter(Boolean);
  return words.join(', ') || 'every account';
}

/** The rules in their order with what each would take today. `version` of the team binds the buttons to this order. */
export function rulesReply(plan: RulePlan, version: number, command: string, notice?: string): Reply {
  const blocks: KnownBlock[] = [
    ...(notice ? [contextLine(notice)] : []),
    section(
      '*Assignment rules*\nThe first rule that fits an account decides. They are applied to the accounts nobody has: after each import, or now.',
    ),
  ];
  if (plan.previews.length === 0) blocks.push(section('There are no rules yet.'));
  for (const [index, { rule, matches, unassigned }] of plan.previews.entries()) {
    const people = rule.collectors.map((user) => `<@${user}>`).join(', ');
    const today =
      matches === 0
        ? ':warning: matches nothing today'
        : matches === plan.accounts
          ? `:warning: matches every account (${matches})`
          : `matches ${counted(matches, 'account')} today`;
    const option = (what: string, label: string): PlainTextOption => ({
      text: { type: 'plain_text', text: label },
      value: JSON.stringify({ w: what, r: rule.id, v: version }),
    });
    const options = [
      ...(index > 0 ? [option('up', 'Move up')] : []),
      ...(index < plan.previews.length - 1 ? [option('down', 'Move down')] : []),
      option('delete', 'Delete'),
    ];
    blocks.push({
      type: 'section',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: clip(
          `*${index + 1}.* ${ruleWords(rule)} → ${people}${rule.collectors.length > 1 ? ' in turn, by load' : ''}\n${today}${matches === 0 ? '' : `, ${unassigned} of them unassigned`}`,
          3000,
        ),
      },
      accessory: { type: 'overflow', action_id: `rules-change:${rule.id}`, options },
    });
  }
  if (plan.nobodyThere > 0)
    blocks.push(
      contextLine(
        `:warning: ${counted(plan.nobodyThere, 'account')} would go to people who are away without cover, have left or are no collectors any more: they stay unassigned.`,
      ),
    );
  const waiting = plan.assignments.length;
  blocks.push({
    type: 'actions',
    elements: [
      ...(plan.previews.length < MOST_RULES
        ? [
            {
              type: 'button' as const,
              action_id: 'rules-add',
              text: { type: 'plain_text' as const, text: 'Add rule…' },
              value: String(version),
            },
          ]
        : []),
      ...(waiting > 0 ? [applyButton(waiting, version)] : []),
      { type: 'button', action_id: 'rules-show', text: { type: 'plain_text', text: 'Look again' }, value: '-' },
    ],
  });
  blocks.push(contextLine(`Whole lists at once: \`/${command} reassign\``));
  return { text: 'Assignment rules', blocks };
}

function applyButton(waiting: number, version: number) {
  return {
    type: 'button' as const,
    action_id: 'rules-apply',
    style: 'primary' as const,
    text: { type: 'plain_text' as const, text: clip(`Apply to ${counted(waiting, 'unassigned account')}`, 75) },
    value: String(version),
    confirm: {
      title: { type: 'plain_text' as const, text: 'Apply the rules?' },
      text: {
        type: 'plain_text' as const,
        text: `${counted(waiting, 'account')} that nobody has will get a collector. Each collector is told in one message.`,
      },
      confirm: { type: 'plain_text' as const, text: 'Apply' },
      deny: { type: 'plain_text' as const, text: 'Cancel' },
    },
  };
}
