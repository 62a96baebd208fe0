import { counted, money, plain } from '../slack/text.ts';
import type { CaseKind, TableFact } from './approval-table.ts';
import type { CaseFact } from './case.ts';
import { CASE_KIND_WORDS } from './case-words.view.ts';
import type { SupplyFact } from './supply.ts';

type Told = CaseFact | SupplyFact | TableFact;

const kindOf = ({ kind }: { readonly kind: CaseKind }) => CASE_KIND_WORDS[kind].toLowerCase();
const because = (reason: string) => (reason ? `: ${plain(reason)}` : '');

export const CASE_SENTENCES: { readonly [Type in Told['type']]: (fact: Told & { readonly type: Type }) => string } = {
  'case-requested': (fact) => `decision asked for, ${kindOf(fact)} over ${money(fact.amount, fact.currency)}: ${plain(fact.reason)}`,
  'case-edited': (fact) =>
    `request edited, ${kindOf(fact)} over ${money(fact.amount, fact.currency)}${fact.votesVoided > 0 ? `; ${counted(fact.votesVoided, 'vote')} so far no longer counts` : ''}`,
  'case-voted': (fact) => `${fact.vote === 'approve' ? 'approval' : 'rejection'} of ${kindOf(fact)} given${because(fact.reason)}`,
  'case-approved': (fact) => `${kindOf(fact)} approved by ${fact.voters.map((user) => `<@${user}>`).join(' and ')}`,
  'case-rejected': (fact) => `${kindOf(fact)} rejected${because(fact.reason)}`,
  'case-withdrawn': (fact) => `request for ${kindOf(fact)} withdrawn${because(fact.reason)}`,
  'case-expired': (fact) => `request for ${kindOf(fact)} lapsed: nobody decided in time`,
  'case-reminded': (fact) => `reminder that ${kindOf(fact)} waits for a decision`,
  'case-voided': (fact) => `approved ${kindOf(fact)} not carried out${because(fact.reason)}`,
  'case-carried-out': (fact) => `approved ${kindOf(fact)} carried out${because(fact.reason)}`,
  'supply-stopped': (fact) => `supply stopped${because(fact.reason)}`,
  'supply-released': (fact) => `supply released${because(fact.reason)}`,
  'supply-done': (fact) => `the order system has followed: supply ${fact.stopped ? 'stopped' : 'released'}`,
  'credit-limit-set': (fact) =>
    `credit limit ${fact.from === null ? '' : `${money(fact.from, fact.currency)} → `}${money(fact.amount, fact.currency)}`,
  'approval-rule-set': (fact) => `who approves ${kindOf(fact)} was changed`,
};
