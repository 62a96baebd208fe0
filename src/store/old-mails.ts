import type { Connection } from 'mongoose';
import type { Day } from '../kernel/day.ts';
import type { Draft } from '../mails/draft.ts';
import type { OldRecord } from '../trail/retention.port.ts';
import { draftModel } from './drafts.ts';

interface Wanted {
  readonly sent: Day | undefined;
  readonly never: Day | undefined;
}

/** Mails and letters that were sent, and drafts that came to nothing, by account. What still has facts for the trail waits for a later run. */
export async function oldMails(connection: Connection, ids: readonly string[], { sent, never }: Wanted) {
  const { collection } = draftModel(connection);
  const about = { account: { $in: [...ids] }, open: false, pending: false };
  const byAccount = async (filter: object, dayOf: (draft: Pick<Draft, 'sentOn' | 'day'>) => Day) => {
    const projection = { account: 1, 'draft.sentOn': 1, 'draft.day': 1 };
    const found = await collection
      .find<{ _id: string; account: string; draft: Pick<Draft, 'sentOn' | 'day'> }>({ ...about, ...filter } as never, { projection })
      .toArray();
    return new Map(
      [...Map.groupBy(found, ({ account }) => account)].map(([account, all]) => [
        account,
        all.map(({ _id: id, draft }): OldRecord => ({ of: 'mail', id, on: dayOf(draft) })),
      ]),
    );
  };
  const none = new Map<string, OldRecord[]>();
  return {
    sent: sent ? await byAccount({ 'draft.state': 'sent', 'draft.sentOn': { $lte: sent } }, ({ sentOn }) => sentOn!) : none,
    never: never ? await byAccount({ 'draft.state': { $in: ['rejected', 'void'] }, 'draft.day': { $lte: never } }, ({ day }) => day) : none,
  };
}

/** Files of these mails that no other mail has: a form that goes with each letter is one file for all. */
export async function filesOfMails(connection: Connection, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { collection } = draftModel(connection);
  const projection = { 'draft.delivery.sha256': 1, 'draft.content.attachments.sha256': 1, 'draft.letter.pictures': 1 };
  const going = new Set<string>();
  const find = (filter: object) => collection.find<{ _id: string; draft: Draft }>(filter as never, { projection, batchSize: 500 });
  for await (const { draft } of find({ _id: { $in: [...ids] } })) for (const file of filesOf(draft)) going.add(file);
  const own = new Set(ids);
  if (going.size === 0) return [];
  for await (const { _id, draft } of find({})) if (!own.has(_id)) for (const file of filesOf(draft)) going.delete(file);
  return [...going];
}

const filesOf = ({ delivery, content, letter }: Draft): string[] =>
  [delivery?.sha256 ?? '', ...(content?.attachments ?? []).map(({ sha256 }) => sha256), ...(letter?.pictures ?? [])]
    .filter(Boolean)
    .map((sha256) => `mail:${sha256}`);
