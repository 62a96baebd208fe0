import type { AccountRequest, AccountWork } from '../account/account-work.ts';
import type { CaseKindRule, CaseKindRules } from '../escalation/case.port.ts';
import type { Case } from '../escalation/case.ts';
import { changeByCase, FIGURES_CHANGED } from '../escalation/case-on-account.op.ts';
import { invoiceBasis } from '../escalation/invoice-basis.op.ts';
import type { DecisionAsked } from '../escalation/request-decision.op.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { OpenPlan } from './plan.ts';
import type { OpenOffer } from './settlement.ts';

const WHY: Readonly<Record<string, string>> = {
  'approver-requested-it': 'Whoever made it was among those who approved it.',
  'account-placed': 'The account went to an agency or a law firm before it was approved. Recall the account first, then record it anew.',
  'instalment-in-past': 'Its first instalment was due before it was approved. Record it anew with later days.',
  'offer-in-past': 'Its last day had passed before it was approved. Record it anew with a later day.',
};

const CHANGED =
  'What is open on its invoices has changed in the meantime, for example by a payment. It did not begin; record it anew if it is still wanted.';

type Arrangement = Pick<OpenPlan | OpenOffer, 'id' | 'parts'> & { readonly state: string };

/**
 * Plans and offers above the company's limit: approved, they begin. What people decide on is the arrangement itself, which nobody edits, and what is
 * open on its invoices.
 */
export function arrangementKinds(world: World): CaseKindRules {
  const kind = (list: (work: AccountWork) => readonly Arrangement[], request: (of: Case) => AccountRequest): CaseKindRule => ({
    offered: false,
    sixQuestions: false,
    amountFixed: true,
    refusal: async () => null,
    basis: async (of) => {
      const work = (await world.accounts.load(of.account))?.work;
      const found = work && list(work).find((each) => each.id === of.about.arrangement);
      if (!found) return null;
      const { state: _, ...arrangement } = found;
      return { arrangement, weighed: await invoiceBasis(world, of, new Set(found.parts.map(({ invoice }) => invoice))) };
    },
    async carryOut(of, command, holds) {
      const ended = await changeByCase(world, of, command, holds, {
        request: async () => request(of),
        why: (refused) => WHY[refused] ?? 'The plan or offer has come to an end meanwhile.',
        isDone: (work) => list(work).some((each) => each.id === of.about.arrangement && each.state !== 'proposed'),
      });
      return typeof ended === 'object' && ended.voided === FIGURES_CHANGED ? { voided: CHANGED } : ended;
    },
  });
  const id = (of: Case) => of.about.arrangement ?? '';
  const approvers = ({ votes, revision }: Case) =>
    votes.filter((vote) => vote.vote === 'approve' && vote.revision === revision).flatMap((vote) => [vote.by, vote.as]);
  return {
    plan: kind(
      ({ plans }) => plans,
      (of) => ({ do: 'approve-plan', id: id(of), approvers: [...new Set(approvers(of))] }),
    ),
    settlement: kind(
      ({ offers }) => offers,
      (of) => ({ do: 'approve-offer', id: id(of), approvers: [...new Set(approvers(of))] }),
    ),
  };
}

/** What is asked of those who decide; null when nothing of this id waits for an approval. A plan weighs its amount, an offer what it gives up. */
export function approvalOf(
  account: string,
  { plans, offers }: AccountWork,
  id: string,
  dayWords: (on: Day) => string,
): DecisionAsked | null {
  const plan = plans.find((each) => each.id === id && each.state === 'proposed');
  const offer = offers.find((each) => each.id === id && each.state === 'proposed');
  const common = { account, reasonCodes: [], about: { arrangement: id } };
  if (plan) {
    const { entity, currency, amount, instalments, agreedWith } = plan;
    const reason = `Plan of ${instalments.length} instalments, ${dayWords(instalments[0]!.date)} to ${dayWords(instalments.at(-1)!.date)}, agreed with ${agreedWith}`;
    return { ...common, kind: 'plan', entity, currency, amount, reason };
  }
  if (offer) {
    const { entity, currency, balance, pay, until, kind } = offer;
    const reason = `${kind === 'discount' ? 'Early-payment discount' : 'Settlement'} on ${offer.parts.length} invoices, to be paid by ${dayWords(until)}`;
    return { ...common, kind: 'settlement', entity, currency, amount: balance - pay, reason };
  }
  return null;
}
