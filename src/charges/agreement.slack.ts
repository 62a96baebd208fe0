import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import { changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { Subject } from '../slack/listeners.ts';
import { fieldErrors, modal } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { mayDo } from '../team/team.ts';
import type { AgreementRefusal } from './agreement.ts';
import { agreementText } from './agreement.view.ts';
import { AGREEMENT_FIELD, agreementFields, readAgreement } from './agreement-form.slack.ts';

/** What was agreed with a customer: whoever collects sees it, a manager changes it. */
export function agreementSubject(world: World, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-agreement': {
        may: 'collect',
        async run(request) {
          const from = await cards.current(request);
          if (!from) return;
          const { agreement, collector } = from.work;
          const carried = { ...from.ref, c: request.asker.channel, w: collector, i: String(agreement?.revision ?? 0) };
          const form = modal('account-agreement', 'Agreement on file', 'Save', carried, agreementFields(agreement));
          const { submit: _, ...shown } = {
            ...form,
            blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, verbatim: true, text: agreementText(agreement) } }],
          };
          const view = mayDo(await world.team.read(), request.asker.user, 'manage') ? form : shown;
          await request.client.views.open({ trigger_id: request.triggerId, view });
        },
      },
    },
    submits: {
      'account-agreement': {
        may: 'manage',
        async run(request) {
          const carried = carriedBy(request);
          const read = readAgreement(request);
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
