import type { ActionsBlockElement, Button, KnownBlock } from '@slack/types';
import { type Remedy, remedyButtons } from '../escalation/remedies.view.ts';
import { stageWords } from '../follow-up/stage-words.view.ts';
import { daysBetween } from '../kernel/day.ts';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import { percent } from '../slack/percent.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import { documentLink, lawWords } from './agreement.view.ts';
import { type Charge, type ChargeKind, type Charges, leftOf } from './charges.ts';
import type { ClaimableDebt, ClaimableInterest } from './claimable.ts';
import type { InterestStep, MissingRate } from './interest.ts';
import { FIRST_HALF, LAST_HALF } from './interest-rates.ts';
import type { InterestTermsRefusal, SumRefusal } from './interest-rules.ts';
import type { Law } from './law.ts';
import type { AccountCharges } from './read-charges.op.ts';

export const CHARGE_WORDS: Readonly<Record<ChargeKind, string>> = {
  interest: 'interest',
  compensation: 'compensation',
  'reminder-fee': 'reminder fee',
  'recovery-cost': 'recovery cost',
};

/** What a claim button carries: account, entity, invoice, what, amount shown, day shown, whether a natural person owes it in business. */
export interface ClaimRef {
  readonly a: string;
  readonly e: string;
  readonly n: string;
  /** 'interest', 'compensation', or 'fee:' and a stage's key. */
  readonly w: string;
  readonly s: number;
  readonly d: string;
  readonly b: boolean;
}

type Refusals = Readonly<Record<SumRefusal | 'claimed-already' | 'covered-by-costs' | 'not-overdue', string>>;

export interface ChargesView {
  readonly read: AccountCharges;
  readonly inBusiness: boolean;
  readonly refusals: Refusals;
  readonly notice?: string;
}

const SHOWN_DEBTS = 6;
const SHOWN_CHARGES = 8;
const SHOWN_STEPS = 6;

/** One line on the account's card: what is claimed and open besides the invoices; '' when nothing is. */
export function chargesLine({ claimed }: Charges): string {
  const open = claimed.filter((charge) => leftOf(charge) > 0);
  if (open.length === 0) return '';
  const kinds = [...new Set(open.map(({ kind }) => kind))].map((kind) => CHARGE_WORDS[kind]);
  return `*Interest and fees, apart from the invoices:* ${sumsOf(open)} claimed and open (${kinds.join(', ')})`;
}

/** '£162.57, €40.00': what is left of charges, by currency. */
function sumsOf(charges: readonly Charge[]): string {
  const sums = new Map<string, number>();
  for (const charge of charges) sums.set(charge.currency, (sums.get(charge.currency) ?? 0) + leftOf(charge));
  return [...sums].map(([currency, amount]) => money(amount, currency)).join(', ');
}

/** Everything that could be claimed today, worked out, and everything that was. */
export function chargesReply({ read, inBusiness, refusals, notice }: ChargesView): Reply {
  const { row, worked, debts, charges, terms } = read;
  const { kind } = worked.work;
  const laws = new Set([...terms.values()].map(({ law }) => lawWords(law)));
  const title = `Interest and fees: ${row.name}`;
  const blocks: KnownBlock[] = [];
  if (notice) blocks.push(contextLine(notice));
  blocks.push({ type: 'header', text: { type: 'plain_text', text: clip(title, 150) } });
  blocks.push(
    contextLine(`Governing law: ${[...laws].join(', ')}`, 'Apart from the invoices and their balance', 'Nothing is claimed by itself'),
  );
  const person = (kind ?? row.kind) === 'sole-trader';
  if (person && !inBusiness) blocks.push(...askBusiness(row.id, refusals['business-not-confirmed']));
  if (debts.length === 0) blocks.push(section('No invoice is overdue, so nothing bears interest.'));
  const common = commonRefusal(debts);
  if (common && !(person && common === 'business-not-confirmed'))
    blocks.push(section(`:warning: ${laws.size === 1 ? ofLaw([...terms.values()][0]!.law) : ''}${refusals[common]}`));
  const remedies = remedyButtons(remediesOf(debts), row.id);
  if (remedies.length > 0) blocks.push({ type: 'actions', elements: remedies });
  for (const debt of debts.slice(0, SHOWN_DEBTS)) blocks.push(...debtBlocks(debt, read, inBusiness, refusals, common));
  if (debts.length > SHOWN_DEBTS) blocks.push(contextLine(`…and ${counted(debts.length - SHOWN_DEBTS, 'newer overdue invoice')}`));
  if (charges.claimed.length > 0) blocks.push({ type: 'divider' }, section('*Claimed so far*'));
  for (const charge of charges.claimed.slice(-SHOWN_CHARGES).reverse()) blocks.push(...chargeBlocks(charge, row.id));
  if (charges.claimed.length > SHOWN_CHARGES)
    blocks.push(contextLine(`…and ${counted(charges.claimed.length - SHOWN_CHARGES, 'earlier claim')}; the timeline holds all`));
  const about = (id: string, label: string) => button(id, label, JSON.stringify({ a: row.id }));
  blocks.push({ type: 'actions', elements: [about('charge-cost', 'Recovery cost…'), about('charge-statement', 'Statement (PDF)')] });
  return { text: title, blocks };
}

