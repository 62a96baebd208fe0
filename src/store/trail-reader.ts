import type { Connection } from 'mongoose';
import { remarked } from '../trail/marking.ts';
import type { TrailReader, TrailSelection } from '../trail/trail.port.ts';
import { type TrailDocument, trailModels } from './trail.ts';
import { trailLines } from './verify-trail.ts';

/** Reads the chain as it is, for exports and anchors. What still waits in an outbox is not part of it yet. */
export function trailReader(connection: Connection): TrailReader {
  const { entries } = trailModels(connection);
  return {
    async head() {
      const last = await entries.collection.find<TrailDocument>({}, { sort: { _id: -1 }, limit: 1 }).next();
      return last && { seq: last._id, hash: last.hash };
    },
    entries: (which) => trailLines(connection, filterOf(which)),
    count: (which) => entries.collection.countDocuments(filterOf(which)),
    async marks(account) {
      const changes = trailLines(connection, { 'entry.type': 'marking-changed', ...(account === null ? {} : ofAccount(account)) });
      const facts: { type: string; [field: string]: unknown }[] = [];
      for await (const { document, body } of changes) facts.push({ ...body?.body, type: document.entry.type });
      return remarked(facts);
    },
  };
}

/** Entries of earlier versions do not name their account. */
const ofAccount = (account: string) => ({ $or: [{ 'entry.account': account }, { 'entry.aggregate': `account:${account}` }] });

/** Instants are compared as text, cut to whole seconds: stored ones may have fractions, which sort behind their second. */
function filterOf({ account, from, to }: TrailSelection): Record<string, unknown> {
  const second = (at: Temporal.Instant) => at.toString({ smallestUnit: 'second' }).replace('Z', '');
  const at = { ...(from ? { $gte: second(from) } : {}), ...(to ? { $lt: second(to) } : {}) };
  return { ...(account === null ? {} : ofAccount(account)), ...(from || to ? { 'entry.at': at } : {}) };
}
