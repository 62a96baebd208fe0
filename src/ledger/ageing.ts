/** Days past due; an invoice due today is current. */
export type AgeingBucket = 'current' | '1-30' | '31-60' | '61-90' | '90+';

/** Youngest first. */
export const AGEING_BUCKETS: readonly AgeingBucket[] = ['current', '1-30', '31-60', '61-90', '90+'];

/** `daysPastDue` is negative before the due day, 0 on it. */
export function bucketOf(daysPastDue: number): AgeingBucket {
  if (daysPastDue <= 0) return 'current';
  if (daysPastDue <= 30) return '1-30';
  if (daysPastDue <= 60) return '31-60';
  return daysPastDue <= 90 ? '61-90' : '90+';
}
