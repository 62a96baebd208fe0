import type { AccountRequest } from '../account/account-work.ts';
import type { World } from '../kernel/world.port.ts';

import { memberOf, ownerUser, withRole } from '../team/team.ts';
import type { CaseKindRule, CaseKindRules } from './case.port.ts';
import type { Case } from './case.ts';
import { changeByCase } from './case-on-account.op.ts';

/** What is overdue on an account by the day a request was made, what credit lies beside it, and what the customer has promised or disputes. */
export async function figuresOf(
  world: Pick<World, 'ledger' | 'accounts'>,
  { account, day }: Pick<Case, 'account' | 'day'>,
): Promise<unknown> {
  const [items, credits, known] = await Promise.all([
    world.ledger.openItems(account),
    world.ledger.openCredits(account),
    world.accounts.load(account),
  ]);
  const invoices = items
    .filter((item) => item.due < day)
    .map(({ entity, number, currency, open, disputed }) => ({ entity, number, currency, open, disputed }))
    .sort((a, b) => (`${a.entity}\n${a.number}` < `${b.entity}\n${b.number}` ? -1 : 1));
  const apart = credits
    .map(({ entity, currency, unappliedCash, openCredit }) => ({ entity, currency, unappliedCash, openCredit }))
    .sort((a, b) => (`${a.entity}\n${a.currency}` < `${b.entity}\n${b.currency}` ? -1 : 1));
  const { promises = [], disputes = [], plans = [], offers = [] } = known?.work ?? {};
  const said = [...promises, ...disputes, ...plans, ...offers].map(({ id }) => id).sort();
  return { invoices, credits: apart, said };
}

/** The kinds that change the account alone. Others are added beside these where the program is put together. */
export function supplyKinds(world: World): CaseKindRules {
  const basis = (of: Pick<Case, 'account' | 'day'>) => figuresOf(world, of);
  const change =
    (request: (of: Case) => AccountRequest): CaseKindRule['carryOut'] =>
    (of, command, holds) =>
      changeByCase(world, of, command, holds, {
        request: async () => request(of),
        why: (refused) => WHY[refused] ?? 'The account has changed meanwhile.',
        isDone: ({ supply }) => supply?.case === of.id,
      });
  const isStopped = async (account: string) => (await world.accounts.load(account))?.work.supply?.stopped ?? false;
  return {
    'stop-supply': {
      offered: true,
      sixQuestions: false,
      basis,
      refusal: async ({ account }) => ((await isStopped(account)) ? WHY['supply-stopped-already']! : null),
      carryOut: change((of) => ({ do: 'stop-supply', case: of.id, reason: of.reason })),
    },
    'release-supply': {
      offered: true,
      sixQuestions: false,
      basis: async () => null,
      refusal: async ({ account }) => ((await isStopped(account)) ? null : WHY['supply-not-stopped']!),
      carryOut: change((of) => ({ do: 'release-supply', case: of.id, reason: of.reason })),
    },
    'credit-limit': {
      offered: true,
      sixQuestions: false,
      basis: async () => null,
      refusal: async () => null,
      carryOut: change((of) => ({ do: 'set-credit-limit', case: of.id, currency: of.currency, amount: of.amount })),
    },
  };
}

const WHY: Readonly<Record<string, string>> = {
  'supply-stopped-already': 'Supply of this customer is stopped already.',
  'supply-not-stopped': 'Supply of this customer is not stopped.',
  'no-such-account': 'The account is not in the ledger any more.',
};

/** Whom sales operations' task goes to: the account's owner in sales where Slack knows them, else everybody with the role, else the managers. */
export async function salesOf(world: Pick<World, 'ledger' | 'team'>, account: string): Promise<string[]> {
  const [row, team] = await Promise.all([world.ledger.account(account), world.team.read()]);
  const owner = memberOf(team, ownerUser(team, row?.owner ?? '') ?? '');
  if (owner && !owner.left) return [owner.user];
  const here = (users: readonly string[]) => users.filter((user) => !team.members.find((member) => member.user === user)?.left);
  const owners = here(withRole(team, 'owner'));
  return owners.length > 0 ? owners : here(withRole(team, 'manager'));
}
