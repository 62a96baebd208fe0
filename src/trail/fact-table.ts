import type { AccountFact } from '../account/account-work.ts';
import type { RatesFact } from '../charges/added-rates.ts';
import type { ChargesFact } from '../charges/charges.ts';
import type { StandardTermsFact } from '../charges/terms.ts';
import type { TableFact } from '../escalation/approval-table.ts';
import type { CaseFact } from '../escalation/case.ts';
import type { PartnerFact } from '../escalation/partner.ts';
import type { PoliciesFact } from '../follow-up/policies.ts';
import type { DraftFact } from '../mails/draft.ts';
import type { GoalsFact } from '../numbers/goals.ts';
import type { LessonFact } from '../numbers/lessons.ts';
import type { TeamFact } from '../team/team-changes.ts';
import { MARKINGS, type Marking } from './marking.ts';
import type { RetentionFact } from './retention.ts';
import type { WithheldKind } from './withheld.ts';

/** What was set to what; the names of settings. */
export interface SettingsFact {
  readonly type: 'settings-changed';
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
}

/** Recorded by the store itself, in the same write as the import's end. */
export interface ImportFact {
  readonly type: 'ledger-imported';
  readonly source: string;
  readonly counts: { readonly new: number; readonly changed: number; readonly rejected: number };
}

/** Which column of a file is what. */
export interface MappingFact {
  readonly type: 'mapping-set';
  readonly name: string;
}

/** Everything that is ever recorded. */
export type AnyFact =
  | AccountFact
  | DraftFact
  | CaseFact
  | ChargesFact
  | RatesFact
  | TeamFact
  | PoliciesFact
  | TableFact
  | PartnerFact
  | GoalsFact
  | LessonFact
  | RetentionFact
  | SettingsFact
  | StandardTermsFact
  | ImportFact
  | MappingFact;
export type FactType = AnyFact['type'];

