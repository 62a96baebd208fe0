import type { EAdjustment, EInvoice, ELine } from '../../invoices/e-invoice.ts';
import { accountsOf, amountAt, amountOf, bounded, charged, currencyIn, dayIn, rateAt, required, short } from './values.ts';
import { all, NotRead, one, textAt, type XmlNode } from './xml-tree.ts';

/** Reads a UBL 2.1 invoice or credit note as EN 16931 maps it. Throws NotRead. https://docs.peppol.eu/poacc/billing/3.0/syntax/ubl-invoice/ */
export function readUbl(root: XmlNode): EInvoice {
  const credit = root.name === 'ubl-credit:CreditNote';
  const currency = currencyIn(textAt(root, 'cbc:DocumentCurrencyCode'));
  const profile = required(textAt(root, 'cbc:CustomizationID'), 'BR-01', 'which specification it follows');
  const number = required(textAt(root, 'cbc:ID'), 'BR-02', 'its number');
  const issued = dayIn(required(textAt(root, 'cbc:IssueDate'), 'BR-03', 'the day it was issued'), 'The day it was issued');
  const type = required(textAt(root, credit ? 'cbc:CreditNoteTypeCode' : 'cbc:InvoiceTypeCode'), 'BR-04', 'its type');
  const adjustments = all(root, 'cac:AllowanceCharge').map((each) => adjustment(each, currency));
  const due = credit ? all(root, 'cac:PaymentMeans/cbc:PaymentDueDate').map(({ text }) => text.trim()) : [textAt(root, 'cbc:DueDate')];
  const dues = due.filter((text) => text !== '').map((text) => dayIn(text, 'The due date'));
  const { subtotals, tax } = taxTotals(root, currency);
  return {
    syntax: 'UBL',
    profile,
    type,
    number,
    issued,
    due: dues.sort().at(-1) ?? null,
    currency,
    seller: party(root, 'cac:AccountingSupplierParty', 'BR-06', 'the seller'),
    buyer: party(root, 'cac:AccountingCustomerParty', 'BR-07', 'the buyer'),
    order: short(textAt(root, 'cac:OrderReference/cbc:ID')),
    buyerReference: short(textAt(root, 'cbc:BuyerReference')),
    accounts: accountsOf(all(root, 'cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID').map(({ text }) => text)),
    terms: short(
      all(root, 'cac:PaymentTerms/cbc:Note')
        .map(({ text }) => text.trim())
        .join('\n'),
    ),
    lines: bounded(all(root, credit ? 'cac:CreditNoteLine' : 'cac:InvoiceLine')).map((each) => line(each, currency, credit)),
    adjustments,
    vat: subtotals.map((each) => ({
      category: textAt(each, 'cac:TaxCategory/cbc:ID'),
      rate: rateAt(each, 'cac:TaxCategory/cbc:Percent'),
      base: amountAt(each, 'cbc:TaxableAmount', currency, 'BR-45', 'what a VAT amount is charged on'),
      tax: amountAt(each, 'cbc:TaxAmount', currency, 'BR-46', 'a VAT amount'),
    })),
    totals: { ...totals(root, currency), tax },
  };
}

function totals(root: XmlNode, currency: string): Omit<EInvoice['totals'], 'tax'> {
  const sums = one(root, 'cac:LegalMonetaryTotal');
  if (!sums) throw new NotRead('BR-12', 'it states no totals');
  const maybe = (name: string) => amountOf(one(sums, `cbc:${name}`), currency, `its ${name}`) ?? 0;
  return {
    lines: amountAt(sums, 'cbc:LineExtensionAmount', currency, 'BR-12', 'the sum of its lines'),
    allowances: maybe('AllowanceTotalAmount'),
    charges: maybe('ChargeTotalAmount'),
    net: amountAt(sums, 'cbc:TaxExclusiveAmount', currency, 'BR-13', 'its total without VAT'),
    gross: amountAt(sums, 'cbc:TaxInclusiveAmount', currency, 'BR-14', 'its total with VAT'),
    prepaid: maybe('PrepaidAmount'),
    rounding: maybe('PayableRoundingAmount'),
    payable: amountAt(sums, 'cbc:PayableAmount', currency, 'BR-15', 'the amount to be paid'),
  };
}

/** A second total may give the tax in the currency of the tax authority; it has no parts. */
function taxTotals(root: XmlNode, currency: string): { subtotals: XmlNode[]; tax: number } {
  const accounting = textAt(root, 'cbc:TaxCurrencyCode');
  const own = all(root, 'cac:TaxTotal').filter((each) => {
    const stated = one(each, 'cbc:TaxAmount')?.attributes.currencyID;
    return !(accounting !== '' && accounting !== currency && stated === accounting && all(each, 'cac:TaxSubtotal').length === 0);
  });
  if (own.length > 1) throw new NotRead('UBL-SR-48', 'it states the VAT more than once');
  const first = own[0];
  return {
    subtotals: first ? all(first, 'cac:TaxSubtotal') : [],
    tax: first ? amountAt(first, 'cbc:TaxAmount', currency, 'BR-CO-14', 'its VAT') : 0,
  };
}

function party(root: XmlNode, path: string, rule: string, who: string): EInvoice['seller'] {
  const at = one(root, `${path}/cac:Party`);
  const legal = at ? textAt(at, 'cac:PartyLegalEntity/cbc:RegistrationName') : '';
  const name = legal || (at ? textAt(at, 'cac:PartyName/cbc:Name') : '');
  const taxes = at ? all(at, 'cac:PartyTaxScheme').filter((each) => textAt(each, 'cac:TaxScheme/cbc:ID').toUpperCase() === 'VAT') : [];
  return { name: required(name, rule, `the name of ${who}`), taxId: short(taxes[0] ? textAt(taxes[0], 'cbc:CompanyID') : '') };
}

function line(node: XmlNode, currency: string, credit: boolean): ELine {
  const quantity = one(node, credit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity');
  return {
    id: short(textAt(node, 'cbc:ID')),
    name: short(textAt(node, 'cac:Item/cbc:Name')),
    quantity: short(quantity ? `${quantity.text.trim()} ${quantity.attributes.unitCode ?? ''}`.trim() : ''),
    net: amountAt(node, 'cbc:LineExtensionAmount', currency, 'BR-24', 'the amount of a line'),
    category: textAt(node, 'cac:Item/cac:ClassifiedTaxCategory/cbc:ID'),
    rate: rateAt(node, 'cac:Item/cac:ClassifiedTaxCategory/cbc:Percent'),
  };
}

function adjustment(node: XmlNode, currency: string): EAdjustment {
  const charge = charged(textAt(node, 'cbc:ChargeIndicator'));
  return {
    charge,
    amount: amountAt(
      node,
      'cbc:Amount',
      currency,
      charge ? 'BR-36' : 'BR-31',
      charge ? 'the amount of a charge' : 'the amount of an allowance',
    ),
    category: textAt(node, 'cac:TaxCategory/cbc:ID'),
    rate: rateAt(node, 'cac:TaxCategory/cbc:Percent'),
  };
}
