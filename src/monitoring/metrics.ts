import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { REQUEST_KINDS, type RequestKind, SEND_OUTCOMES, type SendOutcome } from './labels.ts';

/** Slack shows people an error after three seconds. */
const ACK_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5];
const STEP_BUCKETS = [0.1, 1, 10, 60, 300];

/** What this process has seen since it started. Each takes values of closed sets only. */
export interface Metrics {
  /** A request of Slack's was acknowledged after so many seconds; null: it never was. */
  acked(kind: RequestKind, seconds: number | null): void;
  slackCalled(method: string, outcome: string): void;
  stepEnded(step: string, seconds: number, well: boolean): void;
  sent(outcome: SendOutcome): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

let ofProcess: Registry | null = null;

/** Memory, processor, event loop: of the process, however many bots a test runs in it. */
function processMetrics(): Registry {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const acks = new Histogram({
    name: 'arrears_slack_ack_seconds',
    help: 'From the receipt of a Slack request to its acknowledgement.',
    labelNames: ['kind'],
    buckets: ACK_BUCKETS,
    registers,
  });
  const unacknowledged = new Counter({
    name: 'arrears_slack_unacknowledged_total',
    help: 'Slack requests that ended without an acknowledgement.',
    labelNames: ['kind'],
    registers,
  });
  const calls = new Counter({
    name: 'arrears_slack_api_calls_total',
    help: 'Calls of the Slack Web API, by method and by what came of them.',
    labelNames: ['method', 'outcome'],
    registers,
  });
  const steps = new Histogram({
    name: 'arrears_clock_step_duration_seconds',
    help: 'Duration of one run of a step of the clock.',
    labelNames: ['step'],
    buckets: STEP_BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: 'arrears_clock_step_failures_total',
    help: 'Runs of a step of the clock that failed.',
    labelNames: ['step'],
    registers,
  });
  const sends = new Counter({
    name: 'arrears_sends_total',
    help: 'Emails handed to the mail server, by what came of it.',
    labelNames: ['outcome'],
    registers,
  });
  // A series that begins with its first failure hides that failure from increase() (prometheus.io/docs/practices/instrumentation).
  for (const outcome of SEND_OUTCOMES) sends.inc({ outcome }, 0);
  for (const kind of REQUEST_KINDS) unacknowledged.inc({ kind }, 0);
  return {
    acked(kind, seconds) {
      if (seconds === null) unacknowledged.inc({ kind });
      else acks.observe({ kind }, seconds);
    },
    slackCalled: (method, outcome) => calls.inc({ method, outcome }),
    stepEnded(step, seconds, well) {
      steps.observe({ step }, seconds);
      failures.inc({ step }, well ? 0 : 1);
    },
    sent: (outcome) => sends.inc({ outcome }),
    text: async () => `${await registers[0]!.metrics()}\n${await processMetrics().metrics()}`,
  };
}
