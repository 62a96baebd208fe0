import type { Tell } from '../kernel/told.op.ts';
import type { RecordedFact } from '../trail/trail.port.ts';

/** Accounts of a message: all of them counted, the first ones by id. */
export interface Listed {
  readonly count: number;
  readonly ids: readonly string[];
}

/** Payload of a TELL_ASSIGNED job: what one person has gained and lost by one command. */
export interface AssignmentNews {
  readonly user: string;
  /** Slack user id, or 'rule'. */
  readonly by: string;
  readonly gained: Listed;
  readonly lost: Listed;
}

export const TELL_ASSIGNED = 'tell-assigned';
const LISTED = 100;

export function listed(ids: readonly string[]): Listed {
  return { count: ids.length, ids: ids.slice(0, LISTED) };
}

/** Both collectors of an assignment by hand. Many at once are told by their own job, as one message a person. */
export function assignmentTells(fact: RecordedFact): Tell[] {
  const { from, to, how, by, id, aggregate } = fact as RecordedFact & { from: string | null; to: string | null; how: string };
  if (how !== 'by hand') return [];
  const account = [aggregate.replace(/^account:/, '')];
  return [from, to]
    .filter((user): user is string => user !== null && user !== by)
    .map((user) => {
      const news: AssignmentNews = { user, by, gained: listed(user === to ? account : []), lost: listed(user === from ? account : []) };
      return { id: `tell:${id}:${user}`, kind: TELL_ASSIGNED, payload: { ...news } };
    });
}