/** Missing facts that keep something from being claimed. */
function remediesOf(debts: readonly ClaimableDebt[]): Remedy[] {
  const refused = debts.flatMap(({ interest, compensation }) =>
    [interest, compensation].flatMap((each) => ('refused' in each ? each.refused : [])),
  );
  return refused.flatMap((reason): Remedy[] => (reason in LACKS ? [LACKS[reason as keyof typeof LACKS]] : []));
}

const LACKS = { 'kind-not-known': 'kind', 'law-not-known': 'agreement', 'start-not-checked': 'agreement' } as const satisfies Readonly<
  Partial<Record<keyof Refusals, Remedy>>
>;

/** 'Bulgaria: ', since a law is refused by its name; '' while none is known. */
const ofLaw = (law: Law | null | undefined) => (law ? `${lawWords(law)}: ` : '');

/** What stands in the way of every claim: said once, above them. */
function commonRefusal(debts: readonly ClaimableDebt[]): InterestTermsRefusal | null {
  const reasons = new Set(debts.map(({ interest }) => ('refused' in interest ? interest.refused : null)));
  return reasons.size === 1 ? [...reasons][0]! : null;
}

function askBusiness(account: string, text: string): KnownBlock[] {
  const value = JSON.stringify({ a: account, b: true });
  return [{ ...section(`:bust_in_silhouette: ${text}`), accessory: button('charge-business', 'It is for their business', value) }];
}

function debtBlocks(
  debt: ClaimableDebt,
  { row, today }: AccountCharges,
  inBusiness: boolean,
  refusals: Refusals,
  common: InterestTermsRefusal | null,
): KnownBlock[] {
  const { entity, invoice, currency, due, open, resting, interest, compensation, fees } = debt;
  const shown = (amount: number) => money(amount, currency);
  const contested = resting > 0 ? `, ${shown(resting)} of it contested and left out` : '';
  const lines = [
    `*${plain(invoice)}*  ${shown(open)} open, due ${shortDay(due)}, ${counted(daysBetween(due, today), 'day')} late${contested}`,
  ];
  if (!('refused' in interest && interest.refused === common)) lines.push(...interestLines(interest, currency, refusals));
  lines.push(...sumLines(debt, refusals));
  for (const { stage, amount } of fees)
    lines.push(`Reminder fee for stage ${stageWords(stage)}, which was sent: *${shown(amount)}* (fee clause)`);
  const claim = (w: string, label: string, amount: number): Button => {
    const ref: ClaimRef = { a: row.id, e: entity, n: invoice, w, s: amount, d: today, b: inBusiness };
    return {
      ...button(`charge-claim:${w}`, clip(`Claim ${label} ${shown(amount)}`, 75), JSON.stringify(ref)),
      confirm: {
        title: { type: 'plain_text', text: 'Claim it?' },
        text: {
          type: 'plain_text',
          text: clip(`${shown(amount)} of ${label} on ${invoice}. It is shown in letters and statements from now on.`, 300),
        },
        confirm: { type: 'plain_text', text: 'Claim' },
        deny: { type: 'plain_text', text: 'Not now' },
      },
    };
  };
  const buttons: ActionsBlockElement[] = [
    ...('toClaim' in interest && interest.toClaim > 0 ? [claim('interest', 'interest', interest.toClaim)] : []),
    ...('amount' in compensation ? [claim('compensation', 'compensation', compensation.amount)] : []),
    ...fees.slice(0, 5).map(({ stage, amount }) => claim(`fee:${stage}`, `fee of ${stage}`, amount)),
  ];
  return [section(lines.join('\n')), ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : [])];
}

function sumLines({ compensation, interest, currency }: ClaimableDebt, refusals: Refusals): string[] {
  if ('amount' in compensation) {
    const { amount, of, source } = compensation;
    const less = amount < of ? ` (${money(of, currency)} less what recovery costs cover already)` : '';
    return [`Compensation: *${money(amount, currency)}*${less}, once for this debt, by ${source}`];
  }
  if (compensation.refused === 'claimed-already') return ['Compensation: claimed, once for this debt'];
  const same = 'refused' in interest && interest.refused === compensation.refused;
  return same ? [] : [`Compensation: ${refusals[compensation.refused]}`];
}

