import type { KnownBlock } from '@slack/types';
import type { StoredCase } from '../escalation/case.port.ts';
import { caseRows } from '../escalation/case-list.view.ts';
import type { StepHealth } from '../kernel/step-health.op.ts';
import { AGEING_BUCKETS } from '../ledger/ageing.ts';
import { downloadButtons, overdueButton } from '../ledger/overdue-list.view.ts';
import { queueOf, type ReviewQueue } from '../mails/review-queue.op.ts';
import type { HomeFigures } from '../numbers/home-figures.op.ts';
import { figuresOnHome, ownProgress } from '../numbers/home-figures.view.ts';
import { contextLine, freshnessLine, longDay, nameOf, shortDay } from '../slack/freshness.ts';
import { button, pageButtons, section } from '../slack/parts.ts';
import { systemLines } from '../slack/system-lines.ts';
import { andMore, clip, counted, money, plain } from '../slack/text.ts';
import type { CommandNames } from '../team/settings.port.ts';
import { absentOn, askableOwner, mayDo, memberOf, ownerUser, type Team } from '../team/team.ts';
import type { DigestFigures } from './digest.ts';
import { type DayParts, dayParts, daySections, daySummary, restLine } from './home-day.view.ts';
import type { WorkBoard, WorkList } from './list-work.op.ts';
import { cardButton, overdueWords, pageOf } from './work-list.view.ts';
import { byWeight, loadByCollector, type WorkItem } from './worklist.ts';

export interface HomeView {
  readonly board: WorkBoard;
  readonly user: string;
  readonly list: WorkList;
  /** Pages from 0. */
  readonly place: { readonly page: number; readonly owned: number };
  /** Cases that this person can decide now. */
  readonly deciding: readonly StoredCase[];
  /** The digest's ageing chart while it is still true. What it shows is in words beside it. */
  readonly chart: KnownBlock | null;
  readonly figures: HomeFigures;
  /** Of the clock's steps, for admins. */
  readonly health: readonly StepHealth[];
  readonly zone: string;
  readonly commands: CommandNames;
  readonly now: Temporal.Instant;
  /** Said on a day off of ours; '' on others. */
  readonly dayOff: string;
}

const UNASSIGNED_SHOWN = 5;
const DECISIONS_SHOWN = 3;
const OWNERS_SHOWN = 5;
const COLLECTORS_SHOWN = 20;
const CURRENCIES_SHOWN = 10;

/** Home of one person by what the person does: collectors their day, managers the team, owners in sales their customers. At most 100 blocks. */
export function homeBlocks(view: HomeView): KnownBlock[] {
  const { board, user, list, zone, now } = view;
  const manages = mayDo(board.team, user, 'manage');
  const collects = memberOf(board.team, user)?.roles.includes('collector') || list.entries.length > 0;
  const { asOf, sample } = board.freshness;
  const queue = queueOf(board.drafts, board.team, user, board.today);
  // A manager makes those calls; they stand in a section of their own.
  const parts = dayParts(list.entries, false);
  return [
    header(longDay(board.today)),
    contextLine(freshnessLine(asOf, sample, zone, now)),
    ...(mayDo(board.team, user, 'admin') ? systemLines(view.health, zone, now) : []),
    ...(collects || queue.waiting.length > 0 ? myDay(view, parts, queue) : []),
    ...decisions(view),
    ...(manages ? [...managerCalls(view), ...waiting(view), ...unasked(view)] : []),
    ...(memberOf(board.team, user)?.roles.includes('owner') ? customers(view) : []),
    ...(manages ? figuresOnHome(view.figures) : collects ? ownProgress(view.figures, user) : []),
    ...ageing(view),
    ...(manages ? collectors(view) : []),
    { type: 'divider' },
    { type: 'actions', elements: [overdueButton(), ...downloadButtons({ q: {}, o: 'amount', p: 0 })] },
  ];
}

