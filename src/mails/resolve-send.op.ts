import { dayIn, zoneOf } from '../kernel/day.ts';
import { type ChangeDraftResult, changeDraft } from './change-draft.op.ts';
import { type MarkSentPorts, recordContact } from './mark-sent.op.ts';

/**
 * A person's answer to a mail of which nobody knows whether the server took it. Delivered: it counts as sent on the day it was handed over. Not
 * delivered: it has failed and may be approved anew. The account is let go by send-approved.ts.
 */
export async function resolveSend(
  ports: MarkSentPorts,
  id: string,
  delivered: boolean,
  by: string,
  command: string,
): Promise<ChangeDraftResult> {
  const stored = await ports.drafts.load(id);
  if (!stored) return { done: false, refused: 'no-such-draft' };
  const at = stored.draft.delivery?.at ?? ports.clock.now().toString();
  const [account, { zone }] = await Promise.all([ports.ledger.account(stored.draft.account), ports.settings.read()]);
  const on = dayIn(zoneOf(account, { zone }), Temporal.Instant.from(at));
  const result = await changeDraft(ports, id, { do: 'resolve', delivered, on, at }, by, command);
  if (result.done) await recordContact(ports, result.draft, by);
  return result;
}
