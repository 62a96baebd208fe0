/** Slack's waiting times in milliseconds; tests shorten them. */
export interface Timing {
  ack: number;
  trigger: number;
  /** Waits before the second, third and fourth delivery of an event that was not acknowledged. */
  eventRetries: number[];
  responseUrl: number;
  /** Between the pings of a Socket Mode connection. */
  ping: number;
  /** From the warning that a Socket Mode connection will be replaced to the request to refresh it. */
  warning: number;
  /** From that request until Slack closes the connection. */
  leave: number;
  /** From the completion of an upload until the file can be used. Slack names no figure; reports tell of moments to seconds. */
  files: number | 'never';
}

export const SLACK_TIMING: Timing = {
  ack: 3000,
  trigger: 3000,
  eventRetries: [0, 60_000, 300_000],
  responseUrl: 30 * 60_000,
  ping: 10_000,
  // "About ten seconds": docs.slack.dev/apis/events-api/using-socket-mode#disconnect. How long the old one then stays is not said there.
  warning: 10_000,
  leave: 3_000,
  files: 0,
};
