import { expect, it, onTestFinished } from 'vitest';
import { ask, press, said } from '../support/ask.ts';
import { reviewDesk } from '../support/review-desk.ts';

it('what is too small for any further step is listed; one that is kept leaves the list', { timeout: 60_000 }, async () => {
  const after = { key: 'friendly', offset: 3 };
  const desk = await reviewDesk([
    { number: 'S1', name: 'Thimble Ltd', due: '2026-09-10', total: 18_00, after },
    { number: 'S2', name: 'Bodkin Ltd', due: '2026-09-10', after },
    ...Array.from({ length: 10 }, (_, n) => ({ number: `T${n}`, name: `Tailor ${n} Ltd`, due: '2026-09-11', total: 10_00, after })),
  ]);
  onTestFinished(() => desk.stop());
  await desk.later();
  const mara = await desk.person('U0MARA');
  const list = () => ask(mara, 'C0COLLECT', '/collections small');
  const before = await list();
  expect(said(before)).toMatch(/Small balances\*: 11 invoices, £118\.00\. .*keep it for 60 days/);
  expect(said(before)).toMatch(/Thimble Ltd.*I-S1 · £18\.00 · 74 days past due/);
  await press(mara, before, 'small-keep');
  await expect.poll(async () => said(await list())).toContain('10 invoices, £100.00');
  await expect.poll(async () => said(await list())).not.toContain('Thimble');
});
