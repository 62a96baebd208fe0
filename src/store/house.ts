import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { z } from 'zod';
import type { HouseStore, Recorded } from '../kernel/house-store.port.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, loadOrBegin, saveGuarded } from './aggregate.ts';
import { FIRST, type HouseName, type HouseState, SHAPES } from './house-shapes.ts';
import { parsed } from './parsed.ts';

const schema = new Schema<AggregateDocument>(AGGREGATE_FIELDS, { ...AGGREGATE_OPTIONS, strict: false });

/** One collection for each, with one document that has the same name. */
export function houseModel(connection: Connection, name: HouseName) {
  return connection.models[name] ?? connection.model<AggregateDocument>(name, schema, name);
}

/** What a state begins with is written when nothing is there yet, and counts as version 1. */
export function houseStore<Name extends HouseName>(connection: Connection, name: Name): HouseStore<HouseState[Name], { type: string }> {
  const { collection } = houseModel(connection, name);
  const shape = SHAPES[name] as unknown as z.ZodType<Record<string, unknown>>;
  return {
    async read() {
      const { version, facts, commands, ...state } = await loadOrBegin<AggregateDocument>(collection, name, FIRST[name]);
      return { ...parsed(shape, name, state), version, facts, commands } as unknown as HouseState[Name] & Recorded;
    },
    save: (before, after, facts, command) =>
      saveGuarded(collection, { _id: name, version: before.version }, parsed(shape, name, after), facts, command),
  };
}
