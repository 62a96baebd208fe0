import type { Inline, Part, TextStyle } from './mrkdwn.ts';

/** The markdown of a markdown block (CommonMark's everyday part with tables and strikethrough) as parts. */
export function parseMarkdown(text: string): Part[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const parts: Part[] = [];
  let at = 0;
  while (at < lines.length) {
    const block = fenceAt(lines, at) ?? headingAt(lines, at) ?? tableAt(lines, at) ?? quoteAt(lines, at) ?? listAt(lines, at);
    if (block) {
      parts.push(block.part);
      at += block.lines;
    } else if (lines[at]!.trim() === '') {
      at += 1;
    } else {
      const end = paragraphEnd(lines, at);
      parts.push({ kind: 'text', content: parseLines(lines.slice(at, end)) });
      at = end;
    }
  }
  return parts;
}

interface Taken {
  part: Part;
  lines: number;
}

const LIST_ITEM = /^(\s*)(?:([-*+])|(\d+)[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

function fenceAt(lines: string[], at: number): Taken | null {
  if (!/^\s*```/.test(lines[at]!)) return null;
  const end = lines.findIndex((line, index) => index > at && /^\s*```\s*$/.test(line));
  const code = lines.slice(at + 1, end < 0 ? undefined : end).join('\n');
  return { part: { kind: 'pre', content: [{ kind: 'text', text: code }] }, lines: (end < 0 ? lines.length : end + 1) - at };
}

function headingAt(lines: string[], at: number): Taken | null {
  if (/^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/.test(lines[at]!)) return { part: { kind: 'rule' }, lines: 1 };
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[at]!);
  return heading && { part: { kind: 'heading', level: Math.min(heading[1]!.length, 3), content: parseInline(heading[2]!) }, lines: 1 };
}

function tableAt(lines: string[], at: number): Taken | null {
  if (!lines[at]!.includes('|') || !TABLE_RULE.test(lines[at + 1] ?? '') || !lines[at + 1]!.includes('-')) return null;
  let end = at + 2;
  while (end < lines.length && lines[end]!.includes('|')) end += 1;
  return { part: { kind: 'table', head: cells(lines[at]!), rows: lines.slice(at + 2, end).map(cells) }, lines: end - at };
}

const cells = (line: string): Inline[][] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));

function quoteAt(lines: string[], at: number): Taken | null {
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end]!)) end += 1;
  if (end === at) return null;
  return { part: { kind: 'quote', content: parseLines(lines.slice(at, end).map((line) => line.replace(/^\s*> ?/, ''))) }, lines: end - at };
}

/** One run of items of the same kind and depth; deeper ones become lists of their own with more indent. */
function listAt(lines: string[], at: number): Taken | null {
  const first = LIST_ITEM.exec(lines[at]!);
  if (!first) return null;
  const items: Inline[][] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const item = LIST_ITEM.exec(lines[end]!);
    if (!item || Boolean(item[3]) !== Boolean(first[3]) || depth(item[1]!) !== depth(first[1]!)) break;
    const task = /^\[([ xX])\]\s+(.*)$/.exec(item[4]!);
    items.push(
      task
        ? [
            { kind: 'emoji', name: task[1] === ' ' ? 'white_large_square' : 'ballot_box_with_check' },
            { kind: 'text', text: ' ' },
            ...parseInline(task[2]!),
          ]
        : parseInline(item[4]!),
    );
  }
  const part: Part = { kind: 'list', ordered: Boolean(first[3]), indent: depth(first[1]!), start: Number(first[3] ?? 1), items };
  return { part, lines: end - at };
}

const depth = (indent: string): number => Math.floor(indent.replaceAll('\t', '  ').length / 2);

function paragraphEnd(lines: string[], at: number): number {
  let end = at + 1;
  while (end < lines.length && lines[end]!.trim() !== '' && !/^\s*(?:```|#{1,6}\s|>)/.test(lines[end]!) && !LIST_ITEM.test(lines[end]!))
    end += 1;
  return end;
}

const parseLines = (lines: string[]): Inline[] =>
  lines.flatMap((line, index): Inline[] => [...(index ? [{ kind: 'break' } as Inline] : []), ...parseInline(line)]);

const SPANS: [RegExp, TextStyle][] = [
  [/^\*\*(?=\S)(.+?\S|\S)\*\*/, 'bold'],
  [/^__(?=\S)(.+?\S|\S)__/, 'bold'],
  [/^~~(?=\S)(.+?\S|\S)~~/, 'strike'],
  [/^\*(?=[^\s*])(.*?[^\s*])\*/, 'italic'],
  [/^_(?=[^\s_])(.*?[^\s_])_(?![\p{L}\p{N}])/u, 'italic'],
];

function parseInline(text: string): Inline[] {
  const out: Inline[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const found = spanAt(rest, text[at - 1] ?? '');
    if (found) {
      if (plain) out.push({ kind: 'text', text: plain });
      plain = '';
      out.push(found.inline);
      at += found.length;
    } else {
      const escaped = /^\\[!-/:-@[-`{-~]/.test(rest);
      plain += escaped ? rest[1] : rest[0];
      at += escaped ? 2 : 1;
    }
  }
  if (plain) out.push({ kind: 'text', text: plain });
  return out;
}

function spanAt(rest: string, before: string): { inline: Inline; length: number } | null {
  const code = /^(`+)(.+?)\1(?!`)/.exec(rest);
  if (code) return { inline: { kind: 'styled', style: 'code', children: [{ kind: 'text', text: code[2]! }] }, length: code[0].length };
  const link = /^\[([^\]]+)\]\(([^()\s]+)\)/.exec(rest);
  if (link) return { inline: { kind: 'link', url: link[2]!, children: parseInline(link[1]!) }, length: link[0].length };
  const bare = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~]/.exec(rest);
  if (bare) return { inline: { kind: 'link', url: bare[0], children: [{ kind: 'text', text: bare[0] }] }, length: bare[0].length };
  for (const [pattern, style] of SPANS) {
    if (rest[0] === '_' && /[\p{L}\p{N}]/u.test(before)) continue;
    const span = pattern.exec(rest);
    if (span) return { inline: { kind: 'styled', style, children: parseInline(span[1]!) }, length: span[0].length };
  }
  return null;
}
