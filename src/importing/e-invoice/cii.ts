import type { EAdjustment, EInvoice, ELine } from '../../invoices/e-invoice.ts';
import type { Day } from '../../kernel/day.ts';
import { accountsOf, amountAt, amountOf, bounded, charged, currencyIn, dayIn, rateAt, required, short, totalOf } from './values.ts';
import { all, NotRead, one, textAt, type XmlNode } from './xml-tree.ts';

/**
 * Reads a UN/CEFACT cross industry invoice (XRechnung, Factur-X, ZUGFeRD 2) as EN 16931 maps it. Throws NotRead.
 * https://github.com/ConnectingEurope/eInvoicing-EN16931/tree/master/cii
 */
export function readCii(root: XmlNode): EInvoice {
  const head = one(root, 'rsm:ExchangedDocument');
  const trade = one(root, 'rsm:SupplyChainTradeTransaction');
  const agreement = trade && one(trade, 'ram:ApplicableHeaderTradeAgreement');
  const settlement = trade && one(trade, 'ram:ApplicableHeaderTradeSettlement');
  if (!head || !trade || !agreement || !settlement) throw new NotRead('structure', 'it lacks one of the main parts of an e-invoice');
  const profile = textAt(root, 'rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID');
  const currency = currencyIn(textAt(settlement, 'ram:InvoiceCurrencyCode'));
  const adjustments = [
    ...all(settlement, 'ram:SpecifiedTradeAllowanceCharge').map((each) => adjustment(each, currency)),
    ...freight(settlement, currency),
  ];
  const issued = textAt(head, 'ram:IssueDateTime/udt:DateTimeString');
  return {
    syntax: 'CII',
    profile: required(profile, 'BR-01', 'which specification it follows'),
    type: required(textAt(head, 'ram:TypeCode'), 'BR-04', 'its type'),
    number: required(textAt(head, 'ram:ID'), 'BR-02', 'its number'),
    issued: dayIn(required(issued, 'BR-03', 'the day it was issued'), 'The day it was issued'),
    due: dueIn(settlement),
    currency,
    seller: party(agreement, 'ram:SellerTradeParty', 'BR-06', 'the seller'),
    buyer: party(agreement, 'ram:BuyerTradeParty', 'BR-07', 'the buyer'),
    order: short(textAt(agreement, 'ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID')),
    buyerReference: short(textAt(agreement, 'ram:BuyerReference')),
    accounts: accountsOf(
      all(settlement, 'ram:SpecifiedTradeSettlementPaymentMeans/ram:PayeePartyCreditorFinancialAccount').map(
        (each) => textAt(each, 'ram:IBANID') || textAt(each, 'ram:ProprietaryID'),
      ),
    ),
    terms: short(
      all(settlement, 'ram:SpecifiedTradePaymentTerms/ram:Description')
        .map(({ text }) => text.trim())
        .join('\n'),
    ),
    lines: bounded(all(trade, 'ram:IncludedSupplyChainTradeLineItem'))
      .filter(counts)
      .map((each) => line(each, currency)),
    adjustments,
    vat: all(settlement, 'ram:ApplicableTradeTax').map((each) => ({
      category: textAt(each, 'ram:CategoryCode'),
      rate: rateAt(each, 'ram:RateApplicablePercent'),
      base: amountAt(each, 'ram:BasisAmount', currency, 'BR-45', 'what a VAT amount is charged on'),
      tax: amountAt(each, 'ram:CalculatedAmount', currency, 'BR-46', 'a VAT amount'),
    })),
    totals: totals(settlement, currency, adjustments),
  };
}

