import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { shortDay } from '../slack/freshness.ts';
import type { SubmitAnswer, SubmitRequest } from '../slack/listeners.ts';
import { fieldErrors, refilled } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { counted, plain } from '../slack/text.ts';
import { type Arranging, type InsuredWarning, insuredWarningNow } from './beyond-insured.op.ts';

const CARRIED = z.looseObject({ beyond: z.string().max(16).optional() });
const BLOCK = 'insurer-warning';
const NAMED = 10;

/** Which warning the form has shown. */
export const warningSeen = (request: SubmitRequest): string | undefined => readCarried(CARRIED, request.view.private_metadata).beyond;

export function insurerWarning({ beyond: { until, invoices } }: InsuredWarning) {
  const lines = invoices.slice(0, NAMED).map(({ invoice, last }) => `• ${plain(invoice)}: last day ${shortDay(last)}`);
  const more = invoices.length > NAMED ? `\n…and ${counted(invoices.length - NAMED, 'more invoice')}` : '';
  const text = `:warning: *This goes beyond the credit insurer’s longest extension.* It runs until ${shortDay(until)}:\n${lines.join('\n')}${more}\nAsk the insurer first, or cover may be lost. Send the form again to record it anyway; the history will say so.`;
  return { ...section(text), block_id: BLOCK };
}

/** The form once more as it was filled in, with the warning; the second time it is recorded. Falls back to a field's error when there is nothing to warn of any more. */
export async function warnOfInsurer(
  world: World,
  request: SubmitRequest,
  account: string,
  arranging: Arranging,
  field: string,
): Promise<SubmitAnswer> {
  const warning = await insuredWarningNow(world, account, arranging);
  if (!warning) return fieldErrors({ [field]: REFUSED['changed-meanwhile'] });
  const { title, submit, close, callback_id, private_metadata } = request.view;
  const blocks = refilled(request).filter(({ block_id }) => block_id !== BLOCK);
  return {
    response_action: 'update',
    view: {
      type: 'modal',
      callback_id,
      title: { type: 'plain_text', text: title.text },
      submit: { type: 'plain_text', text: submit?.text ?? 'Save' },
      ...(close ? { close: { type: 'plain_text' as const, text: close.text } } : {}),
      private_metadata: JSON.stringify({ ...JSON.parse(private_metadata), beyond: warning.seen }),
      blocks: [insurerWarning(warning), ...blocks],
    },
  };
}
