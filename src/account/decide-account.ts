import { decideGivenUp, decideOffered, decidePlanned, decidePosting } from '../arrangements/arrangements.ts';
import { decideDisputed } from '../arrangements/dispute.ts';
import { decidePromised } from '../arrangements/past-promises.ts';
import { type AgreementRequest, decideAgreement } from '../charges/agreement.ts';
import { decideLimitation } from '../charges/limitation-record.ts';
import { decideCreditFile } from '../credit/credit-file.ts';
import { type DemandRequest, decideDemand } from '../escalation/demand.ts';
import { decideInsolvency, type InsolvencyRequest } from '../escalation/insolvency.ts';
import { decideMandate } from '../escalation/mandate.ts';
import { decidePlacement, restsWhilePlaced } from '../escalation/placement.ts';
import { decideSupply } from '../escalation/supply.ts';
import { decideFlag } from '../invoices/answered-flags.ts';
import type { Day } from '../kernel/day.ts';
import { decideFiling } from '../trail/interaction.ts';
import type { AccountDecision, AccountFact, AccountRefusal, AccountRequest, AccountWork } from './account-work.ts';
import { decideReply } from './customer-reply.ts';
import { decideLegalHold } from './legal-hold.ts';
import { decideCall, decideContacts, decideTrace } from './log-call.ts';
import type { Moment } from './moment.ts';
import { assignCollector, choosePolicy, endHold, holdAccount, setKind, setStatus, snoozeAccount } from './own-requests.ts';
import { decideStep } from './take-step.ts';
import { decideVeto, withoutStanding } from './veto.ts';

type Rule<Request> = (work: AccountWork, request: Request, moment: Moment) => AccountDecision;

/** A rule that knows one field of the account and answers with it and one fact. */
function put<Field extends keyof AccountWork, Request>(
  field: Field,
  decide: (
    known: AccountWork[Field],
    request: Request,
    moment: Moment,
  ) => (Pick<AccountWork, Field> & { readonly fact: AccountFact }) | { readonly refused: AccountRefusal },
): Rule<Request> {
  return (work, request, moment) => {
    const decided = decide(work[field], request, moment);
    return 'refused' in decided ? decided : { work: { ...work, [field]: decided[field] }, facts: [decided.fact] };
  };
}

const insolvency: Rule<InsolvencyRequest> = (work, request, moment) => {
  const decided = decideInsolvency(work, request, moment);
  return 'refused' in decided ? decided : { work: { ...work, insolvencies: decided.insolvencies }, facts: [decided.fact] };
};
const mandate = put('mandate', decideMandate);
const veto = put('vetoes', decideVeto);
const filing = put('lastContact', decideFiling);

/** A row for each request: without one it does not compile. Each noun has its rules in a file of its own. */
const RULES: { readonly [Do in AccountRequest['do']]: Rule<AccountRequest & { readonly do: Do }> } = {
  assign: assignCollector,
  hold: holdAccount,
  unhold: endHold,
  snooze: snoozeAccount,
  'set-status': setStatus,
  'set-kind': setKind,
  'choose-policy': choosePolicy,
  'set-legal-hold': (work, request, { by, today }) => decideLegalHold(work, request, by, today),
  'lift-legal-hold': (work, request, { by, today }) => decideLegalHold(work, request, by, today),

  'record-contact': decideStep,
  'take-back-contact': decideStep,
  'offer-call': decideStep,
  'confirm-start': decideStep,
  'take-back-start': decideStep,
  jump: decideStep,
  'refuse-step': decideStep,
  'rest-invoice': decideStep,
  'ask-owner': veto,
  'answer-owner': veto,
  'log-call': decideCall,
  'record-reply': decideReply,
  'answer-reply': decideReply,
  'order-contacts': decideContacts,
  'mark-contact': decideContacts,
  'check-contact': decideContacts,
  'add-contact': decideContacts,
  'mark-bounced': decideContacts,
  trace: decideTrace,
  'confirm-found': decideTrace,
  'drop-found': decideTrace,
  'end-tracing': decideTrace,
  'record-interaction': filing,
  'change-marking': filing,

  'record-promise': decidePromised,
  'close-promise': decidePromised,
  'record-dispute': decideDisputed,
  'extend-dispute': decideDisputed,
  'take-dispute-step': decideDisputed,
  'dispute-overdue': decideDisputed,
  'close-dispute': decideDisputed,
  'credit-arrived': decideDisputed,
  'record-plan': decidePlanned,
  'approve-plan': decidePlanned,
  'give-plan-notice': decidePlanned,
  'note-plan-missed': decidePlanned,
  'note-plan-caught-up': decidePlanned,
  'default-plan': decidePlanned,
  'close-plan': decidePlanned,
  'make-offer': decideOffered,
  'approve-offer': decideOffered,
  'accept-offer': decideOffered,
  'close-offer': decideOffered,
  'confirm-posting': decidePosting,
  'set-agreement': put('agreement', (known, request: AgreementRequest, { by, today }) => decideAgreement(known, request, by, today)),
  'record-limitation': put('limitations', decideLimitation),

  'serve-demand': put('demands', (known, request: DemandRequest, { today }) => decideDemand(known, request, today)),
  place: decidePlacement,
  'note-placement': decidePlacement,
  'placement-paid': decidePlacement,
  'close-placement': decidePlacement,
  'recall-placement': decidePlacement,
  'record-opinion': decidePlacement,
  'give-mandate': mandate,
  'end-mandate': mandate,
  'lapse-mandate': mandate,
  'open-insolvency': insolvency,
  'edit-insolvency': insolvency,
  'file-claim': insolvency,
  'record-dividend': insolvency,
  'close-insolvency': insolvency,
  'stop-supply': decideSupply,
  'release-supply': decideSupply,
  'supply-done': decideSupply,
  'set-credit-limit': decideSupply,
  'set-credit-file': decideCreditFile,
  'import-limits': decideCreditFile,
  'answer-flag': decideFlag,
  'write-off': decideGivenUp,
  'note-write-off-paid': decideGivenUp,
  'reverse-write-off': decideGivenUp,
};

/** `today` in the account's zone, `latest` as of Moment. */
export function decideAccount(work: AccountWork, request: AccountRequest, by: string, today: Day, latest: Day): AccountDecision {
  if (restsWhilePlaced(work, request)) return { refused: 'account-placed' };
  // The row of a request takes that request: the table says so, but TypeScript does not follow it from the one to the other.
  const rule = RULES[request.do] as Rule<AccountRequest>;
  const decided = rule(work, request, { by, today, latest });
  if ('refused' in decided) return decided;
  const ended = endsStanding(request) ? { ...decided, work: { ...decided.work, vetoes: withoutStanding(decided.work.vetoes) } } : decided;
  if (!request.beyond) return ended;
  return { ...ended, facts: [...ended.facts, { type: 'insured-period-passed', what: request.do, ...request.beyond }] };
}

/** A dispute, a broken promise or a formal step: the owner in sales is asked again. */
function endsStanding(request: AccountRequest): boolean {
  if (request.do === 'record-contact') return request.said?.took.some(({ formal }) => formal) ?? false;
  return ['record-dispute', 'serve-demand'].includes(request.do) || (request.do === 'close-promise' && request.outcome === 'broken');
}
