import type { KnownBlock } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, figure, money } from '../slack/text.ts';
import { type ApprovalBand, type ApprovalTable, CASE_KINDS, FROM_ZERO } from './approval-table.ts';
import { CASE_KIND_WORDS, neededWords } from './case-words.view.ts';

/** One band as it is written in the form: 'EUR above 500.00: 2 people, 1 finance lead'. */
export function bandLine(currency: string, { above, people, financeLeads }: ApprovalBand): string {
  const from = above === FROM_ZERO ? 'from 0' : `above ${figure(above, currency)}`;
  const leads = financeLeads > 0 ? `, ${counted(financeLeads, 'finance lead')}` : '';
  return `${currency} ${from}: ${counted(people, 'person', 'people')}${leads}`;
}

/** The whole table, one paragraph a kind; currencies with the same figures share theirs. */
export function approvalsReply({ rules, version }: ApprovalTable, maySet: boolean, notice?: string): Reply {
  const rows = CASE_KINDS.map((kind): KnownBlock => {
    const rule = rules[kind];
    const alike = Map.groupBy(Object.entries(rule.bands), ([, bands]) => JSON.stringify(bands));
    const lines = [...alike.values()].map((same) => {
      const codes = same.map(([currency]) => currency).join(', ');
      const [currency, bands] = same[0]!;
      return bands.map((band) => `• ${codes} ${fromWords(band, currency)}: ${neededWords(band)}`).join('\n');
    });
    const ends = `_lapses after ${counted(rule.expiryDays, 'business day')}, reminder ${counted(rule.remindHours, 'hour')} before${rule.substitutes ? ', substitutes may decide' : ''}_`;
    const row = section(clip(`*${CASE_KIND_WORDS[kind]}*\n${lines.join('\n')}\n${ends}`, 3000));
    return maySet ? { ...row, accessory: button('approvals-edit', kind, 'Edit…', { k: kind, v: version }) } : row;
  });
  const rest =
    'A currency without lines of its own counts as the strictest step. Requester, last editor and their substitutes never approve.';
  return {
    text: 'Who approves what',
    blocks: [...(notice ? [contextLine(notice)] : []), section('*Who approves what*'), ...rows, contextLine(`Version ${version}`, rest)],
  };
}

function fromWords({ above }: ApprovalBand, currency: string): string {
  return above === FROM_ZERO ? 'from zero' : `above ${money(above, currency).replace(/[^\d.,]/g, '')}`;
}
