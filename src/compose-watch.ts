import type { HealthAnswer, HealthRoutes } from './health.ts';
import type { Clock } from './kernel/clock.port.ts';
import type { StepHealth } from './kernel/step-health.op.ts';
import type { Mailer, MailOutcome } from './mails/send.port.ts';
import type { SendOutcome } from './monitoring/labels.ts';
import type { Metrics } from './monitoring/metrics.ts';
import { readiness } from './monitoring/readiness.ts';
import { stateText } from './monitoring/scrape.ts';
import { watchStore } from './monitoring/store-watch.ts';
import type { SlackReport } from './slack/connect.ts';
import type { OpenStore } from './store/open-store.ts';

/** What the running bot tells of itself to those who watch. */
export interface BotPulse {
  health(): readonly StepHealth[];
  lastTick(): Temporal.Instant | null;
  /** The account at the mail server; null: none is set. */
  readonly mailbox: string | null;
  /** Every kind of job there is. */
  readonly jobKinds: readonly string[];
}

export interface WatchedParts {
  readonly stores: Pick<OpenStore, 'figures' | 'mailStates'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly slack: () => SlackReport;
  /** ISO time of the start. */
  readonly since: string;
}

/** What HEALTH_ADDRESS serves. It is there before the bot is, which is told to `begun`. */
export function healthRoutes({ stores, clock, metrics, slack, since }: WatchedParts): { routes: HealthRoutes; begun(bot: BotPulse): void } {
  let bot: BotPulse | null = null;
  const started = Temporal.Now.instant();
  const store = watchStore({
    figures: stores.figures,
    clock,
    async troubles() {
      if (!bot || bot.mailbox === null) return null;
      return (await stores.mailStates.read(bot.mailbox))?.state.troubles ?? [];
    },
  });
  /** Both questions at once, so that nobody waits for more than one deadline. */
  const look = async () => {
    const [pinged, counts] = await Promise.all([store.ping(), store.counts()]);
    const at = { slack: slack(), lastTick: bot?.lastTick() ?? null, now: Temporal.Now.instant(), storeTime: clock.now() };
    // Counts of a moment ago say nothing of a store that is away by now.
    return { at, counts: pinged.ok ? counts : null, found: readiness({ ...at, started, store: pinged, counts: store.last }) };
  };
  const readyz = async (): Promise<HealthAnswer> => {
    const { found } = await look();
    return { status: found.ready ? 200 : 503, body: found };
  };
  const scrape = async (): Promise<HealthAnswer> => {
    const { at, counts, found } = await look();
    const known = { ready: found.ready, storeUp: found.store.ok, counts, ledgerAsOf: store.last?.ledgerAsOf ?? null };
    const jobKinds = new Set(bot?.jobKinds ?? []);
    const text = await stateText({ ...at, ...known, steps: bot?.health() ?? [], jobKinds });
    return { status: 200, body: `${text}\n${await metrics.text()}` };
  };
  return {
    routes: {
      '/healthz': () => ({ status: 200, body: { up: true, since, slack: slack() } }),
      '/readyz': readyz,
      '/metrics': scrape,
    },
    begun(running) {
      bot = running;
    },
  };
}

const OUTCOMES: Readonly<Record<MailOutcome['outcome'], SendOutcome>> = {
  accepted: 'sent',
  refused: 'failed',
  held: 'waiting',
  withdrawn: 'withdrawn',
  unknown: 'ambiguous',
};

/** The mailer, with each mail counted by what came of it. */
export function countedMailer(mailer: Mailer, { sent }: Pick<Metrics, 'sent'>): Mailer {
  return {
    mailbox: mailer.mailbox,
    compose: (content, headers, files) => mailer.compose(content, headers, files),
    async send(from, to, bytes, lastWord) {
      const came = await mailer.send(from, to, bytes, lastWord);
      sent(came.outcome === 'refused' && came.passing ? 'waiting' : OUTCOMES[came.outcome]);
      return came;
    },
  };
}
