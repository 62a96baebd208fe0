import { z } from 'zod';
import { addDays, type Day, day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { longDay } from '../slack/freshness.ts';
import { type ClickRequest, Refused, type Subject } from '../slack/listeners.ts';
import { dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { answerOwner } from './answer-owner.op.ts';
import { LONGEST_VETO, STANDING_DAYS, type VetoAnswer } from './veto.ts';

const vetoRef = z.object({ a: z.string().max(100), i: z.string().max(300) });
const carriedRef = vetoRef.extend({ c: z.string().max(40) });

/** Go, go for a month, Hold… and I will call, to the account's owner in sales. Who may answer is checked again at each. */
export function vetoSubject(world: World): Subject {
  const refOf = (request: ClickRequest) => readCarried(vetoRef, request.value);
  const answer = async (request: ClickRequest, how: VetoAnswer['do'], days = 0) => {
    const { a, i } = refOf(request);
    const last = days > 0 ? addDays(dayIn(request.settings.zone, world.clock.now()), days) : null;
    const command = `click:veto:${how}${days || ''}:${i}:${request.asker.user}:${request.body.container.message_ts ?? request.triggerId}`;
    const result = await answerOwner(world, { account: a, veto: i, answer: how, until: last, reason: '' }, request.asker.user, command);
    if (!result.done) throw new Refused(REFUSED[result.refused]);
    const until = result.account.work.vetoes.find(({ id }) => id === i)?.answer;
    const called = until && until.do !== 'go' ? ` through ${longDay(until.until)}` : '';
    const standing = until?.do === 'go' ? until.standing : undefined;
    const go = standing
      ? `It may go, and nobody asks you about this customer through ${longDay(standing)}, formal steps apart.`
      : 'It may go.';
    const said = how === 'go' ? go : `Call the customer: the step waits${called}. You get the task here.`;
    await request.replace(sentence(`:white_check_mark: *${result.account.name.replace(/[<>&*]/g, '')}*: ${said}`));
  };
  return {
    clicks: {
      'veto-go': { may: 'read', run: (request) => answer(request, 'go') },
      'veto-go-on': { may: 'read', run: (request) => answer(request, 'go', STANDING_DAYS) },
      'veto-call': { may: 'read', run: (request) => answer(request, 'call') },
      'veto-hold': {
        may: 'read',
        async run(request) {
          const carried = { ...refOf(request), c: request.asker.channel };
          const today = dayIn(request.settings.zone, world.clock.now());
          const latest = addDays(today, LONGEST_VETO);
          const view = modal('veto-hold', 'Hold this step', 'Hold', carried, [
            dayField('until', 'Nothing goes through', addDays(today, 5), `${longDay(latest)} at the latest; a step is held once.`),
            textField('reason', 'Reason', { multiline: true, hint: 'The collector reads it, and the file keeps it.' }),
          ]);
          await request.client.views.open({ trigger_id: request.triggerId, view });
        },
      },
    },
    submits: {
      'veto-hold': {
        may: 'read',
        async run(request) {
          const { a, i, c } = readCarried(carriedRef, request.view.private_metadata);
          const until: Day = day(entered(request, 'until'));
          const asked = { account: a, veto: i, answer: 'hold' as const, until, reason: entered(request, 'reason') };
          const result = await answerOwner(world, asked, request.asker.user, `submit:${request.view.id}`);
          if (!result.done)
            return fieldErrors({ [result.refused === 'veto-reason-missing' ? 'reason' : 'until']: REFUSED[result.refused] });
          request.later(() => request.tell(c, sentence(`:white_check_mark: Held through ${longDay(until)}. The collector is told why.`)));
          return undefined;
        },
      },
    },
  };
}
