import type { WebClient } from '@slack/web-api';
import { dayIn } from '../domain/day.ts';
import { actingFor, mayDo, memberOf, type Team, whoCould } from '../domain/team.ts';
import type { FollowUpPorts } from '../operations/account-days.ts';
import { explainAccount } from '../operations/explain-account.ts';
import type { TeamStore } from '../operations/ports.ts';
import type { PromiseNews } from '../operations/tell-promise.ts';
import { promiseNews } from './blocks/promise-news.ts';
import { directChannel } from './direct.ts';
import type { Renderer } from './outbound.ts';

export interface NewsPorts extends FollowUpPorts {
  readonly client: WebClient;
  readonly team: TeamStore;
}

/** A promise that was not kept goes back to whoever took it, to their cover, else to the collector, else to somebody who manages. */
export function promiseNewsRenderer(ports: NewsPorts): Renderer {
  return async (payload) => {
    const { account, promise: id } = payload as unknown as PromiseNews;
    const [explanation, team, { zone }] = await Promise.all([explainAccount(ports, account), ports.team.read(), ports.settings.read()]);
    const promise = explanation?.work.pastPromises.find((each) => each.id === id);
    if (!explanation || !promise) return null;
    const { work, row, day, decision, policy } = explanation;
    const next = decision.entities.find((stand) => stand.entity === promise.entity)?.next;
    const stage = policy.stages.find((each) => each.key === next)?.name ?? null;
    const wanted = [promise.takenBy, ...(work.collector ? [work.collector] : [])];
    const found = await firstReachable(ports.client, team, wanted, dayIn(zone, ports.clock.now()));
    if (!found) return null;
    const instead = found.user === promise.takenBy ? null : `<@${promise.takenBy}> took this promise and is not there today.`;
    return {
      channel: found.channel,
      messages: [promiseNews({ account: row, promise, past: work.pastPromises, today: day.today, next: stage, instead })],
    };
  };
}

/** The first of these, or whoever covers for them, who may work on accounts and can be written to; then anybody who manages. */
export async function firstReachable(
  client: WebClient,
  team: Team,
  wanted: readonly string[],
  today: Parameters<typeof actingFor>[2],
): Promise<{ readonly user: string; readonly channel: string } | null> {
  const acting = wanted.map((user) => actingFor(team, user, today));
  for (const user of [...acting, ...whoCould(team, 'manage')]) {
    if (memberOf(team, user)?.left || !mayDo(team, user, 'collect')) continue;
    const channel = await directChannel(client, user);
    if (channel) return { user, channel };
  }
  return null;
}
