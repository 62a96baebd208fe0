import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { TYPES_OF_KIND } from '../../../src/domain/fact-kinds.ts';
import type { RecordedFact } from '../../../src/operations/ports.ts';
import { factLine } from '../../../src/slack/blocks/facts.ts';

const root = path.join(import.meta.dirname, '../../../src');

/** What is recorded, by the types that name it: unions of facts, and what the store stamps itself. */
async function recordedTypes(): Promise<string[]> {
  const types = new Set<string>();
  for (const room of ['domain', 'operations', 'store']) {
    for (const file of await fs.readdir(path.join(root, room))) {
      const source = await fs.readFile(path.join(root, room, file), 'utf8').catch(() => '');
      for (const [, named] of source.matchAll(/readonly type: ((?:'[a-z-]+'[ |]*)+)/g))
        for (const [, type] of named!.matchAll(/'([a-z-]+)'/g)) types.add(type!);
      for (const [, type] of source.matchAll(/stamp\(\[\{ type: '([a-z-]+)'/g)) types.add(type!);
    }
  }
  return [...types].sort();
}

const stamp = { id: 'account:1:1', aggregate: 'account:1', at: '2026-11-23T09:05:00Z', by: 'U0MARA', command: 'c' };

/** About the house and no account. */
const HOUSE = new Set([
  'alerts-set',
  'partner-added',
  'partner-edited',
  'partner-retired',
  'absence-set',
  'admin-claimed',
  'approval-rule-set',
  'company-policy-chosen',
  'follow-up-rules-set',
  'mapping-set',
  'member-left',
  'owners-found',
  'member-returned',
  'policy-saved',
  'rate-added',
  'records-removed',
  'retention-confirmed',
  'retention-set',
  'roles-set',
  'rules-set',
  'segment-policy-chosen',
  'settings-changed',
]);

/** A sentence of its own, not the bare type; one that misses its fields may fail. */
function hasSentence(type: string): boolean {
  try {
    return !factLine({ ...stamp, type, more: 1 }, 'Europe/London').includes(`: ${type}, by`);
  } catch {
    return true;
  }
}

test('every fact of the house has a sentence', async () => {
  const types = await recordedTypes();
  expect(types.length).toBeGreaterThan(60);
  expect(types.filter((type) => !hasSentence(type))).toEqual([]);
});

test('every fact about an account is of one kind of its timeline', async () => {
  const kinds = Object.values(TYPES_OF_KIND).flat();
  expect(kinds.length).toBe(new Set(kinds).size);
  const types = (await recordedTypes()).filter((type) => !HOUSE.has(type));
  expect(types.filter((type) => !kinds.includes(type))).toEqual([]);
  expect(kinds.filter((type) => !types.includes(type))).toEqual([]);
});

test('of a fact whose words were erased, its kind, time and author remain', () => {
  const line = (type: string) => factLine({ ...stamp, type } as RecordedFact, 'Europe/London');
  for (const type of Object.values(TYPES_OF_KIND).flat())
    if (type !== 'unheld') expect(line(type)).toBe(`23 Nov 2026, 09:05: ${type.replaceAll('-', ' ')}: the words were erased, by <@U0MARA>`);
  expect(line('unheld')).toBe('23 Nov 2026, 09:05: hold lifted, by <@U0MARA>');
});