/** Cases that wait for this person's decision; the button lists all of them. */
function decisions({ board, deciding, zone }: HomeView): KnownBlock[] {
  if (deciding.length === 0) return [];
  const names = new Map(board.items.map((item) => [item.account, item.name]));
  const text = `*${counted(deciding.length, 'decision waits', 'decisions wait')} for you*`;
  return [
    header('Waiting for your decision'),
    { ...section(text), accessory: button('case-list', 'home', 'See all', {}) },
    ...caseRows(deciding.slice(0, DECISIONS_SHOWN), names, zone, 'home'),
  ];
}

/** What there is to do, each with its button; with nothing to do it says so. */
function myDay(view: HomeView, parts: DayParts, queue: ReviewQueue): KnownBlock[] {
  const { board, list, user } = view;
  const away = absentOn(memberOf(board.team, user), list.today);
  const { count, words } = daySummary(parts, queue.waiting.length);
  const start =
    queue.waiting.length > 0
      ? { accessory: { ...button('draft-review', 'start', 'Start with the emails', {}), style: 'primary' as const } }
      : {};
  const text = count > 0 ? `*${counted(count, 'thing')} to do today*\n${words}` : '*All done for today.*';
  return [
    ...(away ? [contextLine(`:palm_tree: You're away until ${shortDay(away.to)}. <@${away.cover}> covers for you.`)] : []),
    { ...section(text), ...start },
    ...(view.dayOff ? [contextLine(view.dayOff)] : []),
    {
      type: 'actions',
      elements: [button('work-page', 'home', `My whole list (${list.entries.length.toLocaleString('en-GB')})`, { p: 0 }), overdueButton()],
    },
    { type: 'divider' },
    ...daySections(parts, list.today, new Map(board.items.map(({ account, name }) => [account, name])), queue),
    ...restLine(parts),
  ];
}

/** Calls on anybody's accounts that only a manager may make. */
function managerCalls({ board }: HomeView): KnownBlock[] {
  const calls = board.items.filter(({ decision }) => {
    const stage = decision?.action?.stage;
    return stage?.channel === 'call' && stage.approval === 'manager';
  });
  if (calls.length === 0) return [];
  return [
    section(`*Calls only a manager may make (${calls.length})*`),
    ...calls.slice(0, UNASSIGNED_SHOWN).map((item, n) => ({
      ...section(`*${plain(clip(item.name, 80))}* · ${overdueWords(item)}\nCollector: ${nameOf(item.collector)}`),
      accessory: button('account-call', `manager-${n}`, 'Call…', { a: item.account }),
    })),
    ...andMore(calls.length - UNASSIGNED_SHOWN).map((line) => contextLine(line)),
  ];
}

function waiting({ board, commands }: HomeView): KnownBlock[] {
  const left = new Set(board.team.members.filter((member) => member.left).map((member) => member.user));
  const items = byWeight(board.items, ({ collector }) => collector === null || left.has(collector));
  if (items.length === 0) return [header('Waiting for me'), section(':white_check_mark: Every overdue account has a collector.')];
  return [
    header('Waiting for me'),
    section(`*${counted(items.length, 'overdue account')} without a collector*`),
    ...items
      .slice(0, UNASSIGNED_SHOWN)
      .map((item, index) => itemBlock(item, `waiting-${index}`, item.collector ? `<@${item.collector}> has left` : null)),
    ...andMore(items.length - UNASSIGNED_SHOWN).map((line) => contextLine(`${line}: \`/${commands.overdue} nobody\``)),
  ];
}

