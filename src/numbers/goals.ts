/** What the team wants to collect in a month. */
export interface Target {
  /** '2026-12'. */
  readonly month: string;
  /** Slack user id; '' for the whole team. */
  readonly collector: string;
  readonly currency: string;
  /** Minor units; 0 is a target like any other. */
  readonly amount: number;
}

/** What is posted by itself, each in the channel with this id; '' for none. */
export const POSTS = ['report', 'forecast', 'lessons'] as const;
export type PostKind = (typeof POSTS)[number];
export type Posts = Readonly<Record<PostKind, string>>;

export interface Goals {
  readonly version: number;
  readonly targets: readonly Target[];
  readonly posts: Posts;
}

export const NO_GOALS: Omit<Goals, 'version'> = { targets: [], posts: { report: '', forecast: '', lessons: '' } };

export type GoalsRequest =
  | ({ readonly do: 'set-target' } & Omit<Target, 'amount'> & { /** Null takes it away. */ readonly amount: number | null })
  | { readonly do: 'set-post'; readonly post: PostKind; readonly channel: string };

export type GoalsFact =
  | ({ readonly type: 'target-set' } & Omit<Target, 'amount'> & { readonly from: number | null; readonly to: number | null })
  | { readonly type: 'post-set'; readonly post: PostKind; readonly channel: string };

export type GoalsRefusal = 'target-unchanged' | 'amount-below-zero' | 'post-unchanged';

/** Months that are kept behind the newest one. */
const KEPT = 24;

export function decideGoals(
  { targets, posts }: Omit<Goals, 'version'>,
  request: GoalsRequest,
): (Omit<Goals, 'version'> & { readonly facts: readonly [GoalsFact] }) | { readonly refused: GoalsRefusal } {
  if (request.do === 'set-post') {
    const { post, channel } = request;
    if (posts[post] === channel) return { refused: 'post-unchanged' };
    return { targets, posts: { ...posts, [post]: channel }, facts: [{ type: 'post-set', post, channel }] };
  }
  const { month, collector, currency, amount } = request;
  if (amount !== null && amount < 0) return { refused: 'amount-below-zero' };
  const same = (each: Target) => each.month === month && each.collector === collector && each.currency === currency;
  const from = targets.find(same)?.amount ?? null;
  if (from === amount) return { refused: 'target-unchanged' };
  const others = targets.filter((each) => !same(each));
  const now = amount === null ? others : [...others, { month, collector, currency, amount }];
  const months = [...new Set(now.map((each) => each.month))].sort().slice(-KEPT);
  const fact: GoalsFact = { type: 'target-set', month, collector, currency, from, to: amount };
  return { targets: now.filter((each) => months.includes(each.month)), posts, facts: [fact] };
}

/** Cash of a month against what was wanted, by collector ('' for the team) and currency. */
export interface Progress extends Omit<Target, 'amount'> {
  readonly cash: number;
  /** Null: none is set. */
  readonly target: number | null;
}

/** Each target with what came, and for the team every currency in which something came. */
export function progressOf(targets: readonly Target[], month: string, cash: ReadonlyMap<string, ReadonlyMap<string, number>>): Progress[] {
  const rows = new Map<string, Progress>();
  const put = (collector: string, currency: string, target: number | null) =>
    rows.set(`${collector}\n${currency}`, { month, collector, currency, cash: cash.get(collector)?.get(currency) ?? 0, target });
  for (const currency of cash.get('')?.keys() ?? []) put('', currency, null);
  for (const each of targets) if (each.month === month) put(each.collector, each.currency, each.amount);
  return [...rows.values()].sort((a, b) => (`${a.collector}${a.currency}` < `${b.collector}${b.currency}` ? -1 : 1));
}
