import type { Veto } from '../../src/account/veto.ts';
import type { AccountDay, decideFollowUp as DecideFollowUp, FollowUp, FollowUpAction } from '../../src/follow-up/follow-up.ts';
import { daysBetween } from '../../src/kernel/day.ts';

/** What is wrong with a decision, by the sentences of the rule and figures worked out anew. */
export function faultsOf(account: AccountDay, got: FollowUp, decide: typeof DecideFollowUp): string[] {
  const { action } = got;
  return [
    ...silent(account, got),
    ...(action ? [...asked(account, action), ...steps(account, action), ...alone(account, action, decide)] : []),
  ];
}

const itemOf = (account: AccountDay, entity: string, number: string) =>
  account.items.find((item) => item.entity === entity && item.number === number)!;

/** Every late invoice with something to ask for that is not named has a reason, and so has every account without a contact. */
function silent({ today }: AccountDay, { action, reasons, entities }: FollowUp): string[] {
  const named = (entity: string, number: string) => action?.entity === entity && action.said.named.includes(number);
  const late = entities.flatMap(({ entity, invoices }) => invoices.filter(({ ask, invoice }) => ask > 0 && !named(entity, invoice)));
  const without = reasons.length > 0 ? [] : late.filter((each) => each.reasons.length === 0);
  const past = late.flatMap((each) => each.reasons).filter(({ until }) => until !== null && until <= today);
  return [
    ...without.map(({ invoice }) => `no reason for ${invoice}`),
    ...past.map(({ code, until }) => `${code} ended on ${until}`),
    ...(action || reasons.length > 0 || entities.every((each) => each.reasons.length > 0) ? [] : ['no contact and no reason']),
  ];
}

/** Nothing is asked that is promised, disputed, planned, placed or covered by credit. */
function asked(account: AccountDay, action: FollowUpAction): string[] {
  const { entity } = action;
  const faults: string[] = [];
  const parts = [...action.invoices, ...action.firmer, ...action.also, ...action.formal, ...action.notes];
  if (new Set(parts.map(({ number }) => number)).size < parts.length) faults.push('an invoice in two parts');
  for (const { number, asked, net, open } of parts) {
    const item = itemOf(account, entity, number);
    const placed = account.work.placements.some(
      (each) => each.entity === entity && each.state !== 'recalled' && each.invoices.includes(number),
    );
    if (placed) faults.push(`${number} is placed`);
    if (item.due < account.today && account.work.vetoes.some((each) => each.entity === entity && holds(each, number, account.today)))
      faults.push(`${number} is held`);
    if (net <= 0 || net > asked || asked > open || asked > item.open - item.disputed) faults.push(`${number} asks ${net} of ${asked}`);
  }
  for (const { currency } of action.open) {
    const own = <T extends { readonly currency: string }>(list: readonly T[]) => list.filter((each) => each.currency === currency);
    const credit = own(account.credits).filter((each) => each.entity === entity);
    const taken = own(parts).reduce((sum, { asked, net }) => sum + asked - net, 0);
    if (taken > credit.reduce((sum, each) => sum + each.unappliedCash + each.openCredit, 0)) faults.push('more credit than there is');
  }
  return faults;
}

/** The owner holds what they were asked about through a day. */
function holds({ answer, invoices = [] }: Veto, number: string, today: string): boolean {
  return answer !== null && answer.do !== 'go' && answer.until >= today && invoices.includes(number);
}

/** Nothing takes a stage it is too young for, twice, or below its minimum; formal words are no first demand. */
function steps({ today, policy, work, items }: AccountDay, { entity, kind, stage, said, invoices }: FollowUpAction): string[] {
  const faults: string[] = [];
  const ladder = work.ladders.find((each) => each.entity === entity);
  for (const { invoice, stage: key, days, formal } of said.took) {
    const item = items.find((each) => each.entity === entity && each.number === invoice)!;
    const jumped = ladder?.jumps.some((each) => each.invoice === invoice && each.stage === key);
    if (!jumped && daysBetween(item.due, today) < days) faults.push(`${invoice} is too young for ${key}`);
    const mark = ladder?.marks.find((each) => each.invoice === invoice);
    if (formal && !mark) faults.push(`${invoice} begins formally`);
    const real = mark && (mark.how === 'jump' || daysBetween(item.due, mark.on) >= mark.days);
    if (real && mark.stage === key && !formal) faults.push(`${invoice} has had ${key}`);
    if (policy.stages.find((each) => each.key === key)?.channel === 'task') faults.push(`${key} is for people`);
  }
  if (kind === 'stage' && said.took.length === 0) faults.push('takes nothing');
  if (kind !== 'stage' && said.took.length > 0) faults.push(`a ${kind} takes something`);
  if (invoices.length === 0) faults.push(`${stage.key} asks for nothing`);
  return faults;
}

/** What waits is taken away: the message about the others stays the same, or a formal minimum falls away. */
function alone(account: AccountDay, action: FollowUpAction, decide: typeof DecideFollowUp): string[] {
  const waits = new Set(['reply-waiting', 'dispute-closed', 'start-unconfirmed', 'placement-question', 'owner-holds', 'rested']);
  const stand = decide(account).entities.find(({ entity }) => entity === action.entity)!;
  const waiting = stand.invoices.filter(({ reasons }) => reasons.some(({ code }) => waits.has(code))).map(({ invoice }) => invoice);
  const own = account.credits.some(({ entity }) => entity === action.entity);
  if (waiting.length === 0 || own || action.stage.tone === 'formal') return [];
  const others = account.items.filter(({ entity, number }) => entity !== action.entity || !waiting.includes(number));
  const without = decide({ ...account, items: others });
  const says = (of: FollowUpAction | null) => JSON.stringify(of && { ...of, leftOut: [], plain: false });
  return says(without.action) === says(action) ? [] : [`differs without ${waiting.join(' ')}`];
}
