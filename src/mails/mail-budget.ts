/**
 * What a mailbox may send. Exchange Online takes 30 messages in a minute and 10,000 recipients in 24 hours from a mailbox
 * (learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1); Gmail in
 * Workspace 2,000 messages a day.
 */
export interface MailLimits {
  readonly perMinute: number;
  readonly recipientsPerDay: number;
}

export const MAIL_LIMITS: MailLimits = { perMinute: 30, recipientsPerDay: 10_000 };

/** What a mailbox has sent; times in epoch milliseconds. */
export interface MailBudget {
  /** Of the last minute, oldest first. */
  readonly recent: readonly number[];
  /** Recipients by hour since the epoch. */
  readonly hours: Readonly<Record<string, number>>;
}

export const NOTHING_SENT: MailBudget = { recent: [], hours: {} };

const HOUR = 3_600_000;
/** A minute as the server counts it, which sees mails a little later than they leave. */
const MINUTE = 61_000;

/** The budget after one more mail; or when there is room for it, over sliding windows, as the providers count. */
export function takeTurn(
  { recent, hours }: MailBudget,
  now: number,
  recipients: number,
  { perMinute, recipientsPerDay }: MailLimits,
): { readonly budget: MailBudget } | { readonly wait: number } {
  const lately = recent.filter((at) => now - at < MINUTE);
  if (lately.length >= perMinute) return { wait: lately[lately.length - perMinute]! + MINUTE };
  const hour = Math.floor(now / HOUR);
  // The hour that began 24 hours ago counts whole.
  const day = Object.entries(hours).filter(([each]) => Number(each) >= hour - 24);
  const used = day.reduce((sum, [, count]) => sum + count, 0);
  if (used > 0 && used + recipients > recipientsPerDay) return { wait: (Math.min(...day.map(([each]) => Number(each))) + 25) * HOUR };
  const counted = { ...Object.fromEntries(day), [hour]: (hours[hour] ?? 0) + recipients };
  return { budget: { recent: [...lately, now], hours: counted } };
}

/** When the last of these mails leaves, in epoch milliseconds, one after the other as fast as the limits allow. */
export function leavesAt(budget: MailBudget, now: number, recipients: readonly number[], limits: MailLimits): number {
  let state = budget;
  let time = now;
  for (const count of recipients) {
    let turn = takeTurn(state, time, count, limits);
    while ('wait' in turn) {
      time = turn.wait;
      turn = takeTurn(state, time, count, limits);
    }
    state = turn.budget;
  }
  return time;
}
