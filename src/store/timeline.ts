import type { Connection } from 'mongoose';
import { markingOf } from '../trail/fact-table.ts';
import { type Marking, remarked } from '../trail/marking.ts';
import type { RecordedFact, Timeline, TimelineEntry } from '../trail/trail.port.ts';
import { ledgerModels } from './ledger-models.ts';
import { type TrailBody, type TrailDocument, trailModels } from './trail.ts';

/** Of the whole ledger, so of every account. */
const IMPORT = 'ledger-imported';
/** Of one entry there are a few at most; of an account rarely more than this. */
const MOST_CHANGED_MARKS = 1000;

interface Told {
  readonly document: TrailDocument;
  readonly fact: RecordedFact;
  readonly erased: boolean;
}

/** Reads the trail with its bodies, and what still waits in the account's outbox. */
export function timelineStore(connection: Connection): Timeline {
  const models = trailModels(connection);
  const entries = models.entries.collection;
  const accounts = ledgerModels(connection).accounts.collection;

  async function told(documents: readonly TrailDocument[]): Promise<Told[]> {
    const ids = documents.map((each) => each.fact);
    const bodies = await models.bodies.collection.find<Partial<TrailBody>>({ _id: { $in: ids as never[] } }).toArray();
    const bodyOf = new Map(bodies.map((each) => [each._id, each.body]));
    return documents.map((document) => {
      const { fact: id, type, aggregate, at, by, command } = document.entry;
      return { document, fact: { ...bodyOf.get(id), id, type, aggregate, at, by, command }, erased: bodyOf.get(id) === undefined };
    });
  }

  /** Newest first; an outbox may hold what has reached the trail already. */
  async function waiting(account: string): Promise<RecordedFact[]> {
    const found = await accounts.findOne<{ outbox: RecordedFact[] }>({ _id: account as never }, { projection: { outbox: 1 } });
    return [...(found?.outbox ?? [])].reverse();
  }

  async function marksOf(account: string, fresh: readonly RecordedFact[]): Promise<Map<string, Marking>> {
    const filter = { 'entry.account': account, 'entry.type': 'marking-changed' };
    const changes = await entries.find<TrailDocument>(filter, { sort: { _id: -1 }, limit: MOST_CHANGED_MARKS }).toArray();
    const facts = (await told(changes.reverse())).map(({ fact }) => fact);
    return remarked([...facts, ...[...fresh].reverse()]);
  }

  return {
    async latest(aggregate, limit) {
      const found = await entries.find<TrailDocument>({ 'entry.aggregate': aggregate }, { sort: { _id: -1 }, limit }).toArray();
      const facts = (await told(found)).map(({ fact }) => fact);
      const known = new Set(facts.map((fact) => fact.id));
      const fresh = (await waiting(aggregate.replace(/^account:/, ''))).filter((fact) => !known.has(fact.id));
      return [...fresh, ...facts].slice(0, limit);
    },
    async page(account, { types, before, limit }) {
      const place = { ...(types ? { 'entry.type': { $in: types } } : {}), ...(before === null ? {} : { _id: { $lt: before } }) };
      const sources = [
        { ...place, 'entry.account': account },
        // Entries of earlier versions do not name their account.
        { ...place, 'entry.aggregate': `account:${account}`, 'entry.account': { $exists: false } },
        ...(!types || types.includes(IMPORT) ? [{ ...place, 'entry.type': IMPORT }] : []),
      ];
      const found = await Promise.all(
        sources.map((filter) => entries.find<TrailDocument>(filter as never, { sort: { _id: -1 }, limit: limit + 1 }).toArray()),
      );
      const merged = [...new Map(found.flat().map((each) => [each._id, each])).values()].sort((a, b) => b._id - a._id);
      const outbox = await waiting(account);
      const marks = await marksOf(account, outbox);
      const known = new Set(merged.map((each) => each.fact));
      const wanted = (fact: RecordedFact) => !known.has(fact.id) && (types === null || types.includes(fact.type));
      // Usually none or a few: the trail is at most a minute behind. As many as a page when it is not.
      const unfiled = before === null ? outbox.filter(wanted).slice(0, limit) : [];
      const fresh = unfiled.map((fact) => freshEntry(marks, fact));
      const shown = (await told(merged.slice(0, limit))).map((each) => entryOf(marks, each));
      return { entries: [...fresh, ...shown], more: merged.length > limit };
    },
    marks: async (account) => marksOf(account, await waiting(account)),
    async entry(account, id) {
      const outbox = await waiting(account);
      const marks = await marksOf(account, outbox);
      const found = await entries.findOne<TrailDocument>({ fact: id });
      if (found) {
        const { account: about, aggregate, type } = found.entry;
        if (about !== account && aggregate !== `account:${account}` && type !== IMPORT) return null;
        return entryOf(marks, (await told([found]))[0]!);
      }
      const fresh = outbox.find((fact) => fact.id === id);
      return fresh ? freshEntry(marks, fresh) : null;
    },
  };
}

const entryOf = (marks: ReadonlyMap<string, Marking>, { document, fact, erased }: Told): TimelineEntry => ({
  seq: document._id,
  fact,
  marking: marks.get(fact.id) ?? document.entry.marking ?? markingOf(fact),
  erased,
});

const freshEntry = (marks: ReadonlyMap<string, Marking>, fact: RecordedFact): TimelineEntry => ({
  seq: null,
  fact,
  marking: marks.get(fact.id) ?? markingOf(fact),
  erased: false,
});
