import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { addDays, day } from '../../src/kernel/day.ts';

const CURRENCIES = ['GBP', 'EUR', 'EUR', 'USD'];
export const BENCH_DAY = day('2026-11-20');

/** Open invoices of every age, the same ones each time, as our own template of a CSV file. Returns its path. */
export async function writeLedgerFile(dir: string, invoices: number, accounts: number): Promise<string> {
  const file = path.join(dir, `invoices-${invoices}.csv`);
  const out = fs.createWriteStream(file);
  out.write('account,account_name,number,currency,total,issued,due,entity,country\n');
  for (let i = 0; i < invoices; i += 1) {
    const account = i % accounts;
    const due = addDays(BENCH_DAY, ((i * 7_919) % 160) - 120);
    const total = `${100 + ((i * 104_729) % 900_000)}.${String(i % 100).padStart(2, '0')}`;
    const row = [
      `C${account}`,
      `Customer ${account} Ltd`,
      `INV-${i}`,
      CURRENCIES[account % 4],
      total,
      addDays(due, -30),
      due,
      'MAIN',
      'GB',
    ];
    if (!out.write(`${row.join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return file;
}
