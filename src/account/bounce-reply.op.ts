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

type Needs = Pick<World, 'clock' | 'settings' | 'accounts' | 'drafts'> & { readonly ledger: Ledger; readonly replyTexts: ReplyTexts };

/**
 * A bounce that a person pasted names the address that does not work: the contact who has it is marked. A mail that came back from all of its
 * addresses counts as not sent. May be repeated.
 */
export async function markBouncedReply(world: Needs, account: string, reply: string): Promise<void> {
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
  await takeBack(world, account, text);
}

/** The last mail of a selling company, where each of its addresses is in this bounce or came back before. */
async function takeBack(world: Needs, account: string, text: string): Promise<void> {
  const [worked, sent] = await Promise.all([world.accounts.load(account), world.drafts.lastSent(account)]);
  const back = new Set((worked?.work.contacts ?? []).flatMap(({ bounced }) => bounced?.email.toLowerCase() ?? []));
  for (const { entity, undo } of worked?.work.ladders ?? []) {
    const mail = undo && sent.find(({ draft }) => draft.entity === entity && draft.sentOn === undo.on && !draft.correspondence)?.draft;
    const addresses = mail ? [...mail.content.to, ...mail.content.cc].map(({ address }) => address.toLowerCase()) : [];
    if (!mail || !addresses.some((each) => names(text, each)) || !addresses.every((each) => names(text, each) || back.has(each))) continue;
    const request = { do: 'take-back-contact', entity, on: undo.on } as const;
    const result = await changeAccount(world, account, request, 'clock', `came-back:${mail.id}`);
    if (!result.done && result.refused === 'changed-meanwhile') throw new Error('the account changed at the same moment');
  }
}

/** The whole address: "b@y.example" does not name "ab@y.example". */
function names(text: string, email: string): boolean {
  const around = text.split(email);
  return around.slice(1).some((after, index) => !/[\w.+-]$/.test(around[index]!) && !/^[\w-]|^\.\w/.test(after));
}
