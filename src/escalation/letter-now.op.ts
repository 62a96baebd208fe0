import type { CustomerKind } from '../account/account.ts';
import { onHold } from '../account/account-work.ts';
import { divideItems } from '../arrangements/collectable.ts';
import type { Law } from '../charges/law.ts';
import { termsIn } from '../charges/terms.ts';
import { readAccountDay } from '../follow-up/account-days.op.ts';
import type { FollowUpAction } from '../follow-up/follow-up.ts';
import { ladderOf } from '../follow-up/ladder.ts';
import { type PlannedAccount, plannedAccount } from '../follow-up/plan-day.op.ts';
import type { PolicyStage } from '../follow-up/policy.ts';
import { standingOf } from '../follow-up/stand.ts';
import type { Day } from '../kernel/day.ts';
import { dayOff, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import type { Draft } from '../mails/draft.ts';
import { type DraftGap, type MailFacts, mailContent, mailFacts } from '../mails/draft-content.op.ts';
import { approvalBasis, type MailContent } from '../mails/mail-content.ts';
import { leastDeadline, underPreAction } from './demand.ts';
import { FORMAL_STOPS, formalStand } from './formal-steps.op.ts';
import { goesByMail, type LetterGround, type LetterPart, type Service, serviceOf } from './letter.ts';
import { type LetterPaper, letterPaper } from './letter-paper.ts';

/** Where an account stands with a demand letter for one selling entity and currency. */
export interface LetterStand {
  readonly planned: PlannedAccount;
  readonly action: FollowUpAction;
  readonly kind: CustomerKind;
  readonly law: Law;
  readonly service: Service;
  /** The claim comes near its limitation period. */
  readonly near: boolean;
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
  const { row, day } = planned;
  const terms = termsIn(await world.settings.read(), planned.work.agreement, entity);
  const work = { ...planned.work, agreement: terms };
  const kind = work.kind ?? row.kind;
  const stage = planned.policy.stages.find((each) => each.proposes.includes('demand-letter')) ?? null;
  const action = actionNow(planned, entity, currency, stage);
  const stand = formalStand(work, kind, action?.invoices.map(({ due }) => due) ?? [], day.today);
  if ('stop' in stand) return { stop: FORMAL_STOPS[stand.stop] };
  const service = serviceOf(work.agreement, kind);
  if ('stop' in service) return { stop: FORMAL_STOPS[service.stop] };
  if (!action) return { stop: FORMAL_STOPS['nothing-to-demand'] };
  return { planned, action, kind, service, ...stand, freshness: found.freshness };
}

/** Everything overdue in the currency that does not rest, whatever step of the policy comes next. */
function actionNow(planned: PlannedAccount, entity: string, currency: string, stage: PolicyStage | null): FollowUpAction | null {
  const { day, work, policy } = planned;
  const { today, calendar, rules, items, credits, firstIssued } = day;
  const demand: PolicyStage = { ...(stage ?? { ...policy.stages.at(-1)!, ...USUAL_STAGE }), minimum: {} };
  const parts = divideItems(items, work, day.planned, today, calendar, rules.promiseGrace);
  const standing = standingOf({
    entity,
    parts: parts.filter(({ item }) => item.entity === entity && item.currency === currency),
    credits: credits.filter((credit) => credit.entity === entity),
    ladder: ladderOf([], entity),
    policy: { ...policy, stages: [demand] },
    today,
    calendar,
    importedOn: null,
    firstIssued,
    demandGap: 0,
    vetoes: [],
    // A demand letter is decided by approval; nobody's silence counts.
    ownerSilence: null,
  });
  const { leading } = standing.stand;
  const ask = standing.ask();
  return leading && ask.invoices.length > 0 ? { entity, stage: demand, leading, jumped: false, ...ask } : null;
}

const WAITS = {
  'status-stopped': 'The account has a status in which nobody writes to the customer. Set it to active first.',
  'on-hold': 'The account is on hold. Lift the hold first.',
  'reply-waiting': 'A reply of the customer waits for its answer. Answer it first.',
  'stale-ledger': 'The ledger is too old to demand anything by. Import the latest first.',
} as const;

/** Why a letter may not be asked for today although it could be written: what waits, or steps of the policy that come before it. */
export function whyNotAsk({ planned, action }: LetterStand): string | null {
  const { decision, policy, work } = planned;
  const waits = decision.reasons.find((reason) => reason in WAITS);
  if (waits) return WAITS[waits as keyof typeof WAITS];
  const served = work.demands.find((demand) => demand.entity === action.entity);
  const stand = decision.entities.find((each) => each.entity === action.entity);
  const next = policy.stages.find((stage) => stage.key === stand?.next);
  if (next?.key === action.stage.key && !stand!.reasons.some((reason) => BEFORE.has(reason))) {
    const { invoice } = stand!.leading!;
    if (action.invoices.some(({ number }) => number === invoice)) return null;
    return `The step is about ${invoice}, which is owed in another currency, and a letter demands one currency. Ask for the letter in that one.`;
  }
  if (served && stand?.at === action.stage.key)
    return `A demand letter was served on ${inWords(served.sentOn)}; its deadline is ${inWords(served.deadline)}. What follows is another decision.`;
  const first = next && next.key !== action.stage.key ? `“${next.name}” comes first` : 'its day has not come yet';
  return `By the policy of this account ${first}. A manager can jump to the demand letter with a reason, under Why?`;
}

const BEFORE: ReadonlySet<string> = new Set(['start-unconfirmed', 'stage-not-reached', 'stage-gap', 'demand-gap']);

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
  const formal = { day: terms.day, deadline: terms.deadline, preAction, address };
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
