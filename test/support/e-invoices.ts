/** E-invoices of made-up companies, whose sums are right. `lines` are net amounts in cents at 19 %. */
export interface MadeInvoice {
  readonly number: string;
  readonly lines: readonly number[];
  readonly iban?: string;
  readonly order?: string;
  readonly issued?: string;
  readonly due?: string;
  readonly seller?: string;
  readonly prepaid?: number;
}

const plain = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

export function sumsOf({ lines, prepaid = 0 }: MadeInvoice) {
  const net = lines.reduce((sum, each) => sum + each, 0);
  const tax = Math.round((net * 19) / 100);
  return { net, tax, gross: net + tax, payable: net + tax - prepaid };
}

export function ublOf(made: MadeInvoice): string {
  const { number, lines, iban = 'DE02120300000000202051', order = 'PO-77', issued = '2026-10-01', due = '2026-10-31', prepaid = 0 } = made;
  const { net, tax, gross, payable } = sumsOf(made);
  const amount = (name: string, cents: number) => `<cbc:${name} currencyID="EUR">${plain(cents)}</cbc:${name}>`;
  const rate = (name: string) =>
    `<cac:${name}><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:${name}>`;
  const party = (name: string, vat: string) =>
    `<cac:Party><cac:PartyTaxScheme><cbc:CompanyID>${vat}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>${number}</cbc:ID><cbc:IssueDate>${issued}</cbc:IssueDate><cbc:DueDate>${due}</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>${order}</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty>${party(made.seller ?? 'Seller Example Ltd', 'DE111111125')}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${party('Buyer Example GmbH', 'DE222222221')}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>${iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal>${amount('TaxAmount', tax)}<cac:TaxSubtotal>${amount('TaxableAmount', net)}${amount('TaxAmount', tax)}${rate('TaxCategory')}</cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal>${amount('LineExtensionAmount', net)}${amount('TaxExclusiveAmount', net)}${amount('TaxInclusiveAmount', gross)}${amount('PrepaidAmount', prepaid)}${amount('PayableAmount', payable)}</cac:LegalMonetaryTotal>
${lines
  .map(
    (cents, n) =>
      `<cac:InvoiceLine><cbc:ID>${n + 1}</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>${amount('LineExtensionAmount', cents)}<cac:Item><cbc:Name>Item ${n + 1}</cbc:Name>${rate('ClassifiedTaxCategory')}</cac:Item></cac:InvoiceLine>`,
  )
  .join('\n')}
</Invoice>`;
}

export function ciiOf(made: MadeInvoice): string {
  const { number, lines, iban = 'DE02120300000000202051', order = 'PO-77', issued = '2026-10-01', due = '2026-10-31', prepaid = 0 } = made;
  const { net, tax, gross, payable } = sumsOf(made);
  const date = (text: string) => `<udt:DateTimeString format="102">${text.replaceAll('-', '')}</udt:DateTimeString>`;
  const vat = '<ram:TypeCode>VAT</ram:TypeCode>';
  const rate = '<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent>';
  const party = (name: string, id: string) =>
    `<ram:Name>${name}</ram:Name><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${id}</ram:ID></ram:SpecifiedTaxRegistration>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>${number}</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>${date(issued)}</ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
${lines
  .map(
    (cents, n) =>
      `<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>${n + 1}</ram:LineID></ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>Item ${n + 1}</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>${vat}${rate}</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${plain(cents)}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>`,
  )
  .join('\n')}
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>${party(made.seller ?? 'Seller Example Ltd', 'DE111111125')}</ram:SellerTradeParty><ram:BuyerTradeParty>${party('Buyer Example GmbH', 'DE222222221')}</ram:BuyerTradeParty><ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>${order}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>${iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
<ram:ApplicableTradeTax><ram:CalculatedAmount>${plain(tax)}</ram:CalculatedAmount>${vat}<ram:BasisAmount>${plain(net)}</ram:BasisAmount>${rate}</ram:ApplicableTradeTax>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>${date(due)}</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>${plain(net)}</ram:LineTotalAmount><ram:TaxBasisTotalAmount>${plain(net)}</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">${plain(tax)}</ram:TaxTotalAmount><ram:GrandTotalAmount>${plain(gross)}</ram:GrandTotalAmount><ram:TotalPrepaidAmount>${plain(prepaid)}</ram:TotalPrepaidAmount><ram:DuePayableAmount>${plain(payable)}</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;
}
