import { expect, it } from 'vitest';
import { runScript } from '../support/run-script.ts';

const LINES = [
  'import',
  'digest',
  'report',
  'decisions',
  'drafts',
  'sending',
  'sending-limited',
  'trail',
  'trail',
  'trail-file',
  'approvals',
  'start',
  'acks',
];

it('prints a line for every part, and every figure in it is a number that can be', { timeout: 180_000 }, async () => {
  const { code, stdout, stderr } = await runScript('bench.ts', ['--size', 'tiny'], {});
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ bench }) => bench)).toEqual(LINES);
  for (const { bench, ...figures } of lines) {
    expect(Object.keys(figures).length, `${bench}`).toBeGreaterThan(1);
    // What is not finite is null in JSON.
    for (const [name, figure] of Object.entries(figures).flatMap(([name, each]) => [each].flat().map((one) => [name, one] as const)))
      expect(figure, `${bench} ${name}`).toEqual(expect.any(Number));
  }
});

it('says how it is used when it is asked for what it has not', async () => {
  const { code, stderr } = await runScript('bench.ts', ['weather'], {});
  expect(code).toBe(1);
  expect(stderr).toContain('Usage: npm run bench');
});
