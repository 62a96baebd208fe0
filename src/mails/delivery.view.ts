import type { ActionsBlock, Button } from '@slack/types';
import { nameOf } from '../slack/freshness.ts';
import { clip, counted, plain } from '../slack/text.ts';
import { BY_SERVER, isNoMailbox } from './delivery.ts';
import type { Draft } from './draft.ts';
import type { MailTrouble } from './mail-trouble.ts';
import type { SendPlan } from './send-plan.op.ts';
import { troubleWords } from './trouble-words.view.ts';

/** What a draft's button carries: the draft, the hash of what was shown, and how many facts it had by then: the same words may come back. */
export interface DraftRef {
  readonly d: string;
  readonly h: string;
  readonly n?: number;
}

const SAID = 300;

/** Where an approved draft is on its way, and what stands in it. `server`: a mail server is set; `plan`: when it leaves, of a queued one. */
export function deliveryStatus(draft: Draft, server: boolean, plan: SendPlan | null = null): string[] {
  const { delivery, state, hash } = draft;
  const given = draft.approvals.filter((approval) => approval.hash === hash).map(({ by }) => nameOf(by));
  const approved = `:white_check_mark: *Approved* by ${given.join(' and ')}`;
  const said = delivery?.said ? saidWords(delivery.said) : '';
  switch (state) {
    case 'approved':
      return [approved, server ? 'not sent: it was approved before a mail server was set' : 'not sent: no mail server set'];
    case 'queued':
      return [approved, waiting(draft, plan), plan?.trouble ? '' : said].filter(Boolean);
    case 'sending':
      return [approved, ':outbox_tray: being handed to the mail server'];
    case 'sent':
      if (!delivery?.at || draft.closed !== BY_SERVER) return [':outbox_tray: *Sent* by hand'];
      return [
        `:outbox_tray: *Sent* ${moment(delivery.at)}`,
        /^2/.test(delivery.said) ? said : 'The mail server did not answer; a person found out that it was delivered',
      ];
    case 'failed':
      return [`:x: *Not sent.* ${said}`, failureAdvice(delivery?.said ?? '')];
    case 'ambiguous':
      return [
        ':grey_question: *It is not known whether this mail was sent*: the mail server had all of it and did not answer',
        `Look among the sent mails or ask the customer, then answer. Message id \`${plain(delivery!.messageId.slice(1, -1))}\``,
      ];
    default:
      return [];
  }
}

/** A server's answer begins with its code; anything else is said by us. */
function saidWords(said: string): string {
  const words = clip(plain(said), SAID);
  return /^\d{3}/.test(said) ? `The mail server said: “${words}”` : words;
}

/** What to do about it, by the code of the answer (RFC 5321, RFC 3463). */
export function failureAdvice(said: string): string {
  if (isNoMailbox(said))
    return 'The address is marked as bounced: nothing more goes there. The mail is drafted anew to the next contact who can be written to; without one, have the address corrected in the accounting system';
  if (/^(53[045])\b/.test(said))
    return 'The mail server does not accept our user and password: an admin corrects SMTP_URL. Then approve this mail again for another try';
  if (/^552\b|^55\d[ -]5\.3\.4|too large|larger than/i.test(said))
    return 'It is too large for the mail server. Get the .eml and send it in parts, then press “I sent it”; or reject it';
  return 'Approve it again for another try, or send it yourself and press “I sent it”';
}

function waiting({ delivery }: Draft, plan: SendPlan | null): string {
  if (plan?.trouble) return troubleLine(plan.trouble);
  if (delivery?.waitsFor === 'undo' && (plan?.ahead ?? 0) === 0)
    return ':outbox_tray: queued: it leaves within two minutes and can be taken back until then';
  if (delivery?.waitsUntil && delivery.waitsFor !== 'server-trouble' && delivery.waitsFor !== 'undo') {
    const why =
      delivery.waitsFor === 'working-hours' ? 'until the customer’s working hours begin' : 'for another try; nothing was taken so far';
    return `:alarm_clock: *not sent yet*: it waits ${why}, ${moment(plan?.at.toString() ?? delivery.waitsUntil)}`;
  }
  if (!plan || plan.ahead === 0) return ':outbox_tray: queued: it leaves within a minute';
  return `:outbox_tray: queued: it leaves about ${moment(plan.at.toString())}, after ${counted(plan.ahead, 'more urgent email')}`;
}

/** On the card of an email that waits for it. */
const troubleLine = ({ of, kind, probeAt }: MailTrouble) =>
  `:warning: *Not sent yet*: ${troubleWords(kind, of).what.replace(/^T/, 't')}. The admins know. The next try is ${moment(probeAt)}`;

/** In the reader's own time zone. */
export function moment(iso: string): string {
  const at = Temporal.Instant.from(iso);
  return `<!date^${Math.floor(at.epochMilliseconds / 1000)}^{date_short} {time}|${at.toString({ smallestUnit: 'minute' })}>`;
}

/** What can be done about a draft that is not waiting for review. `button` makes one that carries the draft. */
export function deliveryActions(
  draft: Draft,
  server: boolean,
  button: (action: string, text: string, style?: 'primary' | 'danger') => Button,
): ActionsBlock[] {
  const elements = buttonsOf(draft, server, button);
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function buttonsOf({ state, delivery }: Draft, server: boolean, button: Parameters<typeof deliveryActions>[2]): Button[] {
  switch (state) {
    case 'approved':
      return [
        ...(server ? [button('draft-send', 'Send', 'primary')] : []),
        button('draft-eml', 'Get the .eml'),
        button('draft-sent', 'I sent it…', server ? undefined : 'primary'),
        button('draft-reject', 'Reject…', 'danger'),
      ];
    case 'queued':
      return [button('draft-show', 'Look again'), button('draft-reject', 'Withdraw…', 'danger')];
    case 'sending':
      return [button('draft-show', 'Look again')];
    case 'failed':
      return [
        ...(isNoMailbox(delivery?.said ?? '')
          ? []
          : [button('draft-approve', server ? 'Approve and try again' : 'Approve', 'primary'), button('draft-edit', 'Edit…')]),
        button('draft-eml', 'Get the .eml'),
        button('draft-sent', 'I sent it…'),
        button('draft-reject', 'Reject…', 'danger'),
      ];
    case 'ambiguous':
      return [button('draft-delivered', 'Delivered', 'primary'), button('draft-undelivered', 'Not delivered', 'danger')];
    default:
      return [];
  }
}
