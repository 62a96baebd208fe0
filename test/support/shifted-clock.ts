/**
 * Preloaded (`node --import`) into the process of a store: its clock, which every instance follows, is ahead of the machine's by the milliseconds
 * that the file of ARREARS_TEST_AHEAD holds at that moment. Its worker threads load it, too.
 */
import fs from 'node:fs';

const file = process.env.ARREARS_TEST_AHEAD!;
const Machine = Date;
const now = () => Machine.now() + Number(fs.readFileSync(file, 'utf8'));

globalThis.Date = class extends Machine {
  constructor(...given: [] | [number]) {
    if (given.length === 0) super(now());
    else super(...given);
  }

  static override now = now;
} as DateConstructor;