/** What an account's timeline can be narrowed to. */
export const FACT_KINDS = ['contacts', 'arrangements', 'decisions', 'ledger'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

type Marked = Marking | ((fact: { readonly marking?: unknown; readonly kind?: unknown }) => Marking);
/** Where the timeline has it; how it is marked when it enters the trail; what it is about for whoever may not read it. Null: about the house and no account. */
type Row = readonly [kind: FactKind, marking: Marked, about: WithheldKind] | null;

/** Only here a person chose: any other fact's `marking` is part of what it tells. */
const chosen: Marked = (fact) => MARKINGS.find((each) => each === fact.marking) ?? 'internal';
/** An offer to settle must not be held against whoever made it (custom of negotiation in every law we write to). */
const offers: Marked = (fact) => (fact.kind === 'settlement' ? 'without-prejudice' : 'internal');

/** A row a fact; a fact without one does not compile. What passed between the customer and us is theirs to know already, everything else stays in the house. */
const FACTS: Readonly<Record<FactType, Row>> = {
  'interaction-recorded': ['contacts', chosen, 'notes'],
  'contact-made': ['contacts', 'shareable', 'notes'],
  'call-made': ['contacts', 'shareable', 'notes'],
  'call-noted': ['contacts', 'internal', 'notes'],
  'reply-received': ['contacts', 'shareable', 'account'],
  'reply-answered': ['contacts', 'shareable', 'account'],
  'draft-sent': ['contacts', 'shareable', 'mails'],
  'draft-sent-by-hand': ['contacts', 'shareable', 'mails'],
  'send-failed': ['contacts', 'internal', 'mails'],
  'send-ambiguous': ['contacts', 'internal', 'mails'],
  'send-resolved': ['contacts', 'internal', 'mails'],
  'letter-sent': ['contacts', 'shareable', 'mails'],
  'letter-posted': ['contacts', 'shareable', 'mails'],
  'contact-added': ['contacts', 'internal', 'notes'],
  'person-erased': ['contacts', 'internal', 'account'],
  'contact-bounced': ['contacts', 'internal', 'notes'],
  'contact-found': ['contacts', 'internal', 'notes'],
  'contact-marked': ['contacts', 'internal', 'notes'],
  'contact-checked': ['contacts', 'internal', 'notes'],
  'contacts-ordered': ['contacts', 'internal', 'notes'],
  'found-dropped': ['contacts', 'internal', 'notes'],
  'tracing-opened': ['contacts', 'internal', 'notes'],
  'tracing-step': ['contacts', 'internal', 'notes'],
  'tracing-ended': ['contacts', 'internal', 'notes'],
  'agreement-set': ['arrangements', 'internal', 'account'],
  'limitation-recorded': ['arrangements', 'internal', 'account'],
  'insured-period-passed': ['arrangements', 'internal', 'account'],
  'promise-recorded': ['arrangements', 'shareable', 'account'],
  'promise-closed': ['arrangements', 'shareable', 'account'],
  'dispute-recorded': ['arrangements', 'shareable', 'account'],
  'dispute-extended': ['arrangements', 'internal', 'account'],
  'dispute-step-taken': ['arrangements', 'internal', 'account'],
  'dispute-overdue': ['arrangements', 'internal', 'account'],
  'dispute-closed': ['arrangements', 'shareable', 'account'],
  'plan-recorded': ['arrangements', 'shareable', 'account'],
  'plan-approved': ['arrangements', 'internal', 'account'],
  'plan-missed': ['arrangements', 'internal', 'account'],
  'plan-caught-up': ['arrangements', 'internal', 'account'],
  'plan-notice-given': ['arrangements', 'shareable', 'account'],
  'plan-defaulted': ['arrangements', 'shareable', 'account'],
  'plan-closed': ['arrangements', 'shareable', 'account'],
  'offer-made': ['arrangements', offers, 'offers'],
  'offer-approved': ['arrangements', offers, 'offers'],
  'offer-accepted': ['arrangements', offers, 'offers'],
  'offer-closed': ['arrangements', offers, 'offers'],
  'written-off': ['arrangements', 'internal', 'write-offs'],
  'write-off-paid': ['arrangements', 'internal', 'write-offs'],
  'write-off-reversed': ['arrangements', 'internal', 'write-offs'],
  'mandate-given': ['arrangements', 'internal', 'mandates'],
  'mandate-ended': ['arrangements', 'internal', 'mandates'],
  'charge-claimed': ['arrangements', 'shareable', 'account'],
  'charge-waived': ['arrangements', 'shareable', 'account'],
  'charge-paid': ['arrangements', 'shareable', 'account'],
  'collector-assigned': ['decisions', 'internal', 'account'],
  held: ['decisions', 'internal', 'account'],
  unheld: ['decisions', 'internal', 'account'],
  snoozed: ['decisions', 'internal', 'account'],
  'status-set': ['decisions', 'internal', 'account'],
  'kind-set': ['decisions', 'internal', 'account'],
  'policy-chosen': ['decisions', 'internal', 'account'],
  'steps-proposed': ['decisions', 'internal', 'account'],
  'start-confirmed': ['decisions', 'internal', 'account'],
  'start-taken-back': ['decisions', 'internal', 'account'],
  'stage-jumped': ['decisions', 'internal', 'account'],
  'step-refused': ['decisions', 'internal', 'account'],
  'invoice-rested': ['decisions', 'internal', 'account'],
  'call-offered': ['decisions', 'internal', 'account'],
  'contact-taken-back': ['contacts', 'internal', 'account'],
  'marking-changed': ['decisions', 'internal', 'account'],
  'legal-hold-set': ['decisions', 'internal', 'account'],
  'legal-hold-lifted': ['decisions', 'internal', 'account'],
  'evidence-built': ['decisions', 'internal', 'account'],
  'evidence-released': ['decisions', 'internal', 'account'],
  'draft-prepared': ['decisions', 'internal', 'mails'],
  'draft-edited': ['decisions', 'internal', 'mails'],
  'draft-rewritten': ['decisions', 'internal', 'mails'],
  'draft-approved': ['decisions', 'internal', 'mails'],
  'draft-taken-back': ['decisions', 'internal', 'mails'],
  'draft-rejected': ['decisions', 'internal', 'mails'],
  'draft-postponed': ['decisions', 'internal', 'mails'],
  'draft-voided': ['decisions', 'internal', 'mails'],
  'counsel-reviewed': ['decisions', 'privileged', 'counsel'],
  'case-requested': ['decisions', 'internal', 'decisions'],
  'case-edited': ['decisions', 'internal', 'decisions'],
  'case-voted': ['decisions', 'internal', 'decisions'],
  'case-approved': ['decisions', 'internal', 'decisions'],
  'case-rejected': ['decisions', 'internal', 'decisions'],
  'case-withdrawn': ['decisions', 'internal', 'decisions'],
  'case-voided': ['decisions', 'internal', 'decisions'],
  'case-carried-out': ['decisions', 'internal', 'decisions'],
  'case-expired': ['decisions', 'internal', 'decisions'],
  'case-reminded': ['decisions', 'internal', 'decisions'],
  'account-placed': ['decisions', 'internal', 'placements'],
  'placement-noted': ['decisions', 'internal', 'placements'],
  'placement-paid': ['decisions', 'internal', 'placements'],
  'placement-closed': ['decisions', 'internal', 'placements'],
  'placement-recalled': ['decisions', 'internal', 'placements'],
  'counsel-opinion-recorded': ['decisions', 'privileged', 'counsel'],
  'owner-asked': ['decisions', 'internal', 'owner'],
  'owner-answered': ['decisions', 'internal', 'owner'],
  'insolvency-opened': ['decisions', 'internal', 'account'],
  'insolvency-edited': ['decisions', 'internal', 'account'],
  'claim-filed': ['decisions', 'internal', 'account'],
  'dividend-received': ['decisions', 'internal', 'account'],
  'insolvency-closed': ['decisions', 'internal', 'account'],
  'supply-stopped': ['decisions', 'internal', 'account'],
  'supply-released': ['decisions', 'internal', 'account'],
  'supply-done': ['decisions', 'internal', 'account'],
  'credit-limit-set': ['decisions', 'internal', 'account'],
  'credit-limit-imported': ['decisions', 'internal', 'account'],
  'credit-file-set': ['arrangements', 'internal', 'account'],
  'flag-answered': ['decisions', 'internal', 'account'],
  'ledger-imported': ['ledger', 'internal', 'account'],
  'credit-arrived': ['ledger', 'internal', 'account'],
  'posting-owed': ['ledger', 'internal', 'account'],
  'posting-confirmed': ['ledger', 'internal', 'account'],
  'alerts-set': null,
  'lesson-opened': ['decisions', 'internal', 'account'],
  'lesson-recorded': ['decisions', 'internal', 'account'],
  'lesson-skipped': ['decisions', 'internal', 'account'],
  'lesson-action-done': ['decisions', 'internal', 'account'],
  'target-set': null,
  'post-set': null,
  'partner-added': null,
  'partner-edited': null,
  'partner-retired': null,
  'absence-set': null,
  'admin-claimed': null,
  'approval-rule-set': null,
  'company-policy-chosen': null,
  'follow-up-rules-set': null,
  'mapping-set': null,
  'member-left': null,
  'owners-found': null,
  'member-returned': null,
  'policy-saved': null,
  'rate-added': null,
  'records-removed': null,
  'retention-confirmed': null,
  'retention-set': null,
  'roles-set': null,
  'rules-set': null,
  'segment-policy-chosen': null,
  'settings-changed': null,
  'standard-terms-set': null,
};

const rowOf = (type: string): Row => FACTS[type as FactType] ?? null;

/** Every type of one kind. */
export const typesOfKind = (kind: FactKind): FactType[] => (Object.keys(FACTS) as FactType[]).filter((type) => FACTS[type]?.[0] === kind);

/** How a fact is marked when it enters the trail. A type that is not known is internal: nothing leaves the house by oversight. */
export function markingOf(fact: { readonly type: string; readonly marking?: unknown; readonly kind?: unknown }): Marking {
  const marked = rowOf(fact.type)?.[1] ?? 'internal';
  return typeof marked === 'function' ? marked(fact) : marked;
}

export const withheldKind = ({ type }: { readonly type: string }): WithheldKind => rowOf(type)?.[2] ?? 'account';

/** 'account:7' is of the kind 'account' and has the id '7'; what there is once, such as 'team', has no id. */
export function aggregateParts(aggregate: string): readonly [kind: string, id: string] {
  const at = aggregate.indexOf(':');
  return at < 0 ? [aggregate, ''] : [aggregate.slice(0, at), aggregate.slice(at + 1)];
}

/** Id of the account, draft, case … that a fact is about. */
export const idOf = ({ aggregate }: { readonly aggregate: string }): string => aggregateParts(aggregate)[1];
