import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { explainAccount } from '../follow-up/explain-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import { promiseNews } from './promise-news.view.ts';

/** A promise that was not kept, for whoever took it or stands in for them. */
export function promiseAlert(world: World): DrawAlert {
  return async ({ account, about, user }) => {
    const explanation = await explainAccount(world, account);
    const promise = explanation?.work.pastPromises.find((each) => each.id === about.promise);
    if (!explanation || !promise) return null;
    const { work, row, day, decision, policy } = explanation;
    const next = decision.entities.find((stand) => stand.entity === promise.entity)?.next;
    const stage = policy.stages.find((each) => each.key === next)?.name ?? null;
    const instead = user === promise.takenBy ? null : `<@${promise.takenBy}> took this promise and is not there today.`;
    return promiseNews({ account: row, promise, past: work.pastPromises, today: day.today, next: stage, instead });
  };
}
