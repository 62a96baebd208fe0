/** How one row of the clock's table fares in this process: for the admin's Home and for whoever watches from outside. */
export interface StepHealth {
  readonly name: string;
  readonly lastSuccess: Temporal.Instant | null;
  /** The first failure since the last success; null while the last run succeeded. */
  readonly failingSince: Temporal.Instant | null;
  /** Failures in a row. */
  readonly failures: number;
  /** The last failure's message without secrets and addresses; '' while the last run succeeded. */
  readonly problem: string;
  readonly runningSince: Temporal.Instant | null;
  /** It has been running for longer than any of them should. */
  readonly hangs: boolean;
}

export const ails = ({ hangs, failingSince }: StepHealth): boolean => hangs || failingSince !== null;
