import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const src = path.resolve(import.meta.dirname, '../../src');
const files = fs.readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const read = (file: string) => fs.readFileSync(path.join(src, file), 'utf8');

/** Rooms of a subject; what they hold without a suffix is a rule. */
const RULES_IN = /^(kernel|ledger|follow-up|account|mails|arrangements|charges|escalation|trail|team|numbers|invoices|credit)\//;

describe('the house', () => {
  it('has a README of at most fifteen lines in every room', () => {
    const rooms = fs.readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'embedded');
    const embedded = ['embedded/mongo', 'embedded/slack'];
    for (const room of [...rooms.map((entry) => entry.name), ...embedded]) {
      const file = path.join(src, room, 'README.md');
      expect(fs.existsSync(file), `${room} has a README`).toBe(true);
      expect(fs.readFileSync(file, 'utf8').trim().split('\n').length, room).toBeLessThanOrEqual(15);
    }
  });

  it('keeps files under 300 lines unless the first line says why not', () => {
    const long = files.filter((file) => read(file).split('\n').length > 300 && !/^\/\*\* Long:/.test(read(file)));
    expect(long).toEqual([]);
  });

  it('reads the environment in main alone', () => {
    // The clock sets the process's own zone; that reads nothing.
    const reads = (file: string) => read(file).replace("process.env.TZ = 'UTC';", '').includes('process.env');
    expect(files.filter((file) => file !== 'main.ts' && reads(file))).toEqual([]);
  });

  it('does not use Date in a rule', () => {
    const subjects = fs.readdirSync(src).filter((room) => fs.existsSync(path.join(src, room)) && RULES_IN.test(`${room}/`));
    expect(subjects.length).toBe(13);
    const rules = files.filter((file) => RULES_IN.test(file) && /^[^/]+\/[^/.]+\.ts$/.test(file));
    expect(rules.length).toBeGreaterThan(80);
    expect(rules.filter((file) => /\bDate[.(]|new Date\b/.test(read(file)))).toEqual([]);
  });

  it('names only files that are there', () => {
    const root = path.resolve(src, '..');
    const listed = ['src', 'test', 'scripts', 'docs', 'prompts'].flatMap((room) =>
      fs.readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file.replaceAll('\\', '/')}`),
    );
    const pages = listed.filter((file) => file.endsWith('.md') && !file.endsWith('CHANGELOG.md'));
    const missing: string[] = [];
    for (const page of ['README.md', ...pages])
      for (const [, named] of fs.readFileSync(path.join(root, page), 'utf8').matchAll(/`([\w./-]+\.(?:ts|js|patch))`/g))
        if (!listed.some((file) => file.endsWith(`/${named}`) || file === named)) missing.push(`${page}: ${named}`);
    expect(missing).toEqual([]);
  });
});
