import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readEInvoice } from '../../../src/importing/e-invoice/read-e-invoice.ts';
import type { EInvoice } from '../../../src/invoices/e-invoice.ts';
import { exponentOf } from '../../../src/kernel/money.ts';
import { SHARED_DATA, sharedFiles } from '../../support/shared-data.ts';

/** What another program read in the same files. */
interface Truth {
  readonly type_code: string;
  readonly number: string;
  readonly issued: string;
  readonly due: string | null;
  readonly currency: string;
  readonly seller: string;
  readonly buyer: string;
  readonly order: string | null;
  readonly iban: readonly string[];
  readonly lines: number;
  readonly vat_breakdown: readonly { category: string; rate: string | null; base: string; vat: string }[];
  readonly line_sum: string;
  readonly allowances: string | null;
  readonly charges: string | null;
  readonly without_vat: string;
  readonly with_vat: string;
  readonly prepaid: string | null;
  readonly rounding: string | null;
  readonly payable: string;
  readonly vat: string | null;
  readonly breaks?: string;
  readonly root?: string;
}

const folder = path.join(SHARED_DATA, 'einvoice');
const found = sharedFiles('einvoice').length > 0;
const note = found ? '' : ` (no sample files at ${folder}: not checked)`;
const truth: Record<string, Truth> = found ? JSON.parse(fs.readFileSync(path.join(folder, 'truth.json'), 'utf8')) : {};
const names = Object.keys(truth).filter((name) => !name.startsWith('rule-unit/'));
const read = (name: string) => readEInvoice(fs.readFileSync(path.join(folder, name)));
const isValid = (name: string) => !name.startsWith('invalid/') && !truth[name]!.root;

it.skipIf(!found)(`every public e-invoice is read as another program reads it, to the cent${note}`, async () => {
  const valid = names.filter(isValid);
  for (const name of valid) {
    const came = await read(name);
    expect(came, name).toMatchObject({ ok: true });
    if (came?.ok) expect(told(came.invoice), name).toEqual(expected(truth[name]!));
  }
  expect(valid.length).toBeGreaterThan(65);
});

/** The rule that each file of the folder of invalid ones breaks; null: its sums are right, and it is read with a remark or none. */
const BROKEN: Readonly<Record<string, { rule: string } | { remarks: readonly string[] }>> = {
  'invalid/Avoir_FR_type380_EN16931.pdf': { rule: 'type-380' },
  'invalid/own-co10-line-sum-ubl.xml': { rule: 'BR-CO-10' },
  'invalid/own-co14-vat-total-cii.xml': { rule: 'BR-CO-14' },
  'invalid/own-co15-gross-ubl.xml': { rule: 'BR-CO-15' },
  'invalid/own-co16-payable-cii.xml': { rule: 'BR-CO-16' },
  'invalid/own-due-before-issue-ubl.xml': { remarks: ['due-before-issued'] },
  'invalid/own-no-number-ubl.xml': { rule: 'BR-02' },
  // Its elements stand in another order than the schema asks; every sum of it is right.
  'invalid/zf-not_validating_full.cii.xml': { remarks: [] },
  'invalid/zf-rabatte_4_abschlag_taxbasistotalamount.xml': { remarks: [] },
  'pdf/ZUGFeRD_1p0_COMFORT_Rabatte.pdf': { rule: 'version' },
};

it.skipIf(!found)(`every invalid e-invoice is refused by the rule that it breaks${note}`, async () => {
  const invalid = names.filter((name) => !isValid(name));
  expect(invalid.sort()).toEqual(Object.keys(BROKEN).sort());
  for (const name of invalid) {
    const [came, wanted] = [await read(name), BROKEN[name]!];
    if ('rule' in wanted) expect(came, name).toMatchObject({ ok: false, rule: wanted.rule });
    else if (came?.ok)
      expect(
        came.remarks.map(({ rule }) => rule),
        name,
      ).toEqual(wanted.remarks);
    else expect(came, name).toMatchObject({ ok: true });
    const breaks = truth[name]!.breaks ?? '';
    if (breaks.startsWith('BR-') && 'rule' in wanted) expect(breaks).toContain(wanted.rule);
  }
});

function told({ type, number, issued, due, currency, seller, buyer, order, accounts, lines, vat, totals }: EInvoice) {
  return { type, number, issued, due, currency, seller: seller.name, buyer: buyer.name, order, accounts, lines: lines.length, vat, totals };
}

function expected(t: Truth) {
  const cents = (text: string | null) => Math.round(Number(text ?? 0) * 10 ** exponentOf(t.currency)) + 0;
  return {
    ...{ type: t.type_code, number: t.number, issued: t.issued, due: t.due, currency: t.currency, seller: t.seller, buyer: t.buyer },
    ...{ order: t.order ?? '', accounts: [...new Set(t.iban.map((iban) => iban.replaceAll(/\s/g, '').toUpperCase()))], lines: t.lines },
    vat: t.vat_breakdown.map(({ category, rate, base, vat }) => ({
      ...{ category, rate: Math.round(Number(rate ?? 0) * 10_000), base: cents(base), tax: cents(vat) },
    })),
    totals: {
      ...{ lines: cents(t.line_sum), allowances: cents(t.allowances), charges: cents(t.charges), net: cents(t.without_vat) },
      ...{ tax: cents(t.vat), gross: cents(t.with_vat), prepaid: cents(t.prepaid), rounding: cents(t.rounding), payable: cents(t.payable) },
    },
  };
}
