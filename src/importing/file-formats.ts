import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FileBytes, FileFormats } from '../ledger/dropped-files.port.ts';
import { SourceUnreadable } from '../ledger/import.port.ts';
import { BUILT_IN_MAPPINGS } from './built-in-mappings.ts';
import { FIELDS, KINDS, type Kind } from './fields.ts';
import { fileSource } from './file-source.ts';
import { parseMapping } from './mapping.ts';
import { formOf, mappingOf } from './mapping-form.ts';
import { readTable } from './table-reader.ts';

/** What a mapping says that matters before there is one. */
const ANY = BUILT_IN_MAPPINGS.get('accounts')!;

export const fileFormats: FileFormats = {
  kinds: KINDS,
  fields: (kind) => {
    const { required, optional } = FIELDS[kind as Kind] ?? FIELDS.invoices;
    return [...new Set([...required, ...optional])].map((name) => ({ name, required: required.includes(name) }));
  },
  look: (file) =>
    withCopy(file, async (copy) => {
      const { sha256, headers, rows } = await readTable({ path: copy, mapping: ANY });
      return { sha256, headers, rows };
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
      .update(JSON.stringify(headers.map(plainHeader)))
      .digest('hex')
      .slice(0, 32),
  builtIn(headers) {
    const known = new Set(headers.map(plainHeader));
    const fitting = [...BUILT_IN_MAPPINGS.values()].filter(({ columns }) =>
      Object.values(columns).every((header) => known.has(plainHeader(header))),
    );
    // Every template asks for the customer number; the one that asks for most of what is there says best what the file is.
    const best = fitting.sort((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)[0];
    return best && Object.keys(best.columns).length > 1 ? { name: best.name, mapping: best } : null;
  },
  form: formOf,
  mapping: mappingOf,
  withSource: (file, value, today, use, stop) =>
    withCopy(file, async (copy) => {
      const parsed = parseMapping(value);
      if (!parsed.ok)
        throw new SourceUnreadable(`The mapping cannot be used: ${parsed.faults.join('; ')}. Nothing was imported. Choose it again.`);
      return use({ ...(await fileSource({ path: copy, mapping: parsed.mapping, asOf: null, today, stop })), name: file.name });
    }),
};

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
