import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p19 } from './p19.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('answers within ten seconds of the end of every outage, loses nothing that was acknowledged and doubles nothing', async () => {
  const { held, figures } = await p19('test', src);
  expect(figures).toMatchObject({ late: 0, clickLost: 0, commandLost: 0, eventLost: 0, postLost: 0 });
  expect(figures).toMatchObject({ clickDoubled: 0, commandDoubled: 0, eventDoubled: 0, postDoubled: 0 });
  expect(figures.inTheMiddle).toBeGreaterThan(0);
  expect(held).toBe(true);
});

it('finds the bot deaf that tries three times and has no watchdog', async () => {
  const { held, figures } = await withControl('p19.patch', (patched) => p19('test', patched));
  expect(figures.late).toBe(1);
  expect(held).toBe(false);
});
