/**
 * `npm run verify-mongo [-- --uri mongodb://...] [--full]`: what the bot rests on, tried on an operator's MongoDB (MONGODB_URI when no --uri is given):
 * the contract suite of the store, and the proof of sending at most once. Both in databases of their own, which are removed afterwards.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { p1 } from '../test/properties/p1.ts';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { uri: { type: 'string' }, full: { type: 'boolean', default: false } } });
if (fs.existsSync('.env')) process.loadEnvFile('.env');
const uri = values.uri ?? process.env.MONGODB_URI;
if (!uri) {
  console.error('Usage: npm run verify-mongo -- --uri mongodb://host:27017 [--full]\nOr set MONGODB_URI. Nothing was tried.');
  process.exit(1);
}

/** The same server and login with another database. */
function database(of: string, name: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(of);
  if (!parts) throw new Error('The URI must begin with mongodb:// or mongodb+srv://. Nothing was tried.');
  const [, server, login = '', options = ''] = parts;
  const query = new URLSearchParams(options);
  if (login && !query.has('authSource')) query.set('authSource', login);
  return `${server}/${name}?${query}`;
}

const suite = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/embedded/mongo'], {
  cwd: root,
  env: { ...process.env, MONGODB_TEST_URI: uri },
  stdio: 'inherit',
});
console.log(JSON.stringify({ verify: 'contract suite', held: suite.status === 0 }));

const own = database(uri, `arrears_verify_${process.pid}_${Date.now()}`);
const client = new MongoClient(own);
try {
  const { held, figures } = await p1(values.full ? 'full' : 'test', path.join(root, 'src'), own);
  console.log(JSON.stringify({ verify: 'sending at most once', held, ...figures }));
  process.exitCode = held && suite.status === 0 ? 0 : 1;
} finally {
  await client.db().dropDatabase();
  await client.close();
}