function totals(settlement: XmlNode, currency: string, adjustments: readonly EAdjustment[]): EInvoice['totals'] {
  const sums = one(settlement, 'ram:SpecifiedTradeSettlementHeaderMonetarySummation');
  if (!sums) throw new NotRead('BR-12', 'it states no totals');
  const maybe = (name: string) => amountOf(one(sums, `ram:${name}`), currency, `its ${name}`);
  const accounting = textAt(settlement, 'ram:TaxCurrencyCode');
  const taxes = all(sums, 'ram:TaxTotalAmount').filter(
    ({ attributes }) => !(accounting !== '' && accounting !== currency && attributes.currencyID === accounting),
  );
  if (taxes.length > 1) throw new NotRead('twice', 'it states the VAT more than once');
  const net = amountAt(sums, 'ram:TaxBasisTotalAmount', currency, 'BR-13', 'its total without VAT');
  return {
    // The smallest profile states no sum of lines: it is what the total without VAT leaves.
    lines: maybe('LineTotalAmount') ?? net + totalOf(adjustments, false) - totalOf(adjustments, true),
    allowances: maybe('AllowanceTotalAmount') ?? 0,
    charges: maybe('ChargeTotalAmount') ?? 0,
    net,
    tax: amountOf(taxes[0] ?? null, currency, 'its VAT') ?? 0,
    gross: amountAt(sums, 'ram:GrandTotalAmount', currency, 'BR-14', 'its total with VAT'),
    prepaid: maybe('TotalPrepaidAmount') ?? 0,
    rounding: maybe('RoundingAmount') ?? 0,
    payable: amountAt(sums, 'ram:DuePayableAmount', currency, 'BR-15', 'the amount to be paid'),
  };
}

/** Of several terms the last day: the earlier ones give a discount or ask for a part. */
function dueIn(settlement: XmlNode): Day | null {
  const found = all(settlement, 'ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString').map(({ text }) => text.trim());
  const dues = found.filter((text) => text !== '').map((text) => dayIn(text, 'The due date'));
  return dues.sort().at(-1) ?? null;
}

/** In the extended profile a line may be a heading or a part of another: it is marked, and counts in neither sum. */
function counts(node: XmlNode): boolean {
  const status = textAt(node, 'ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode');
  return status === '' || status === 'DETAIL';
}

function party(agreement: XmlNode, path: string, rule: string, who: string): EInvoice['seller'] {
  const at = one(agreement, path);
  const taxes = at ? all(at, 'ram:SpecifiedTaxRegistration/ram:ID').filter(({ attributes }) => attributes.schemeID === 'VA') : [];
  return { name: required(at ? textAt(at, 'ram:Name') : '', rule, `the name of ${who}`), taxId: short(taxes[0]?.text.trim() ?? '') };
}

function line(node: XmlNode, currency: string): ELine {
  const quantity = one(node, 'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity');
  const settled = one(node, 'ram:SpecifiedLineTradeSettlement');
  if (!settled) throw new NotRead('BR-24', 'it does not state the amount of a line');
  return {
    id: short(textAt(node, 'ram:AssociatedDocumentLineDocument/ram:LineID')),
    name: short(textAt(node, 'ram:SpecifiedTradeProduct/ram:Name')),
    quantity: short(quantity ? `${quantity.text.trim()} ${quantity.attributes.unitCode ?? ''}`.trim() : ''),
    net: amountAt(
      settled,
      'ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount',
      currency,
      'BR-24',
      'the amount of a line',
    ),
    category: textAt(settled, 'ram:ApplicableTradeTax/ram:CategoryCode'),
    rate: rateAt(settled, 'ram:ApplicableTradeTax/ram:RateApplicablePercent'),
  };
}

function adjustment(node: XmlNode, currency: string): EAdjustment {
  const charge = charged(textAt(node, 'ram:ChargeIndicator/udt:Indicator'));
  return {
    charge,
    amount: amountAt(
      node,
      'ram:ActualAmount',
      currency,
      charge ? 'BR-36' : 'BR-31',
      charge ? 'the amount of a charge' : 'the amount of an allowance',
    ),
    category: textAt(node, 'ram:CategoryTradeTax/ram:CategoryCode'),
    rate: rateAt(node, 'ram:CategoryTradeTax/ram:RateApplicablePercent'),
  };
}

/** The extended profile has charges for carriage of their own kind. */
function freight(settlement: XmlNode, currency: string): EAdjustment[] {
  return all(settlement, 'ram:SpecifiedLogisticsServiceCharge').map((node) => ({
    charge: true,
    amount: amountAt(node, 'ram:AppliedAmount', currency, 'BR-36', 'the amount of a charge'),
    category: textAt(node, 'ram:AppliedTradeTax/ram:CategoryCode'),
    rate: rateAt(node, 'ram:AppliedTradeTax/ram:RateApplicablePercent'),
  }));
}
