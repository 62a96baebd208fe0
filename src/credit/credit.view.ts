import { shortDay } from '../slack/freshness.ts';
import { money, plain } from '../slack/text.ts';
import type { Headroom } from './exposure.ts';
import type { CreditStand } from './read-credit.op.ts';

/** Lines of a card: exposure against each limit, then what else is on file; '' where there is nothing to say. */
export function creditText({ file, rooms, today }: CreditStand): string {
  const lines = rooms.map(roomText);
  const { checks, deposit, security, retentionOfTitle, insured, nextReview } = file;
  for (const { provider, grade, on, until } of checks)
    lines.push(
      `Check by ${plain(provider)} of ${shortDay(on)}: ${plain(grade)}${until ? (until < today ? ', expired' : `, until ${shortDay(until)}`) : ''}`,
    );
  if (deposit) {
    const more = deposit.received > deposit.asked ? ' (more than was asked for: return it or apply it)' : '';
    lines.push(`Deposit: ${money(deposit.received, deposit.currency)} of ${money(deposit.asked, deposit.currency)} received${more}`);
  }
  if (insured) lines.push(`Insured: ${money(insured.amount, insured.currency)}, ${insured.percent} % of a loss`);
  const kept = [retentionOfTitle ? 'retention of title' : '', security ? plain(security) : ''].filter(Boolean).join('; ');
  if (kept) lines.push(`Security: ${kept}`);
  if (nextReview) lines.push(`Next review: ${shortDay(nextReview)}${nextReview < today ? ' :warning: overdue' : ''}`);
  return lines.length === 0 ? '' : `*Credit*\n${lines.join('\n')}`;
}

function roomText({ of, currency, limit, amount, expired, exposure, left }: Headroom): string {
  const whose = of === 'group' ? 'Group: e' : 'E';
  const decided =
    limit.by === ''
      ? 'by decision'
      : `${/^[UW][A-Z0-9]+$/.test(limit.by) ? `<@${limit.by}>` : limit.by === 'import' ? 'imported' : 'by decision'}, ${shortDay(limit.on)}`;
  const until = limit.until ? `${expired ? ', expired' : ', until'} ${shortDay(limit.until)}` : '';
  const bounded = !expired && amount < limit.amount ? `, insured for ${money(amount, currency)}` : '';
  const cash = limit.amount === 0 ? ' (cash in advance)' : '';
  const room = left < 0 ? `:warning: *${money(-left, currency)} above it*` : `${money(left, currency)} left`;
  return `${whose}xposure *${money(exposure, currency)}* of limit ${money(limit.amount, currency)}${cash}${bounded} (${decided}${until}): ${room}`;
}
