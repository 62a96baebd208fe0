import type { Ledger } from '../ledger/ledger.port.ts';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { Reply } from '../slack/reply.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { AssignManyState } from './assign-many.op.ts';
import { assignmentNews, bulkEnd, bulkStart, leaverNews, unreachableNews } from './assignments.view.ts';
import { LEAVER_JOB } from './check-leavers.op.ts';
import { withRole } from './team.ts';
import { type AssignmentNews, TELL_ASSIGNED } from './tell-assignment.op.ts';

const UNREACHABLE_JOB = 'tell-unreachable';
const BULK_START = 'bulk-start';
const BULK_END = 'bulk-end';

/** What collectors and managers are told about assignments, by direct message. */
export function assignmentRenderers(world: SlackWorld): Record<string, Renderer> {
  const toPerson = async (user: string, reply: Reply) => {
    const channel = await directChannel(world.client, user);
    return channel === null ? null : { channel, messages: [reply] };
  };
  return {
    async [TELL_ASSIGNED](payload) {
      const news = payload as unknown as AssignmentNews;
      const [names, { commands }] = await Promise.all([
        namesOf(world.ledger, [...news.gained.ids, ...news.lost.ids]),
        world.settings.read(),
      ]);
      const message = await toPerson(news.user, assignmentNews(news, names, commands));
      // The collector who cannot be reached would not miss the message, but the accounts would miss a collector.
      if (!message && news.gained.count > 0) await tellManagers(world, news);
      return message;
    },
    [UNREACHABLE_JOB]: async ({ manager, missing, count }) => toPerson(String(manager), unreachableNews(String(missing), Number(count))),
    async [LEAVER_JOB]({ manager, user }) {
      const [accounts, { commands }] = await Promise.all([world.ledger.accounts(), world.settings.read()]);
      const count = accounts.filter((account) => account.collector === user).length;
      return toPerson(String(manager), leaverNews(String(user), count, commands));
    },
    [BULK_START]: async ({ user, total }) => toPerson(String(user), bulkStart(Number(total))),
    async [BULK_END]({ state }) {
      const ended = state as AssignManyState;
      return toPerson(ended.by, bulkEnd(ended, await namesOf(world.ledger, refusedIds(ended))));
    },
  };
}

async function tellManagers(world: SlackWorld, news: AssignmentNews): Promise<void> {
  const team = await world.team.read();
  const managers = withRole(team, 'manager').length > 0 ? withRole(team, 'manager') : withRole(team, 'admin');
  for (const manager of managers.filter((user) => user !== news.user)) {
    const id = `unreachable:${news.user}:${manager}:${news.gained.ids.at(0)}:${news.gained.count}`;
    const payload = { manager, missing: news.user, count: news.gained.count };
    await world.jobs.add({ id, kind: UNREACHABLE_JOB, payload, dueAt: world.clock.now() });
  }
}

/** Shows the asker of a bulk change how far it is. Only long ones are announced; the end of each is told. */
export function bulkReporter(world: SlackWorld): (state: AssignManyState) => Promise<void> {
  return async (state) => {
    if (!/^[UW][A-Z0-9]+$/.test(state.by)) return;
    const start = `bulk-start:${state.id}`;
    if (!state.ended)
      await world.jobs.add({ id: start, kind: BULK_START, payload: { user: state.by, total: state.total }, dueAt: world.clock.now() });
    const posted = ((await world.jobs.get(start))?.progress as { posted?: { ts: string; channel: string }[] } | undefined)?.posted?.[0];
    if (posted) {
      const reply = state.ended ? bulkEnd(state, await namesOf(world.ledger, refusedIds(state))) : bulkStart(state.total, state.next);
      const shown = await world.client.chat.update({ channel: posted.channel, ts: posted.ts, ...reply }).catch(() => null);
      if (shown?.ok) return;
    }
    // Slack may refuse an update, or the first message is not there yet: a successor says how it ended.
    if (state.ended) await world.jobs.add({ id: `bulk-end:${state.id}`, kind: BULK_END, payload: { state }, dueAt: world.clock.now() });
  };
}

const refusedIds = (state: AssignManyState) => state.refused.map((each) => each.account);

async function namesOf(ledger: Ledger, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = new Set(ids);
  const accounts = wanted.size === 0 ? [] : await ledger.accounts();
  return new Map(accounts.filter((account) => wanted.has(account.id)).map((account) => [account.id, account.name]));
}
