import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageMessage, PageView } from '../../src/embedded/slack/page-protocol.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { askLetter } from '../support/ask-letter.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';

const CUSTOMERS = ['L1', 'L2', 'L3', 'L4', 'L5'];
const LINE = 'The chart follows.';

let desk: LetterDesk;
let mara: PersonOnPage;
let ines: PersonOnPage;
beforeAll(async () => {
  desk = await letterDesk(CUSTOMERS.map((number) => ({ number, name: `Customer ${number}` })));
  await desk.later();
  [mara, ines] = [await desk.person('U0MARA'), await desk.person('U0INES')];
}, 60_000);
afterAll(() => desk?.stop());

/** Uploads to Slack since the test began. */
const sent = vi.spyOn(globalThis, 'fetch');
beforeEach(() => void sent.mockClear());
const uploads = () => sent.mock.calls.filter(([url]) => /\/upload\/F/.test(String(url))).length;

type Block = { type: string; alt_text?: string };
const imagesIn = ({ blocks = [] }: Pick<PageMessage, 'blocks'> | PageView) => (blocks as Block[]).filter(({ type }) => type === 'image');
const saidIn = (of: Pick<PageMessage, 'blocks'>) => JSON.stringify(of.blocks);
const files = (ready: number | 'never') => desk.control({ do: 'timing', files: ready });
const hours = async (count: number) => {
  for (let each = 0; each < count; each += 1) await desk.later(60);
};

const days = [24, 25, 26, 27, 30];
/** Something is paid, so that the digest of the next business day has another chart. */
async function nextDay(): Promise<void> {
  const day = days.shift()!;
  await desk.pay('L5', 1_000 + day);
  await desk.morning(`2026-11-${day}T09:05:00Z`);
}

async function nextDigest(): Promise<PageMessage> {
  const before = (await digest()).ts;
  await nextDay();
  return until(
    async () => [await digest()].find(({ ts }) => ts !== before),
    () => 'another digest',
  );
}

/** The newest one. */
async function digest(): Promise<PageMessage> {
  const found = (await mara.messages('C0COLLECT')).filter(({ text }) => text.startsWith('Overdue digest'));
  expect(new Set(found.map(({ text }) => text.slice(0, 40))).size).toBe(found.length);
  return found.at(-1)!;
}

async function openHome(person: PersonOnPage): Promise<PageView> {
  const seen = person.seen.length;
  await person.act({ do: 'open-home' });
  return nextHome(person, seen);
}

const nextHome = (person: PersonOnPage, seen: number) =>
  until(
    () => {
      const event = person.seen.slice(seen).find(({ type }) => type === 'home');
      return event?.type === 'home' ? event.view : undefined;
    },
    () => 'Home',
  );

async function letterIn(number: string): Promise<PageMessage | undefined> {
  const [stored] = await desk.stores.cases.ofAccount(accountId(number), 1);
  if (!stored?.place) return undefined;
  const replies = await ines.messages('C0ESCALATE', stored.place.ts);
  const shown = replies.filter(({ text }) => text.startsWith('The letter'));
  expect(shown.length).toBeLessThanOrEqual(1);
  return shown[0];
}

async function ask(number: string): Promise<PageMessage> {
  await askLetter(mara, number);
  await desk.later();
  return until(
    () => letterIn(number),
    () => 'the letter in its thread',
  );
}

describe('a letter in its case’s thread', () => {
  it('has its pages at once when Slack is quick, each uploaded once', async () => {
    await files(0);
    expect(imagesIn(await ask('L1'))).toHaveLength(1);
    expect(uploads()).toBe(1);
  });

  it('waits for pages that take three seconds', async () => {
    await files(700);
    expect(imagesIn(await ask('L2'))).toHaveLength(1);
  });

  it('is there without pages that take twenty, and gets them', async () => {
    await files('never');
    const posted = await ask('L3');
    expect(imagesIn(posted)).toEqual([]);
    expect(saidIn(posted)).toContain('The picture of the letter follows.');
    expect(saidIn(posted)).toContain('We require payment of');
    await files(0);
    await desk.later();
    const later = (await letterIn('L3'))!;
    expect([later.ts, imagesIn(later).length]).toEqual([posted.ts, 1]);
    expect(uploads()).toBe(1);
  });

  it('whose pages never come can be read and decided', async () => {
    await files('never');
    const posted = await ask('L4');
    expect(saidIn(posted)).toContain('We require payment of');
    expect(saidIn(posted)).toContain('letter-pdf');
  });
});

describe('a digest', () => {
  it('has its chart at once when Slack is quick, and so has Home: one upload', async () => {
    await files(0);
    expect(imagesIn(await nextDigest())).toHaveLength(1);
    expect(imagesIn(await openHome(ines))).toHaveLength(1);
    expect(uploads()).toBe(1);
  });

  it('waits for a chart that takes three seconds', async () => {
    await files(700);
    const posted = await nextDigest();
    expect(imagesIn(posted)).toHaveLength(1);
    expect(posted.edited).toBe(false);
    expect(uploads()).toBe(1);
  });

  it('goes out without a chart that takes twenty, and gets it; so does a Home that is still what was drawn', async () => {
    await files('never');
    const posted = await nextDigest();
    expect(imagesIn(posted)).toEqual([]);
    expect(saidIn(posted)).toContain(LINE);
    expect(imagesIn(await openHome(ines))).toEqual([]);
    await desk.later();
    await files(0);
    const seen = ines.seen.length;
    await desk.later();
    expect(imagesIn(await nextHome(ines, seen))).toHaveLength(1);
    const later = await digest();
    expect([later.ts, imagesIn(later).length, saidIn(later).includes(LINE)]).toEqual([posted.ts, 1, false]);
    expect(uploads()).toBe(1);
  });

  it('whose chart never comes stays complete without it: nobody asks Slack after a day, and the line that promised it goes', async () => {
    await files('never');
    const posted = await nextDigest();
    expect(saidIn(posted)).toContain(LINE);
    expect(saidIn(await openHome(ines))).toContain('90 days');
    await hours(12);
    expect(saidIn(await digest())).toContain(LINE);
    await hours(13);
    const after = (await mara.messages('C0COLLECT')).find(({ ts }) => ts === posted.ts)!;
    expect(saidIn(after)).not.toContain(LINE);
    sent.mockClear();
    await hours(2);
    expect(sent.mock.calls.filter(([url]) => String(url).includes('files.info'))).toEqual([]);
    expect(uploads()).toBe(0);
  });

  it('that Slack refuses for another reason is not posted, and the reason is in the log', async () => {
    await files(0);
    const before = (await digest()).ts;
    await desk.control({ do: 'fault', fault: { fault: 'refuse', method: 'chat.postMessage', next: 500, error: 'invalid_blocks' } });
    await nextDay();
    expect((await digest()).ts).toBe(before);
    expect(desk.log.some((line) => line.includes('invalid_blocks'))).toBe(true);
    await desk.control({ do: 'clear-faults' });
    await desk.later();
    expect(imagesIn(await digest())).toHaveLength(1);
    expect((await digest()).ts).not.toBe(before);
    expect(uploads()).toBe(1);
  });
});
