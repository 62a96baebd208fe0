import type { CustomerKind } from '../account/account.ts';
import { onHold } from '../account/account-work.ts';
import { replyRests } from '../account/customer-reply.ts';
import type { Law } from '../charges/law.ts';
import type { Limited } from '../charges/limitation-record.ts';
import { readLimitation } from '../charges/read-limitation.op.ts';
import { termsIn } from '../charges/terms.ts';
import { readAccountDay } from '../follow-up/account-days.op.ts';
import { leftOutOf, rowOf, totalsOf } from '../follow-up/ask.ts';
import { type Claim, claimsOf, type EntityCase, tooSoon, type Wait } from '../follow-up/claim.ts';
import { entityCases, type FollowUpAction } from '../follow-up/follow-up.ts';
import { workedOut } from '../follow-up/next-stage.ts';
import { NUMBERS } from '../follow-up/numbers.ts';
import { type PlannedAccount, plannedAccount } from '../follow-up/plan-day.op.ts';
import type { PolicyStage } from '../follow-up/policy.ts';
import { demandable, readySteps } from '../follow-up/proposals.ts';
import type { Day } from '../kernel/day.ts';
import { dayOff, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import type { Draft } from '../mails/draft.ts';
import { type DraftGap, type MailFacts, mailContent, mailFacts } from '../mails/draft-content.op.ts';
import { approvalBasis, type MailContent } from '../mails/mail-content.ts';
import { type Demand, formalTermsOf, leastDeadline, underPreAction } from './demand.ts';
import { FORMAL_STOPS, formalStand, limitedStep } from './formal-steps.op.ts';
import { goesByMail, type LetterGround, type LetterPart, type Service, serviceOf } from './letter.ts';
import { type LetterPaper, letterPaper } from './letter-paper.ts';

/** Where an account stands with a demand letter for one selling entity and currency. */
export interface LetterStand {
  readonly planned: PlannedAccount;
  readonly action: FollowUpAction;
  readonly kind: CustomerKind;
  readonly law: Law;
  readonly service: Service;
  /** Left out since their limitation period has ended; what of the rest ends soon. */
  readonly barred: readonly Limited[];
  readonly near: readonly Limited[];
  readonly freshness: Freshness;
}

export type About = Pick<Draft, 'account' | 'entity'> & { readonly currency: string };
type Stopped = { readonly stop: string };

/** Where the policy has none of its own. */
const USUAL_STAGE = { key: 'demand-letter', offset: 60, name: 'Demand letter' };

/** What could be demanded now, or in one sentence why nothing can. */
export async function letterStand(world: World, { account, entity, currency }: About): Promise<LetterStand | Stopped> {
  const found = await readAccountDay(world, account);
  const of = found?.cases[0];
  if (!found || !of) return { stop: 'The account is not in the ledger any more.' };
  const planned = plannedAccount(of, found.policies);
  const { row } = planned;
  const terms = termsIn(await world.settings.read(), planned.work.agreement, entity);
  const work = { ...planned.work, agreement: terms };
  const kind = work.kind ?? row.kind;
  const stage = planned.policy.stages.find((each) => each.proposes.includes('demand-letter')) ?? null;
  const demanded = demandedNow(planned, entity, currency, stage);
  // What is with somebody else is no part of a letter; the rest of the account is ours.
  const stand = formalStand({ ...work, placements: [] }, kind);
  if ('stop' in stand) return { stop: FORMAL_STOPS[stand.stop] };
  const limited = await limitedNow(world, planned, demanded);
  if ('stop' in limited) return { stop: FORMAL_STOPS[limited.stop] };
  const service = serviceOf(work.agreement, kind);
  if ('stop' in service) return { stop: FORMAL_STOPS[service.stop] };
  const action = demanded && actionOf(demanded, limited.barredNumbers);
  if (!action) return { stop: whyNothing(planned, entity, currency) };
  const { barred, near } = limited;
  return { planned, action, kind, service, ...stand, barred, near, freshness: found.freshness };
}

/** Only what the letter would demand stops it; what it would show beside that is left out too where it is barred. */
async function limitedNow(world: World, { row, work, day }: PlannedAccount, demanded: Demanded | null) {
  const items = (demanded?.own ?? []).map(({ number, due }) => ({ entity: demanded!.of.entity, number, due }));
  const limited = await readLimitation(world, await world.settings.read(), { id: row.id, ...work }, items, day.today);
  const asked = new Set(demanded?.claims.map(({ number }) => number));
  const step = limitedStep(limited.filter(({ number }) => asked.has(number)));
  if ('stop' in step) return step;
  const past = limited.filter(({ stand }) => stand === 'past');
  return { near: step.near, barred: past, barredNumbers: new Set(past.map(({ number }) => number)) };
}

function whyNothing({ day, policy, work }: PlannedAccount, entity: string, currency: string): string {
  const of = entityCases({ ...day, policy }).find((each) => each.entity === entity);
  const late = of ? claimsOf(of).filter((claim) => claim.currency === currency && claim.late > 0) : [];
  const served = work.demands.find((demand) => demand.entity === entity);
  if (served && late.some(({ ask, number }) => ask > 0 && served.invoices.includes(number))) return servedWords(served);
  if (late.some(({ ask }) => ask > 0)) return FORMAL_STOPS['notice-first'];
  return FORMAL_STOPS[late.some(({ placed }) => placed) ? 'placed' : 'nothing-to-demand'];
}

/** A reply does not take an invoice out of the letter: the letter waits for the answer. */
const WAITS_FOR_REPLY: ReadonlySet<Wait> = new Set(['reply-waiting', 'reply-fresh']);

/** What could be demanded of an entity in a currency, before anybody looks at limitation periods. */
interface Demanded {
  readonly of: EntityCase;
  readonly stage: PolicyStage;
  /** Late and collectable; `claims` of them had their notice long enough ago and no letter since. */
  readonly own: readonly Claim[];
  readonly claims: readonly Claim[];
}

function demandedNow(planned: PlannedAccount, entity: string, currency: string, found: PolicyStage | null): Demanded | null {
  const { policy } = planned;
  const stage: PolicyStage = found ?? { ...policy.stages.at(-1)!, ...USUAL_STAGE };
  const of = entityCases({ ...planned.day, policy }).find((each) => each.entity === entity);
  if (!of) return null;
  const own = claimsOf(of).filter((claim) => claim.currency === currency && claim.late > 0 && claim.ask > 0);
  const claims = own.filter((claim) => isDemanded(of, claim, stage));
  return claims.length > 0 ? { of, stage, own, claims } : null;
}

/** No more of each than the notice asked. Everything else that is open is shown apart, as no part of the demand; what is time-barred is left out. */
function actionOf({ of, stage, own, claims }: Demanded, barred: ReadonlySet<string>): FollowUpAction | null {
  const demanded = claims.filter(({ number }) => !barred.has(number));
  const [first] = demanded;
  if (!first) return null;
  const rows = demanded.map((claim) => {
    const net = demandable(claim);
    return { ...rowOf(claim), asked: net + claim.free - claim.ask, net };
  });
  const shown = own.filter((claim) => !demanded.includes(claim) && !barred.has(claim.number)).map(rowOf);
  const { key, offset } = stage;
  const took = rows.map(({ number, net }) => ({ invoice: number, stage: key, days: offset, asked: net, formal: false }));
  const { currency } = first;
  return {
    ...{ entity: of.entity, stage, kind: 'stage', jumped: false, plain: false },
    leading: { invoice: first.number, due: first.due, daysPastDue: first.late },
    ...{ invoices: rows, firmer: [], also: shown, formal: [], notes: [] },
    leftOut: leftOutOf(claimsOf(of).filter((claim) => claim.currency === currency)),
    ...{ totals: totalsOf(rows), open: totalsOf([...rows, ...shown]) },
    said: { firm: true, took, named: [...rows, ...shown].map(({ number }) => number) },
  };
}

function isDemanded(of: EntityCase, { mark, notice, waits }: Claim, { key, gap }: PolicyStage): boolean {
  if (!mark || !notice || tooSoon(notice.on, Math.max(gap, NUMBERS.noticeRuns), of)) return false;
  const hadLetter = mark.stage === key && notice.on <= mark.on && mark.how !== 'start';
  return !hadLetter && waits.every(({ why }) => WAITS_FOR_REPLY.has(why));
}

const STOPS = {
  'status-stopped': 'The account has a status in which nobody writes to the customer. Set it to active first.',
  'on-hold': 'The account is on hold. Lift the hold first.',
  'stale-ledger': 'The ledger is too old to demand anything by. Import the latest first.',
} as const;
const REPLY_WAITS = 'A reply of the customer waits for its answer. Answer it first.';

/** A customer's message about what a letter demands is unanswered. */
export function replyWaits({ planned: { work, day }, action }: Pick<LetterStand, 'planned' | 'action'>): boolean {
  const numbers = new Set(action.invoices.map(({ number }) => number));
  const demanded = day.items.filter(({ entity, number }) => entity === action.entity && numbers.has(number));
  return work.replies.some((reply) => demanded.some((item) => replyRests(reply, item) === 'about'));
}

/** Why a letter may not be asked for today although it could be written: what waits, or what comes before it. */
export function whyNotAsk(stand: LetterStand): string | null {
  const { planned, action } = stand;
  const { decision, policy, work } = planned;
  const stops = decision.reasons.find((reason) => reason in STOPS);
  if (stops) return STOPS[stops as keyof typeof STOPS];
  if (replyWaits(stand)) return REPLY_WAITS;
  const numbers = new Set(action.invoices.map(({ number }) => number));
  const of = entityCases({ ...planned.day, policy }).find(({ entity }) => entity === action.entity);
  // A letter on its way keeps a second one back by its own case, which is the clearer answer.
  const ready = of ? readySteps(workedOut({ ...of, letterSince: null })).filter(({ stage }) => stage.key === action.stage.key) : [];
  if (ready.some(({ invoices }) => invoices.some(({ number }) => numbers.has(number)))) return null;
  const served = work.demands.find((demand) => demand.entity === action.entity);
  const stands = decision.entities.find((each) => each.entity === action.entity)?.invoices ?? [];
  const reasons = stands.filter(({ invoice }) => numbers.has(invoice)).flatMap((each) => each.reasons);
  if (served && reasons.some(({ code }) => code === 'case-running' || code === 'letter-running')) return servedWords(served);
  const until = reasons.flatMap((each) => each.until ?? []).sort()[0];
  const next = policy.stages.find((stage) => stage.key === stands.find(({ invoice }) => numbers.has(invoice))?.next);
  const first = next && next.key !== action.stage.key ? `“${next.name}” comes first` : 'its day has not come yet';
  return `By the policy of this account ${first}${until ? `; look again from ${inWords(until)}` : ''}. A manager can skip to the demand letter with a reason, under Why?`;
}

const servedWords = ({ sentOn, deadline }: Demand) =>
  `A demand letter was served on ${inWords(sentOn)}; its deadline is ${inWords(deadline)}. What follows is another decision.`;

const inWords = (on: Day) => Temporal.PlainDate.from(on).toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** The earliest deadline of a letter served on a day. */
export function earliestDeadline({ kind, law, planned }: Pick<LetterStand, 'kind' | 'law' | 'planned'>, served: Day): Day {
  return leastDeadline(kind, law, served, planned.day.calendar);
}

/** Why a letter that is served today cannot name a deadline: too little time, or a day on which no bank pays; null: it can. */
export function whyNotDeadline(stand: LetterStand, deadline: Day): string | null {
  const { kind, law, planned } = stand;
  const { today, calendar } = planned.day;
  const least = earliestDeadline(stand, today);
  if (deadline >= least) {
    if (dayOff(deadline, calendar) === null) return null;
    return `${deadline} is a weekend or public holiday where the customer is. Choose a working day: ${workingDayAfter(deadline, 1, calendar)}.`;
  }
  const rule = underPreAction(kind, law)
    ? 'A sole trader or other natural person under UK law has 30 days to reply (Pre-Action Protocol for Debt Claims)'
    : law === 'EU:ES'
      ? 'Under Spanish law the customer has 30 days from receipt to negotiate (Ley Orgánica 1/2025), and five are allowed for delivery'
      : 'The customer has at least 14 days and seven business days';
  return `${rule}: ${inWords(least)} or later.`;
}

export type LetterTerms = Pick<LetterPart, 'deadline' | 'firm'> & { readonly day: Day; readonly id: string };

/** The letter's facts and the page they make with given words. */
export interface LetterMade {
  readonly mail: MailFacts;
  readonly service: Service;
  readonly preAction: boolean;
  paper(words: Pick<MailContent, 'subject' | 'body'>): LetterPaper;
  ground(content: MailContent): LetterGround;
}

export async function letterMade(world: World, stand: LetterStand, terms: LetterTerms): Promise<LetterMade | Stopped> {
  const { planned, service, action, kind, law } = stand;
  const preAction = underPreAction(kind, law);
  const address = goesByMail({ service, firm: terms.firm, preAction }) ? service.address : '';
  const formal = { day: terms.day, deadline: terms.deadline, terms: formalTermsOf(kind, law), address };
  const [mail, settings] = await Promise.all([mailFacts(world, planned, action, stand.freshness, formal), world.settings.read()]);
  if ('gap' in mail) return { stop: GAPS[mail.gap] };
  const { row, work, day } = planned;
  const postal = settings.senders?.[action.entity]?.postal ?? '';
  const letterReference = [row.number, terms.id.slice(1, 7).toUpperCase()].filter(Boolean).join(' / ');
  const printed = {
    service: address === '' && service.method === 'email' ? { ...service, method: 'post' as const } : service,
    firm: terms.firm,
    postal,
  };
  const paper = (words: Pick<MailContent, 'subject' | 'body'>) =>
    letterPaper(mail.facts, words, { ...printed, letterReference, tableText: world.drafter.pieces(mail.facts).invoiceTable });
  return {
    mail,
    service,
    preAction,
    paper,
    ground: (content) => ({
      content: world.fingerprint(approvalBasis(content)),
      paper: world.fingerprint(paper({ subject: content.subject, body: content.body })),
      agreement: termsIn(settings, work.agreement, action.entity).revision,
      account: world.fingerprint({ status: work.status, kind, hold: onHold(work, day.today) ? work.hold : null }),
    }),
  };
}

const GAPS: Readonly<Record<DraftGap, string>> = {
  'payee-account': 'An e-invoice among the copies names a bank account that two people have not confirmed as ours.',
  'no-recipient': 'Nobody at this customer can be written to: add a contact with an address.',
  'no-sender': 'It is not set how this selling entity writes; an admin does that in the setup of senders.',
  'no-letter': 'There is no letter for this.',
  'amounts-too-large':
    'The amounts of this customer are too large to add up. Correct the largest invoice in the accounting system and import it again.',
  'no-collector': 'Nobody has this account who could sign the letter. Assign it first.',
};

/** What a letter rests on now: differs from its own ground when anything has changed since it was written. */
export async function groundNow(
  world: World,
  { id, account, entity, day, content }: Draft,
  letter: LetterPart,
): Promise<LetterGround | Stopped> {
  const currency = content.invoices[0]?.currency ?? '';
  const stand = await letterStand(world, { account, entity, currency });
  if ('stop' in stand) return stand;
  // What it asked for has been settled; what is overdue now was not so on its day.
  if (stand.action.invoices.every(({ due }) => due >= day)) return { stop: FORMAL_STOPS['nothing-to-demand'] };
  const made = await letterMade(world, stand, { id, day, deadline: letter.deadline, firm: letter.firm });
  return 'stop' in made ? made : made.ground(mailContent(made.mail, content, content.attachments, content.layout ?? null));
}
