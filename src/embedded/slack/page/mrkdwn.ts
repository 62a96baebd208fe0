import { EMOJI } from './emoji.ts';

/** Text with its formatting, the common form of mrkdwn, rich_text and markdown; drawn by parts.ts. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'styled'; style: TextStyle; children: Inline[] }
  /** `bare`: Slack made it of an address that was written as text. */
  | { kind: 'link'; url: string; children: Inline[]; bare?: true }
  | { kind: 'user'; id: string }
  | { kind: 'channel'; id: string }
  | { kind: 'mention'; text: string }
  | { kind: 'date'; timestamp: number; format: string; url?: string; fallback: string }
  | { kind: 'emoji'; name: string }
  | { kind: 'color'; value: string };

export type TextStyle = 'bold' | 'italic' | 'strike' | 'underline' | 'code';

export type Part =
  | { kind: 'text'; content: Inline[] }
  | { kind: 'quote'; content: Inline[] }
  | { kind: 'pre'; content: Inline[] }
  | { kind: 'heading'; level: number; content: Inline[] }
  | { kind: 'rule' }
  | { kind: 'list'; ordered: boolean; indent: number; start: number; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

/** Slack's mrkdwn (entities still escaped) as parts. Never throws: what is not formatting stays text. `verbatim`: addresses stay text, too. */
export function parseMrkdwn(text: string, verbatim = false): Part[] {
  const parts = parseParts(text);
  if (!verbatim) return parts;
  return parts.map((part) => ('content' in part ? { ...part, content: part.content.flatMap(unlinked) } : part));
}

function unlinked(inline: Inline): Inline[] {
  if (inline.kind === 'link' && inline.bare) return inline.children;
  return [inline.kind === 'styled' ? { ...inline, children: inline.children.flatMap(unlinked) } : inline];
}

function parseParts(text: string): Part[] {
  const parts: Part[] = [];
  let rest = text;
  while (rest) {
    const fence = /```([\s\S]+?)```/.exec(rest);
    const before = fence ? rest.slice(0, fence.index) : rest;
    parts.push(...parseLines(fence ? before.replace(/\n$/, '') : before));
    if (!fence) break;
    parts.push({ kind: 'pre', content: parseCode(fence[1]!.replace(/^\n/, '').replace(/\n$/, '')) });
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, '');
  }
  return parts;
}

function parseLines(text: string): Part[] {
  if (!text) return [];
  const parts: Part[] = [];
  const lines = text.split('\n');
  let run: { quote: boolean; lines: string[] } | null = null;
  const flush = () => {
    if (run) parts.push({ kind: run.quote ? 'quote' : 'text', content: parseInline(run.lines.join('\n')) });
    run = null;
  };
  for (const [index, line] of lines.entries()) {
    const all = /^(?:>>>|(?:&gt;){3}) ?/.exec(line);
    if (all) {
      flush();
      const quoted = [line.slice(all[0].length), ...lines.slice(index + 1)].join('\n');
      parts.push({ kind: 'quote', content: parseInline(quoted) });
      return parts;
    }
    const mark = /^(?:>|&gt;) ?/.exec(line);
    const quote = mark !== null;
    if (run && (run as { quote: boolean }).quote !== quote) flush();
    run ??= { quote, lines: [] };
    (run as { lines: string[] }).lines.push(mark ? line.slice(mark[0].length) : line);
  }
  flush();
  return parts;
}

const STYLES: Record<string, TextStyle> = { '*': 'bold', _: 'italic', '~': 'strike' };
const WORD = /[\p{L}\p{N}]/u;

