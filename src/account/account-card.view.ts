import type { ActionsBlockElement, Button, KnownBlock } from '@slack/types';
import { arrangementBlocks } from '../arrangements/arrangements.view.ts';
import { agreementLine, insuranceLine } from '../charges/agreement.view.ts';
import { chargesLine } from '../charges/charges.view.ts';
import { limitationLine } from '../charges/limitation.view.ts';
import { creditText } from '../credit/credit.view.ts';
import { openFile } from '../escalation/insolvency.ts';
import { insolvencyBlocks } from '../escalation/insolvency.view.ts';
import { demandLine } from '../escalation/letter.view.ts';
import { mandateBlocks } from '../escalation/mandate.view.ts';
import { placementBlocks } from '../escalation/placement.view.ts';
import { writeOffBlocks } from '../escalation/write-off.view.ts';
import type { NextContact } from '../follow-up/next-contact.op.ts';
import { daysBetween } from '../kernel/day.ts';
import { isExact } from '../kernel/money.ts';
import { AGEING_BUCKETS } from '../ledger/ageing.ts';
import { misplacedBlocks } from '../ledger/misplaced-money.view.ts';
import { paymentHabits } from '../ledger/payment-habits.view.ts';
import { letterLanguage } from '../mails/letter-language.ts';
import { countryName, languageName } from '../slack/country-words.ts';
import { contextLine, freshnessLine, nameOf, shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import { type CardRef, MENU } from '../slack/pressed.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, firstOf, money, plain } from '../slack/text.ts';
import { factLine, KIND_WORDS, STATUS_WORDS } from '../trail/facts.view.ts';
import { marksOf, standing } from './account-standing.view.ts';
import { onHold, snoozed } from './account-work.ts';
import { contactLine } from './contact-words.view.ts';
import type { AccountCard, CurrencyBalance } from './read-account.op.ts';
import { recordedBlocks } from './recorded.view.ts';
import { saidPaidLine } from './said-paid.view.ts';
import { tracingBlocks } from './tracing.view.ts';

export interface CardView {
  readonly card: AccountCard;
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** A line above the card: what just happened, or why nothing did. */
  readonly notice?: string;
  /** Without it the card is for reading only. */
  readonly mayCollect: boolean;
  readonly mayManage: boolean;
  readonly mayApprove: boolean;
  /** The collector's Slack account was deactivated. */
  readonly collectorLeft: boolean;
  /** What comes next by itself; null where somebody has to act. */
  readonly next: NextContact | null;
}

export function accountCardReply(view: CardView): Reply {
  const { card, zone, now, notice } = view;
  const { account } = card;
  const blocks: KnownBlock[] = [];
  if (notice) blocks.push(contextLine(notice));
  blocks.push({ type: 'header', text: { type: 'plain_text', text: clip(`${account.name} · ${account.number}`, 150) } });
  blocks.push(section(standing(view).join('\n')));
  blocks.push({ type: 'actions', elements: recording(view) });
  blocks.push(
    ...warnings(view),
    ...insolvencyBlocks({ ...card, ...card.work, mayCollect: view.mayCollect }, { a: account.id, v: card.version }),
    ...recordedBlocks(card.work, { a: account.id, v: card.version }, card.today, view.mayCollect),
  );
  blocks.push(
    ...arrangementBlocks(
      { ...card.work, paid: card.planPaid, today: card.today, mayCollect: view.mayCollect },
      { a: account.id, v: card.version },
    ),
  );
  const ref = { a: account.id, v: card.version };
  blocks.push(...placementBlocks(card.work, ref, view.mayCollect), ...mandateBlocks(card.work.mandate, card.today, ref, view.mayApprove));
  blocks.push(...writeOffBlocks(card.work.writeOffs, ref, view.mayCollect));
  blocks.push(...tracingBlocks(account.id, card.work.tracing, view.mayCollect));
  blocks.push({ type: 'section', fields: fieldsOf(card).map((text) => ({ type: 'mrkdwn', verbatim: true, text: clip(text, 2000) })) });
  blocks.push(section(balanceText(card.balances)));
  if (card.invoices.length > 0) blocks.push(section(invoiceText(card)));
  blocks.push(...misplacedBlocks(card.misplaced, ref, view.mayManage));
  const credit = card.credit ? creditText(card.credit) : '';
  if (credit) blocks.push(section(clip(credit, 3000)));
  const agreed = [
    demandLine(card.work.demands),
    chargesLine(card.charges),
    agreementLine({ agreement: card.work.agreement, ...card.standard }),
    insuranceLine(card.work.agreement, card.invoices, card.today),
    limitationLine(card.limitation),
  ].filter(Boolean);
  if (agreed.length > 0) blocks.push(section(agreed.join('\n')));
  const paid = saidPaidLine(card.work.calls.told, new Set(card.invoices.map(({ number }) => number)));
  if (paid) blocks.push(section(paid));
  const habits = paymentHabits(card.work, card.today, card.habit);
  if (habits) blocks.push(section(habits));
  blocks.push(section(contactText(card)));
  if (card.timeline.length > 0)
    blocks.push(section(`*Last recorded*\n${card.timeline.map((fact) => `• ${factLine(fact, zone)}`).join('\n')}`));
  const others = [...actions(view), ...more(view)];
  // Another id with each drawing, or the menu would keep what was chosen last.
  if (others.length > 0) blocks.push({ type: 'actions', block_id: `others:${now.epochMilliseconds}`, elements: others });
  blocks.push(contextLine(freshnessLine(card.freshness.asOf, card.freshness.sample, zone, now)));
  return {
    text: `${plain(account.name)}: ${card.balances.map((entry) => `${money(entry.overdue, entry.currency)} overdue`).join(', ') || 'nothing open'}`,
    blocks,
  };
}

function warnings({ card: { work, today, account }, collectorLeft }: CardView): KnownBlock[] {
  const lines: string[] = [];
  if (collectorLeft)
    lines.push(`:wave: *Collector left*: <@${work.collector}> is deactivated in Slack. A manager should assign somebody who is there.`);
  if (work.status !== 'active')
    lines.push(
      `:no_entry: *${STATUS_WORDS[work.status]}*: ${plain(work.statusReason)}. Nobody contacts this customer as usual; decide by hand.`,
    );
  if (onHold(work, today) && work.hold)
    lines.push(`:hourglass: *On hold* through ${shortDay(work.hold.until)}: ${plain(work.hold.reason)} (<@${work.hold.by}>)`);
  if (work.legalHold)
    lines.push(
      `:scales: *Legal hold* since ${shortDay(work.legalHold.on)}: ${plain(work.legalHold.reason)} (<@${work.legalHold.by}>). Nothing of this account is removed or erased.`,
    );
  if (work.supply?.stopped)
    lines.push(
      `:octagonal_sign: *Supply stopped* since ${shortDay(work.supply.since)}${work.supply.doneBy ? '' : '; sales operations have not confirmed it yet'}.`,
    );
  if (snoozed(work, today) && work.snooze)
    lines.push(`:bell: Out of the list through ${shortDay(work.snooze.until)} (<@${work.snooze.by}>)`);
  if (account.autopay) lines.push(':memo: Pays by direct debit: no reminders.');
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}

function fieldsOf({ account, work, parent, children, standard }: AccountCard): string[] {
  const { language, why } = letterLanguage(account, standard.terms?.language ?? null);
  const fields = [`*Collector*\n${nameOf(work.collector)}`, `*Kind of customer*\n${KIND_WORDS[work.kind ?? account.kind]}`];
  const where = `${countryName(account.country)}${account.region ? ` (${account.region})` : ''}`.trim();
  fields.push(
    `*Country and language*\n${plain(where || 'Country not known')}; ${languageName(language)}${why ? `, ${plain(why)}` : ''}`,
    `*Sold by*\n${plain(account.entity || 'not known')}${account.segment ? `; segment ${plain(account.segment)}` : ''}`,
  );
  if (parent) fields.push(`*Parent*\n${plain(parent.name)}`);
  if (children.length > 0)
    fields.push(
      `*Children*\n${firstOf(
        children.map((child) => plain(child.name)),
        5,
      )}`,
    );
  return fields;
}

function balanceText(balances: readonly CurrencyBalance[]): string {
  if (balances.length === 0) return '*Balance*\nNothing is open.';
  const lines = balances.map((entry) => {
    const ages = AGEING_BUCKETS.filter((bucket) => entry.buckets[bucket] > 0).map(
      (bucket) => `${bucket === 'current' ? 'not due' : `${bucket} days`} ${money(entry.buckets[bucket], entry.currency)}`,
    );
    const extra = [
      entry.disputed > 0 ? `in dispute ${money(entry.disputed, entry.currency)}` : '',
      entry.credit > 0 ? `unapplied credit ${money(entry.credit, entry.currency)}` : '',
    ].filter(Boolean);
    const large = isExact(entry.open)
      ? ''
      : `\n:warning: Too large to add up: the largest invoice is ${plain(entry.largest.number)} with ${money(entry.largest.open, entry.currency)}. Check it in your accounting system and import it again.`;
    return `*${money(entry.overdue, entry.currency)} overdue* of ${money(entry.open, entry.currency)} open\n${[...ages, ...extra].join(' · ')}${large}`;
  });
  return `*Balance*\n${lines.join('\n')}`;
}

function invoiceText({ invoices, balances, today, work }: AccountCard): string {
  const total = balances.reduce((sum, entry) => sum + entry.openInvoices, 0);
  const lines = invoices.map((invoice) => {
    const late = daysBetween(invoice.due, today);
    const age = late > 0 ? `${counted(late, 'day')} overdue` : late === 0 ? 'due today' : `due ${shortDay(invoice.due)}`;
    const part = invoice.open < invoice.total ? ` of ${money(invoice.total, invoice.currency)}` : '';
    return `• ${plain(invoice.number)}: ${money(invoice.open, invoice.currency)}${part}, ${age}${marksOf(invoice, work)}`;
  });
  const more = total > invoices.length ? `\n…and ${counted(total - invoices.length, 'more open invoice')}` : '';
  return clip(`*Open invoices, oldest first*\n${lines.join('\n')}${more}`, 3000);
}

function contactText({ contacts }: AccountCard): string {
  if (contacts.length === 0) return '*Contacts*\nNone known. Import contacts, enter one under More…, or ask the account owner in sales.';
  const lines = contacts.slice(0, 6).map((contact) => `• ${contactLine(contact)}`);
  return clip(`*Contacts*\n${lines.join('\n')}`, 3000);
}

/** Daily work; whoever may only read sees why, and what was recorded. */
function recording({ card, mayCollect }: CardView): Button[] {
  const record: [string, string][] = [
    ['account-call', 'Call…'],
    ['account-write', 'Email…'],
    ['account-statement', 'Statement…'],
    ['account-promise', 'Promise…'],
    ['account-dispute', 'Dispute…'],
    ['account-reply', 'Reply…'],
    ['account-note', 'Note…'],
  ];
  const read: [string, string][] = [
    ['account-timeline', 'Timeline'],
    ['account-why', 'Why?'],
  ];
  return [...(mayCollect ? record : []), ...read].map(([id, label]) => cardButton(card, id, label));
}

type Entry = readonly [action: string, label: string];

/** Everything that is not daily work, as action id and label in groups; the menu runs the button's own listener. */
function arranging({
  card: { work },
  mayCollect,
  mayManage,
  mayApprove,
}: CardView): (readonly [group: string, entries: readonly Entry[]])[] {
  const manage: Entry[] = [
    ['account-evidence', 'Evidence pack…'],
    ['trail-export', 'Export the trail…'],
  ];
  if (!mayCollect) return mayManage ? [['File', manage]] : [];
  const insolvent = work.status === 'insolvent' || openFile(work.insolvencies) !== null;
  const mandate: Entry[] = [['account-mandate', 'Hand to a negotiator…']];
  return [
    [
      'Customer',
      [
        ['account-contacts', 'Contacts…'],
        ['account-kind', 'Kind of customer…'],
        ['account-agreement', 'Agreement…'],
        ['account-credit', 'Credit file…'],
      ],
    ],
    [
      'Arrangements and money',
      [
        ['account-plan', 'Plan…'],
        ['account-settlement', 'Settlement or discount…'],
        ['account-charges', 'Interest and fees…'],
        ...(mayApprove ? mandate : []),
      ],
    ],
    [
      'Escalation, decided by others',
      [
        ['account-letter', 'Demand letter…'],
        ['account-placement', 'Agency or law firm…'],
        ['account-opinion', 'Counsel’s opinion…'],
        ...(mayManage ? ([['account-limitation', 'Limitation date…']] as Entry[]) : []),
        ['account-write-off', 'Write off…'],
        ...(insolvent ? ([['account-insolvency', 'Insolvency file…']] as Entry[]) : []),
        ['account-decide', 'Request a decision…'],
      ],
    ],
    ...(mayManage ? [['File', manage] as const] : []),
  ];
}

function more(view: CardView): ActionsBlockElement[] {
  const text = (words: string) => ({ type: 'plain_text' as const, text: clip(words, 75) });
  const option_groups = arranging(view).map(([group, entries]) => ({
    label: text(group),
    options: entries.map(([value, label]) => ({ text: text(label), value })),
  }));
  if (option_groups.length === 0) return [];
  return [{ type: 'static_select', action_id: `${MENU}:${refOf(view.card)}`, placeholder: text('More…'), option_groups }];
}

function cardButton(card: AccountCard, id: string, label: string): Button {
  return { type: 'button', action_id: id, text: { type: 'plain_text', text: label }, value: refOf(card) };
}

function refOf(card: AccountCard): string {
  return JSON.stringify({ a: card.account.id, v: card.version } satisfies CardRef);
}

function actions({ card, mayCollect, mayManage }: CardView): Button[] {
  const button = (id: string, label: string) => cardButton(card, id, label);
  const held = onHold(card.work, card.today);
  return [
    ...(mayManage ? [button('account-assign', 'Assign…')] : []),
    ...(mayCollect
      ? [
          held ? button('account-unhold', 'Lift hold') : button('account-hold', 'Hold…'),
          button('account-snooze', 'Snooze…'),
          button('account-status', 'Status…'),
        ]
      : []),
  ];
}
