import { describe, expect, test } from 'vitest';
import { checkMessageBlocks, checkView } from '../../../src/embedded/slack/block-kit/check.ts';
import { ApiError } from '../../../src/embedded/slack/web-api/api-error.ts';

type Made = object[];
const x = (n: number) => 'x'.repeat(n);
const plain = (n: number) => ({ type: 'plain_text', text: x(n) });
const mrkdwn = (n: number) => ({ type: 'mrkdwn', text: x(n) });
const many = <T>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
const option = (changes: object = {}, i = 0) => ({ text: plain(3), value: `v${i}`, ...changes });
const button = (changes: object = {}) => ({ type: 'button', text: plain(2), ...changes });
const actions = (...elements: object[]): Made => [{ type: 'actions', elements }];
const select = (changes: object) => actions({ type: 'static_select', options: [option()], ...changes });
const confirm = (changes: object) => actions(button({ confirm: { text: plain(2), ...changes } }));
const input = (element: object, changes: object = {}): Made => [{ type: 'input', label: plain(3), element, ...changes }];
const rows = (r: number, c: number, chars = 1) => many(r, () => many(c, () => ({ type: 'raw_text', text: x(chars) })));
const card = (changes: object) => ({ type: 'card', title: mrkdwn(3), ...changes });
const image = { type: 'image', alt_text: 'a', image_url: 'https://example.com/a.png' };
const link = (n: number) => `https://e.example/${x(n - 18)}`;

const MESSAGES: [what: string, limit: number, make: (n: number) => Made, pointer: string][] = [
  ['blocks of a message', 50, (n) => many(n, () => ({ type: 'divider' })), '/blocks'],
  ['block_id', 255, (n) => [{ type: 'divider', block_id: x(n) }], '/blocks/0/block_id'],
  ['action_id', 255, (n) => actions(button({ action_id: x(n) })), '/blocks/0/elements/0/action_id'],
  ['header', 150, (n) => [{ type: 'header', text: plain(n) }], '/blocks/0/text/text'],
  ['section text', 3000, (n) => [{ type: 'section', text: mrkdwn(n) }], '/blocks/0/text/text'],
  ['section fields', 10, (n) => [{ type: 'section', fields: many(n, () => plain(1)) }], '/blocks/0/fields'],
  ['section field', 2000, (n) => [{ type: 'section', fields: [plain(n)] }], '/blocks/0/fields/0/text'],
  ['context elements', 10, (n) => [{ type: 'context', elements: many(n, () => mrkdwn(1)) }], '/blocks/0/elements'],
  ['actions elements', 25, (n) => actions(...many(n, () => button())), '/blocks/0/elements'],
  ['button text', 75, (n) => actions(button({ text: plain(n) })), '/blocks/0/elements/0/text/text'],
  ['button value', 2000, (n) => actions(button({ value: x(n) })), '/blocks/0/elements/0/value'],
  ['button url', 3000, (n) => actions(button({ url: link(n) })), '/blocks/0/elements/0/url'],
  ['accessibility label', 75, (n) => actions(button({ accessibility_label: x(n) })), '/blocks/0/elements/0/accessibility_label'],
  ['confirm title', 100, (n) => confirm({ title: plain(n) }), '/blocks/0/elements/0/confirm/title/text'],
  ['confirm text', 300, (n) => confirm({ text: plain(n) }), '/blocks/0/elements/0/confirm/text/text'],
  ['confirm button', 30, (n) => confirm({ confirm: plain(n) }), '/blocks/0/elements/0/confirm/confirm/text'],
  ['deny button', 30, (n) => confirm({ deny: plain(n) }), '/blocks/0/elements/0/confirm/deny/text'],
  ['option text', 75, (n) => select({ options: [option({ text: plain(n) })] }), '/blocks/0/elements/0/options/0/text/text'],
  ['option value', 150, (n) => select({ options: [option({ value: x(n) })] }), '/blocks/0/elements/0/options/0/value'],
  [
    'option description',
    75,
    (n) => select({ options: [option({ description: plain(n) })] }),
    '/blocks/0/elements/0/options/0/description/text',
  ],
  ['select options', 100, (n) => select({ options: many(n, (i) => option({}, i)) }), '/blocks/0/elements/0/options'],
  [
    'option groups',
    100,
    (n) => actions({ type: 'static_select', option_groups: many(n, () => ({ label: plain(1), options: [option()] })) }),
    '/blocks/0/elements/0/option_groups',
  ],
  ['overflow options', 5, (n) => actions({ type: 'overflow', options: many(n, (i) => option({}, i)) }), '/blocks/0/elements/0/options'],
  ['radio options', 10, (n) => actions({ type: 'radio_buttons', options: many(n, (i) => option({}, i)) }), '/blocks/0/elements/0/options'],
  ['checkbox options', 10, (n) => actions({ type: 'checkboxes', options: many(n, (i) => option({}, i)) }), '/blocks/0/elements/0/options'],
  ['placeholder', 150, (n) => select({ placeholder: plain(n) }), '/blocks/0/elements/0/placeholder/text'],
  ['markdown block', 12_000, (n) => [{ type: 'markdown', text: x(n) }], '/blocks/0/text'],
  ['table rows', 100, (n) => [{ type: 'table', rows: rows(n, 1) }], '/blocks/0/rows'],
  ['table columns', 20, (n) => [{ type: 'table', rows: rows(1, n) }], '/blocks/0/rows/0'],
  ['characters in a table', 10_000, (n) => [{ type: 'table', rows: rows(1, 1, n) }], '/blocks'],
  ['tables', 1, (n) => many(n, () => ({ type: 'table', rows: rows(1, 1) })), '/blocks'],
  ['data table rows', 201, (n) => [{ type: 'data_table', caption: 'c', rows: rows(n, 1) }], '/blocks/0/rows'],
  ['data table page', 100, (n) => [{ type: 'data_table', caption: 'c', rows: rows(2, 1), page_size: n }], '/blocks/0/page_size'],
  [
    'characters in a data table',
    20_000,
    (n) => [{ type: 'data_table', caption: 'c', rows: [rows(1, 1)[0], rows(1, 1, n - 1)[0]] }],
    '/blocks',
  ],
  ['card title', 150, (n) => [card({ title: mrkdwn(n) })], '/blocks/0/title/text'],
  ['card body', 200, (n) => [card({ body: mrkdwn(n) })], '/blocks/0/body/text'],
  ['card actions', 3, (n) => [card({ actions: many(n, () => button()) })], '/blocks/0/actions'],
  ['carousel cards', 10, (n) => [{ type: 'carousel', elements: many(n, () => card({})) }], '/blocks/0/elements'],
  [
    'container blocks',
    10,
    (n) => [{ type: 'container', title: plain(3), child_blocks: many(n, () => ({ type: 'divider' })) }],
    '/blocks/0/child_blocks',
  ],
  ['image title', 2000, (n) => [{ ...image, title: plain(n) }], '/blocks/0/title/text'],
];

