import { z } from 'zod';
import { addDays, dayIn } from '../kernel/day.ts';
import { readCurrencyAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, optionalPersonField, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { SlackWorld } from '../slack/world.ts';
import { changeGoals, progressNow } from './change-goals.op.ts';
import { POSTS } from './goals.ts';
import { goalsBlocks } from './goals.view.ts';

const postRef = z.object({ k: z.enum(POSTS), c: z.string().max(40) });
const carried = z.object({ c: z.string().max(40) });

/** /collections targets: cash wanted in a month, by team and collector, and what is posted by itself. */
export function goalsSubject(world: SlackWorld): Subject {
  const list = async (channel: string) => {
    const [progress, { posts }] = await Promise.all([progressNow(world), world.goals.read()]);
    return { text: 'Targets', blocks: goalsBlocks(progress, posts, channel) };
  };
  return {
    parts: {
      targets: {
        may: 'manage',
        usage: 'targets',
        help: 'cash of the month against target, and which reports are posted by themselves',
        run: async ({ asker, answer }) => answer(await list(asker.channel)),
      },
    },
    clicks: {
      'target-set': {
        may: 'manage',
        async run({ client, triggerId, asker, settings }) {
          const today = dayIn(settings.zone, world.clock.now());
          await client.views.open({ trigger_id: triggerId, view: form(today, asker.channel) });
        },
      },
      'post-set': {
        may: 'manage',
        async run({ value, asker, body, replace }) {
          const { k, c } = readCarried(postRef, value);
          const ref = `click:post:${k}:${c}:${body.actions[0]?.action_ts ?? body.trigger_id}`;
          const result = await changeGoals(world, { do: 'set-post', post: k, channel: c }, asker.user, ref);
          if (!result.done) throw new Refused(REFUSED[result.refused]);
          await replace(await list(asker.channel));
        },
      },
    },
    submits: { target: { may: 'manage', run: (request) => submit(request) } },
  };

  async function submit(request: SubmitRequest) {
    const { c } = readCarried(carried, request.view.private_metadata);
    const text = entered(request, 'amount').trim();
    const read = readCurrencyAmount(text);
    if ('problem' in read) return fieldErrors({ amount: read.problem });
    const { currency, amount } = read;
    const of = { month: entered(request, 'month'), collector: entered(request, 'collector'), currency, amount };
    const result = await changeGoals(world, { do: 'set-target', ...of }, request.asker.user, `submit:${request.view.id}`);
    if (!result.done) return fieldErrors({ amount: REFUSED[result.refused] });
    request.later(async () => request.tell(c, await list(c)));
    return undefined;
  }
}

function form(today: ReturnType<typeof dayIn>, channel: string) {
  const months = [today, addDays(`${today.slice(0, 8)}01` as typeof today, 31), addDays(`${today.slice(0, 8)}01` as typeof today, 62)];
  const options = Object.fromEntries(
    months.map((each) => [each.slice(0, 7), Temporal.PlainDate.from(each).toLocaleString('en-GB', { month: 'long', year: 'numeric' })]),
  );
  return modal('target', 'Set target', 'Save', { c: channel }, [
    choiceField('month', 'Month', options, today.slice(0, 7)),
    optionalPersonField('collector', 'Collector', 'Leave it empty for the whole team.'),
    textField('amount', 'Cash to collect', { max: 40, hint: 'With its currency, like EUR 50,000.' }),
  ]);
}
