import type { Day } from '../kernel/day.ts';
import type { Untrusted } from '../kernel/untrusted.ts';
import type { World } from '../kernel/world.port.ts';
import type { ReplyTexts } from './account.port.ts';
import { type ChangeAccountResult, changeAccount } from './change-account.op.ts';
import type { ReplyKind } from './customer-reply.ts';

export interface ReplyAsked {
  readonly id: string;
  readonly account: string;
  readonly kind: ReplyKind;
  readonly received: Day;
  /** Who wrote, as the person who pasted it says. */
  readonly from: string;
  readonly text: Untrusted;
}

/** The words are kept first: a fact whose text is missing would be worse than a text that no fact names. */
export async function recordReply(
  world: Pick<World, 'clock' | 'settings' | 'accounts'> & { readonly replyTexts: ReplyTexts },
  asked: ReplyAsked,
  by: string,
  command: string,
): Promise<ChangeAccountResult> {
  const { id, account, kind, received, from, text } = asked;
  await world.replyTexts.keep({ id, account, from, text });
  return changeAccount(world, account, { do: 'record-reply', id, kind, received }, by, command);
}