const modal = (changes: object) => ({ type: 'modal', title: plain(5), submit: plain(4), blocks: [], ...changes });

const VIEWS: [what: string, limit: number, make: (n: number) => object, pointer: string][] = [
  ['blocks of a modal', 100, (n) => modal({ blocks: many(n, () => ({ type: 'divider' })) }), '/view/blocks'],
  ['blocks of a Home', 100, (n) => ({ type: 'home', blocks: many(n, () => ({ type: 'divider' })) }), '/view/blocks'],
  ['modal title', 24, (n) => modal({ title: plain(n) }), '/view/title/text'],
  ['submit', 24, (n) => modal({ submit: plain(n) }), '/view/submit/text'],
  ['close', 24, (n) => modal({ close: plain(n) }), '/view/close/text'],
  ['private_metadata', 3000, (n) => modal({ private_metadata: x(n) }), '/view/private_metadata'],
  ['callback_id', 255, (n) => modal({ callback_id: x(n) }), '/view/callback_id'],
  ['input label', 2000, (n) => modal({ blocks: input({ type: 'datepicker' }, { label: plain(n) }) }), '/view/blocks/0/label/text'],
  ['input hint', 2000, (n) => modal({ blocks: input({ type: 'datepicker' }, { hint: plain(n) }) }), '/view/blocks/0/hint/text'],
  ['max_length', 3000, (n) => modal({ blocks: input({ type: 'plain_text_input', max_length: n }) }), '/view/blocks/0/element/max_length'],
  ['alert', 200, (n) => modal({ blocks: [{ type: 'alert', text: plain(n) }] }), '/view/blocks/0/text/text'],
];

