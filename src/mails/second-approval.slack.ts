import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import { dayIn } from '../kernel/day.ts';
import type { Told } from '../kernel/told.op.ts';
import type { World } from '../kernel/world.port.ts';
import { button, section } from '../slack/parts.ts';
import { money, plain } from '../slack/text.ts';
import { idOf } from '../trail/fact-table.ts';
import { SHORT_HASH } from './draft-card.view.ts';
import { askedIn } from './mail-content.ts';
import { secondApprovers, waitsForSecond } from './review-queue.op.ts';

/** Everybody who may give the second approval hears of the first one at once. */
export const secondApprovalTold: Told = {
  'draft-approved': (fact) =>
    fact.final ? [] : [alertTell(fact, 'second-approval', { draft: idOf(fact), by: fact.by }, { account: String(fact.account) })],
};

/** As long as it waits for this very person. */
export function secondApprovalAlert(world: World): DrawAlert {
  return async ({ user, about, account }) => {
    const [stored, row, team, { zone }] = await Promise.all([
      world.drafts.load(String(about.draft)),
      world.ledger.account(account),
      world.team.read(),
      world.settings.read(),
    ]);
    if (!stored || !row || !waitsForSecond(stored.draft)) return null;
    const { draft } = stored;
    if (!secondApprovers(draft, team, dayIn(zone, world.clock.now())).includes(user)) return null;
    const asked = askedIn(draft.content)
      .map(({ amount, currency }) => money(amount, currency))
      .join(' and ');
    const title = `Second approval: ${plain(draft.stage.name)} to ${plain(row.name)}`;
    const text = `${asked} · approved by <@${String(about.by)}>. It needs you today: what is not sent by tonight is drafted again tomorrow.`;
    const review = {
      ...button('draft-show', 'second', 'Review', { d: draft.id, h: draft.hash.slice(0, SHORT_HASH) }),
      style: 'primary' as const,
    };
    const open = button('account-card', 'second', 'Open card', { a: account });
    return { text: `${title}. ${asked}.`, blocks: [section(`:eyes: *${title}*\n${text}`), { type: 'actions', elements: [review, open] }] };
  };
}
