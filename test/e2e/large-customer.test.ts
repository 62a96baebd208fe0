import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { ask, newest } from '../support/review-page.ts';

let desk: LetterDesk;
let mara: OpenPage;
const timed = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
  const from = performance.now();
  const result = await run();
  console.log(what, Math.round(performance.now() - from), 'ms');
  return result;
};

beforeAll(async () => {
  desk = await timed('desk', () =>
    letterDesk([
      { number: 'BIG', name: 'Thornbury Wholesale Ltd', many: 9_999, due: '2026-11-10', after: { key: 'note', offset: -3 } },
      { number: 'SMALL', name: 'Quay Ltd', due: '2026-11-10', after: { key: 'note', offset: -3 } },
    ]),
  );
  await timed('tick', () => desk.later());
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1400 });
}, 300_000);
afterAll(async () => {
  await mara?.close();
  console.log(desk?.log);
  await desk?.stop();
});

it('probe', { timeout: 300_000 }, async () => {
  for (const line of ['/account BIG', '/overdue', '/collections mine', '/collections review', '/collections why BIG', '/account SMALL']) {
    const said = await timed(line, () => ask(mara.page, line));
    console.log(said.slice(0, 1500));
  }
});
