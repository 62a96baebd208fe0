import type { Reactions } from '../kernel/reactions.op.ts';
import type { Tell } from '../kernel/told.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { ReplyTexts } from './account.port.ts';
import { changeAccount } from './change-account.op.ts';
import { knownContacts } from './contact-book.ts';

/** Kind of the job that marks the contact whose mail came back. */
const BOUNCE_REPLY = 'bounce-reply';

export function bounceTells(fact: RecordedFact): Tell[] {
  if (fact.kind !== 'bounce') return [];
  return [{ id: `${BOUNCE_REPLY}:${fact.id}`, kind: BOUNCE_REPLY, payload: { account: idOf(fact), reply: fact.reply } }];
}

export const bounceReactions = (world: Parameters<typeof markBouncedReply>[0]): Reactions => ({
  [BOUNCE_REPLY]: ({ account, reply }) => markBouncedReply(world, String(account), String(reply)),
});

/** A bounce that a person pasted names the address that does not work: the contact who has it is marked. May be repeated. */
export async function markBouncedReply(
  world: Pick<World, 'clock' | 'settings' | 'accounts'> & { readonly ledger: Ledger; readonly replyTexts: ReplyTexts },
  account: string,
  reply: string,
): Promise<void> {
  const [rows, worked, kept] = await Promise.all([
    world.ledger.contacts(account),
    world.accounts.load(account),
    world.replyTexts.read(reply),
  ]);
  const text = kept ? `${kept.from}\n${kept.text.untrusted}`.toLowerCase() : '';
  for (const { id, email } of knownContacts(rows, worked?.work.contacts ?? [], account)) {
    if (email === '' || !names(text, email.toLowerCase())) continue;
    const result = await changeAccount(world, account, { do: 'mark-bounced', contact: id, email }, 'clock', `bounce:${reply}:${id}`);
    if (!result.done && result.refused === 'changed-meanwhile') throw new Error('the account changed at the same moment');
  }
}

/** The whole address: "b@y.example" does not name "ab@y.example". */
function names(text: string, email: string): boolean {
  const around = text.split(email);
  return around.slice(1).some((after, index) => !/[\w.+-]$/.test(around[index]!) && !/^[\w-]|^\.\w/.test(after));
}
