import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import { changeSender } from './change-sender.op.ts';

const CARRIED = z.object({ e: z.string().max(60), c: z.string().max(40) });

const FIELD: Readonly<Record<string, string>> = {
  'sender-name-missing': 'name',
  'sender-address': 'address',
  'sender-remittance': 'remittance',
  'sender-phone-missing': 'phone',
};

/** /collections sender: how each of our selling entities writes to its customers. */
export function senderSubject(world: World): Subject {
  const entities = async (): Promise<ReadonlySet<string>> =>
    new Set((await world.ledger.accounts()).map((account) => account.entity).filter(Boolean));
  return {
    parts: {
      sender: {
        may: 'admin',
        usage: 'sender [CODE]',
        help: 'the name, address and telephone number under which a selling entity writes',
        async run({ text, asker, answer, client, settings, triggerId }) {
          const known = [...(await entities())].sort();
          if (text === '') {
            const lines = known.map((code) => {
              const sender = settings.senders?.[code];
              return sender
                ? `• *${plain(code)}*: ${plain(sender.name)}, ${plain(sender.address)}, remittances to ${plain(sender.remittance)}, ${plain(sender.phone)}`
                : `• *${plain(code)}*: :warning: not set, so nothing can be drafted for it`;
            });
            return answer(
              sentence(
                `*How our selling entities write*\n${lines.join('\n')}\nSet one with \`/${settings.commands.collections} sender ${plain(known[0] ?? 'CODE')}\`.`,
              ),
            );
          }
          if (!known.includes(text))
            throw new Refused(`The ledger knows no selling entity ${plain(text)}. Known: ${known.map(plain).join(', ')}.`);
          const now = settings.senders?.[text];
          const view = modal('sender', `Sender ${text}`, 'Save', { e: text, c: asker.channel }, [
            textField('name', 'Name of the company, as on its invoices', { initial: now?.name ?? '' }),
            textField('address', 'Mails come from', {
              initial: now?.address ?? '',
              hint: 'One plain address, for example receivables@example.com',
            }),
            textField('remittance', 'Remittance advices go to', { initial: now?.remittance ?? '', hint: 'One plain address' }),
            textField('postal', 'Postal address for letters', {
              initial: now?.postal ?? '',
              multiline: true,
              optional: true,
              hint: 'As it stands on your letterhead',
            }),
            textField('phone', 'Telephone number', { initial: now?.phone ?? '', hint: 'Used when the collector’s Slack profile has none' }),
          ]);
          await client.views.open({ trigger_id: triggerId, view });
        },
      },
    },
    submits: {
      sender: {
        may: 'admin',
        async run(request) {
          const { e, c } = readCarried(CARRIED, request.view.private_metadata);
          const [name, address, remittance, phone, postal] = ['name', 'address', 'remittance', 'phone', 'postal'].map((field) =>
            entered(request, field).trim(),
          );
          const place = postal ? { postal } : {};
          const sender = { name: name!, address: address!, remittance: remittance!, phone: phone!, ...place };
          const result = await changeSender(world, e, sender, await entities(), request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'name']: REFUSED[result.refused] });
          await request.tell(
            c,
            sentence(`:white_check_mark: ${plain(e)} now writes as ${plain(sender.name)}. Open drafts are checked again within a minute.`),
          );
          return undefined;
        },
      },
    },
  };
}
