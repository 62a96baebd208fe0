import type { FollowUpRules } from './follow-up.ts';
import { type Policy, type PolicyProblem, policyProblem } from './policy.ts';

/** Every version of every policy, and which one holds where. One document: a policy is a few kilobytes. */
export interface Policies {
  readonly version: number;
  readonly kept: readonly Policy[];
  /** Key of the company's policy. */
  readonly company: string;
  readonly segments: readonly { readonly segment: string; readonly policy: string }[];
  readonly rules: FollowUpRules;
}

export type PoliciesRequest =
  | {
      readonly do: 'save-policy';
      readonly policy: Omit<Policy, 'version'> /** Version that was edited; 0 for a new policy. */;
      readonly seen: number;
    }
  | { readonly do: 'choose-for-company'; readonly policy: string }
  | { readonly do: 'choose-for-segment'; readonly segment: string /** Null: the company's. */; readonly policy: string | null }
  | { readonly do: 'set-rules'; readonly rules: FollowUpRules };

export type PoliciesFact =
  | { readonly type: 'policy-saved'; readonly policy: Policy }
  | { readonly type: 'company-policy-chosen'; readonly from: string; readonly to: string }
  | { readonly type: 'segment-policy-chosen'; readonly segment: string; readonly from: string | null; readonly to: string | null }
  | { readonly type: 'follow-up-rules-set'; readonly from: FollowUpRules; readonly to: FollowUpRules };

export type PoliciesRefusal =
  | PolicyProblem
  | 'policy-name-taken'
  | 'policy-changed-meanwhile'
  | 'policy-unchanged'
  | 'no-such-policy'
  | 'segment-missing'
  | 'rules-out-of-range'
  | 'notice-out-of-range';

export type PoliciesDecision =
  | { readonly policies: Policies; readonly facts: readonly PoliciesFact[] }
  | { readonly refused: PoliciesRefusal };

export function latestPolicy({ kept }: Pick<Policies, 'kept'>, key: string): Policy | null {
  return kept.reduce<Policy | null>((latest, each) => (each.key === key && each.version > (latest?.version ?? 0) ? each : latest), null);
}

/** The latest version of each, in the order in which they were first saved. */
export function currentPolicies(policies: Pick<Policies, 'kept'>): Policy[] {
  const keys = [...new Set(policies.kept.map((each) => each.key))];
  return keys.map((key) => latestPolicy(policies, key)!);
}

/** Chosen for the account, else for its segment, else the company's. */
export function policyFor(policies: Policies, chosen: string | null, segment: string): Policy {
  const bySegment = policies.segments.find((each) => segment !== '' && each.segment.toLowerCase() === segment.toLowerCase());
  for (const key of [chosen, bySegment?.policy, policies.company]) {
    const policy = key ? latestPolicy(policies, key) : null;
    if (policy) return policy;
  }
  throw new Error(`the company's policy ${policies.company} is not kept`);
}

/** Nothing ever removes a version. */
export function decidePolicies(policies: Policies, request: PoliciesRequest): PoliciesDecision {
  switch (request.do) {
    case 'save-policy': {
      const known = latestPolicy(policies, request.policy.key);
      if (known && request.seen === 0) return { refused: 'policy-name-taken' };
      if ((known?.version ?? 0) !== request.seen) return { refused: 'policy-changed-meanwhile' };
      const problem = policyProblem(request.policy);
      if (problem) return { refused: problem };
      const policy = { ...request.policy, version: request.seen + 1 };
      if (known && JSON.stringify(policy) === JSON.stringify({ ...known, version: policy.version })) return { refused: 'policy-unchanged' };
      return { policies: { ...policies, kept: [...policies.kept, policy] }, facts: [{ type: 'policy-saved', policy }] };
    }
    case 'choose-for-company': {
      const { policy } = request;
      if (!latestPolicy(policies, policy)) return { refused: 'no-such-policy' };
      if (policy === policies.company) return { refused: 'policy-unchanged' };
      return { policies: { ...policies, company: policy }, facts: [{ type: 'company-policy-chosen', from: policies.company, to: policy }] };
    }
    case 'choose-for-segment':
      return chooseForSegment(policies, request.segment.trim(), request.policy);
    case 'set-rules': {
      const { rules } = request;
      const within = (n: number, from: number, to: number) => Number.isSafeInteger(n) && n >= from && n <= to;
      // Five is the least that is allowed between written demands.
      const reminders = within(rules.demandGap, 5, 60) && within(rules.staleAfter, 1, 10);
      if (!reminders || !within(rules.promiseGrace, 0, 10) || !within(rules.disputeDays, 1, 60)) return { refused: 'rules-out-of-range' };
      if (!within(rules.noticeDays, 1, 60)) return { refused: 'notice-out-of-range' };
      if (!within(rules.ownerDays, 1, 10)) return { refused: 'rules-out-of-range' };
      return { policies: { ...policies, rules }, facts: [{ type: 'follow-up-rules-set', from: policies.rules, to: rules }] };
    }
  }
}

function chooseForSegment(policies: Policies, segment: string, policy: string | null): PoliciesDecision {
  if (segment === '') return { refused: 'segment-missing' };
  if (policy !== null && !latestPolicy(policies, policy)) return { refused: 'no-such-policy' };
  const same = (each: { segment: string }) => each.segment.toLowerCase() === segment.toLowerCase();
  const from = policies.segments.find(same)?.policy ?? null;
  if (from === policy) return { refused: 'policy-unchanged' };
  const others = policies.segments.filter((each) => !same(each));
  const segments = policy === null ? others : [...others, { segment, policy }];
  return { policies: { ...policies, segments }, facts: [{ type: 'segment-policy-chosen', segment, from, to: policy }] };
}
