import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { openPage } from '../support/browser.ts';
import { cleanWords } from '../support/clean-words.ts';
import { type Answer, type ModelServer, startModelServer } from '../support/model-server.ts';
import { type Customer, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { openReview as openOf, wordsOf as said, top } from '../support/review-modal.ts';
import { ask as askOnPage } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

const CHANNEL = 'C0COLLECT';
const OTTERBY: Customer = {
  number: 'C1',
  name: 'Otterby Kettles Ltd',
  due: '2026-11-10',
  migrated: true,
  after: { key: 'friendly', offset: 3 },
};
const OTHER: Customer = { number: 'C2', name: 'Thistlewick Joinery plc', due: '2026-12-31', collector: 'U0TOM' };

let n = 0;
/** Other clean words each time, so that a rewrite changes something. */
const good: Answer = () => ({
  content: JSON.stringify(cleanWords('en', 3 + (n++ % 5))),
  usage: { prompt_tokens: 700, completion_tokens: 150 },
});
const withAside = (aside: string) => {
  const clean = cleanWords('en', 3);
  return () => ({ content: JSON.stringify({ ...clean, paragraphs: [clean.paragraphs[0], aside, ...clean.paragraphs.slice(2)] }) });
};
let answer: Answer = good;
let server: ModelServer;
let desk: ReviewDesk;
let mara: PersonOnPage;
const settings = () => ({ OPENAI_API_KEY: 'test', OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'test-model' });

beforeAll(async () => {
  server = await startModelServer((request) => answer(request));
  desk = await reviewDesk([OTTERBY, OTHER], settings());
  await desk.later();
  mara = await desk.person('U0MARA');
});
afterAll(async () => {
  await desk?.stop();
  await server?.stop();
});

interface Select {
  readonly action_id: string;
  readonly options: readonly { readonly value: string }[];
}

/** Asks for the first other tone that the card offers; resolves to the card as it then is. */
async function redo(card: PageView, timeout = 10_000): Promise<PageView> {
  const blocks = (card.blocks ?? []) as { block_id: string; elements?: Select[] }[];
  const block = blocks.find(({ elements }) => elements?.some((each) => each.action_id === 'draft-redo'))!;
  const select = block.elements!.find((each) => each.action_id === 'draft-redo')!;
  const before = said(card);
  const wished = { type: 'static_select', selected_option: select.options[0] };
  await mara.click({ view: card.id }, block.block_id, select.action_id, wished);
  return vi.waitFor(
    () => {
      const now = top(mara)!;
      expect(said(now)).not.toBe(before);
      expect(said(now)).not.toContain('Writing it again');
      return now;
    },
    { timeout, interval: 20 },
  );
}

it('the card says which model wrote it, with every figure from the ledger, and a redo writes it anew', async () => {
  const card = await openOf(mara);
  expect(said(card)).toContain('Reminder with statement to Otterby Kettles Ltd');
  expect(said(card)).toContain('Written by test-model, every figure put in by code');
  expect(said(card)).toContain('£1,000.00');
  const open = await openPage(desk.url(CHANNEL, 'U0MARA'), { width: 1280, height: 1500 });
  await askOnPage(open.page, '/collections review');
  await open.page.getByText('Written by test-model').last().waitFor();
  await screenshot(open.page, 'review-model');
  await open.close();
  // The page has opened a review of its own.
  const again = await redo(await openOf(mara));
  expect(said(again)).toMatch(/Written again, (friendly|firm|formal)\./);
  expect(said(again)).toContain('Written by test-model');
});

describe('when the model fails, the card has the template and says why', () => {
  const failures: [what: string, failing: Answer, why: string][] = [
    ['too many requests', () => ({ error: { message: 'slow down', type: 'rate_limit_exceeded' }, status: 429 }), 'taking no more requests'],
    ['a broken server', () => ({ error: { message: 'overloaded' }, status: 500 }), 'answered with an error'],
    ['a refusal', () => ({ content: '', finishReason: 'content_filter' }), 'declined to write'],
    ['broken JSON', () => ({ content: '{"subject": "cut off' }), 'could not be read'],
    ['prose', () => ({ content: 'Here is your letter: Dear Sir,' }), 'could not be read'],
    ['other amounts', withAside('The amount is £999.00.'), 'broke a rule twice'],
    ['another customer’s name', withAside('Thistlewick Joinery has paid in the meantime.'), 'broke a rule twice'],
  ];
  it.each(failures)('%s', async (_, failing, why) => {
    answer = good;
    const written = await redo(await openOf(mara));
    expect(said(written)).toContain('Written by test-model');
    answer = failing;
    const card = said(await redo(written));
    expect(card).toContain(why);
    expect(card).toContain('so this is the template of the stage.');
    expect(card).not.toMatch(/999|Thistlewick|Written by|Written again/);
    expect(card).toContain('£1,000.00');
  });

  it('the tokens of the day are used up', async () => {
    const capped = await reviewDesk([OTTERBY], { ...settings(), OPENAI_DAILY_CAP: '100' });
    onTestFinished(() => capped.stop());
    answer = good;
    const asked = server.requests().length;
    await capped.later();
    const card = said(await openOf(await capped.person('U0MARA')));
    expect(card).toContain('The model has used up its tokens for today, so this is the template of the stage.');
    expect(server.requests()).toHaveLength(asked);
  });

  it('no answer comes in time, and the same words again are no change', async () => {
    const card = await openOf(mara);
    expect(said(card)).toContain('template of the stage');
    let release = (_: { content: string }) => {};
    answer = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const after = said(await redo(card, 40_000));
    release({ content: '' });
    expect(after).toContain('The words are the same as before. The model did not answer in time');
  });
});
