import type { AccountRequest } from '../../src/account/account-work.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { startMarks } from '../../src/follow-up/start.ts';
import { addDays, day } from '../../src/kernel/day.ts';

interface Late {
  readonly number: string;
  readonly due: string;
  readonly open?: number;
}

/** That a stage of the default policy was the last one of invoices, sent on its day or on another; null: none was sent. */
export function startOf(
  entity: string,
  stage: string | null,
  invoices: readonly Late[],
  sent: string | null = null,
): Extract<AccountRequest, { do: 'confirm-start' }> {
  const known = DEFAULT_POLICY.stages.find(({ key }) => key === stage) ?? null;
  const marks = invoices.flatMap(({ number, due, open = 100_000 }) => {
    const on = sent === null ? known && addDays(day(due), known.offset) : day(sent);
    const said = { stage, sent: on };
    return startMarks([{ number, due: day(due), open }], DEFAULT_POLICY, day('2030-01-01'), said);
  });
  return {
    ...{ do: 'confirm-start', entity, stage: known && { key: known.key, offset: known.offset } },
    ...{ sent: sent === null ? null : day(sent), marks, from: day('2018-01-01') },
  };
}
