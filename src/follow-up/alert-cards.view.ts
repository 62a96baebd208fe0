import type { Reply } from '../slack/reply.ts';
import type { Alert, AlertCause } from './alerts.ts';

/** An alert as it stands now, with its action; its text is its line in a list. Null: there is nothing to act on any more. */
export type DrawAlert = (alert: Alert) => Promise<Reply | null>;

/** Causes whose card belongs to another side's things; the rest is drawn in alerts.view.ts. */
export type DrawnElsewhere =
  | 'promise-broken'
  | 'contact-search'
  | 'dispute-overdue'
  | 'mail-trouble'
  | 'second-approval'
  | 'case-lapses'
  | 'supply-task'
  | 'plan-missed'
  | 'plan-defaulted'
  | 'write-off-paid'
  | 'mail-stopped'
  | 'mail-works'
  | 'rate-missing';
export type AlertCards = Readonly<Record<DrawnElsewhere, DrawAlert>>;
export type DrawnHere = Exclude<AlertCause, DrawnElsewhere>;
