import { describe, expect, test } from 'vitest';
import type { MailTrouble } from '../../src/mails/mail-trouble.ts';
import { type ReadinessNow, readiness } from '../../src/monitoring/readiness.ts';

const at = (iso: string) => Temporal.Instant.from(iso);
const NOW = at('2026-11-23T10:00:00Z');
const WELL = { ok: true, since: '2026-11-23T09:00:00Z', problem: null };
const socket = { ...WELL, connections: 1, opened: 1, lost: 0 };
const nothing = { jobs: [], emails: { queued: 0, sending: 0, failed: 0, ambiguous: 0 }, alertsWaiting: 0, stuck: {} };

const seen = (change: Partial<ReadinessNow> = {}) =>
  readiness({
    store: { ok: true, since: at('2026-11-23T09:00:00Z') },
    counts: { ...nothing, ledgerAsOf: at('2026-11-23T08:00:00Z'), troubles: [] },
    slack: { api: WELL, requests: socket },
    lastTick: at('2026-11-23T09:59:30Z'),
    started: at('2026-11-23T09:00:00Z'),
    now: NOW,
    storeTime: NOW,
    ...change,
  });

describe('an instance is ready', () => {
  test('when the store answers, Slack is connected and the clock ticks', () => {
    expect(seen()).toMatchObject({ ready: true, clock: { ageSeconds: 30 }, ledger: { ageSeconds: 7200 } });
  });

  test('over HTTP, where nobody knows of connections', () => {
    expect(seen({ slack: { api: WELL, requests: null } }).ready).toBe(true);
  });

  test('with a ledger of last month, with none, and with a mail server that refuses', () => {
    expect(seen({ counts: { ...nothing, ledgerAsOf: at('2026-10-23T08:00:00Z'), troubles: [] } }).ready).toBe(true);
    expect(seen({ counts: { ...nothing, ledgerAsOf: null, troubles: null } })).toMatchObject({
      ready: true,
      ledger: { asOf: null },
      mail: null,
    });
    const trouble = { of: 'ar@example.com', kind: 'login', said: 'secret', since: '2026-11-23T07:00:00Z', over: null } as MailTrouble;
    const { ready, mail } = seen({ counts: { ...nothing, ledgerAsOf: null, troubles: [trouble] } });
    expect(ready).toBe(true);
    expect(mail).toEqual({
      ok: false,
      since: '2026-11-23T07:00:00Z',
      problem: 'The mail server takes no email (login). Approved emails wait.',
    });
  });

  test('up to five minutes after the last tick', () => {
    expect(seen({ lastTick: at('2026-11-23T09:55:00Z') }).ready).toBe(true);
  });
});

describe('an instance is not ready', () => {
  test('without the store', () => {
    const store = { ok: false, since: at('2026-11-23T09:30:00Z') };
    expect(seen({ store })).toMatchObject({
      ready: false,
      store: { ok: false, since: '2026-11-23T09:30:00Z', problem: 'The store does not answer.' },
    });
  });

  test('without a connection, and without an answer of the Web API', () => {
    const ill = { ok: false, since: '2026-11-23T09:40:00Z', problem: 'Slack cannot be reached.' };
    expect(seen({ slack: { api: ill, requests: null } })).toMatchObject({ ready: false, slack: ill });
    expect(seen({ slack: { api: WELL, requests: { ...socket, ...ill, connections: 0 } } })).toMatchObject({ ready: false, slack: ill });
    expect(seen({ slack: { api: WELL, requests: { ...socket, connections: 0 } } }).slack.problem).toContain('No connection');
  });

  test('before the first tick, and more than five minutes after the last', () => {
    expect(seen({ lastTick: null }).clock.problem).toBe('The first tick of the clock has not ended yet.');
    const { ready, clock } = seen({ lastTick: at('2026-11-23T09:54:59Z') });
    expect([ready, clock.problem, clock.since]).toEqual([false, 'The clock has not ticked for 5 minutes.', '2026-11-23T09:54:59Z']);
  });
});