function interestLines(interest: ClaimableInterest, currency: string, refusals: Refusals): string[] {
  if ('missing' in interest) return [`:warning: Interest: ${missingRate(interest)}`];
  if ('refused' in interest) return [`:warning: ${refusals[interest.refused]}`];
  const { total, toClaim, steps, source, to, starts, why } = interest;
  const begins = why ? [`Interest starts on ${shortDay(starts)}: ${why}`] : [];
  const before = toClaim < total ? ` (${money(total - toClaim, currency)} of ${money(total, currency)} was claimed before)` : '';
  if (total === 0) return begins.length > 0 ? begins : ['Nothing bears interest yet'];
  if (toClaim <= 0) return [`Interest to ${shortDay(to)}: ${money(total, currency)}, all claimed`, ...begins];
  return [
    `Interest to ${shortDay(to)}: *${money(toClaim, currency)}*${before}, by ${source}`,
    ...begins,
    ...steps.slice(0, SHOWN_STEPS).map((step) => `• ${stepText(step, currency)}`),
    ...(steps.length > SHOWN_STEPS ? [`• …and ${counted(steps.length - SHOWN_STEPS, 'more period')}`] : []),
  ];
}

/** A rate that is not on file is asked for, never guessed. */
export function missingRate({ missing, half }: MissingRate): string {
  const looked = half >= FIRST_HALF && half <= LAST_HALF;
  const why = looked ? 'could not be checked at two sources, so it does not come with the program' : 'is not on file';
  return `${missing} ${why}. Nothing was worked out and nothing was claimed. An admin enters it with its source: \`rates add\` of the collections command.`;
}

function stepText({ from, to, days, principal, rate, reference }: InterestStep, currency: string): string {
  const rests = reference ? ` (${reference.name}: ${percent(reference.rate)}, ${reference.source})` : ', as agreed';
  return `${shortDay(from)} to ${shortDay(to)}: ${counted(days, 'day')} of 365 on ${money(principal, currency)} at ${percent(rate)}${rests}`;
}

/** 'interest on NW-1 from 1 Apr 2026 to 10 Jul 2026', without its amount. */
export function chargeText({
  kind,
  invoice,
  period,
  stage,
  purpose,
}: Pick<Charge, 'kind' | 'invoice' | 'period' | 'stage' | 'purpose'>): string {
  const about = invoice ? ` on ${plain(invoice)}` : '';
  const days = period ? ` from ${shortDay(period.from)} to ${shortDay(period.to)}` : '';
  return `${CHARGE_WORDS[kind]}${about}${days}${stage ? `, stage ${stageWords(stage)}` : ''}${purpose ? `: ${plain(purpose)}` : ''}`;
}

/** '£40.00 more is covered by fixed sums that were claimed'. */
export function coveredText({ kind, covered = 0, currency }: Pick<Charge, 'kind' | 'covered' | 'currency'>): string {
  const by = kind === 'recovery-cost' ? 'fixed sums' : 'recovery costs';
  return `${money(covered, currency)} more is covered by ${by} that were claimed`;
}

function chargeBlocks(charge: Charge, account: string): KnownBlock[] {
  const shown = (amount: number) => money(amount, charge.currency);
  const { id, amount, waived, paid, by, on, document, covered = 0 } = charge;
  const parts = [
    waived > 0 ? `${shown(waived)} waived` : '',
    paid > 0 ? `${shown(paid)} paid` : '',
    leftOf(charge) > 0 ? `*${shown(leftOf(charge))} left*` : '*nothing left*',
  ];
  const where = document ? `, ${documentLink('document', document)}` : '';
  const less = covered > 0 ? ` (${coveredText(charge)})` : '';
  const text = `${shown(amount)} ${chargeText(charge)}${less}${where} · claimed ${shortDay(on)} by <@${by}> · ${parts.filter(Boolean).join(', ')}`;
  const value = JSON.stringify({ a: account, i: id });
  const buttons = leftOf(charge) > 0 ? [button(`charge-waive:${id}`, 'Waive…', value), button(`charge-paid:${id}`, 'Paid…', value)] : [];
  return [section(text), ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : [])];
}

function button(id: string, text: string, value: string): Button {
  return { type: 'button', action_id: id.slice(0, 255), text: { type: 'plain_text', text }, value };
}
