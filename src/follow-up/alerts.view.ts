import type { Button, KnownBlock } from '@slack/types';
import { CALL_DAYS, LONGEST_VETO, STANDING_DAYS, type Veto } from '../account/veto.ts';
import { VAT_SOURCE } from '../escalation/insolvency-rules.ts';
import { day } from '../kernel/day.ts';
import { contextLine, longDay, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import type { DrawnHere } from './alert-cards.view.ts';
import type { Alert } from './alerts.ts';
import type { FollowUpAction } from './follow-up.ts';
import { ageWords } from './follow-up.view.ts';
import { isFormal } from './policy.ts';
import type { SimulatedStep } from './simulate.op.ts';

/** What a card of an alert needs of its account as it is now. */
export interface AlertView {
  readonly name: string;
  readonly number: string;
  /** The question to the owner, where the alert is about one. */
  readonly veto: Veto | null;
  /** What the question is about, as it would go. */
  readonly step: SimulatedStep | null;
  /** The step that is due today, where the alert is about one; null: none. */
  readonly due: FollowUpAction | null;
  /** Slack user id. */
  readonly collector: string | null;
  /** To whom it would go: "Jane Doe (jane@…)"; '' where nobody is known. */
  readonly recipient: string;
}

type Told = { readonly title: string; readonly icon: string; readonly text: string; readonly buttons: readonly Button[] };

/** One alert as a card with its action; null: there is nothing to act on any more. */
export function alertCard(alert: Alert, view: AlertView): Reply | null {
  if (alert.cause === 'owner-question') return questionCard(alert, view);
  const told = tell(alert, view);
  const blocks: KnownBlock[] = [
    section(`${told.icon} *${told.title}* · *${plain(view.name)}* · ${plain(view.number)}\n${told.text}`),
    { type: 'actions', elements: [...told.buttons, button('account-card', 'alert', 'Open card', { a: alert.account })] },
  ];
  return { text: `${told.title}: ${plain(view.name)}. ${told.text}`, blocks };
}

/** Many at once, a line each, which opens its own card; what does not fit into one message follows in its thread. */
export function alertLists(alerts: readonly (readonly [Alert, Reply])[]): Reply[] {
  const pages = Array.from({ length: Math.ceil(alerts.length / LISTED) }, (_, n) => alerts.slice(n * LISTED, (n + 1) * LISTED));
  const more = pages.length > 1 ? '; the rest is in this thread' : '';
  return pages.map((page, n) => {
    const lines = page.map(
      ([alert, card], i): KnownBlock => ({
        ...section(clip(lineOf(card.text), 400)),
        accessory: button('alert-open', `l${i}`, 'Open', { i: alert.id }),
      }),
    );
    const head = section(`:bell: *${counted(alerts.length, 'thing')} to look at*${more}`);
    return { text: `${counted(alerts.length, 'alert')} for you`, blocks: n === 0 ? [head, ...lines] : lines };
  });
}

/** A card's text begins with its title, up to a colon. */
const lineOf = (text: string) => (text.includes('*') ? text : text.replace(/^[^:\n]+(?=: )/, '*$&*')).replaceAll('\n', ' ');

/** Within Slack's limit of text in one message. */
const LISTED = 25;

function questionCard(alert: Alert, { name, number, veto, step, recipient }: AlertView): Reply | null {
  if (!veto || !step) return null;
  const { action } = step;
  const asked = asksFor(action);
  const to = action.stage.channel === 'email' ? `A mail to ${recipient || 'their contact'}` : 'A decision by our people';
  const supply = action.stage.proposes.includes('stop-supply') ? ', and stopping supply is proposed' : '';
  const lead = `${plain(action.leading.invoice)} is the oldest, ${ageWords(action.leading.daysPastDue)}`;
  const title = `${plain(action.stage.name)} · ${plain(name)}`;
  const text = [
    `:raised_hand: *${title}* · ${plain(number)}`,
    `*What goes out*: ${to}, due on ${longDay(step.day)}, asking for ${asked} on ${counted(action.invoices.length, 'invoice')}${supply}.`,
    `*Why now*: ${lead}; this step of the policy comes ${counted(action.stage.offset, 'day')} after the due date.`,
    `You own this customer: may it go? *Silence means go from ${longDay(veto.silenceEnds)}.*`,
  ].join('\n');
  const ref = { a: alert.account, i: veto.id };
  const formal = isFormal(action.stage);
  const goes = formal ? [] : [button('veto-go-on', 'q', `Go, and do not ask for ${STANDING_DAYS} days`, ref)];
  const delays = veto.delayed ? [] : [button('veto-hold', 'q', 'Hold…', ref), button('veto-call', 'q', 'I will call', ref)];
  return {
    text: `May it go? ${title}`,
    blocks: [
      section(text),
      { type: 'actions', elements: [{ ...button('veto-go', 'q', 'Go', ref), style: 'primary' }, ...goes, ...delays] },
      contextLine(
        `Hold: once, for ${LONGEST_VETO} days at most. A call of yours gives ${counted(CALL_DAYS, 'business day')}.${formal ? '' : ' “Do not ask” is about every step of this customer but formal ones, and ends with a dispute, a broken promise or a formal step.'}`,
      ),
    ],
  };
}

const asksFor = ({ totals }: FollowUpAction) => totals.map(({ asked, currency }) => money(asked, currency)).join(' and ');

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one row for each cause
function tell({ cause, account, about }: Alert, view: AlertView): Told {
  const ref = { a: account };
  const amount = (field: string) => money(Number(about[field]), String(about.currency));
  const on = (field: string) => shortDay(day(String(about[field])));
  const words = (field: string) => plain(String(about[field] ?? ''));
  const veto = { a: account, i: String(about.veto ?? '') };
  const call = { ...button('account-call', 'alert', 'Call…', ref), style: 'primary' as const };
  const file = { ...button('insolvency-now', 'alert', 'Open insolvency file…', ref), style: 'primary' as const };
  const decide = (kind: string, label: string): Button => ({
    ...button('decide-now', 'alert', label, { ...ref, k: kind }),
    style: 'primary',
  });
  const sayings: Readonly<Record<DrawnHere, () => Told>> = {
    'owner-question': () => ({
      icon: ':raised_hand:',
      title: `May ${view.step ? plain(view.step.action.stage.name) : 'a firm step'} go?`,
      text: view.veto ? `Silence means go from ${shortDay(view.veto.silenceEnds)}.` : 'It is over.',
      buttons: [],
    }),
    'owner-call': () => ({
      icon: ':telephone_receiver:',
      title: 'Your call',
      text: `You call before the step goes. It waits through ${on('until')}; tell the collector what was said, or let it go.`,
      buttons: [{ ...button('veto-go', 'call', 'I called: go', veto), style: 'primary' }],
    }),
    'owner-call-ends': () => ({
      icon: ':alarm_clock:',
      title: 'Your call is due today',
      text: `The step waits through ${on('until')} for your call, and goes on the next working day.`,
      buttons: [{ ...button('veto-go', 'ends', 'I called: go', veto), style: 'primary' }],
    }),
    'owner-delays': () => ({
      icon: ':raised_hand:',
      title: about.answer === 'call' ? 'The owner in sales calls first' : 'The owner in sales holds a step',
      text: `<@${words('by')}>: nothing of this step goes through ${on('until')}.${about.reason ? ` “${words('reason')}”` : ''}`,
      buttons: [],
    }),
    'limit-passed': () => ({
      icon: ':chart_with_upwards_trend:',
      title: about.scope === 'group' ? 'Credit limit of the group passed' : 'Credit limit passed',
      text: limitText(about, amount('open'), amount('limit')),
      buttons: [
        decide('stop-supply', 'Request stop of supply…'),
        button('decide-now', 'limit', 'Request a limit…', { ...ref, k: 'credit-limit' }),
      ],
    }),
    'limit-near': () => ({
      icon: ':chart_with_upwards_trend:',
      title: about.scope === 'group' ? 'Group near its credit limit' : 'Near the credit limit',
      text: `${amount('open')} of ${amount('limit')} is used: 80 % or more.`,
      buttons: [button('decide-now', 'limit', 'Request a limit…', { ...ref, k: 'credit-limit' }), creditFile(ref)],
    }),
    'credit-task': () => ({ icon: ':card_index_dividers:', ...creditTask(about, amount), buttons: [creditFile(ref)] }),
    'credit-file-missing': () => ({
      icon: ':card_index_dividers:',
      title: 'New customer without a credit file',
      text: 'No limit, check or deposit is on file. Agree on them before more is delivered.',
      buttons: [creditFile(ref), button('decide-now', 'limit', 'Request a limit…', { ...ref, k: 'credit-limit' })],
    }),
    'manager-call': () => ({
      icon: ':telephone_receiver:',
      title: 'Call only a manager may make',
      text: managerCallText(view),
      buttons: [call],
    }),
    'mail-bounced': () => ({
      icon: ':mailbox_with_no_mail:',
      title: 'Mail bounced',
      text: `There is no mailbox ${words('email')}. The next mail goes to another contact; find the right address.`,
      buttons: [button('account-contacts', 'alert', 'Contacts…', ref), call],
    }),
    'reply-unanswered': () => ({
      icon: ':speech_balloon:',
      title: 'Reply waiting',
      text: 'A reply of the customer has waited for more than a business day. Nothing goes out before it is answered.',
      buttons: [call],
    }),
    insolvent: () => ({
      icon: ':no_entry:',
      title: 'Insolvent',
      text: `Set by <@${words('by')}>: “${words('reason')}”. Nothing goes out any more. Open the insolvency file: it keeps the filing deadline and the claim. Stop supply.`,
      buttons: [file, { ...button('decide-now', 'alert', 'Request stop of supply…', { ...ref, k: 'stop-supply' }) }],
    }),
    'filing-deadline': () => ({
      icon: ':classical_building:',
      title: about.late ? 'Insolvency claim not filed in time' : 'Insolvency claim to file',
      text: about.late
        ? `${words('procedure')}: the claim had to be filed by ${on('deadline')}. Ask counsel whether it can still be filed.`
        : `${words('procedure')}: file the claim by ${on('deadline')}, and mark it as filed on the account’s card.`,
      buttons: [{ ...file, text: { type: 'plain_text', text: 'Insolvency file…' } }],
    }),
    'vat-relief': () => ({
      icon: ':classical_building:',
      title: 'VAT on an insolvent customer',
      text: reliefText(about, amount('open'), words('entity'), on('on')),
      buttons: [],
    }),
    'insurance-deadline': () => ({
      icon: ':umbrella:',
      title: 'Credit insurer’s deadline',
      text: insurerText(about, words('invoice'), amount('open'), on('deadline')),
      buttons: [call],
    }),
    'payment-received': () => ({
      icon: ':moneybag:',
      title: 'Payment received',
      text: `${amount('amount')} came in on ${on('received')}. Look at what is still asked for, and at open decisions.`,
      buttons: [],
    }),
    'supply-release': () => ({
      icon: ':white_check_mark:',
      title: 'Supply can be released',
      text: 'Supply is stopped, and nothing is past due any more.',
      buttons: [decide('release-supply', 'Request release…')],
    }),
  };
  return sayings[cause as DrawnHere]();
}

const creditFile = (ref: { readonly a: string }): Button => button('credit-file-now', 'alert', 'Credit file…', ref);

function limitText({ expired, scope }: Alert['about'], open: string, limit: string): string {
  if (expired) return `${open} is open, and the limit has expired: it counts as zero. Decide a new one, or stop supply.`;
  const who = scope === 'group' ? 'The customers of this group together owe' : 'Exposure is';
  return `${who} ${open}; the limit is ${limit}. Stop supply, or decide a new limit.`;
}

function creditTask({ what, day: on, provider, missing }: Alert['about'], amount: (field: string) => string): Pick<Told, 'title' | 'text'> {
  const when = longDay(day(String(on)));
  if (what === 'review') return { title: 'Credit review', text: `The credit file is to be reviewed by ${when}.` };
  if (what === 'check')
    return { title: 'Credit check ends', text: `The check by ${plain(String(provider))} counts until ${when}. Order a new one.` };
  if (what === 'limit')
    return { title: 'Credit limit ends', text: `The limit counts until ${when}, and as zero from then on. Decide a new one.` };
  return {
    title: 'Deposit not received',
    text: `${missing ? amount('missing') : 'Part'} of the deposit has not come in; it was asked for by ${when}.`,
  };
}

function managerCallText({ due, collector }: AlertView): string {
  if (!due) return 'It is over.';
  const whose = collector ? `Collector: <@${collector}>.` : 'Nobody collects here.';
  return `${asksFor(due)} to call about, the oldest ${ageWords(due.leading.daysPastDue)}. Follow-up waits for a manager’s call. ${whose}`;
}

function reliefText({ place, which }: Alert['about'], open: string, entity: string, on: string): string {
  const source = VAT_SOURCE[place === 'DE' ? 'DE' : 'UK'];
  if (which === 'from') return `${open} owed to ${entity}: correct the VAT from ${on} (${source}).`;
  if (which === 'ends')
    return `${open} owed to ${entity}: VAT on the first invoice can be claimed back until ${on} and no longer (${source}).`;
  return `${open} owed to ${entity}: VAT on ${which === 'all' ? 'all of it' : 'the first invoice'} can be claimed back since ${on} (${source}).`;
}

/** `late`: the day has passed. */
function insurerText({ what, late }: Alert['about'], invoice: string, open: string, deadline: string): string {
  const extension = what === 'extension';
  if (late) {
    const passed = extension
      ? `The longest extension of ${invoice} ended on ${deadline}`
      : `${invoice} had to be reported to the insurer by ${deadline}`;
    return `${passed}, and ${open} is still unpaid. Report it today and ask whether cover still holds. This comes back each week until it is paid.`;
  }
  return extension
    ? `${invoice}, ${open}: the insurer allows an extension until ${deadline} at the latest. Collect it, or ask for consent before then.`
    : `${invoice} with ${open} must be reported to the insurer by ${deadline}, or cover is lost.`;
}
