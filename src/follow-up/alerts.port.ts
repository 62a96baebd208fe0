import type { Alert, SentAlerts } from './alerts.ts';

/** What people are to hear of, each once. */
export interface AlertStore {
  /** False when the cause was told of before. */
  add(alert: Alert): Promise<boolean>;
  /** In no message yet and due. */
  waiting(now: Temporal.Instant): Promise<Alert[]>;
  /** Puts those that are in no message yet into this one; how many. */
  bundle(
    ids: readonly string[],
    message: { readonly id: string; readonly user: string; readonly list: boolean; readonly at: Temporal.Instant },
  ): Promise<number>;
  /** Messages to a person since a moment. */
  sent(user: string, since: Temporal.Instant): Promise<SentAlerts[]>;
  /** Bundled, but not handed on to be posted: whoever did it stopped in between. */
  unhanded(): Promise<string[]>;
  handed(message: string): Promise<void>;
  /** Its person cannot be reached: it goes to this one. */
  pass(message: string, user: string): Promise<void>;
  one(id: string): Promise<Alert | null>;
  of(message: string): Promise<Alert[]>;
}
