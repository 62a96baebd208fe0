import fs from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { checkMessageBlocks, checkView } from '../../src/embedded/slack/block-kit/check.ts';
import { createLog } from '../../src/log.ts';
import type { Listeners } from '../../src/slack/listeners.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { actionsOf, CARDS_FILE, callbackOf, readCards } from './cards.ts';

const AGAIN = 'npm run record-cards, or with the test file that shows it';
const MOST_BYTES = 1_000_000;

const stops: (() => unknown)[] = [];
let listeners: Listeners;
beforeAll(async () => {
  const config = readConfig({ DATA_DIR: await tempFolder(stops), WORKSPACE_PORT: '0', SAMPLE_LEDGER: 'no' });
  const bot = await compose(config, { log: createLog('silent'), onDeath: () => {} });
  stops.push(() => bot.stop());
  listeners = bot.listeners;
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

test('every form that the bot listens to is in the sample that verify-slack sends to Slack', () => {
  const forms = new Set(readCards().map(callbackOf));
  expect(
    Object.keys(listeners.submits).filter((name) => !forms.has(name)),
    AGAIN,
  ).toEqual([]);
});

/** They stand only where a list has pages, a mail has failed, a sole trader owes, or a letter goes on paper; made by the same `button` as all others. */
const RARE_BUTTONS = ['small-page', 'small-keep', 'promises-page', 'draft-send', 'charge-business', 'letter-review', 'letter-posted'];

test('so is every button and entry of a menu, but for a few', () => {
  const shown = new Set([
    ...readCards().flatMap(actionsOf),
    ...[...JSON.stringify(readCards()).matchAll(/"value":"([a-z-]+)"/g)].map(([, value]) => value),
  ]);
  expect(
    Object.keys(listeners.clicks).filter((name) => !shown.has(name) && !RARE_BUTTONS.includes(name)),
    AGAIN,
  ).toEqual([]);
});

test('a Home is in it', () => {
  expect(readCards().filter(({ kind }) => kind === 'home').length).toBeGreaterThan(0);
});

test('the local workspace takes each of them', () => {
  for (const { kind, payload } of readCards()) {
    const check = () => (kind === 'message' ? checkMessageBlocks(payload.blocks) : checkView(payload));
    expect(check, JSON.stringify(payload).slice(0, 200)).not.toThrow();
  }
});

test('it is no larger than it need be, and made of made-up data', async () => {
  const text = await fs.readFile(CARDS_FILE, 'utf8');
  expect(text.length).toBeLessThan(MOST_BYTES);
  expect(text).not.toMatch(/xox[a-z]-|xapp-|\/tmp\/|\/work\//);
  const hosts = new Set([...text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)].map(([, host]) => host));
  expect([...hosts].filter((host) => !/(^|\.)(example|test|invalid)$|(^|\.)example\.(com|org|net)$/.test(host!))).toEqual([]);
});
