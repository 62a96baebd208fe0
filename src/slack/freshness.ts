import type { ContextBlock } from '@slack/types';
import { escaped } from './text.ts';

/** "payments as of 08:10". `asOf` in the company's zone; null before the first import. */
export function freshnessLine(asOf: Temporal.Instant | null, sample: boolean, zone: string, now: Temporal.Instant): string {
  if (asOf === null) return 'The ledger is empty: nothing has been imported yet.';
  const at = asOf.toZonedDateTimeISO(zone);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const sameDay = Temporal.PlainDate.compare(at.toPlainDate(), today) === 0;
  const when = sameDay ? time : `${longDay(at.toPlainDate().toString())}, ${time}`;
  return sample ? `Sample ledger, made up to try things with (as of ${when}). The first import replaces it.` : `Payments as of ${when}.`;
}

/** 'Thursday 20 November 2026': no order of day and month to mistake. */
export function longDay(iso: string): string {
  return Temporal.PlainDate.from(iso).toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** '20 Nov 2026'. */
export function shortDay(iso: string): string {
  return Temporal.PlainDate.from(iso).toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

export function contextLine(...parts: string[]): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', verbatim: true, text: parts.join('  ·  ') }] };
}

export function nameOf(collector: string | null): string {
  return collector ? `<@${escaped(collector)}>` : 'nobody yet';
}
