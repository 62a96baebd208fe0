import { type Day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { OldOfAccount, OldRecords, StoredRetention } from './retention.port.ts';
import {
  type Count,
  counting,
  cutOffs,
  decideRetention,
  type KeepReason,
  keptBecause,
  type Months,
  NOTHING,
  RECORD_KINDS,
  type RetentionRefusal,
  type RetentionRequest,
} from './retention.ts';

export type RetainResult =
  | { readonly done: true; readonly retention: StoredRetention }
  | { readonly done: false; readonly refused: RetentionRefusal | 'changed-meanwhile' };

/** One decision about how long records are kept, written once. The caller has authorized `by`. */
export async function changeRetention(
  world: Pick<World, 'clock' | 'settings' | 'retention' | 'oldRecords'>,
  request: RetentionRequest,
  by: string,
  command: string,
): Promise<RetainResult> {
  const written = await writeOnce({
    ...{ aggregate: 'retention', by, command, now: world.clock.now() },
    load: () => world.retention.read(),
    decide: (stored) => decideRetention(stored, request, by),
    save: (before, { retention }, stamped) => world.retention.save(before, retention, stamped, command),
  });
  if (!written.done) return written;
  return { done: true, retention: await world.retention.read() };
}

/** In the company's zone. */
export async function companyToday({ clock, settings }: Pick<World, 'clock' | 'settings'>): Promise<Day> {
  return dayIn((await settings.read()).zone, clock.now());
}

/** The dry run: what these months would take away today, and what stays and why. Changes nothing; reads account by account. */
export async function countOldRecords(
  world: Pick<World, 'clock' | 'settings' | 'retention' | 'oldRecords'>,
  months: Months,
): Promise<Count> {
  const on = await companyToday(world);
  const ends = cutOffs(months, on);
  let going = NOTHING;
  const kept = new Map<KeepReason, { records: number; accounts: number }>();
  for await (const account of oldRecords(world.oldRecords, '', ends)) {
    const [reason] = keptBecause(account.work, account.unsettled);
    for (const kind of RECORD_KINDS) {
      const days = account.old[kind].map((record) => record.on);
      if (reason === undefined) going = counting(going, kind, days);
    }
    const records = recordsOf(account);
    if (reason === undefined || records === 0) continue;
    const before = kept.get(reason) ?? { records: 0, accounts: 0 };
    kept.set(reason, { records: before.records + records, accounts: before.accounts + 1 });
  }
  return { on, cutOffs: ends, going, kept: Object.fromEntries(kept) };
}

export const recordsOf = ({ old }: Pick<OldOfAccount, 'old'>): number => RECORD_KINDS.reduce((sum, kind) => sum + old[kind].length, 0);

/** Every account in the order of ids, behind one. */
async function* oldRecords(store: OldRecords, after: string, ends: Count['cutOffs']): AsyncIterable<OldOfAccount> {
  for (let last: string | undefined = after; last !== undefined; ) {
    const page: OldOfAccount[] = await store.page(last, ends);
    yield* page;
    last = page.at(-1)?.id;
  }
}