/** Owners in sales without whom firm steps go: nobody knows them, or they have no role. */
function unasked({ board: { items, team }, commands }: HomeView): KnownBlock[] {
  const nobody = items.filter(({ owner }) => owner !== '' && askableOwner(team, owner) === null);
  if (nobody.length === 0) return [];
  const named = [...Map.groupBy(nobody, ({ owner }) => owner.toLowerCase())].sort(([, a], [, b]) => b.length - a.length);
  const lines = named.slice(0, OWNERS_SHOWN).map(([name, theirs]) => {
    const user = ownerUser(team, name.includes('@') ? name : theirs[0]!.owner);
    return `• ${user ? nameOf(user) : plain(name)} (${counted(theirs.length, 'customer')}): ${whyUnasked(team, name, user, commands.collections)}`;
  });
  const head = `*${counted(named.length, 'owner')} in sales cannot be asked*; firm steps go without them.`;
  return [section([head, ...lines, ...andMore(named.length - OWNERS_SHOWN)].join('\n'))];
}

function whyUnasked(team: Team, name: string, user: string | null, command: string): string {
  if (!user) return name.includes('@') ? 'Slack knows nobody by this address' : 'the ledger must name a Slack id or an address';
  return memberOf(team, user)?.left ? 'deactivated in Slack' : `has no role as an owner in sales: \`/${command} roles\``;
}

function customers({ board, place, user }: HomeView): KnownBlock[] {
  const items = byWeight(board.items, ({ owner }) => ownerUser(board.team, owner) === user);
  if (items.length === 0) return [header('My customers'), section(':white_check_mark: None of your customers has anything overdue.')];
  const { rows, page, pages } = pageOf(items, place.owned);
  const buttons = pageButtons('home-page:owned', page, pages, (o) => ({ p: place.page, o }));
  return [
    header('My customers'),
    section(`*${counted(items.length, 'customer')} with something overdue*`),
    ...rows.map((item, index) => itemBlock(item, `owned-${index}`, item.collector ? `collector <@${item.collector}>` : 'no collector yet')),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
    contextLine(`Page ${page + 1} of ${pages}`),
  ];
}

function ageing({ board, chart }: HomeView): KnownBlock[] {
  const open = board.figures.currencies.filter((entry) => entry.open > 0);
  if (open.length === 0) return [header('Team'), section('Nothing is open.')];
  const fields = open
    .slice(0, CURRENCIES_SHOWN)
    .map(
      (entry) => `*${money(entry.overdue, entry.currency)}* overdue\nof ${money(entry.open, entry.currency)} open\n${bucketLine(entry)}`,
    );
  const more = open.length - fields.length;
  return [
    header('Team'),
    { type: 'section', fields: fields.map((text) => ({ type: 'mrkdwn', verbatim: true, text })) },
    ...(more > 0 ? [contextLine(`…and ${counted(more, 'more currency', 'more currencies')}`)] : []),
    ...(chart ? [chart] : []),
  ];
}

/** The same shares as in the chart. */
function bucketLine({ buckets, open }: DigestFigures['currencies'][number]): string {
  const shares = AGEING_BUCKETS.filter((bucket) => buckets[bucket] !== 0).map(
    (bucket) => `${bucket === 'current' ? 'not due' : `${bucket.replace('-', '–')} days`} ${Math.round((buckets[bucket] / open) * 100)}%`,
  );
  return shares.join(' · ');
}

function collectors({ board }: HomeView): KnownBlock[] {
  const loads = loadByCollector(board.items);
  if (loads.length === 0) return [];
  const lines = loads.slice(0, COLLECTORS_SHOWN).map(({ collector, accounts, overdue }) => {
    const amounts = [...overdue].sort().map(([currency, amount]) => money(amount, currency));
    return `• ${nameOf(collector)}: ${counted(accounts, 'account')} · ${amounts.join(' · ')}`;
  });
  return [section(['*Overdue by collector*', ...lines, ...andMore(loads.length - lines.length)].join('\n'))];
}

function itemBlock(item: WorkItem, key: string, remark: string | null): KnownBlock {
  const about = [`*${plain(item.name)}*  ${overdueWords(item)}`, remark].filter(Boolean).join('\n');
  return { ...section(about), accessory: cardButton(item.account, key) };
}

function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: clip(text, 150) } };
}
