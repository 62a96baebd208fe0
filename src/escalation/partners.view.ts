import type { KnownBlock } from '@slack/types';
import type { Day } from '../kernel/day.ts';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { percent } from '../slack/percent.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, clip, counted, money, plain } from '../slack/text.ts';
import type { Partner, PartnerKind } from './partner.ts';
import { type Placement, resultsOf } from './placement.ts';

export const PARTNER_WORDS: Readonly<Record<PartnerKind, string>> = { agency: 'Collection agency', firm: 'Law firm' };

/** Three blocks each, far below Slack's 50. */
const SHOWN = 12;

/** /collections agencies: who claims can be given to, with what they have made of it. */
export function partnersReply(
  partners: readonly Partner[],
  placements: readonly Placement[],
  today: Day,
  mayManage: boolean,
  notice?: string,
): Reply {
  const current = partners.filter(({ retired }) => !retired).sort((a, b) => (a.name < b.name ? -1 : 1));
  const add: KnownBlock[] = mayManage ? [{ type: 'actions', elements: [button('partner-add', 'new', 'Add…', {})] }] : [];
  const heading = current.length > 0 ? `*${counted(current.length, 'agency or law firm', 'agencies and law firms')}*` : NONE;
  const more = andMore(current.length - SHOWN).map((line) => contextLine(line));
  return {
    text: 'Agencies and law firms',
    blocks: [
      ...(notice ? [contextLine(notice)] : []),
      section(heading),
      ...current.slice(0, SHOWN).flatMap((partner) => partnerBlocks(partner, placements, today, mayManage)),
      ...more,
      ...add,
    ],
  };
}

const NONE = 'No agency or law firm is on file. Nothing can be placed before a manager adds one.';

function partnerBlocks(partner: Partner, placements: readonly Placement[], today: Day, mayManage: boolean): KnownBlock[] {
  const { id, name, kind, licence, licensedTo, countries, rate, terms, contact } = partner;
  const licensed =
    today > licensedTo
      ? `:no_entry: licence ${plain(licence)} ended on ${shortDay(licensedTo)}`
      : `licence ${plain(licence)} until ${shortDay(licensedTo)}`;
  const lines = [
    `*${plain(name)}* · ${PARTNER_WORDS[kind]} · ${licensed}`,
    `${countries.map(plain).join(', ')} · ${percent(rate)} of what comes in${terms ? `; ${plain(terms)}` : ''}${contact ? ` · ${plain(contact)}` : ''}`,
    `_${resultWords(id, placements)}_`,
  ];
  const buttons: KnownBlock = {
    type: 'actions',
    elements: [
      button('partner-edit', id, 'Edit…', { p: id }),
      { ...button('partner-retire', id, 'Retire', { p: id }), confirm: confirmRetire(name) },
    ],
  };
  return [section(clip(lines.join('\n'), 3000)), ...(mayManage ? [buttons] : [])];
}

const text = (words: string) => ({ type: 'plain_text' as const, text: words });
const confirmRetire = (name: string) => ({
  title: text('Retire'),
  text: text(clip(`${name} gets no new accounts. What it has goes on.`, 300)),
  confirm: text('Retire'),
  deny: text('Cancel'),
});

function resultWords(id: string, placements: readonly Placement[]): string {
  const results = resultsOf(id, placements);
  if (results.length === 0) return 'Nothing placed yet.';
  const each = results.map(
    ({ currency, count, placed, recovered, share }) =>
      `${counted(count, 'placement')}, ${money(recovered, currency)} of ${money(placed, currency)} recovered (${share} %)`,
  );
  return `So far: ${each.join('; ')}.`;
}
