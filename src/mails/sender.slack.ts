import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { firstOf, plain } from '../slack/text.ts';
import type { Settings } from '../team/settings.port.ts';
import { changeSender } from './change-sender.op.ts';
import { SAY_WHO_WRITES } from './draft-gaps.view.ts';

const CARRIED = z.object({ e: z.string().max(60), c: z.string().max(40) });

const FIELD: Readonly<Record<string, string>> = {
  'sender-name-missing': 'name',
  'sender-address': 'address',
  'sender-remittance': 'remittance',
  'sender-phone-missing': 'phone',
};

/** /collections sender: how each of our selling entities writes to its customers. */
export function senderSubject(world: World): Subject {
  const unset = async ({ senders = {} }: Settings) => (await world.ledger.entities()).filter((code) => !senders[code]);
  return {
    parts: {
      sender: {
        may: 'admin',
        usage: 'sender [CODE]',
        help: 'the name, address and telephone number under which a selling entity writes',
        async run({ text, asker, answer, client, settings, triggerId }) {
          const known = await world.ledger.entities();
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
          if (!known.includes(text)) throw new Refused(noSuchEntity(text, known));
          await client.views.open({ trigger_id: triggerId, view: senderForm(text, settings, asker.channel) });
        },
      },
    },
    clicks: {
      'sender-open': {
        may: 'admin',
        async run({ asker, client, settings, triggerId }) {
          const [first] = await unset(settings);
          if (first === undefined) throw new Refused('Every selling entity has a sender by now. The mails are drafted within a minute.');
          await client.views.open({ trigger_id: triggerId, view: senderForm(first, settings, asker.channel) });
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
          const result = await changeSender(
            world,
            e,
            sender,
            new Set(await world.ledger.entities()),
            request.asker.user,
            `submit:${request.view.id}`,
          );
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'name']: REFUSED[result.refused] });
          const left = await unset(await world.settings.read());
          const done = `:white_check_mark: ${plain(e)} now writes as ${plain(sender.name)}. Open drafts are checked again within a minute.`;
          await request.tell(c, left.length === 0 ? sentence(done) : stillUnset(done, left));
          return undefined;
        },
      },
    },
  };
}

const noSuchEntity = (code: string, known: readonly string[]) =>
  known.length === 0
    ? `No invoice and no customer names a selling entity yet, so ${plain(code)} is not known. Import invoices first.`
    : `No invoice and no customer names a selling entity ${plain(code)}. Known are: ${firstOf(known.map(plain), 20)}.`;

function senderForm(entity: string, { senders }: Settings, channel: string) {
  const now = senders?.[entity];
  return modal('sender', `Sender ${entity}`, 'Save', { e: entity, c: channel }, [
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
}

function stillUnset(done: string, left: readonly string[]): Reply {
  const text = `${done}\nNot set yet: ${firstOf(left.map(plain), 20)}.`;
  return { text, blocks: [section(text), SAY_WHO_WRITES] };
}
