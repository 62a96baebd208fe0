import type { Button, KnownBlock } from '@slack/types';
import { documentLink } from '../charges/agreement.view.ts';
import type { VatPlace } from '../charges/terms.ts';
import type { Day } from '../kernel/day.ts';
import { daysBetween } from '../kernel/day.ts';
import type { Payment } from '../ledger/invoice.ts';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { CardRef } from '../slack/pressed.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import { type ClaimLine, type InsolvencyFact, type InsolvencyFile, openFile } from './insolvency.ts';
import { VAT_SOURCE, vatRelief } from './insolvency-rules.ts';

export interface InsolvencyView {
  readonly status: string;
  readonly insolvencies: readonly InsolvencyFile[];
  readonly today: Day;
  /** Names and countries of VAT of our companies, by their code. */
  readonly companies: ReadonlyMap<string, { readonly name: string; readonly vat: VatPlace | null }>;
  /** Received in the months before the opening that the file names; newest first. */
  readonly received: readonly Payment[];
  readonly mayCollect: boolean;
}

const SHOWN = 5;

/** Proceedings over the customer on the account's card, with what comes next; nothing while the customer is solvent. */
export function insolvencyBlocks(view: InsolvencyView, ref: CardRef): KnownBlock[] {
  const file = openFile(view.insolvencies);
  const actions = (elements: Button[]): KnownBlock[] => (view.mayCollect ? [{ type: 'actions', elements }] : []);
  if (!file) {
    if (view.status !== 'insolvent') return [];
    const last = view.insolvencies.at(-1);
    const start = button('account-insolvency', 'new', 'Open insolvency file…', ref);
    return last ? [section(closedText(last)), ...actions([start])] : [section(NO_FILE), ...actions([{ ...start, style: 'primary' }])];
  }
  const value = { ...ref, i: file.id };
  const buttons = [
    ...(file.filed ? [] : [{ ...button('insolvency-filed', file.id, 'Claim filed…', value), style: 'primary' as const }]),
    button('insolvency-dividend', file.id, 'Dividend…', value),
    button('account-insolvency', file.id, 'Edit file…', value),
    button('insolvency-close', file.id, 'Close file…', value),
  ];
  const lines = [
    ...fileLines(file, view.today),
    ...file.claim.flatMap((line) => claimLines(line, file, view)),
    ...clawBack(file, view.received),
  ];
  return [section(clip(lines.join('\n'), 3000)), ...actions(buttons)];
}

const NO_FILE =
  ':classical_building: *No insolvency file yet.* It keeps the procedure, the filing deadline and the claim to the opening day.';

function closedText({ procedure, opened, closed }: InsolvencyFile): string {
  return `:classical_building: *${plain(procedure)}* of ${shortDay(opened)}: file closed ${closed ? `${shortDay(closed.on)}, ${plain(closed.note)}` : ''}`;
}

function fileLines(file: InsolvencyFile, today: Day): string[] {
  const { procedure, opened, court, reference, holder, deadline, filed, retention, goods, dividends } = file;
  const where = [court, reference].filter(Boolean).map(plain).join(', ');
  const who = holder.name
    ? `Office holder: ${plain(holder.name)}${holder.email ? `, ${plain(holder.email)}` : ''}`
    : ':warning: Office holder not entered';
  const kept = { unknown: 'not known yet', no: 'no', yes: `yes, ${plain(goods) || 'goods not named'}` }[retention];
  return [
    `:classical_building: *${plain(procedure)}*, opened ${shortDay(opened)}${where ? ` · ${where}` : ''}`,
    who,
    filed ? filedText(filed) : deadlineText(deadline, today),
    `Retention of title: ${kept}`,
    ...(dividends.length > 0
      ? [`Dividends: ${dividends.map(({ on, amount, currency }) => `${money(amount, currency)} on ${shortDay(on)}`).join(', ')}`]
      : []),
  ];
}

function filedText({ on, document }: NonNullable<InsolvencyFile['filed']>): string {
  return `Claim filed ${shortDay(on)}${document ? `: ${documentLink(document.name, document.at)}` : ''}`;
}

function deadlineText(deadline: Day | null, today: Day): string {
  if (deadline === null) return ':warning: Filing deadline not entered';
  const left = daysBetween(today, deadline);
  if (left < 0) return `:warning: *Not filed. The deadline was ${shortDay(deadline)}*: ask counsel whether it can still be filed.`;
  return `*File the claim by ${shortDay(deadline)}* (${left === 0 ? 'today' : counted(left, 'day')})`;
}

