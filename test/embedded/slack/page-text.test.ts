import { describe, expect, it } from 'vitest';
import { encodeText, hintsFor } from '../../../src/embedded/slack/page/composer-hints.ts';
import { composerDeed } from '../../../src/embedded/slack/page/composer-keys.ts';
import { formatSlackDate } from '../../../src/embedded/slack/page/dates.ts';
import { parseMarkdown } from '../../../src/embedded/slack/page/markdown.ts';
import { type Inline, type Part, parseMrkdwn } from '../../../src/embedded/slack/page/mrkdwn.ts';
import { formatRoute, parseRoute } from '../../../src/embedded/slack/page/route.ts';
import { SentLines } from '../../../src/embedded/slack/page/sent-lines.ts';
import type { PageSnapshot } from '../../../src/embedded/slack/page-protocol.ts';

/** Parts in a short form: *bold* /italic/ ~strike~ `code` [label](url) @U1 #C1. */
const short = (parts: Part[]): string => parts.map(shortPart).join('|');

function shortPart(part: Part): string {
  if (part.kind === 'list') return `list(${part.items.map(shortInlines).join(',')})`;
  if (part.kind === 'table') return `table(${[part.head, ...part.rows].map((row) => row.map(shortInlines).join(',')).join(';')})`;
  if (part.kind === 'rule') return 'rule';
  const text = shortInlines(part.content);
  return part.kind === 'text' ? text : `${part.kind}(${text})`;
}

const MARKS = { bold: '*', italic: '/', strike: '~', underline: '_', code: '`' };

const shortInlines = (inlines: Inline[]): string => inlines.map(shortInline).join('');

function shortInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'break':
      return '↵';
    case 'styled':
      return `${MARKS[inline.style]}${shortInlines(inline.children)}${MARKS[inline.style]}`;
    case 'link':
      return `[${shortInlines(inline.children)}](${inline.url})`;
    case 'user':
      return `@${inline.id}`;
    case 'channel':
      return `#${inline.id}`;
    case 'mention':
      return `!${inline.text}`;
    case 'emoji':
      return `:${inline.name}:`;
    case 'date':
      return `date(${inline.timestamp},${inline.format},${inline.fallback})`;
    case 'color':
      return inline.value;
  }
}

describe('mrkdwn', () => {
  it.each([
    ['*bold* _it_ ~no~ `code`', '*bold* /it/ ~no~ `code`'],
    ['*_both_*', '*/both/*'],
    ['a*b*c 2*3*4 snake_case_name', 'a*b*c 2*3*4 snake_case_name'],
    ['* not bold * and *not\nacross*', '* not bold * and *not↵across*'],
    ['(*bold*), "_it_".', '(*bold*), "/it/".'],
    ['`*not bold* &lt;b&gt;`', '`*not bold* <b>`'],
    ['a ```x *y*\nz``` b', 'a |pre(x *y*\nz)| b'],
    ['&gt; quoted\n> too\nnot', 'quote(quoted↵too)|not'],
    ['one\n>>> all\nthe rest', 'one|quote(all↵the rest)'],
    ['<https://x.example/a?b=1&amp;c=2|*label*>', '[*label*](https://x.example/a?b=1&c=2)'],
    ['see https://x.example/a.', 'see [https://x.example/a](https://x.example/a).'],
    ['<mailto:a@b.example>', '[a@b.example](mailto:a@b.example)'],
    ['<@U1> in <#C1|sales> <!channel> <!here|here>', '@U1 in #C1 !@channel !@here'],
    ['<!date^1700000000^{date}^https://x.example|fallback>', 'date(1700000000,{date},fallback)'],
    [':moneybag: :no_such_emoji: 10:30:45', ':moneybag: :no_such_emoji: 10:30:45'],
    ['&amp;lt; is not &lt;', '&lt; is not <'],
  ])('%j', (text, expected) => {
    expect(short(parseMrkdwn(text))).toBe(expected);
  });

  it('an escaped customer name mentions nobody and links nowhere', () => {
    expect(short(parseMrkdwn('&lt;!channel&gt; &lt;b&gt; &lt;@U1&gt; &lt;https://evil.example|us&gt;'))).toBe(
      '<!channel> <b> <@U1> <[https://evil.example](https://evil.example)|us>',
    );
  });

  it('an address that a browser would run is no link', () => {
    expect(short(parseMrkdwn('<javascript:alert(1)|pay here>'))).toBe('<javascript:alert(1)|pay here>');
  });
});

