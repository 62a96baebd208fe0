import { z } from 'zod';
import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import type { AccountWork } from '../account/account-work.ts';
import { changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject } from '../slack/listeners.ts';
import { fieldErrors, modal } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import type { CardRef } from '../slack/pressed.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Settings } from '../team/settings.port.ts';
import { mayDo } from '../team/team.ts';
import type { AgreementRefusal } from './agreement.ts';
import { agreementText, companyName } from './agreement.view.ts';
import { AGREEMENT_FIELD, agreementFields, readAgreement, type Standard } from './agreement-form.slack.ts';

/** What was agreed with a customer: whoever collects sees it, a manager changes it. */
export function agreementSubject(world: World, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-agreement': {
        may: 'collect',
        async run(request) {
          const from = await cards.current(request);
          if (from) await openForm(world, request, from.ref, from.work);
        },
      },
      'agreement-now': {
        may: 'collect',
        async run(request) {
          const { a } = readCarried(z.looseObject({ a: z.string().max(100) }), request.value);
          const account = await world.accounts.load(a);
          if (!account) throw new Refused(REFUSED['no-such-account']);
          await openForm(world, request, { a, v: account.version }, account.work);
        },
      },
    },
    submits: {
      'account-agreement': {
        may: 'manage',
        async run(request) {
          const carried = carriedBy(request);
          const { terms: standard } = await standardOf(world, carried.a, request.settings);
          const read = readAgreement(request, standard);
          if ('errors' in read) return fieldErrors(read.errors);
          const change = { do: 'set-agreement' as const, seen: Number(carried.i), terms: read.terms };
          const result = await changeAccount(world, carried.a, change, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ [AGREEMENT_FIELD[result.refused as AgreementRefusal] ?? 'law']: REFUSED[result.refused] });
          cards.redrawn(request, carried, ':white_check_mark: Agreement on file.');
          return undefined;
        },
      },
    },
  };
}

/** Who may not change it sees it all the same. */
async function openForm(
  world: World,
  request: ClickRequest,
  ref: CardRef,
  { agreement, collector }: Pick<AccountWork, 'agreement' | 'collector'>,
): Promise<void> {
  const carried = { ...ref, c: request.asker.channel, w: collector, i: String(agreement?.revision ?? 0) };
  const standard = await standardOf(world, ref.a, request.settings);
  const form = modal('account-agreement', 'Agreement on file', 'Save', carried, agreementFields(agreement, standard));
  const { submit: _, ...shown } = { ...form, blocks: [section(agreementText({ agreement, ...standard }))] };
  const view = mayDo(await world.team.read(), request.asker.user, 'manage') ? form : shown;
  await request.client.views.open({ trigger_id: request.triggerId, view });
}

/** Standard terms of the company that usually sells to the account. */
async function standardOf(world: Pick<World, 'ledger'>, account: string, settings: Settings): Promise<Standard> {
  const entity = (await world.ledger.account(account))?.entity ?? '';
  return { company: companyName(settings, entity), terms: settings.terms?.[entity] };
}
