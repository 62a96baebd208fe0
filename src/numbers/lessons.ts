import { addDays, type Day } from '../kernel/day.ts';
import { exponentOf } from '../kernel/money.ts';

/** Why it went wrong; in the words of a closed list, so that a quarter can be added up. */
export const CAUSES = [
  'wrong-or-late-invoice',
  'no-purchase-order',
  'wrong-contact',
  'quality',
  'price',
  'quantity',
  'customer-cash',
  'insolvency',
  'terms-unclear',
  'no-credit-check',
  'limit-ignored',
  'follow-up-late',
  'fraud',
  'other',
] as const;
export type Cause = (typeof CAUSES)[number];
/** What lies with the customer or with nobody could not have been prevented by us. */
const BEYOND_US: readonly Cause[] = ['customer-cash', 'insolvency', 'fraud', 'other'];

export const WHERE = ['onboarding', 'credit-vetting', 'terms', 'invoicing', 'follow-up', 'sales'] as const;
export type Where = (typeof WHERE)[number];

export const LESSON_KINDS = ['write-off', 'placement', 'plan-default', 'late-and-paid'] as const;
export type LessonKind = (typeof LESSON_KINDS)[number];

/** What is known of a case when it ends. */
export interface LessonCase {
  /** Of the case, or of the account and the day on which it was clean. */
  readonly id: string;
  readonly account: string;
  readonly kind: LessonKind;
  readonly entity: string;
  readonly currency: string;
  /** What it was about, minor units. */
  readonly amount: number;
  readonly lost: number;
  readonly ended: Day;
  readonly facts: {
    /** Most days overdue. */
    readonly daysLate: number;
    /** Messages and calls that asked for it. */
    readonly contacts: number;
    readonly promisesBroken: number;
  };
}

export interface Lesson extends LessonCase {
  readonly state: 'open' | 'recorded' | 'skipped';
  readonly cause: Cause | null;
  readonly where: Where | null;
  readonly action: { readonly text: string; readonly owner: string; readonly until: Day; readonly done: Day | null } | null;
  /** Why there is none. */
  readonly skipped: string;
  readonly by: string;
}

export type LessonRequest =
  | { readonly do: 'open-lessons'; readonly cases: readonly LessonCase[] }
  | {
      readonly do: 'record-lesson';
      readonly id: string;
      readonly cause: Cause;
      readonly where: Where;
      readonly action: { readonly text: string; readonly owner: string; readonly until: Day };
    }
  | { readonly do: 'skip-lesson'; readonly id: string; readonly reason: string }
  | { readonly do: 'end-lesson-action'; readonly id: string };

type About = { readonly account: string; readonly lesson: string };
export type LessonFact =
  | ({
      readonly type: 'lesson-opened';
      readonly kind: LessonKind;
      readonly currency: string;
      readonly amount: number;
      readonly lost: number;
    } & About)
  | ({
      readonly type: 'lesson-recorded';
      readonly cause: Cause;
      readonly where: Where;
      readonly action: string;
      readonly owner: string;
      readonly until: Day;
    } & About)
  | ({ readonly type: 'lesson-skipped'; readonly reason: string } & About)
  | ({ readonly type: 'lesson-action-done'; readonly action: string } & About);

export type LessonRefusal = 'no-such-lesson' | 'lesson-closed' | 'lesson-text-missing' | 'lesson-day-past' | 'nothing-to-open';

/** Below so many pounds, euros or the like nobody is asked. */
const LEAST_MAJOR = 250;
/** Lessons that ended longer ago are not kept here; the trail has them. */
const KEPT_DAYS = 3 * 366;

export function worthAsking({ currency, amount }: Pick<LessonCase, 'currency' | 'amount'>): boolean {
  return amount >= LEAST_MAJOR * 10 ** exponentOf(currency);
}

type Decision = { readonly lessons: readonly Lesson[]; readonly facts: readonly LessonFact[] } | { readonly refused: LessonRefusal };