/** One run of mrkdwn without quotes and code fences; line breaks become 'break'. */
export function parseInline(text: string): Inline[] {
  const out: Inline[] = [];
  let plain = '';
  const push = (...inlines: Inline[]) => {
    if (plain) out.push({ kind: 'text', text: decodeEntities(plain) });
    plain = '';
    out.push(...inlines);
  };
  let at = 0;
  while (at < text.length) {
    const found = inlineAt(text, at);
    if (found) {
      push(found.inline);
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  push();
  return out;
}

interface Found {
  inline: Inline;
  length: number;
}

function inlineAt(text: string, at: number): Found | null {
  const char = text[at]!;
  if (char === '\n') return { inline: { kind: 'break' }, length: 1 };
  if (char === '<') return angleAt(text, at);
  if (char === '`') {
    const code = /^`([^`\n]+)`/.exec(text.slice(at));
    return code ? { inline: { kind: 'styled', style: 'code', children: parseCode(code[1]!) }, length: code[0].length } : null;
  }
  if (char === ':') {
    const emoji = /^:([a-z0-9_+'-]+):/.exec(text.slice(at, at + 60));
    return emoji && Object.hasOwn(EMOJI, emoji[1]!) ? { inline: { kind: 'emoji', name: emoji[1]! }, length: emoji[0].length } : null;
  }
  if (char === 'h' && !WORD.test(text[at - 1] ?? '')) {
    const url = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~]/.exec(text.slice(at));
    if (!url) return null;
    const inline: Inline = { ...link(url[0], [{ kind: 'text', text: decodeEntities(url[0]) }]), bare: true };
    return { inline, length: url[0].length };
  }
  const style = STYLES[char];
  return style ? styledAt(text, at, char, style) : null;
}

/** Slack formats only whole words: the opening mark stands before a word, the closing one after it, both on one line. */
function styledAt(text: string, at: number, mark: string, style: TextStyle): Found | null {
  if (WORD.test(text[at - 1] ?? '') || /[\s]|^$/.test(text[at + 1] ?? '') || text[at + 1] === mark) return null;
  for (let end = at + 1; end < text.length && text[end] !== '\n'; end += 1) {
    const skipped = text[end] === '<' || text[end] === '`' ? inlineAt(text, end) : null;
    if (skipped) {
      end += skipped.length - 1;
      continue;
    }
    const closes = text[end] === mark && end > at + 1 && !/\s/.test(text[end - 1]!) && !WORD.test(text[end + 1] ?? '');
    if (closes) return { inline: { kind: 'styled', style, children: parseInline(text.slice(at + 1, end)) }, length: end + 1 - at };
  }
  return null;
}

function angleAt(text: string, at: number): Found | null {
  const angle = /^<([^<>\n]+)>/.exec(text.slice(at));
  if (!angle) return null;
  const inline = parseAngle(angle[1]!);
  return inline ? { inline, length: angle[0].length } : null;
}

function parseAngle(inner: string): Inline | null {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : decodeEntities(inner.slice(bar + 1));
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { kind: 'user', id: target.slice(1) };
  if (/^#[CGD][A-Z0-9]+$/.test(target)) return { kind: 'channel', id: target.slice(1) };
  if (target === '!here' || target === '!channel' || target === '!everyone') return { kind: 'mention', text: `@${target.slice(1)}` };
  if (target.startsWith('!subteam^')) return { kind: 'mention', text: label ?? `@${target.slice(9)}` };
  const date = /^!date\^(\d+)\^([^^]+)(?:\^(.+))?$/.exec(target);
  if (date) return { kind: 'date', timestamp: Number(date[1]), format: decodeEntities(date[2]!), url: date[3], fallback: label ?? '' };
  if (/^(?:https?:|mailto:|tel:)/i.test(target)) {
    const shown = label ?? decodeEntities(target).replace(/^(?:mailto|tel):/i, '');
    return link(target, label === null ? [{ kind: 'text', text: shown }] : parseLabel(inner.slice(bar + 1)));
  }
  return null;
}

/** A link's label may be formatted, but holds no link of its own. */
const parseLabel = (label: string): Inline[] =>
  parseInline(label).flatMap((inline) => (inline.kind === 'link' ? inline.children : [inline]));

const link = (url: string, children: Inline[]) => ({ kind: 'link' as const, url: decodeEntities(url), children });

/** Code keeps its marks, but links in it are still links. */
function parseCode(code: string): Inline[] {
  const out: Inline[] = [];
  let last = 0;
  for (const match of code.matchAll(/<([^<>\n]+)>/g)) {
    const inline = parseAngle(match[1]!);
    if (!inline) continue;
    if (match.index > last) out.push({ kind: 'text', text: decodeEntities(code.slice(last, match.index)) });
    out.push(inline);
    last = match.index + match[0].length;
  }
  if (last < code.length) out.push({ kind: 'text', text: decodeEntities(code.slice(last)) });
  return out;
}

/** The three entities Slack escapes; all others stay as typed. */
function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Text as Slack's client sends it. */
export function encodeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
