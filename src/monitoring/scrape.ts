import { Counter, Gauge, Registry } from 'prom-client';
import type { StepHealth } from '../kernel/step-health.op.ts';
import { oneOf, TROUBLE_KINDS } from './labels.ts';
import type { SlackWays } from './readiness.ts';
import { secondsSince } from './readiness.ts';
import { goingOn, type StoreCounts } from './store-watch.ts';

export interface ScrapeNow {
  readonly ready: boolean;
  readonly storeUp: boolean;
  /** Null: the store did not answer in time; then nothing is said of what it holds. */
  readonly counts: StoreCounts | null;
  /** The last import that is known of, also while the store is away. */
  readonly ledgerAsOf: Temporal.Instant | null;
  readonly slack: SlackWays;
  readonly steps: readonly StepHealth[];
  readonly lastTick: Temporal.Instant | null;
  readonly jobKinds: ReadonlySet<string>;
  readonly storeTime: Temporal.Instant;
}

const epochSeconds = (at: Temporal.Instant) => at.epochMilliseconds / 1000;

/** What is so at the moment, in Prometheus' text format: made anew each time, so that no series outlives what it tells of. */
export function stateText(at: ScrapeNow): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, value: number) => new Gauge({ name, help, registers }).set(value);
  const each = <L extends string>(name: string, help: string, labelNames: L[], rows: [Record<L, string>, number][]) => {
    const made = new Gauge({ name, help, labelNames, registers });
    for (const [labels, value] of rows) made.inc(labels, value);
  };
  gauge('arrears_ready', 'Whether this instance does its work (/readyz).', Number(at.ready));
  gauge('arrears_store_up', 'Whether the store answers in time.', Number(at.storeUp));
  if (at.counts) ofStore(at.counts, at, gauge, each);
  if (at.ledgerAsOf)
    gauge('arrears_ledger_age_seconds', 'Time since the last import of payments.', secondsSince(at.ledgerAsOf, at.storeTime));
  ofSlack(at.slack, registers, gauge);
  ofClock(at, gauge, each);
  return registry.metrics();
}

type MakeGauge = (name: string, help: string, value: number) => void;
type MakeEach = <L extends string>(name: string, help: string, labelNames: L[], rows: [Record<L, string>, number][]) => void;

function ofStore(counts: StoreCounts, { jobKinds: kinds, storeTime }: ScrapeNow, gauge: MakeGauge, each: MakeEach): void {
  const kindOf = (kind: string) => oneOf(kinds, kind);
  each(
    'arrears_jobs',
    'Jobs by kind and state; given-up: within the last thirty days.',
    ['kind', 'state'],
    counts.jobs.map(({ kind, state, count }) => [{ kind: kindOf(kind), state }, count]),
  );
  each(
    'arrears_jobs_stuck',
    'Open jobs of a kind that failed five times or more; they are tried again.',
    ['kind'],
    Object.entries(counts.stuck).map(([kind, count]) => [{ kind: kindOf(kind) }, count]),
  );
  const oldest = new Map<string, number>();
  for (const { kind, state, oldest: since } of counts.jobs)
    if (state === 'due') oldest.set(kindOf(kind), Math.max(oldest.get(kindOf(kind)) ?? 0, secondsSince(since, storeTime)));
  each(
    'arrears_jobs_oldest_due_seconds',
    'How long the oldest due job of a kind has been due.',
    ['kind'],
    [...oldest].map(([kind, age]) => [{ kind }, age]),
  );
  each(
    'arrears_emails',
    'Approved emails whose end is open, by state.',
    ['state'],
    Object.entries(counts.emails).map(([state, count]) => [{ state: state === 'queued' ? 'waiting' : state }, count]),
  );
  gauge('arrears_alerts_waiting', 'Alerts that are due and in no message yet, also those that wait for the morning.', counts.alertsWaiting);
  if (counts.troubles) {
    const met = new Set(goingOn(counts.troubles).map(({ kind }) => kind));
    each(
      'arrears_mail_trouble',
      'Whether the mail account or server is in this kind of trouble.',
      ['kind'],
      TROUBLE_KINDS.map((kind) => [{ kind }, Number(met.has(kind))]),
    );
  }
}

function ofSlack({ api, requests }: SlackWays, registers: Registry[], gauge: MakeGauge): void {
  gauge('arrears_slack_api_up', 'Whether the Slack Web API answers.', Number(api.ok));
  if (!requests) return;
  gauge('arrears_slack_socket_up', 'Whether a Socket Mode connection is there.', Number(requests.ok && requests.connections > 0));
  gauge('arrears_slack_socket_connections', 'Open Socket Mode connections.', requests.connections);
  const counter = (name: string, help: string, value: number) => new Counter({ name, help, registers }).inc(value);
  counter(
    'arrears_slack_socket_opened_total',
    'Socket Mode connections opened since the start, planned replacements included.',
    requests.opened,
  );
  counter('arrears_slack_socket_lost_total', 'Times when the last Socket Mode connection was lost.', requests.lost);
}

function ofClock({ steps, lastTick }: ScrapeNow, gauge: MakeGauge, each: MakeEach): void {
  if (lastTick) gauge('arrears_clock_last_tick_timestamp_seconds', 'End of the last tick of the clock.', epochSeconds(lastTick));
  each(
    'arrears_clock_step_last_success_timestamp_seconds',
    'End of the last run of a step that did not fail.',
    ['step'],
    steps.flatMap(({ name, lastSuccess }): [{ step: string }, number][] =>
      lastSuccess ? [[{ step: name }, epochSeconds(lastSuccess)]] : [],
    ),
  );
  gauge(
    'arrears_clock_steps_hanging',
    'Steps of the clock that have run for more than five minutes.',
    steps.filter(({ hangs }) => hangs).length,
  );
}
