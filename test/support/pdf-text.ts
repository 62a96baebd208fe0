import { inflateSync } from 'node:zlib';

/** The words of a PDF that pdfkit wrote, without any white space: a word that goes on in the next line is found, too. */
export const pdfText = (bytes: Uint8Array): string => pdfPages(bytes).join('');

/** The same, page by page. */
export function pdfPages(bytes: Uint8Array): string[] {
  const objects = objectsOf(Buffer.from(bytes));
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values())
    for (const [, name, id] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!)?.head ?? '')?.[1];
      if (map) fonts.set(name!, glyphs(objects.get(map)!.stream));
    }
  const pages: string[] = [];
  for (const { stream } of objects.values()) {
    let text = '';
    let font: Map<string, string> | undefined;
    for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name) font = fonts.get(name);
      else
        for (const [, hex] of shown!.matchAll(/<([0-9a-f]+)>/gi))
          for (const glyph of hex!.match(/.{4}/g) ?? []) text += font?.get(glyph.toLowerCase()) ?? '';
    }
    if (text !== '') pages.push(text.replaceAll(/\s+/g, ''));
  }
  return pages;
}

function objectsOf(bytes: Buffer): Map<string, { head: string; stream: string }> {
  const found = new Map<string, { head: string; stream: string }>();
  const all = bytes.toString('latin1');
  for (const { 0: start, 1: id, index } of all.matchAll(/^(\d+) 0 obj\n/gm)) {
    const body = index + start.length;
    const end = all.indexOf('endobj', body);
    const stream = all.indexOf('stream\n', body);
    const head = all.slice(body, stream > 0 && stream < end ? stream : end);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const raw = bytes.subarray(stream + 7, stream + 7 + length);
    const packed = stream > 0 && stream < end && length > 0;
    found.set(id!, { head, stream: packed ? (/FlateDecode/.test(head) ? inflateSync(raw) : raw).toString('latin1') : '' });
  }
  return found;
}

/** From a ToUnicode map: glyph in four hex digits, its characters. */
function glyphs(map: string): Map<string, string> {
  const found = new Map<string, string>();
  const unicode = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
  for (const [, from, , list] of map.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    const first = Number.parseInt(from!, 16);
    for (const [at, [, hex]] of [...list!.matchAll(/<([0-9a-f ]*)>/gi)].entries())
      found.set((first + at).toString(16).padStart(4, '0'), hex ? unicode(hex) : '');
  }
  return found;
}
