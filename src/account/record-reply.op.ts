import type { Day } from '../kernel/day.ts';
import type { Untrusted } from '../kernel/untrusted.ts';
import type { ReplyTexts } from './account.port.ts';
import { type ChangeAccountPorts, type ChangeAccountResult, changeAccount } from './change-account.op.ts';
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
  ports: ChangeAccountPorts & { readonly replyTexts: ReplyTexts },
  asked: ReplyAsked,
  by: string,
  command: string,
): Promise<ChangeAccountResult> {
  const { id, account, kind, received, from, text } = asked;
  await ports.replyTexts.keep({ id, account, from, text });
  return changeAccount(ports, account, { do: 'record-reply', id, kind, received }, by, command);
}