function claimLines(line: ClaimLine, { opened, id: _ }: InsolvencyFile, { companies }: InsolvencyView): string[] {
  const { entity, currency, invoices, open, interest, why } = line;
  const company = companies.get(entity);
  const bears =
    interest === null
      ? `interest not worked out: ${NO_INTEREST[why] ?? 'see Interest and fees…'}`
      : `interest to that day ${money(interest, currency)}`;
  const claim = `Claim of ${plain(company?.name ?? entity)} to ${shortDay(opened)}: *${money(open, currency)}* on ${counted(invoices, 'invoice')}, ${bears}`;
  return [claim, vatText(line, opened, company?.vat ?? null)];
}

const NO_INTEREST: Readonly<Record<string, string>> = {
  'law-not-known': 'set the governing law under Agreement… or in the standard terms, then save the file again',
  'kind-not-known': 'set the kind of customer, then save the file again',
  'business-not-confirmed': 'a natural person; ask counsel whether the debt is one of their business',
  'rate-missing': 'a reference rate is missing; an admin adds it, then save the file again',
};

function vatText(line: ClaimLine, opened: Day, place: VatPlace | null): string {
  const relief = vatRelief(place, line, opened);
  if (!relief)
    return place === 'other'
      ? 'VAT relief: ask your tax adviser.'
      : 'VAT relief: set where the company accounts for VAT in its standard terms.';
  if (relief.place === 'DE')
    return `VAT relief: correct it from ${shortDay(relief.from)} (${VAT_SOURCE.DE}). When a dividend comes, ask your tax adviser.`;
  const all = relief.all === relief.first ? '' : `, all from ${shortDay(relief.all)}`;
  return `VAT relief: first invoice from ${shortDay(relief.first)}${all}; the first ends ${shortDay(relief.ends)} (${VAT_SOURCE.UK})`;
}

function clawBack({ lookBack }: InsolvencyFile, received: readonly Payment[]): string[] {
  if (lookBack === 0 || received.length === 0) return [];
  const sums = new Map<string, number>();
  for (const { currency, amount } of received) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  const total = [...sums].map(([currency, amount]) => money(amount, currency)).join(' and ');
  const rows = received.slice(0, SHOWN).map((each) => `• ${money(each.amount, each.currency)} on ${shortDay(each.received)}`);
  const more = received.length > SHOWN ? [`…and ${counted(received.length - SHOWN, 'earlier payment')}`] : [];
  return [
    `:warning: *May be claimed back:* ${total} in ${counted(received.length, 'payment')} of the ${counted(lookBack, 'month')} before the opening. Check with counsel; the number of months is what was entered, not the law.`,
    ...rows,
    ...more,
  ];
}

const claimText = (claim: readonly ClaimLine[]) =>
  claim
    .map(({ open, interest, currency }) => `${money(open, currency)}${interest ? ` and interest ${money(interest, currency)}` : ''}`)
    .join(', ') || 'nothing';

const CHANGED: Readonly<Record<string, string>> = {
  holder: 'office holder',
  opened: 'opening day',
  deadline: 'filing deadline',
  retention: 'retention of title',
  lookBack: 'months looked back',
};

export const INSOLVENCY_SENTENCES: {
  readonly [Type in InsolvencyFact['type']]: (fact: InsolvencyFact & { readonly type: Type }) => string;
} = {
  'insolvency-opened': ({ procedure, opened, deadline, claim }) =>
    `insolvency file opened: ${plain(procedure)} of ${shortDay(opened)}, claim ${claimText(claim)}${deadline ? `, to be filed by ${shortDay(deadline)}` : ''}`,
  'insolvency-edited': ({ procedure, changed }) =>
    `insolvency file edited (${plain(procedure)}): ${changed.map((field) => CHANGED[field] ?? field).join(', ') || 'claim worked out again'}`,
  'claim-filed': ({ on, claim, document }) =>
    `insolvency claim of ${claimText(claim)} filed on ${shortDay(on)}${document ? `: ${plain(document.name)}` : ''}`,
  'dividend-received': ({ on, amount, currency }) => `dividend of ${money(amount, currency)} received on ${shortDay(on)}`,
  'insolvency-closed': ({ procedure, note }) => `insolvency file closed (${plain(procedure)}): ${plain(note)}`,
};
