import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { DISPUTE_WORDS } from '../arrangements/dispute.view.ts';
import { promiseFields } from '../arrangements/promise-fields.slack.ts';
import { invoiceOptions, invoiceSelect } from '../ledger/invoice-options.slack.ts';
import { ACTION, choiceField, field, modal, textField } from '../slack/modals.ts';
import { clip } from '../slack/text.ts';
import { type CallOutcome, reachedSomebody } from './call.ts';
import { type CallBrief, callEntity } from './call-brief.op.ts';
import { callBlocks } from './call-card.view.ts';
import { CALL_OUTCOME_WORDS, PAYMENT_REASON_WORDS } from './call-words.view.ts';

/** Choosing the outcome redraws the form, so its action has a name of its own. */
export const OUTCOME_ACTION = 'call-outcome';
/** In the select of contacts, which cannot offer an empty value. */
export const SOMEBODY_ELSE = '-';

/** Slack's limit of an option's value. */
const LONGEST_VALUE = 150;

/** Who opens a call card, from where; a trigger of Slack lives three seconds. */
interface Opening {
  readonly asker: { readonly user: string; readonly channel: string };
  readonly client: WebClient;
  readonly triggerId: string;
}

/** Opens the call card of an account. Throws Refused when there is no such account. */
export type OpenCall = (request: Opening, account: string) => Promise<void>;

export interface CallFormView {
  readonly brief: CallBrief;
  readonly zone: string;
  readonly mayManage: boolean;
  readonly carried: object;
  /** Null until one is chosen. */
  readonly outcome: CallOutcome | null;
}

export function callForm({ brief, zone, mayManage, carried, outcome }: CallFormView): ModalView {
  const { row } = brief.explanation;
  const blocks: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: clip(`${row.name} · ${row.number}`, 150) } },
    ...callBlocks(brief, zone, mayManage),
    { type: 'divider' },
    contactField(brief),
    outcomeField(outcome),
    ...agreedFields(brief, outcome),
    ...(outcome === null || (reachedSomebody(outcome) && outcome !== 'paid') ? [reasonField()] : []),
    textField('note', 'Note', { optional: true, multiline: true, max: 1000, hint: 'What else was said. Kept in the file.' }),
  ];
  return modal('account-call', 'Call', 'Record', { ...carried, m: currencyOf(brief) }, blocks);
}

/** In which an amount that they say they have paid is read: that of what is spoken of. '' when nothing is open. */
function currencyOf({ explanation }: CallBrief): string {
  const entity = callEntity(explanation);
  const [oldest] = explanation.day.items.filter((item) => item.entity === entity).sort((a, b) => (a.due < b.due ? -1 : 1));
  return oldest?.currency ?? '';
}

function contactField({ callable }: CallBrief) {
  const options: PlainTextOption[] = callable
    .filter((contact) => contact.id.length <= LONGEST_VALUE)
    .slice(0, 99)
    .map(({ id, name, phone }) => option(id, `${name || 'no name'} · ${phone}`));
  const all = [...options, option(SOMEBODY_ELSE, 'Somebody else, or another number')];
  return field('contact', 'Whom did you call?', { type: 'static_select', action_id: ACTION, options: all, initial_option: all[0]! });
}

function outcomeField(outcome: CallOutcome | null): KnownBlock {
  const options = Object.entries(CALL_OUTCOME_WORDS).map(([value, text]) => option(value, text));
  const chosen = options.find((each) => each.value === outcome);
  const element = { type: 'static_select' as const, action_id: OUTCOME_ACTION, options, ...(chosen ? { initial_option: chosen } : {}) };
  return { ...field('outcome', 'How did it go?', element), dispatch_action: true };
}

function reasonField() {
  const options = Object.entries(PAYMENT_REASON_WORDS).map(([value, text]) => option(value, text));
  const element = { type: 'static_select' as const, action_id: ACTION, options };
  return field('reason', 'Why have they not paid?', element, { optional: true, hint: 'What they said, or what you understood.' });
}

/** A promise, a dispute or what they say they have paid is recorded with the call, in the same form. */
function agreedFields(brief: CallBrief, outcome: CallOutcome | null): KnownBlock[] {
  const { row, day } = brief.explanation;
  const options = invoiceOptions(
    day.items.map((item) => ({ ...item, account: row.id })),
    day.today,
  );
  if (outcome === 'promise' && options.length > 0) return promiseFields(options, day.today);
  if (outcome === 'dispute' && options.length > 0)
    return [
      field('invoice', 'Invoice', invoiceSelect(options)),
      textField('disputed', 'Disputed amount', { optional: true, max: 30, hint: 'Left empty: all that is open. Only this amount rests.' }),
      choiceField('about', 'What they dispute', DISPUTE_WORDS),
    ];
  if (outcome === 'paid' && options.length > 0)
    return [
      field(
        'paidOn',
        'When did they pay?',
        { type: 'datepicker', action_id: ACTION },
        { optional: true, hint: 'The follow-up goes on until the payment is in the ledger.' },
      ),
      textField('paidAmount', `How much, in ${currencyOf(brief)}?`, { optional: true, max: 30, hint: 'For example 1,250.00.' }),
      textField('paidReference', 'Reference of the payment', {
        optional: true,
        max: 100,
        hint: 'As their bank shows it, to find it in ours.',
      }),
    ];
  return [];
}

const option = (value: string, text: string): PlainTextOption => ({ value, text: { type: 'plain_text', text: clip(text, 75) } });
