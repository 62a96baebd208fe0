import { Refused, type SubmitRequest } from '../slack/listeners.ts';
import { fieldErrors } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { decidedWhere } from '../slack/shared-channels.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { CaseCards } from './case-cards.slack.ts';
import { nobodyWords } from './case-words.view.ts';
import type { RequestDecisionResult } from './request-decision.op.ts';

/** How a form of its own that asks for a decision answers: the asker is told where it is decided, or why it cannot be, under `field`. */
export async function askedReply(
  ports: { readonly settings: SettingsStore },
  cases: CaseCards,
  request: SubmitRequest,
  channel: string,
  result: RequestDecisionResult,
  field: string,
) {
  if (result.done) {
    await cases.post(result.case.id);
    request.later(async () => {
      const { escalationsChannel } = await ports.settings.read();
      const where = `It is decided in <#${escalationsChannel}>, and you will be told.`;
      await request.tell(channel, sentence(await decidedWhere(request.client, escalationsChannel, where)));
    });
    return undefined;
  }
  // Names are shown in a modal's text only, not under a field.
  if (result.refused === 'nobody-eligible') throw new Refused(nobodyWords(result));
  if (result.refused === 'kind-refuses') return fieldErrors({ [field]: result.says });
  return fieldErrors({ [result.refused === 'case-reason-missing' ? 'reason' : field]: REFUSED[result.refused] });
}
