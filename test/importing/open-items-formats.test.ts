import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileFormats } from '../../src/importing/file-formats.ts';
import { parseMapping } from '../../src/importing/mapping.ts';
import { day } from '../../src/kernel/day.ts';
import type { SourceRow } from '../../src/ledger/import.port.ts';
import { SHARED_DATA, sharedFiles } from '../support/shared-data.ts';

const bytes = (text: string) => ({ name: 'list.csv', bytes: Buffer.from(text) });
const TITLED =
  'Oakline Repairs\nA/R Aging Detail\nAs of 30 September 2026\n\nNum,Customer,Date,Due Date,Amount,Open Balance\n1041,"Berg, Dana",08/18/2026,09/17/2026,"1,284.50","1,284.50"\n,,,Total,,"1,284.50"\n';

async function rowsOf(file: { name: string; bytes: Uint8Array }, mapping: unknown): Promise<SourceRow[]> {
  return fileFormats.withSource(file, mapping, day('2026-11-30'), async (source) => Array.fromAsync(source.rows()));
}

describe('a dropped list of open items', () => {
  it('is known by its columns, also below title rows', async () => {
    const look = await fileFormats.look(bytes(TITLED));
    expect(look.headers).toEqual(['Num', 'Customer', 'Date', 'Due Date', 'Amount', 'Open Balance']);
    expect(fileFormats.builtIn(look.headers)).toMatchObject({ name: 'open-items', mapping: { declares: 'all-open' } });
  });

  it('does not take the place of our own templates', () => {
    expect(fileFormats.builtIn(['account', 'number', 'currency', 'total', 'issued', 'due', 'open'])).toMatchObject({ name: 'invoices' });
    expect(fileFormats.builtIn(['account', 'number', 'currency', 'amount', 'received'])).toMatchObject({ name: 'payments' });
    expect(fileFormats.builtIn(['Colour', 'Size'])).toBeNull();
  });

  it('says in one sentence what must be answered first, and the form answers it', async () => {
    const { headers } = await fileFormats.look(bytes(TITLED));
    const builtIn = fileFormats.builtIn(headers)!;
    await expect(rowsOf(bytes(TITLED), builtIn.mapping)).rejects.toThrow(/cannot be imported before this is said.*currency/);
    const form = fileFormats.form(headers, builtIn.mapping);
    expect(form).toMatchObject({ kind: 'open-items', declares: 'all-open', dates: 'as-shown', numbers: 'as-shown', columns: {} });
    const made = fileFormats.mapping('list', { ...form, currency: 'usd', numbers: '.,', columns: { number: 'Num' } }, builtIn.mapping);
    expect(made).toMatchObject({
      mapping: { kind: 'open-items', defaults: { currency: 'USD' }, choices: { decimal: '.' }, columns: { number: 'Num' } },
    });
    const rows = await rowsOf(bytes(TITLED), (made as { mapping: unknown }).mapping);
    expect(rows).toMatchObject([
      { line: 6, record: { kind: 'invoice', number: '1041', total: 128_450, currency: 'USD', account: { number: 'Berg, Dana' } } },
    ]);
  });

  it('gives several recipients of one cell a contact each, without a person’s name', async () => {
    const text =
      'Customer No,Customer Name,Invoice No,Currency,Balance,Invoice Date,Due Date,Email\nC1,Acme,1,EUR,5.00,2026-09-01,2026-10-01,a@x.example; info@bücher.example\n';
    const rows = await rowsOf(bytes(text), fileFormats.builtIn((await fileFormats.look(bytes(text))).headers)!.mapping);
    expect(rows.slice(1)).toMatchObject([
      { record: { kind: 'contact', email: 'a@x.example' } },
      { record: { email: 'info@xn--bcher-kva.example' } },
    ]);
  });

  it('has its columns named by a person where the product knows better only by chance', () => {
    expect(parseMapping({ name: 'x', kind: 'open-items', columns: { nonsense: 'A' } })).toMatchObject({ ok: false });
    expect(parseMapping({ name: 'x', kind: 'open-items', choices: { dates: 'backwards' } })).toMatchObject({ ok: false });
  });
});

const exports = sharedFiles('ledger').filter((file) => !file.endsWith('.json'));

describe.runIf(exports.length > 0)('an export dropped as it is', () => {
  it.each(exports)('%s is taken for a list of open items', async (name) => {
    const look = await fileFormats.look({ name, bytes: readFileSync(path.join(SHARED_DATA, 'ledger', name)) });
    expect(fileFormats.builtIn(look.headers)).toMatchObject({ name: 'open-items' });
  });
});
