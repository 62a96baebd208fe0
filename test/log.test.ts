import { describe, expect, test } from 'vitest';
import { createLog, scrub } from '../src/log.ts';

describe('what is logged holds no secret and no address', () => {
  test.each([
    ['mail to anna.b+c@mail.holm-sons.example now', 'mail to [address] now'],
    ['<anna@holm.example>,otto@holm.example', '<[address]>,[address]'],
    ['..a@b.example..', '[address]..'],
    ['a@b is no address, nor is @b.example', 'a@b is no address, nor is @b.example'],
    ['a@b@c.example', 'a@[address]'],
    ['smtp://user:pass@mail.example:25', 'smtp://[secret]@mail.example:25'],
    ['xoxb-1-2 xapp-1-A sk-abc', '[secret] [secret] [secret]'],
  ])('%s', (text, expected) => expect(scrub(text)).toBe(expected));
});

test('a text of a megabyte is scrubbed in no more than a moment, whatever it is made of', () => {
  const size = 1_000_000;
  const pieces = ['a', 'a.', 'a@', 'a@b', '@a.', '-', '://', '://a', 'xoxb', 'sk-', 'a@b.', ' a', 'a@-', '+._'];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(size / piece.length));
    const before = performance.now();
    scrub(text);
    expect(performance.now() - before, piece).toBeLessThan(1_000);
  }
});

test('an error that carries such a text is one line of JSON', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const before = performance.now();
  log.error({ err: new Error(`${'a'.repeat(1_000_000)} anna@holm.example\nxoxb-1-2`) }, 'x'.repeat(1_000_000));
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!).err.message).toMatch(/a \[address\]\n\[secret\]$/);
});
