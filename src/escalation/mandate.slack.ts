import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { addDays, day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readAmounts } from '../slack/amounts.ts';
import type { Subject, SubmitRequest } from '../slack/listeners.ts';
import { dayField, entered, fieldErrors, modal, personField, textField } from '../slack/modals.ts';
import { readPercent } from '../slack/percent.ts';
import { REFUSED } from '../slack/refusals.ts';
import { mayDo, memberOf } from '../team/team.ts';
import { neededFor } from './approval-table.ts';

/** A usual mandate: a quarter of a year. */
const USUAL_DAYS = 90;

const FIELD: Readonly<Record<string, string>> = {
  'mandate-out-of-range': 'off',
  'day-not-in-future': 'until',
  'hold-too-long': 'until',
};

/** Handing an account to a senior negotiator, with what may be conceded. */
export function mandateSubject(world: World, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-mandate': {
        may: 'approve',
        run: cards.openUnplaced(({ today }, carried) =>
          modal('account-mandate', 'Hand to a negotiator', 'Give mandate', carried, [
            personField('negotiator', 'Negotiator', null, 'Somebody else than you, with the role collector, manager or finance lead.'),
            textField('off', 'Most of a balance to give up, in percent', { max: 10, hint: 'For example 20.' }),
            textField('most', 'And in all at most', {
              max: 100,
              hint: 'One amount a currency: GBP 5000, EUR 4000. Counts all settlements under the mandate together.',
            }),
            textField('longest', 'Longest plan, in days from when it is agreed', { max: 4, initial: '180' }),
            dayField('until', 'Until', addDays(day(today), USUAL_DAYS), 'Its last day. Both of you are told when it ends.'),
          ]),
        ),
      },
      'account-mandate-end': {
        may: 'approve',
        run: cards.open((_, carried) =>
          modal('account-mandate-end', 'End the mandate', 'End', carried, [
            textField('reason', 'Why', { multiline: true, max: 300, hint: 'What was agreed under it stands.' }),
          ]),
        ),
      },
    },
    submits: {
      'account-mandate': { may: 'approve', run: (request) => submit(world, cards, request) },
      'account-mandate-end': {
        may: 'approve',
        run: cards.submitted(
          'reason',
          async (request) => ({ do: 'end-mandate', reason: entered(request, 'reason') }),
          ':white_check_mark: Mandate ended. What was agreed under it stands.',
        ),
      },
    },
  };
}

async function submit(world: World, cards: AccountCards, request: SubmitRequest) {
  const carried = carriedBy(request);
  const off = readPercent(entered(request, 'off'));
  if (off === null) return fieldErrors({ off: 'Write the percentage like 20 or 12.5.' });
  const read = readAmounts(entered(request, 'most'));
  if ('problem' in read) return fieldErrors({ most: read.problem });
  const most = read.amounts;
  const longest = Number(entered(request, 'longest').trim());
  if (!/^\d{1,4}$/.test(entered(request, 'longest').trim()))
    return fieldErrors({ longest: 'Write a whole number of days, for example 180.' });
  const { user } = request.asker;
  const negotiator = entered(request, 'negotiator');
  const [team, { rules }] = await Promise.all([world.team.read(), world.approvalTable.read()]);
  if (!mayDo(team, negotiator, 'collect') || memberOf(team, negotiator)?.left)
    return fieldErrors({ negotiator: REFUSED['negotiator-lacks-role'] });
  // Nobody hands on what would have needed somebody above them.
  const leads = Object.entries(most).some(([currency, amount]) => neededFor(rules.settlement, currency, amount).financeLeads > 0);
  if (leads && !memberOf(team, user)?.roles.includes('finance-lead')) return fieldErrors({ most: REFUSED['mandate-above-role'] });
  const id = `mandate:${request.view.id}`;
  const wanted = { do: 'give-mandate', id, negotiator, off, most, longest, until: day(entered(request, 'until')) } as const;
  const result = await changeAccount(world, carried.a, wanted, user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'negotiator']: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: Mandate given; you are both told.');
  return undefined;
}
