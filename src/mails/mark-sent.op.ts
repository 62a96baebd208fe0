import { changeAccount } from '../account/change-account.op.ts';
import type { Demand } from '../escalation/demand.ts';
import type { LetterPart } from '../escalation/letter.ts';
import { STATEMENT } from '../follow-up/message.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { changeDraft } from './change-draft.op.ts';
import { purposeOf } from './correspondence.ts';
import type { Draft, DraftRefusal } from './draft.ts';

export type MarkSentResult =
  | { readonly done: true; readonly draft: Draft }
  | { readonly done: false; readonly refused: DraftRefusal | 'no-such-draft' | 'changed-meanwhile' };

/** "I sent it": records the mail as sent on a day and the contact with it, so that the stage advances. */
export async function markSent(world: World, id: string, seen: string, on: Day, by: string, command: string): Promise<MarkSentResult> {
  const result = await changeDraft(world, id, { do: 'sent-by-hand', seen, on }, by, command);
  if (result.done) await recordContact(world, result.draft, by);
  return result;
}

/** A sent draft is a contact of the account. Keyed by the draft, so that it may be repeated after a crash between the two writes. */
export async function recordContact(
  world: Pick<World, 'clock' | 'settings' | 'accounts'> & Pick<World, 'ledger'>,
  draft: Draft,
  by: string,
): Promise<void> {
  if (draft.sentOn === null) return;
  const { correspondence, stage, letter, said } = draft;
  const statement = stage.key === STATEMENT.key;
  const open: string[] = [];
  for (const item of await world.ledger.openItems(draft.account)) if (item.entity === draft.entity) open.push(item.number);
  await changeAccount(
    world,
    draft.account,
    {
      do: 'record-contact',
      entity: draft.entity,
      on: draft.sentOn,
      channel: letter?.posted ? 'letter' : 'email',
      purpose: correspondence ? purposeOf(correspondence) : statement ? 'statement' : 'stage',
      stage: correspondence || statement ? null : { key: stage.key, offset: stage.offset },
      invoices: draft.content.invoices.map((invoice) => invoice.number),
      open,
      ...(said ? { said } : {}),
    },
    by,
    `sent:${draft.id}`,
  );
  if (letter) await serveDemand(world, draft, letter, draft.sentOn, by);
  if (!correspondence?.answers) return;
  // Somebody may have said meanwhile that it was answered; then there is nothing left to do.
  await changeAccount(world, draft.account, { do: 'answer-reply', id: correspondence.answers, how: 'mail' }, by, `answered:${draft.id}`);
}

/** What later steps rest on: that it was served, when, how, and until when the customer could pay. */
async function serveDemand(
  world: Pick<World, 'clock' | 'settings' | 'accounts'>,
  draft: Draft,
  letter: LetterPart,
  sentOn: Day,
  by: string,
): Promise<void> {
  const demand: Demand = {
    letter: draft.id,
    entity: draft.entity,
    invoices: draft.content.invoices.map((invoice) => invoice.number),
    deadline: letter.deadline,
    sentOn,
    by: letter.posted?.by ?? 'email',
    firm: letter.firm,
  };
  const sha256 = draft.content.attachments[0]?.sha256 ?? '';
  const request = { do: 'serve-demand', demand, sha256, tracking: letter.posted?.tracking ?? '' } as const;
  await changeAccount(world, draft.account, request, by, `demand:${draft.id}`);
}
