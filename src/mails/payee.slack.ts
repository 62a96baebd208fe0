import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject } from '../slack/listeners.ts';
import { entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { button, section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { firstOf, plain } from '../slack/text.ts';
import { changePayee } from './change-payee.op.ts';
import type { PayeeAccount, PayeesOf } from './payee.ts';

const CARRIED = z.object({ e: z.string().max(60), i: z.string().max(40) });
const FORM = z.object({ e: z.string().max(60), c: z.string().max(40) });

/** /collections payee: our bank accounts, which two people confirm; an invoice that names another one is not sent. */
export function payeeSubject(world: World): Subject {
  const list = async () => payeeList((await world.settings.read()).payees ?? {}, await world.ledger.entities());
  const click = (what: 'confirm' | 'remove') => ({
    may: 'approve' as const,
    async run({ value, asker, replace }: ClickRequest) {
      const { e, i } = readCarried(CARRIED, value);
      const result = await changePayee(world, { do: what, entity: e, iban: i }, asker.user, `click:payee:${what}:${e}:${i}:${asker.user}`);
      if (!result.done) throw new Refused(REFUSED[result.refused]);
      await replace(await list());
    },
  });
  return {
    parts: {
      payee: {
        may: 'approve',
        usage: 'payee [CODE]',
        help: 'our bank accounts: two people confirm each; an invoice file that names another is not sent',
        async run({ text, asker, answer, client, triggerId }) {
          if (text === '') return answer(await list());
          const known = await world.ledger.entities();
          if (!known.includes(text))
            throw new Refused(
              `No invoice and no customer names a selling entity ${plain(text)}. Known are: ${firstOf(known.map(plain), 20)}.`,
            );
          const hint = 'From a bank document, never from an email. Somebody else confirms it before it counts.';
          await client.views.open({
            trigger_id: triggerId,
            view: modal('payee', `Account of ${text}`, 'Enter', { e: text, c: asker.channel }, [
              textField('iban', 'IBAN', { max: 42, hint }),
            ]),
          });
        },
      },
    },
    clicks: { 'payee-confirm': click('confirm'), 'payee-remove': click('remove') },
    submits: {
      payee: {
        may: 'approve',
        async run(request) {
          const { e, c } = readCarried(FORM, request.view.private_metadata);
          const change = { do: 'propose', entity: e, iban: entered(request, 'iban') } as const;
          const result = await changePayee(world, change, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ iban: REFUSED[result.refused] });
          await request.tell(c, await list());
          return undefined;
        },
      },
    },
  };
}

function payeeList(payees: PayeesOf, entities: readonly string[]): Reply {
  const rows = entities.flatMap((entity) => (payees[entity] ?? []).map((account) => [entity, account] as const));
  if (rows.length === 0)
    return sentence(
      'No bank account of ours is on file. Enter one with `payee CODE`: an e-invoice that names an account which two people have not confirmed is not sent.',
    );
  return {
    text: 'Our bank accounts',
    blocks: [section('*Our bank accounts*'), ...rows.flatMap(([entity, account]) => payeeBlocks(entity, account))],
  };
}

function payeeBlocks(entity: string, { iban, proposedBy, confirmedBy }: PayeeAccount): KnownBlock[] {
  const ref = { e: entity, i: iban };
  const stand = confirmedBy
    ? `entered by <@${proposedBy}>, confirmed by <@${confirmedBy}>`
    : `entered by <@${proposedBy}>; :warning: somebody else is to confirm it`;
  const confirm = confirmedBy ? [] : [{ ...button('payee-confirm', iban.slice(-8), 'Confirm', ref), style: 'primary' as const }];
  return [
    section(`*${plain(entity)}*  ${plain(iban.replaceAll(/(.{4})(?=.)/g, '$1 '))}\n${stand}`),
    { type: 'actions', elements: [...confirm, button('payee-remove', iban.slice(-8), 'Remove', ref)] },
  ];
}