describe('markdown', () => {
  it.each([
    ['# One\ntext', 'heading(One)|text'],
    ['**b** *i* ~~s~~ `c` [l](https://x.example)', '*b* /i/ ~s~ `c` [l](https://x.example)'],
    ['- a\n- b\n\n1. c\n2. d', 'list(a,b)|list(c,d)'],
    ['- [x] done', 'list(:ballot_box_with_check: done)'],
    ['| A | B |\n|---|--:|\n| 1 | 2 |', 'table(A,B;1,2)'],
    ['```\n**raw**\n```', 'pre(**raw**)'],
    ['> quoted\n\n---', 'quote(quoted)|rule'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['\\*literal\\*', '*literal*'],
  ])('%j', (text, expected) => {
    expect(short(parseMarkdown(text))).toBe(expected);
  });
});

describe('verbatim', () => {
  // https://docs.slack.dev/reference/block-kit/composition-objects/text-object/
  it('an address in a text is no link; one that was written as a link is', () => {
    const kinds = (text: string, verbatim: boolean) =>
      parseMrkdwn(text, verbatim).flatMap((part) => ('content' in part ? part.content.map(({ kind }) => kind) : []));
    expect(kinds('Pay at https://evil.example/now', false)).toEqual(['text', 'link']);
    expect(kinds('Pay at https://evil.example/now', true)).toEqual(['text', 'text']);
    expect(kinds('<https://ours.example|Open>', true)).toEqual(['link']);
    expect(JSON.stringify(parseMrkdwn('*https://evil.example*', true))).not.toContain('"link"');
  });
});

describe('dates', () => {
  const now = new Date('2026-11-23T12:00:00');
  const at = (time: string) => new Date(time).getTime() / 1000;
  it.each([
    ['{date_num} {time}', '2026-11-23T09:05:00', '2026-11-23 09:05'],
    ['{date_pretty}', '2026-11-22T09:05:00', 'yesterday'],
    ['{date}', '2026-11-20T09:05:00', '20 November 2026'],
    ['{ago}', '2026-11-23T11:15:00', '45 minutes ago'],
    ['due {unknown}', '2026-11-23T11:15:00', 'due {unknown}'],
  ])('%s of %s', (format, time, expected) => {
    expect(formatSlackDate(at(time), format, now)).toBe(expected);
  });
});

const SNAPSHOT = {
  users: [
    { id: 'U1', name: 'mara', realName: 'Mara Lind', title: '', kind: 'person', deactivated: false, color: '', featured: true },
    { id: 'U2', name: 'dora', realName: 'Dora Left', title: '', kind: 'person', deactivated: true, color: '', featured: false },
  ],
  channels: [{ id: 'C1', name: 'sales', kind: 'channel', topic: '', archived: false, shared: false, members: [], unread: 0 }],
  commands: [
    { command: '/overdue', description: 'What is overdue', usageHint: '[>days]' },
    { command: '/account', description: 'One account', usageHint: 'NAME' },
  ],
} as unknown as PageSnapshot;

describe('the composer', () => {
  const offered = (text: string) => hintsFor(text, text.length, SNAPSHOT)?.items.map((item) => item.title);
  it('offers commands after a slash at the start alone', () => {
    expect(offered('/')).toEqual(['/overdue', '/account']);
    expect(offered('/ov')).toEqual(['/overdue']);
    expect(offered('/overdue 3')).toBeUndefined();
    expect(offered('look: /ov')).toBeUndefined();
  });

  it('offers people who are still here, and channels', () => {
    expect(offered('ask @')).toEqual(['Mara Lind']);
    expect(offered('ask @lin')).toEqual(['Mara Lind']);
    expect(offered('ask @do')).toBeUndefined();
    expect(offered('in #sa')).toEqual(['#sales']);
    expect(offered('mail a@b')).toBeUndefined();
  });

  it('sends picked people as entities and everything else as text', () => {
    const mara = { shown: '@Mara Lind', id: 'U1', name: 'mara', sign: '@' } as const;
    expect(encodeText('@Mara Lind said 1 < 2 & <!channel>', [mara])).toBe('<@U1> said 1 &lt; 2 &amp; &lt;!channel&gt;');
    expect(encodeText('/overdue @Mara Lind >30', [mara])).toBe('/overdue <@U1|mara> >30');
    expect(encodeText('@Mara Lind', [])).toBe('@Mara Lind');
  });
});

describe('the address', () => {
  it.each(['#/C1?as=U1', '#/C1?as=U1&thread=1700000000.000100', '#/home?as=U1'])('%s survives a round trip', (hash) => {
    expect(formatRoute(parseRoute(hash))).toBe(hash);
  });

  it('an empty one leaves the choice to the server', () => {
    expect(parseRoute('')).toEqual({ place: '', as: '' });
  });
});

describe('a key in the composer', () => {
  const press = (key: string, mood: Partial<Parameters<typeof composerDeed>[1]> = {}, extra = {}) =>
    composerDeed({ key, shiftKey: false, isComposing: false, ...extra }, { text: '', insert: null, recalling: false, ...mood });
  it.each([
    ['Enter sends', press('Enter'), 'send'],
    ['Shift+Enter breaks the line', press('Enter', {}, { shiftKey: true }), null],
    ['Enter of an input method only confirms a character', press('Enter', {}, { isComposing: true }), null],
    ['Enter takes the hint', press('Enter', { text: '/ov', insert: '/overdue ' }), 'complete'],
    ['Enter sends a command typed out in full', press('Enter', { text: '/overdue', insert: '/overdue ' }), 'send'],
    ['Tab takes the hint', press('Tab', { text: '/overdue', insert: '/overdue ' }), 'complete'],
    ['Tab leaves the field without hints', press('Tab'), null],
    ['arrows move among hints', press('ArrowUp', { text: '', insert: '/overdue ' }), 'previous hint'],
    ['arrow up in an empty field recalls', press('ArrowUp'), 'recall'],
    ['arrow up in a text moves the caret', press('ArrowUp', { text: 'a' }), null],
    ['arrow down goes back towards now', press('ArrowDown', { text: 'a', recalling: true }), 'unrecall'],
    ['Escape closes the hints alone', press('Escape', { insert: '/overdue ' }), 'close hints'],
  ])('%s', (_name, deed, expected) => {
    expect(deed).toBe(expected);
  });

  it('what was sent comes back, newest first, and ends at an empty line', () => {
    const sent = new SentLines();
    sent.add('one');
    sent.add('two');
    expect([sent.recall(-1), sent.recall(-1), sent.recall(-1)]).toEqual(['two', 'one', null]);
    expect([sent.recall(1), sent.recalling, sent.recall(1), sent.recalling]).toEqual(['two', true, '', false]);
  });
});
