import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import type { Permission } from '../../src/team/team.ts';
import { tempFolder } from '../support/temp-folder.ts';

const WHO: Readonly<Record<Permission, string>> = {
  member: 'any full member',
  read: 'every role',
  collect: 'collector, manager, finance lead',
  manage: 'manager, finance lead, admin',
  approve: 'manager, finance lead',
  retain: 'finance lead, admin',
  admin: 'admin',
};

const stops: (() => unknown)[] = [];
let bot: Awaited<ReturnType<typeof compose>>;
beforeAll(async () => {
  const dir = await tempFolder(stops);
  const config = readConfig({ DATA_DIR: dir, WORKSPACE_PORT: '0', HEALTH_ADDRESS: 'off', SAMPLE_LEDGER: 'no' });
  bot = await compose(config, { log: createLog('warn'), onDeath: (error) => expect.fail(error.message) });
  stops.push(() => bot.stop());
}, 60_000);
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** Who may look or type it at all: the first clause of the table's last column. */
const firstClause = (who: string) =>
  who
    .split(';')[0]!
    .replace(/^(look|one's own): /, '')
    .replace(/^everybody with a role$/, 'every role')
    .replace(/, once$/, '')
    .trim();

test('the table says of each command who may use it, as the bot decides it, and leaves none out', async () => {
  const readme = await fs.readFile(path.resolve(import.meta.dirname, '../../docs/roles-and-commands.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `\/(\w+)(?: ([\w-]+))?[^`]*` \|.*\| ([^|]+) \|$/gm)].map(([, command, part, who]) => ({
    key: command === 'collections' ? part! : command!,
    who: firstClause(who!),
  }));
  const told = Object.fromEntries(rows.toReversed().map(({ key, who }) => [key, who]));
  const { commands, parts } = bot.listeners;
  const decided = Object.fromEntries(
    Object.entries({ ...commands, ...parts })
      .filter(([key]) => key !== 'collections')
      .map(([key, { may }]) => [key, WHO[may]]),
  );
  expect(told).toEqual(decided);
});
