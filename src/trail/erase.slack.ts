import { z } from 'zod';
import { findAccount } from '../account/read-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { counted, plain } from '../slack/text.ts';
import { type ErasePersonNeeds, erasable, erasePerson } from './erase-person.op.ts';
import type { Erased } from './erasure.port.ts';
import { MONGODB_KEEPS } from './retention-words.view.ts';

const CARRIED = z.object({ a: z.string().max(100), c: z.string().max(40) });
const WORD = 'ERASE';
/** Options of a select. */
const MOST = 100;

const optionText = (name: string, reach: string, address: string | undefined) =>
  `${name || 'no name'}, ${address === undefined ? reach : [reach, 'office holder'].filter(Boolean).join(', ')}`;

/** /collections erase: forgets a person at a customer, where the law on personal data asks for it. */
export function eraseSubject(world: ErasePersonNeeds & Pick<World, 'mongodb'>): Subject {
  return {
    parts: {
      erase: {
        may: 'admin',
        usage: 'erase ACCOUNT',
        help: 'erase the data of a person at a customer: contact, replies, texts on file',
        async run({ text, asker, client, triggerId, settings }) {
          const found = await findAccount(world.ledger, text);
          if (found.kind !== 'one')
            throw new Refused(
              `Which account? Give its number or its whole name: \`/${settings.commands.collections} erase NUMBER\`. Nothing was erased.`,
            );
          const account = await world.accounts.load(found.id);
          const people = erasable(await world.ledger.contacts(found.id), account?.work ?? null, found.id);
          if (people.length === 0) throw new Refused(`Nobody is known at ${plain(account?.name ?? text)}. Nothing was erased.`);
          const options = Object.fromEntries(
            people.slice(0, MOST).map(({ id, name, email, phone, address }) => [id, optionText(name, email || phone, address)]),
          );
          const view = modal('erase-person', 'Erase a person', 'Erase for good', { a: found.id, c: asker.channel }, [
            choiceField('contact', `Person at ${account?.name ?? ''}`.slice(0, 150), options),
            textField('reason', 'Reason', {
              hint: 'For example: request of 20 November by letter. Kept in the file; do not name the person.',
            }),
            textField('confirm', `This cannot be undone. Type ${WORD}`, { max: 20 }),
          ]);
          await client.views.open({ trigger_id: triggerId, view });
        },
      },
    },
    submits: {
      'erase-person': {
        may: 'admin',
        async run(request) {
          if (entered(request, 'confirm').trim() !== WORD) return fieldErrors({ confirm: `Type ${WORD} in capitals to go on.` });
          if (entered(request, 'reason').trim() === '') return fieldErrors({ reason: REFUSED['reason-missing'] });
          request.later(() => erase(world, request));
          return undefined;
        },
      },
    },
  };
}

async function erase(world: ErasePersonNeeds & Pick<World, 'mongodb'>, request: SubmitRequest): Promise<void> {
  const { a, c } = readCarried(CARRIED, request.view.private_metadata);
  const asked = { account: a, contact: entered(request, 'contact'), reason: entered(request, 'reason') };
  const result = await erasePerson(world, asked, request.asker.user, `submit:${request.view.id}`);
  // It is told where the command was given, like what was erased.
  if (!result.done) return request.tell(c, sentence(REFUSED[result.refused]));
  await request.tell(c, sentence(resultText(result.erased, world.mongodb)));
}

function resultText({ texts, replies, mails, files }: Erased, mongodb: boolean): string {
  return [
    ':white_check_mark: *Erased for good*',
    `• the contact itself; no import brings it back`,
    `• ${counted(texts, 'text')} of the paper trail: who did what and when stays, without the words, and the trail still verifies`,
    `• ${counted(replies, 'message')} from or about the person`,
    `• name, address and words in ${counted(mails, 'mail')} of the past`,
    `• ${counted(files.erased, 'file')}: mails and letters as they were sent, pictures of letters, evidence packs nobody released`,
    '*Kept, and why*',
    '• invoices, credit notes and payments of the customer: bookkeeping law asks for them',
    ...keptFiles(files),
    '• that a person was erased, when, by whom and why: to show that it was done',
    '• files dropped for import: a day, their rejected rows 30 days',
    '*Not in my hands*: messages and files in Slack, mails in mailboxes and in the outbox folder, backups, your accounting system. Erase them there.',
    ...(mongodb ? [MONGODB_KEEPS] : []),
  ].join('\n');
}

/** Why bytes that name the person stay all the same. */
function keptFiles({ kept: { mails, letters, packs } }: Erased['files']): string[] {
  const sent = [mails > 0 ? counted(mails, 'mail') : '', letters > 0 ? counted(letters, 'demand letter') : ''].filter(Boolean);
  const claim =
    sent.length > 0
      ? [
          `• ${sent.join(' and ')} with the bytes that were sent: evidence of invoices that are unpaid (GDPR article 17(3)(e)). Nobody sees them but in an evidence pack, and they go by themselves seven years after they were sent`,
        ]
      : [];
  const given =
    packs > 0
      ? [`• ${counted(packs, 'evidence pack')} that left the company: to show what was given out (GDPR article 17(3)(e)), for seven years`]
      : [];
  return [...claim, ...given];
}
