import { z } from 'zod';
import { day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { percent, readPercent } from '../slack/percent.ts';
import { REFUSED } from '../slack/refusals.ts';
import { mayDo } from '../team/team.ts';
import { changePartners } from './change-partners.op.ts';
import { PARTNER_KINDS, type Partner } from './partner.ts';
import { PARTNER_WORDS, partnersReply } from './partners.view.ts';

const partnerRef = z.object({ p: z.string().max(100) });
/** `p` '' for a new one; `c` where the list stands. */
const carriedRef = z.object({ p: z.string().max(100), c: z.string().max(40) });

const FIELD: Readonly<Record<string, string>> = {
  'licence-missing': 'licence',
  'countries-missing': 'countries',
  'fee-share-out-of-range': 'rate',
};

/** /collections agencies: agencies and law firms with licence, fees and results. */
export function agenciesSubject(world: World): Subject {
  const list = async (user: string, notice?: string) => {
    const [{ partners }, works, team, { zone }] = await Promise.all([
      world.partners.read(),
      world.accounts.all(),
      world.team.read(),
      world.settings.read(),
    ]);
    const placements = [...works.values()].flatMap((work) => work.placements);
    return partnersReply(partners, placements, dayIn(zone, world.clock.now()), mayDo(team, user, 'manage'), notice);
  };
  return {
    parts: {
      agencies: {
        may: 'read',
        usage: 'agencies',
        help: 'collection agencies and law firms: licence, fees, results; managers add, edit and retire them',
        run: async ({ asker, answer }) => answer(await list(asker.user)),
      },
    },
    clicks: {
      'partner-add': {
        may: 'manage',
        run: async ({ client, triggerId, asker }) =>
          void (await client.views.open({ trigger_id: triggerId, view: form({ p: '', c: asker.channel }) })),
      },
      'partner-edit': {
        may: 'manage',
        async run({ value, client, triggerId, asker }) {
          const { p } = readCarried(partnerRef, value);
          const partner = (await world.partners.read()).partners.find((each) => each.id === p && !each.retired);
          if (!partner) throw new Refused(REFUSED['no-such-partner']);
          await client.views.open({ trigger_id: triggerId, view: form({ p, c: asker.channel }, partner) });
        },
      },
      'partner-retire': {
        may: 'manage',
        async run({ value, asker, replace }) {
          const { p } = readCarried(partnerRef, value);
          const result = await changePartners(world, { do: 'retire-partner', id: p }, asker.user, `click:retire:${p}`);
          await replace(await list(asker.user, result.done ? ':white_check_mark: Retired. What it has goes on.' : REFUSED[result.refused]));
        },
      },
    },
    submits: { partner: { may: 'manage', run: (request) => submit(world, list, request) } },
  };
}

async function submit(
  world: World,
  list: (user: string, notice: string) => ReturnType<typeof Promise.resolve<ReturnType<typeof partnersReply>>>,
  request: SubmitRequest,
) {
  const { p, c } = readCarried(carriedRef, request.view.private_metadata);
  const countries = entered(request, 'countries')
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (countries.some((each) => !/^[A-Z]{2}$/.test(each)))
    return fieldErrors({ countries: 'Write two letters for each country, like GB, IE.' });
  const rate = readPercent(entered(request, 'rate'));
  if (rate === null) return fieldErrors({ rate: 'Write the fee like 18 or 17.5, in percent of what comes in.' });
  const text = (name: string) => entered(request, name).trim();
  const partner = {
    id: p || `partner:${request.view.id}`,
    name: text('name'),
    kind: PARTNER_KINDS.find((each) => each === entered(request, 'kind'))!,
    licence: text('licence'),
    licensedTo: day(entered(request, 'to')),
    countries: [...new Set(countries)],
    rate,
    terms: text('terms'),
    contact: text('contact'),
  };
  const { user } = request.asker;
  const result = await changePartners(world, { do: p ? 'edit-partner' : 'add-partner', partner }, user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'name']: REFUSED[result.refused] });
  request.later(async () => request.tell(c, await list(user, ':white_check_mark: Saved.')));
  return undefined;
}

function form(carried: z.infer<typeof carriedRef>, partner?: Partner) {
  const words = Object.fromEntries(PARTNER_KINDS.map((each) => [each, PARTNER_WORDS[each]]));
  return modal('partner', partner ? 'Edit' : 'Agency or law firm', 'Save', carried, [
    textField('name', 'Name', { max: 100, initial: partner?.name ?? '' }),
    choiceField('kind', 'Kind', words, partner?.kind ?? 'agency'),
    textField('licence', 'Licence or registration', {
      max: 100,
      initial: partner?.licence ?? '',
      hint: 'Its number and the authority, for example FCA 123456.',
    }),
    dayField('to', 'Holds through', partner?.licensedTo, 'After this day nothing new is placed before somebody renews it here.'),
    textField('countries', 'Countries', {
      max: 200,
      initial: partner?.countries.join(', ') ?? '',
      hint: 'Where it works, two letters each: GB, IE.',
    }),
    textField('rate', 'Fee in percent of what comes in', { max: 10, initial: partner ? percent(partner.rate).replace(' %', '') : '' }),
    textField('terms', 'Other fees and terms', { optional: true, max: 300, initial: partner?.terms ?? '' }),
    textField('contact', 'Contact', { optional: true, max: 200, initial: partner?.contact ?? '', hint: 'Who, with mail or telephone.' }),
  ]);
}
