import type { Button, KnownBlock } from '@slack/types';
import type { Day } from '../kernel/day.ts';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { CardRef } from '../slack/pressed.ts';
import { andMore, clip, counted, money, plain } from '../slack/text.ts';
import { coveredBy, type Instalment, sumOf } from './instalments.ts';
import type { OpenPlan } from './plan.ts';
import type { OpenPosting, PostingKind } from './posting.ts';
import type { OfferKind, OpenOffer } from './settlement.ts';

export const OFFER_WORDS: Readonly<Record<OfferKind, string>> = { settlement: 'Settlement', discount: 'Early-payment discount' };

export interface ArrangementView {
  readonly plans: readonly OpenPlan[];
  readonly offers: readonly OpenOffer[];
  readonly postings: readonly OpenPosting[];
  /** What came in on each plan, by its id; minor units. */
  readonly paid: Readonly<Record<string, number>>;
  readonly today: Day;
  readonly mayCollect: boolean;
}

/** As many of each kind; the account's file holds the rest. */
const SHOWN = 2;

/** Plans, offers and what is to be credited, each in one line with its buttons. */
export function arrangementBlocks({ plans, offers, postings, paid, today, mayCollect }: ArrangementView, ref: CardRef): KnownBlock[] {
  const withButtons = (text: string, buttons: Button[]): KnownBlock[] => [
    section(text),
    ...(mayCollect && buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
  ];
  return [
    ...plans.slice(0, SHOWN).flatMap((plan) => withButtons(planLine(plan, paid[plan.id] ?? 0, today), planButtons(plan, ref))),
    ...offers.slice(0, SHOWN).flatMap((offer) => withButtons(offerLine(offer), offerButtons(offer, ref))),
    ...postings.slice(0, SHOWN).map((posting) => section(postingLine(posting))),
  ];
}

export function planButtons(plan: OpenPlan, ref: CardRef): Button[] {
  const value = { ...ref, i: plan.id };
  const missed = plan.missedThrough > 0 && plan.state === 'active' && !plan.notice;
  return [
    ...(plan.state === 'proposed' ? [button('arrangement-ask', plan.id, 'Ask for approval', value)] : []),
    ...(missed ? [button('account-plan-notice', plan.id, 'Give notice…', value)] : []),
    ...(plan.state === 'active' && plan.missedThrough === 0 ? [button('draft-plan-offer', plan.id, 'Send by mail…', value)] : []),
    button('account-plan-cancel', plan.id, 'Cancel plan…', value),
  ];
}

function offerButtons(offer: OpenOffer, ref: CardRef): Button[] {
  const value = { ...ref, i: offer.id };
  return [
    ...(offer.state === 'proposed' ? [button('arrangement-ask', offer.id, 'Ask for approval', value)] : []),
    ...(offer.state === 'offered' ? [button('account-offer-accept', offer.id, 'They accept…', value)] : []),
    button('account-offer-withdraw', offer.id, 'Withdraw offer…', value),
  ];
}

/** "Plan: £1,000.00 of £3,000.00 paid, next £500.00 on 1 Dec 2026". */
export function planLine(plan: OpenPlan, paid: number, today: Day): string {
  const { currency, instalments, notice, missedThrough, state } = plan;
  const whole = `*Plan* with ${plain(plan.agreedWith)}, ${counted(instalments.length, 'instalment')}`;
  if (state === 'proposed') return `:calendar: ${whole} of ${money(plan.amount, currency)}: waits for approval, nothing rests yet.`;
  const covered = coveredBy(instalments, paid);
  const next = instalments[covered]!;
  const left = sumOf(instalments.slice(0, covered + 1)) - paid;
  const missing =
    missedThrough > covered
      ? ` :warning: ${counted(missedThrough - covered, 'instalment')} missing, ${money(sumOf(instalments.slice(0, missedThrough)) - paid, currency)}.`
      : '';
  const runs = notice && state === 'active' ? ` Notice of default runs through ${shortDay(notice.until)}.` : '';
  const inDefault = state === 'in-default' ? ' *In default.*' : '';
  const when = next.date < today ? `due since ${shortDay(next.date)}` : `on ${shortDay(next.date)}`;
  return `:calendar: ${whole}: ${money(paid, currency)} of ${money(plan.amount, currency)} paid, next ${money(left, currency)} ${when}.${missing}${runs}${inDefault}`;
}

const OFFER_STATES: Readonly<Record<OpenOffer['state'], string>> = {
  proposed: 'waits for approval',
  offered: 'offered, not accepted: follow-up goes on',
  accepted: 'accepted: the invoices rest until then',
};

function offerLine({ kind, currency, balance, pay, until, state }: OpenOffer): string {
  const marked = kind === 'settlement' ? ' _Without prejudice._' : '';
  return `:envelope_with_arrow: *${OFFER_WORDS[kind]}*: ${money(pay, currency)} by ${shortDay(until)} for ${money(balance, currency)}, ${OFFER_STATES[state]}.${marked}`;
}

const POSTING_WORDS: Readonly<Record<PostingKind, readonly [what: string, why: string]>> = {
  settlement: ['To be credited', 'settlement paid, known since'],
  discount: ['To be credited', 'early-payment discount paid, known since'],
  'write-off': ['To be written off', 'approved, since'],
  'write-off-reversal': ['Credit to be taken back', 'paid after write-off, since'],
};

export function postingLine({ kind, currency, amount, lines, on }: OpenPosting): string {
  const invoices = lines.map((line) => plain(line.invoice)).join(', ');
  const [what, why] = POSTING_WORDS[kind];
  return clip(
    `:ledger: *${what}* ${money(amount, currency)} on ${invoices} (${why} ${shortDay(on)}), until an import shows it booked.`,
    3000,
  );
}

/** The instalments as they will be recorded, days off moved and shown. */
export function previewText(
  instalments: readonly Instalment[],
  { amount, currency, needsApproval, accelerates }: { amount: number; currency: string; needsApproval: boolean; accelerates: boolean },
): string {
  const lines = instalments.map(({ agreed, date, amount: each }, n) => {
    const moved = date === agreed ? '' : `  _moved from ${shortDay(agreed)}, a day off_`;
    return `${n + 1}. ${shortDay(date)}: ${money(each, currency)}${moved}`;
  });
  const shown = lines.length > 24 ? [...lines.slice(0, 23), ...andMore(lines.length - 23)] : lines;
  const approval = needsApproval ? '\n:raised_hand: Above the limit: somebody else must approve it before it begins.' : '';
  const clause = accelerates
    ? '\nIf an instalment stays away: once a notice of default has run out, all that is left of the plan falls due at once, as the agreement on file says.'
    : '\nIf an instalment stays away: only what is missing is asked for again, and the later instalments keep their days. No clause on file makes all of it fall due.';
  return `*${counted(instalments.length, 'instalment')}, together ${money(amount, currency)}*\n${shown.join('\n')}${approval}${clause}\nNothing is recorded yet. Press *Record* if this is right, or change the form.`;
}
