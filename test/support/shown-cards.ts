/**
 * Runs beside the tests that show cards: what the local workspace was shown in this file is compared with the sample that `npm run verify-slack` sends to
 * Slack, or, with RECORD_CARDS, written down for the next sample.
 */
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect } from 'vitest';
import { type Card, CardSample, fieldsOf, readCards } from '../contracts/cards.ts';

/** What fit.test.ts makes up at random is no form of the bot's. */
const SHOWING = /\/test\/(e2e\/|slack\/(?!fit\.)|team\/|contracts\/forms)/;
const shows = () => SHOWING.test(expect.getState().testPath ?? '');
const folder = process.env.RECORD_CARDS;
const sample = new CardSample();
const fields = new Set<string>();

const seen = (card: unknown) => {
  if (folder && shows()) sample.add(structuredClone(card) as Card);
  for (const field of fieldsOf(card as Card)) fields.add(field);
};
subscribe('slack-workspace:shown', seen);

afterAll(() => {
  // The files of a worker share their modules, and this one runs beside each of them.
  unsubscribe('slack-workspace:shown', seen);
  if (folder && sample.cards.length > 0) fs.writeFileSync(path.join(folder, `${randomUUID()}.json`), JSON.stringify(sample.cards));
  if (folder || !shows()) return;
  const known = new Set(readCards().flatMap(fieldsOf));
  const unknown = [...fields].filter((field) => !known.has(field));
  expect(unknown, 'fields of forms that are not in test/contracts/cards.json: npm run record-cards -- <this test file>').toEqual([]);
});
