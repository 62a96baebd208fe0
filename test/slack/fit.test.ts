import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMessageBlocks, checkView } from '../../src/embedded/slack/block-kit/check.ts';
import { LIMITS as STAND_IN } from '../../src/embedded/slack/block-kit/limits.ts';
import { fitMessage, fitView } from '../../src/slack/fit.ts';
import type { Json } from '../../src/slack/fit-elements.ts';
import { LIMITS } from '../../src/slack/limits.ts';
import { clip } from '../../src/slack/text.ts';

/** Mostly short, now and then far beyond the limit, with what must not be cut through. */
const words = (limit: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: Math.min(limit, 30) }) },
    { weight: 1, arbitrary: fc.constantFrom('', '&amp;', '<@U0MARA>', '<https://pay.example/x|Pay>', '👩‍⚖️') },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom('a', '&amp; ', '<@U0MARA> ', '<https://pay.example/i|label of a link> ', '😀'),
          fc.integer({ min: 1, max: 3 }),
        )
        .map(([part, times]) => part.repeat(Math.ceil((limit * times) / part.length) + 1)),
    },
  );
const plain = (limit: number) => words(limit).map((text) => ({ type: 'plain_text', text }));
const anyText = (limit: number) => fc.tuple(fc.constantFrom('plain_text', 'mrkdwn'), words(limit)).map(([type, text]) => ({ type, text }));
const id = (limit: number) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constant('i'.repeat(limit + 1)) },
  );
const few = <T>(of: fc.Arbitrary<T>, limit: number) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.array(of, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(of, { minLength: limit + 1, maxLength: limit + 3, size: 'max' }) },
  );
const option = fc.record({ text: plain(75), value: id(150) });
const choice = (type: string, limit: number) =>
  few(option, limit).chain((options) =>
    fc
      .record({ type: fc.constant(type), action_id: id(255), options: fc.constant(options) })
      .chain((element) =>
        fc
          .integer({ min: -1, max: options.length - 1 })
          .map((n) =>
            n < 0 || type === 'overflow'
              ? element
              : type.startsWith('multi') || type === 'checkboxes'
                ? { ...element, initial_options: [options[n]!] }
                : { ...element, initial_option: options[n]! },
          ),
      ),
  );
const confirm = fc.record({ title: plain(100), text: anyText(300), confirm: plain(30), deny: plain(30) });
const button = fc.record({
  type: fc.constant('button'),
  action_id: id(255),
  text: plain(75),
  value: fc.oneof(fc.string({ maxLength: 20 }), fc.constant('v'.repeat(2001))),
});
const asking = fc.tuple(button, confirm).map(([of, confirm]) => ({ ...of, confirm }));
const element = fc.oneof(
  button,
  asking,
  choice('static_select', 100),
  choice('overflow', 5),
  choice('radio_buttons', 10),
  choice('checkboxes', 10),
  choice('multi_static_select', 100),
);
const block_id = fc.oneof({ weight: 6, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('same', 'b'.repeat(256)) });
const cell = words(300).map((text) => ({ type: 'raw_text', text }));
const inputs = fc.oneof(
  choice('static_select', 100),
  choice('checkboxes', 10),
  fc.record({
    type: fc.constant('plain_text_input'),
    action_id: id(255),
    placeholder: plain(150),
    max_length: fc.integer({ min: 1, max: 9000 }),
  }),
  words(3000).map((initial_value) => ({ type: 'plain_text_input', action_id: 'value', initial_value })),
);
const shown: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ type: fc.constant('section'), block_id, text: anyText(3000) }),
  fc.record({ type: fc.constant('section'), text: anyText(3000), accessory: element }),
  fc.record({ type: fc.constant('section'), fields: few(anyText(2000), 10) }),
  fc.record({ type: fc.constant('header'), block_id, text: plain(150) }),
  fc.constant({ type: 'divider' }),
  fc.record({ type: fc.constant('context'), elements: few(anyText(2000), 10) }),
  fc.record({ type: fc.constant('actions'), block_id, elements: few(element, 25) }),
  fc.record({ type: fc.constant('image'), alt_text: words(2000), image_url: fc.constant('https://a.example/b.png') }),
  fc.record({
    type: fc.constant('rich_text'),
    elements: few(
      words(4000).map((text) => ({ type: 'rich_text_quote', elements: [{ type: 'text', text }] })),
      5,
    ),
  }),
  fc.record({
    type: fc.constant('table'),
    rows: fc.oneof(few(fc.array(cell, { minLength: 1, maxLength: 4 }), 100), few(fc.array(cell, { minLength: 21, maxLength: 22 }), 3)),
  }),
);
const input = fc.record({ type: fc.constant('input'), block_id, label: plain(2000), hint: plain(2000), element: inputs });
const many = (of: fc.Arbitrary<Json>, limit: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(of, { minLength: 1, maxLength: 8 }) },
    { weight: 1, arbitrary: fc.array(of, { minLength: limit, maxLength: limit + 20, size: 'max' }) },
  );
