import { shortDay } from '../slack/freshness.ts';
import { money, plain } from '../slack/text.ts';
import type { CallTold, SaidPaid } from './call.ts';

/** "£1,000.00 on 14 Nov 2026, reference “FT 4711”"; '' when they said no more than that it is paid. */
export function paidText({ on, amount, currency, reference }: SaidPaid): string {
  const sum = [amount === null ? '' : money(amount, currency), on === null ? '' : `on ${shortDay(on)}`].filter(Boolean).join(' ');
  return [sum, reference === '' ? '' : `reference “${plain(reference)}”`].filter(Boolean).join(', ');
}

/** What a caller heard and nobody has seen yet; null when nothing was said, or none of its invoices is open any more. */
export function saidPaidLine(told: CallTold | null | undefined, openNow: ReadonlySet<string>): string | null {
  if (!told?.invoices.some((number) => openNow.has(number))) return null;
  const what = paidText(told);
  return `:bank: *They say it is paid*${what ? `: ${what}` : ''} (told <@${told.by}> on ${shortDay(told.heard)}). Look in the bank; until the payment is in the ledger the follow-up goes on.`;
}
