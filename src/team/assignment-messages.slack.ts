import type { WebClient } from '@slack/web-api';
import type { Clock } from '../kernel/clock.port.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { Reply } from '../slack/reply.ts';
import type { AssignManyState } from './assign-many.op.ts';
import { assignmentNews, bulkEnd, bulkStart, leaverNews, unreachableNews } from './assignments.view.ts';
import { LEAVER_JOB } from './check-leavers.op.ts';
import type { SettingsStore } from './settings.port.ts';
import type { TeamStore } from './team.port.ts';
import { withRole } from './team.ts';
import { type AssignmentNews, TELL_ASSIGNED } from './tell-assignment.op.ts';

export interface AssignmentMessagePorts {
  readonly client: WebClient;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly team: TeamStore;
  readonly settings: SettingsStore;
}

const UNREACHABLE_JOB = 'tell-unreachable';
const BULK_START = 'bulk-start';
const BULK_END = 'bulk-end';

/** What collectors and managers are told about assignments, by direct message. */
export function assignmentRenderers(ports: AssignmentMessagePorts): Record<string, Renderer> {
  const toPerson = async (user: string, reply: Reply) => {
    const channel = await directChannel(ports.client, user);
    return channel === null ? null : { channel, messages: [reply] };
  };
  return {
    async [TELL_ASSIGNED](payload) {
      const news = payload as unknown as AssignmentNews;
      const [names, { commands }] = await Promise.all([
        namesOf(ports.ledger, [...news.gained.ids, ...news.lost.ids]),
        ports.settings.read(),
      ]);
      const message = await toPerson(news.user, assignmentNews(news, names, commands));
      // The collector who cannot be reached would not miss the message, but the accounts would miss a collector.
      if (!message && news.gained.count > 0) await tellManagers(ports, news);
      return message;
    },
    [UNREACHABLE_JOB]: async ({ manager, missing, count }) => toPerson(String(manager), unreachableNews(String(missing), Number(count))),
    async [LEAVER_JOB]({ manager, user }) {
      const [accounts, { commands }] = await Promise.all([ports.ledger.accounts(), ports.settings.read()]);
      const count = accounts.filter((account) => account.collector === user).length;
      return toPerson(String(manager), leaverNews(String(user), count, commands));
    },
    [BULK_START]: async ({ user, total }) => toPerson(String(user), bulkStart(Number(total))),
    async [BULK_END]({ state }) {
      const ended = state as AssignManyState;
      return toPerson(ended.by, bulkEnd(ended, await namesOf(ports.ledger, refusedIds(ended))));
    },
  };
}

async function tellManagers(ports: AssignmentMessagePorts, news: AssignmentNews): Promise<void> {
  const team = await ports.team.read();
  const managers = withRole(team, 'manager').length > 0 ? withRole(team, 'manager') : withRole(team, 'admin');
  for (const manager of managers.filter((user) => user !== news.user)) {
    const id = `unreachable:${news.user}:${manager}:${news.gained.ids.at(0)}:${news.gained.count}`;
    const payload = { manager, missing: news.user, count: news.gained.count };
    await ports.jobs.add({ id, kind: UNREACHABLE_JOB, payload, dueAt: ports.clock.now() });
  }
}

/** Shows the asker of a bulk change how far it is. Only long ones are announced; the end of each is told. */
export function bulkReporter(ports: AssignmentMessagePorts): (state: AssignManyState) => Promise<void> {
  return async (state) => {
    if (!/^[UW][A-Z0-9]+$/.test(state.by)) return;
    const start = `bulk-start:${state.id}`;
    if (!state.ended)
      await ports.jobs.add({ id: start, kind: BULK_START, payload: { user: state.by, total: state.total }, dueAt: ports.clock.now() });
    const posted = ((await ports.jobs.get(start))?.progress as { posted?: { ts: string; channel: string }[] } | undefined)?.posted?.[0];
    if (posted) {
      const reply = state.ended ? bulkEnd(state, await namesOf(ports.ledger, refusedIds(state))) : bulkStart(state.total, state.next);
      const shown = await ports.client.chat.update({ channel: posted.channel, ts: posted.ts, ...reply }).catch(() => null);
      if (shown?.ok) return;
    }
    // Slack may refuse an update, or the first message is not there yet: a successor says how it ended.
    if (state.ended) await ports.jobs.add({ id: `bulk-end:${state.id}`, kind: BULK_END, payload: { state }, dueAt: ports.clock.now() });
  };
}

const refusedIds = (state: AssignManyState) => state.refused.map((each) => each.account);

async function namesOf(ledger: Ledger, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = new Set(ids);
  const accounts = wanted.size === 0 ? [] : await ledger.accounts();
  return new Map(accounts.filter((account) => wanted.has(account.id)).map((account) => [account.id, account.name]));
}
