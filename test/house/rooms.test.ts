import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const src = path.resolve(import.meta.dirname, '../../src');
const files = fs.readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const read = (file: string) => fs.readFileSync(path.join(src, file), 'utf8');

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

  it('does not use Date in domain', () => {
    expect(files.filter((file) => file.startsWith('domain') && /\bDate[.(]|new Date\b/.test(read(file)))).toEqual([]);
  });
});
