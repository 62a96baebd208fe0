import { counted } from '../slack/text.ts';
import type { CaseKind, Needed } from './approval-table.ts';

export const CASE_KIND_WORDS: Readonly<Record<CaseKind, string>> = {
  'demand-letter': 'Demand letter',
  agency: 'Placement with an agency',
  legal: 'Legal action',
  'write-off': 'Write-off',
  settlement: 'Settlement',
  plan: 'Payment plan',
  'credit-limit': 'Credit limit',
  'stop-supply': 'Stop supply',
  'release-supply': 'Release supply',
};

/** Why it is asked, to be ticked; the words beside it say the rest. */
export const REASON_CODES = {
  'broken-promises': 'Broken promises',
  'no-response': 'No response',
  'limit-passed': 'Credit limit passed',
  'pays-later-and-later': 'Pays later and later',
  insolvency: 'Signs of insolvency',
  'dispute-rejected': 'Dispute was rejected',
  'customer-asked': 'The customer asked for it',
  'paid-up': 'Has paid, or pays as agreed',
  other: 'Something else, see the words',
} as const;

export function reasonWords(codes: readonly string[]): string {
  return codes.map((code) => REASON_CODES[code as keyof typeof REASON_CODES] ?? code).join(' · ');
}

/** 'one manager or finance lead', '2 managers or finance leads, one of them a finance lead'. */
export function neededWords({ people, financeLeads }: Needed): string {
  if (people === financeLeads) return people === 1 ? 'one finance lead' : counted(people, 'finance lead');
  if (people === 1) return 'one manager or finance lead';
  const leads =
    financeLeads === 0 ? '' : `, ${financeLeads === 1 ? 'one of them a finance lead' : `${financeLeads} of them finance leads`}`;
  return `${people} managers or finance leads${leads}`;
}

/** 'Mon 23 Nov 2026, 09:00' in the company's zone. */
export function momentIn(iso: string, zone: string): string {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO(zone);
  const day = at.toPlainDate().toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  return `${day}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** Said at the request when too few people could decide it; nothing was created. */
export function nobodyWords({ missing, could }: { readonly missing: Needed; readonly could: readonly string[] }): string {
  const lacking = [
    ...(missing.people > 0 ? [counted(missing.people, 'more person who may approve', 'more people who may approve')] : []),
    ...(missing.financeLeads > 0 ? [counted(missing.financeLeads, 'finance lead')] : []),
  ].join(', among them ');
  const roles =
    could.length === 0
      ? 'Nobody has the role manager or finance lead.'
      : `With the role: ${could
          .slice(0, 5)
          .map((user) => `<@${user}>`)
          .join(', ')}, but whoever asks or edits, is away or stands in for one of these does not count.`;
  return `Nobody could decide this now: it needs ${lacking}. ${roles} Nothing was asked. An admin gives roles with the roles part of the collections command.`;
}
