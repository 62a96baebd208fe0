import { addDays, type Day } from '../kernel/day.ts';
import { type CreditFile, creditFileOf, fileTasks } from './credit-file.ts';
import { type Exposures, headroomOf, limitAlertId, reached } from './exposure.ts';

/** A cause to tell somebody about: see follow-up/tell-alerts.op.ts. */
export interface CreditCause {
  readonly id: string;
  readonly cause: 'limit-passed' | 'limit-near' | 'credit-task' | 'credit-file-missing';
  readonly account: string;
  readonly about: Readonly<Record<string, string | number>>;
}

interface Watched {
  readonly row: { readonly id: string };
  readonly work: { readonly creditFile: CreditFile; readonly creditLimits: Readonly<Record<string, number>> };
  readonly day: { readonly today: Day; readonly importedOn: Day | null };
}

/** Days before a review, the end of a check or limit, or a deposit's day on which it is told of. */
const AHEAD = 30;
/** Customers of the first import and the days behind it are no new ones. */
const FIRST_DAYS = 7;

/** What is to be told of one account's credit file; a group's limit is told of at its top. Each cause once. */
export function creditCauses({ row: { id }, work, day }: Watched, exposures: Exposures, firstImport: Day | null): CreditCause[] {
  const { today, importedOn } = day;
  const creditFile = creditFileOf(work);
  const isTop = exposures.groups.has(id);
  const rooms = headroomOf(id, creditFile, isTop ? creditFile : null, exposures, today);
  const limits = rooms.flatMap((room): CreditCause[] => {
    const threshold = reached(room);
    if (threshold === null) return [];
    const about = {
      currency: room.currency,
      limit: room.amount,
      open: room.exposure,
      scope: room.of,
      ...(room.expired ? { expired: 1 } : {}),
    };
    return [{ id: limitAlertId(id, room, threshold), cause: threshold === 100 ? 'limit-passed' : 'limit-near', account: id, about }];
  });
  const tasks = fileTasks(creditFile, addDays(today, AHEAD)).map(
    (task): CreditCause => ({ id: `credit-${task.what}:${id}:${task.day}`, cause: 'credit-task', account: id, about: { ...task } }),
  );
  const isNew = importedOn !== null && firstImport !== null && importedOn > addDays(firstImport, FIRST_DAYS);
  const unfiled = creditFile.revision === 0 && Object.keys(creditFile.limits).length === 0;
  const missing: CreditCause[] =
    isNew && unfiled ? [{ id: `credit-file:${id}`, cause: 'credit-file-missing', account: id, about: {} }] : [];
  return [...limits, ...tasks, ...missing];
}