export function decideLesson(lessons: readonly Lesson[], request: LessonRequest, by: string, today: Day): Decision {
  if (request.do === 'open-lessons') return opened(lessons, request.cases, today);
  const lesson = lessons.find(({ id }) => id === request.id);
  if (!lesson) return { refused: 'no-such-lesson' };
  const put = (changed: Partial<Lesson>, fact: LessonFact): Decision => ({
    lessons: lessons.map((each) => (each === lesson ? { ...each, ...changed } : each)),
    facts: [fact],
  });
  const about = { account: lesson.account, lesson: lesson.id };
  if (request.do === 'end-lesson-action') {
    if (!lesson.action || lesson.action.done) return { refused: 'lesson-closed' };
    return put({ action: { ...lesson.action, done: today } }, { type: 'lesson-action-done', ...about, action: lesson.action.text });
  }
  if (lesson.state !== 'open') return { refused: 'lesson-closed' };
  if (request.do === 'skip-lesson') {
    const reason = request.reason.trim();
    if (reason === '') return { refused: 'lesson-text-missing' };
    return put({ state: 'skipped', skipped: reason, by }, { type: 'lesson-skipped', ...about, reason });
  }
  const { cause, where, action } = request;
  if (action.text.trim() === '') return { refused: 'lesson-text-missing' };
  if (action.until < today) return { refused: 'lesson-day-past' };
  return put(
    { state: 'recorded', cause, where, action: { ...action, done: null }, by },
    { type: 'lesson-recorded', ...about, cause, where, action: action.text, owner: action.owner, until: action.until },
  );
}

/** Each case once, whoever finds it and how often. */
function opened(lessons: readonly Lesson[], cases: readonly LessonCase[], today: Day): Decision {
  const known = new Set(lessons.map(({ id }) => id));
  const fresh = cases.filter((each) => !known.has(each.id) && worthAsking(each));
  if (fresh.length === 0) return { refused: 'nothing-to-open' };
  const kept = lessons.filter(
    ({ ended, action, state }) => ended >= addDays(today, -KEPT_DAYS) || state === 'open' || (action && !action.done),
  );
  return {
    lessons: [
      ...kept,
      ...fresh.map((each): Lesson => ({ ...each, state: 'open', cause: null, where: null, action: null, skipped: '', by: '' })),
    ],
    facts: fresh.map(({ id, account, kind, currency, amount, lost }) => ({
      type: 'lesson-opened',
      lesson: id,
      account,
      kind,
      currency,
      amount,
      lost,
    })),
  };
}

export interface QuarterLessons {
  readonly causes: readonly { readonly cause: Cause; readonly count: number; readonly lost: ReadonlyMap<string, number> }[];
  /** Per cent of those with a cause; null without any. */
  readonly preventable: number | null;
  readonly open: number;
  readonly actions: readonly Lesson[];
  /** The three that cost most, in each currency by itself. */
  readonly read: readonly Lesson[];
}

/** What ended between two days; open actions are all there are, those past their day first. */
export function quarterLessons(lessons: readonly Lesson[], from: Day, to: Day): QuarterLessons {
  const own = lessons.filter(({ ended }) => from <= ended && ended <= to);
  const recorded = own.filter(({ state }) => state === 'recorded');
  const causes = [...Map.groupBy(recorded, ({ cause }) => cause!)].map(([cause, of]) => {
    const lost = new Map<string, number>();
    for (const each of of) lost.set(each.currency, (lost.get(each.currency) ?? 0) + each.lost);
    return { cause, count: of.length, lost };
  });
  const ours = recorded.filter(({ cause }) => !BEYOND_US.includes(cause!)).length;
  return {
    causes: causes.sort((a, b) => b.count - a.count),
    preventable: recorded.length > 0 ? Math.round((100 * ours) / recorded.length) : null,
    open: own.filter(({ state }) => state === 'open').length,
    actions: lessons.filter(({ action }) => action && !action.done).sort((a, b) => (a.action!.until < b.action!.until ? -1 : 1)),
    read: [...recorded].sort((a, b) => (a.currency === b.currency ? b.lost - a.lost : a.currency < b.currency ? -1 : 1)).slice(0, 3),
  };
}