/** The refusal's code and first pointer, or null when it is taken. */
function refusal(check: () => unknown): { code: string; pointer: string | undefined } | null {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const messages = (error.detail.response_metadata as { messages: string[] } | undefined)?.messages ?? [];
    return { code: error.code, pointer: /json-pointer:([^\]]+)\]/.exec(messages[0] ?? '')?.[1] };
  }
}

describe('what a message may hold', () => {
  test.each(MESSAGES)('%s: %i and no more', (_what, limit, make, pointer) => {
    expect(refusal(() => checkMessageBlocks(make(limit)))).toBeNull();
    expect(refusal(() => checkMessageBlocks(make(limit + 1)))).toEqual({ code: 'invalid_blocks', pointer });
  });

  test('13,200 characters over all blocks and no more', () => {
    const sections = (last: number) => [...many(4, () => ({ type: 'section', text: plain(3000) })), { type: 'section', text: plain(last) }];
    expect(refusal(() => checkMessageBlocks(sections(1200)))).toBeNull();
    expect(refusal(() => checkMessageBlocks(sections(1201)))).toEqual({ code: 'msg_blocks_too_long', pointer: undefined });
  });
});

describe('what a view may hold', () => {
  test.each(VIEWS)('%s: %i and no more', (_what, limit, make, pointer) => {
    expect(refusal(() => checkView(make(limit)))).toBeNull();
    expect(refusal(() => checkView(make(limit + 1)))).toEqual({ code: 'invalid_arguments', pointer });
  });

  test('250,000 bytes and no more', () => {
    const sections = (last: number) => [
      ...many(84, () => ({ type: 'section', text: plain(2900) })),
      { type: 'section', text: plain(last) },
    ];
    const fill = 250_000 - JSON.stringify(modal({ blocks: sections(0) })).length;
    expect(refusal(() => checkView(modal({ blocks: sections(fill) })))).toBeNull();
    expect(refusal(() => checkView(modal({ blocks: sections(fill + 1) })))).toEqual({ code: 'view_too_large', pointer: undefined });
  });
});

describe('what Slack refuses whatever its size', () => {
  const refused: [string, Made, string][] = [
    ['an unknown block', [{ type: 'chart' }], '/blocks/0/type'],
    ['a block Slack shows in modals only', [{ type: 'alert', text: plain(3) }], '/blocks/0'],
    ['an unknown member', [{ type: 'divider', colour: 'red' }], '/blocks/0'],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn(3) }], '/blocks/0/text/type'],
    ['an empty text', [{ type: 'section', text: plain(0) }], '/blocks/0/text/text'],
    ['a section without text', [{ type: 'section' }], '/blocks/0'],
    ['a select without options', select({ options: [] }), '/blocks/0/elements/0/options'],
    ['a select with both lists', select({ option_groups: [{ label: plain(1), options: [option()] }] }), '/blocks/0/elements/0'],
    ['a colour for a button', actions(button({ style: 'green' })), '/blocks/0/elements/0/style'],
    ['a link that is none', actions(button({ url: 'javascript:alert(1)' })), '/blocks/0/elements/0/url'],
    [
      'the same block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      '/blocks/1/block_id',
    ],
    ['the same action_id twice', actions(button({ action_id: 'a' }), button({ action_id: 'a' })), '/blocks/0/elements/1/action_id'],
    ['a date that is none', actions({ type: 'datepicker', initial_date: '2026-02-30' }), '/blocks/0/elements/0/initial_date'],
  ];
  test.each(refused)('%s', (_what, blocks, pointer) => {
    expect(refusal(() => checkMessageBlocks(blocks))).toEqual({ code: 'invalid_blocks', pointer });
  });

  test('an input in a modal without submit', () => {
    const view = { type: 'modal', title: plain(3), blocks: input({ type: 'datepicker' }) };
    expect(refusal(() => checkView(view))).toEqual({ code: 'invalid_arguments', pointer: '/view/submit' });
  });

  test('a table in a modal', () => {
    expect(refusal(() => checkView(modal({ blocks: [{ type: 'table', rows: rows(1, 1) }] })))).toEqual({
      code: 'invalid_arguments',
      pointer: '/view/blocks/0',
    });
  });
});

test('blocks and elements without an id are given one, others keep theirs', () => {
  const [first, second] = checkMessageBlocks([...actions(button()), { type: 'divider', block_id: 'mine' }]) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  expect(first.block_id).toEqual(expect.any(String));
  expect((first.elements as { action_id: string }[])[0]?.action_id).toMatch(/.+/);
  expect(second.block_id).toBe('mine');
});
