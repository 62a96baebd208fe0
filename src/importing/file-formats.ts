import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { FileBytes, FileFormats } from '../ledger/dropped-files.port.ts';
import { SourceUnreadable } from '../ledger/import.port.ts';
import { BUILT_IN_MAPPINGS } from './built-in-mappings.ts';
import { FIELDS, KINDS, type Kind } from './fields.ts';
import { fileSource } from './file-source.ts';
import { parseMapping } from './mapping.ts';
import { formOf, mappingOf } from './mapping-form.ts';
import { withAnswers } from './open-items/asked.ts';
import { isKnownHeader, looksLikeList } from './open-items/layout.ts';
import type { OpenItems } from './open-items/read-open-items.ts';
import { type ReadTable, readTable } from './table-reader.ts';

const OPEN_ITEMS = BUILT_IN_MAPPINGS.get('open-items')!;
const SOON_MS = 3_000;
const LOOK_MS = 5_000;
/** The others are found, and seldom need a word. */
const ASKED_OF_LISTS = [
  'number',
  'open',
  'account',
  'accountName',
  'issued',
  'due',
  'currency',
  'docType',
  'total',
  'entity',
  'reference',
  'status',
  'terms',
  'email',
];

/** What a mapping says that matters before there is one. */
const ANY = BUILT_IN_MAPPINGS.get('accounts')!;

export const fileFormats: FileFormats = {
  kinds: KINDS,
  fields: (kind) => {
    const { required, optional } =
      kind === 'open-items' ? { required: [], optional: ASKED_OF_LISTS } : (FIELDS[kind as Kind] ?? FIELDS.invoices);
    return [...new Set([...required, ...optional])].map((name) => ({ name, required: required.includes(name) }));
  },
  look: (file) =>
    withCopy(file, async (copy) => {
      const started = performance.now();
      const plain = await readTable({ path: copy, mapping: ANY }).catch((error: unknown) => {
        if (error instanceof SourceUnreadable) return error;
        throw error;
      });
      if (!(plain instanceof SourceUnreadable) && plain.headers.filter(isKnownHeader).length * 2 >= plain.headers.length)
        return look(plain);
      // Title rows, a list drawn with strokes, a stray quote: a list of open items may be in it all the same.
      // Not after a file that took long: together both stay within the time that one has.
      const soon = performance.now() - started < SOON_MS || isShortText(file.bytes);
      const list = soon ? await readTable({ path: copy, mapping: OPEN_ITEMS }, { deadlineMs: LOOK_MS }).catch(() => null) : null;
      if (list !== null && holdsDocuments(list)) return look(list);
      if (plain instanceof SourceUnreadable) throw plain;
      return look(plain);
    }),
  sourceName(file, headers) {
    const plain = path
      .parse(file)
      .name.replaceAll(/\d+/g, '0')
      .replaceAll(/[^\w .-]+/g, '-');
    return `${plain.slice(0, 40) || 'file'}-${fileFormats.headersKey(headers).slice(0, 8)}`;
  },
  headersKey: (headers) =>
    createHash('sha256')
      .update(JSON.stringify(headers.map(plainHeader).sort()))
      .digest('hex')
      .slice(0, 32),
  builtIn(headers) {
    const known = new Set(headers.map(plainHeader));
    const fitting = [...BUILT_IN_MAPPINGS.values()].filter(({ columns }) =>
      Object.values(columns).every((header) => known.has(plainHeader(header))),
    );
    // Every template asks for the customer number; the one that asks for most of what is there says best what the file is.
    const best = fitting.sort((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)[0];
    if (best && Object.keys(best.columns).length > 1) return { name: best.name, mapping: best };
    return looksLikeList(headers) ? { name: OPEN_ITEMS.name, mapping: OPEN_ITEMS } : null;
  },
  form: formOf,
  mapping: mappingOf,
  answer(value, name, answers) {
    const parsed = parseMapping(value);
    if (!parsed.ok) return parsed;
    const answered = parseMapping(withAnswers({ ...parsed.mapping, name }, answers));
    return answered.ok ? { mapping: answered.mapping } : answered;
  },
  withSource: (file, value, today, use, stop) =>
    withCopy(file, async (copy) => {
      const parsed = parseMapping(value);
      if (!parsed.ok)
        throw new SourceUnreadable(`The mapping cannot be used: ${parsed.faults.join('; ')}. Nothing was imported. Choose it again.`);
      return use({ ...(await fileSource({ path: copy, mapping: parsed.mapping, asOf: null, today, stop })), name: file.name });
    }),
};

function look({ sha256, headers, rows }: ReadTable) {
  return { sha256, headers, rows };
}

function holdsDocuments({ openItems }: ReadTable): boolean {
  return openItems !== undefined && (JSON.parse(inflateRawSync(openItems).toString()) as OpenItems).documents.length > 0;
}

/** Read in a moment however busy the machine is: nothing is packed in it. */
function isShortText(bytes: Uint8Array): boolean {
  return bytes.length < 1_000_000 && !(bytes[0] === 0x50 && bytes[1] === 0x4b);
}

function plainHeader(header: string): string {
  return header.normalize('NFC').trim().toLowerCase();
}

/** Readers want a file: a copy that only this user can read and that is gone afterwards. */
async function withCopy<T>({ bytes }: FileBytes, use: (path: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-import-'));
  try {
    const copy = path.join(dir, 'file');
    await writeFile(copy, bytes, { mode: 0o600 });
    return await use(copy);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
