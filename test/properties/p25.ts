import path from 'node:path';
import { chance } from '../../src/importing/random.ts';
import { day } from '../../src/kernel/day.ts';
import { ciiOf, type MadeInvoice, sumsOf, ublOf } from '../support/e-invoices.ts';

type Reader = typeof import('../../src/importing/e-invoice/read-e-invoice.ts');
type Against = typeof import('../../src/invoices/against-ledger.ts');

const OURS = { accounts: ['DE02120300000000202051'], names: ['Seller Example Ltd'] };

/** An e-invoice changed in one place is refused, or said to differ from the ledger; never taken as if nothing were wrong. */
export async function p25(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { readEInvoice } = (await import(path.join(src, 'importing/e-invoice/read-e-invoice.ts'))) as Reader;
  const { differences } = (await import(path.join(src, 'invoices/against-ledger.ts'))) as Against;
  const figures = { whole: 0, wholeRefused: 0, mutations: 0, refused: 0, remarked: 0, silent: 0 };
  const judge = async (text: string, made: MadeInvoice) => {
    const came = await readEInvoice(new TextEncoder().encode(text));
    if (!came?.ok) return 'refused';
    const ledger = {
      ...{ number: made.number, currency: 'EUR', total: sumsOf(made).payable, purchaseOrder: 'PO-77' },
      ...{ issued: day('2026-10-01'), due: day('2026-10-31') },
    };
    return came.remarks.length + differences(came.invoice, ledger, OURS).length > 0 ? 'remarked' : 'silent';
  };
  const rounds = size === 'full' ? 1_000 : 60;
  for (let seed = 1; seed <= rounds; seed += 1) {
    const { between } = chance(seed);
    const upTo = (most: number) => between(0, most - 1);
    const lines = Array.from({ length: 1 + upTo(6) }, () => 100 + upTo(500_000));
    const made = { number: `R-${seed}`, lines, prepaid: upTo(3) === 0 ? 50 : 0 };
    const text = seed % 2 === 0 ? ublOf(made) : ciiOf(made);
    figures.whole += 1;
    if ((await judge(text, made)) !== 'silent') figures.wholeRefused += 1;
    for (let each = 0; each < 10; each += 1) {
      const mutated = mutate(text, each, upTo);
      if (mutated === text) throw new Error(`mutation ${each} of seed ${seed} changed nothing`);
      const came = await judge(mutated, made);
      figures.mutations += 1;
      figures[came] += 1;
      if (came === 'silent' && size === 'full') console.error(JSON.stringify({ seed, each }));
    }
  }
  return { held: figures.silent === 0 && figures.wholeRefused === 0, figures };
}

const AMOUNT = /(<(?:cbc|ram):\w*Amount[^>]*>)(-?\d+\.\d\d)(<)/g;

function mutate(text: string, kind: number, upTo: (most: number) => number): string {
  const all = [...text.matchAll(AMOUNT)];
  const pick = () => all[upTo(all.length)]!;
  const put = (at: RegExpMatchArray, amount: string, head = at[1]!) =>
    `${text.slice(0, at.index)}${head}${amount}${text.slice(at.index! + at[1]!.length + at[2]!.length)}`;
  const moved = (at: RegExpMatchArray, cents: number) => put(at, (Number(at[2]) + cents / 100).toFixed(2));
  switch (kind) {
    case 0:
    case 1:
      // By a cent, and by any amount.
      return moved(pick(), kind === 0 ? 1 : 2 + upTo(100_000));
    case 2: {
      const at = pick();
      const digits = [...at[2]!];
      const places = digits.flatMap((each, n) => (/\d/.test(each) ? [n] : []));
      const place = places[upTo(places.length)]!;
      digits[place] = String((Number(digits[place]) + 1 + upTo(9)) % 10);
      return put(at, digits.join(''));
    }
    case 3:
      return text.replace(/(Percent>)19(<)/, `$1${[0, 7, 18, 20, 21][upTo(5)]}$2`);
    case 4:
      return text.replace('DE02120300000000202051', `DE${10 + upTo(89)}${String(upTo(1e9)).padStart(18, '9')}`);
    case 5:
      return text.replace('>EUR<', ['>USD<', '>GBP<', '>CHF<', '>EUX<', '><'][upTo(5)]!);
    case 6: {
      const named = all.filter((at) => at[1]!.includes('currencyID'));
      const at = named[upTo(named.length)]!;
      return put(at, at[2]!, at[1]!.replace('EUR', 'USD'));
    }
    case 7:
      return text.replace('?>', `?><!DOCTYPE a [<!ENTITY x "${'1'.repeat(1 + upTo(9))}">]>`).replace('Item 1', '&x;');
    case 8: {
      // Every sum of the document moved by the same cent, so that they still add up.
      const lines = /(<(?:cbc:LineExtensionAmount currencyID="EUR"|ram:LineTotalAmount)>)(\d+\.\d\d)(<)/g;
      return text.replace(lines, (_, head: string, amount: string, tail: string) => `${head}${(Number(amount) + 1).toFixed(2)}${tail}`);
    }
    default:
      return text.replace(['PO-77', 'Seller Example Ltd', 'R-'][upTo(3)]!, 'X-1');
  }
}