const message = fc.record({ text: words(4000), blocks: many(shown, 50) });
const frame = {
  callback_id: fc.constant('form'),
  title: plain(24),
  submit: plain(24),
  close: plain(24),
  private_metadata: fc.oneof(fc.constant('{}'), fc.constant('p'.repeat(3001))),
};
const view = fc.oneof(
  fc.record({ type: fc.constant('modal'), ...frame, blocks: many(fc.oneof(shown, input), 100) }),
  fc.record({ type: fc.constant('home'), blocks: many(shown, 100) }),
);

const taken = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};
/** The workspace counts an emoji as one character, we as two: nobody says which Slack does, and ours is the safe one. */
const countsAlike = (given: unknown) => !/[\ud800-\udbff]/.test(JSON.stringify(given));
// The checker names blocks in place, so it gets a copy.
function takesMessage(content: { text?: string; blocks?: Json[] }): void {
  expect(content.text?.length).toBeLessThanOrEqual(STAND_IN.messageText);
  checkMessageBlocks(structuredClone(content.blocks));
}

describe('what leaves', () => {
  test('every message is taken, whatever went in; what fitted leaves unchanged', () => {
    fc.assert(
      fc.property(message, (given) => {
        const { value, cuts } = fitMessage(given);
        takesMessage(value);
        if (cuts.length === 0) expect(value).toEqual(given);
        // Under our own limits by a margin, since nobody says what Slack's sum counts.
        const fits =
          countsAlike(given) &&
          taken(() => takesMessage(given)) &&
          JSON.stringify(given).length < LIMITS.messageBlockText &&
          given.text !== '';
        if (fits) expect(cuts).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('every form and Home is taken, whatever went in; what fitted leaves unchanged', () => {
    fc.assert(
      fc.property(view, (given) => {
        const { value, cuts } = fitView(given);
        checkView(structuredClone(value));
        if (cuts.length === 0) expect(value).toBe(given);
        if (countsAlike(given) && taken(() => checkView(structuredClone(given)))) expect(cuts).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('a text is never cut within an entity, a mention, a link or a character', () => {
    fc.assert(
      fc.property(words(60), fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const cut = clip(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        if (text.length <= limit) {
          expect(cut).toBe(text);
          return;
        }
        expect(cut.isWellFormed() || !text.isWellFormed()).toBe(true);
        expect(cut.replaceAll('&amp;', '')).not.toMatch(/&(a|am|amp)…$/);
        expect(cut).not.toMatch(/<[@h][^>]*…$/);
      }),
    );
  });

  test('no limit of ours is above the one that the workspace enforces', () => {
    for (const [name, limit] of Object.entries(LIMITS))
      expect([name, limit <= STAND_IN[name as keyof typeof LIMITS]]).toEqual([name, true]);
  });
});

describe('what stays when a message is too long', () => {
  const section = (text: string): Json => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const context = (text: string): Json => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] });
  const buttons: Json = { type: 'actions', elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Open' } }] };

  test('its head, its buttons and its last line; the end of a list goes before its beginning, and one line says so', () => {
    const rows = Array.from({ length: 80 }, (_, n) => section(`row ${n + 1}`));
    const given = [
      { type: 'header', text: { type: 'plain_text', text: 'List' } },
      context('80 rows'),
      ...rows,
      buttons,
      context('as of 08:10'),
    ];
    const { value, cuts } = fitMessage({ text: 'List', blocks: given as Json[] });
    const text = JSON.stringify(value.blocks);
    expect(value.blocks).toHaveLength(50);
    expect(value.blocks?.at(-2)).toBe(buttons);
    for (const part of ['"List"', '80 rows', 'row 1"', 'row 45"', 'as of 08:10', 'Too long for Slack: 35 parts are not shown here.'])
      expect(text).toContain(part);
    expect(text).not.toContain('row 46"');
    expect(cuts).toEqual(['blocks 84 > 49']);
  });

  test('a form with a value too long for its field does not open without it', () => {
    const element = { type: 'plain_text_input', action_id: 'value', initial_value: 'x'.repeat(3001) };
    const field = { type: 'input', block_id: 'body', label: { type: 'plain_text', text: 'Text' }, element };
    const { value } = fitView({
      type: 'modal',
      title: { type: 'plain_text', text: 'Edit' },
      submit: { type: 'plain_text', text: 'Save' },
      blocks: [field],
    });
    expect(JSON.stringify(value)).toContain('This form is larger than Slack can show. Nothing was changed.');
  });
});
