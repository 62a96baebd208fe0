import type { Day } from '../kernel/day.ts';
import { counted, money } from '../slack/text.ts';
import { keptPercent, type PastPromise, type PromiseRate, promiseRates, REPEATED, repeatedlyBroken } from './past-promises.ts';

/** "Promises of the last year: 2 of 3 kept (67%): £1,200.00 kept, £300.00 broken"; null when none has ended. */
export function promiseRecord(past: readonly PastPromise[], today: Day): string | null {
  const rates = promiseRates(past, today);
  const percent = keptPercent(rates);
  if (percent === null) return null;
  return `Promises of the last year: ${percent}% kept. ${rates.map(rateWords).join(' · ')}`;
}

/** "2 kept, £1,200.00; 1 partly kept, £100.00 of £400.00; 1 broken, £300.00". */
export function rateWords({ currency, kept, partly, broken }: PromiseRate): string {
  const parts = [
    kept.count > 0 ? `${kept.count} kept, ${money(kept.amount, currency)}` : '',
    partly.count > 0 ? `${partly.count} partly kept, ${money(partly.paid, currency)} of ${money(partly.amount, currency)}` : '',
    broken.count > 0 ? `${broken.count} broken, ${money(broken.amount, currency)}` : '',
  ];
  return parts.filter(Boolean).join('; ');
}

/** Said where somebody decides; the jump itself stays a manager's act. Null below the count of the policy. */
export function repeatedWords(past: readonly PastPromise[], today: Day, next: string | null): string | null {
  const often = repeatedlyBroken(past, today);
  if (often === null) return null;
  const stage = next === null ? '' : ` The next stage is proposed: *${next}*. A manager can jump to it.`;
  return `:warning: *${counted(often, 'promise')} broken in the last ${REPEATED.days} days.*${stage}`;
}
