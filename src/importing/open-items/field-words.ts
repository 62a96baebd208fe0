import { isCurrency } from '../../kernel/money.ts';

/** What a column of an open-items list can say. */
export const OPEN_FIELDS = [
  'number',
  'open',
  'openLocal',
  'account',
  'accountName',
  'issued',
  'due',
  'currency',
  'currencyLocal',
  'docType',
  'total',
  'paid',
  'debit',
  'credit',
  'debitCredit',
  'status',
  'isOpen',
  'clearing',
  'entity',
  'fiscalYear',
  'reference',
  'purchaseOrder',
  'instalment',
  'terms',
  'dunningLevel',
  'lastDunned',
  'dunningBlock',
  'text',
  'email',
  'phone',
  'contactName',
  'country',
  'language',
  'glAccount',
  'special',
  'lineAmount',
  'lineDetail',
  'internal',
  'ageing',
] as const;
export type OpenField = (typeof OPEN_FIELDS)[number];

export type Content = 'amount' | 'date' | 'currency' | 'email' | 'code' | 'text' | 'any';
/** What must stand in the column for a header to be believed. */
export const CONTENT: Readonly<Partial<Record<OpenField, Content>>> = {
  open: 'amount',
  openLocal: 'amount',
  total: 'amount',
  paid: 'amount',
  debit: 'amount',
  credit: 'amount',
  lineAmount: 'amount',
  issued: 'date',
  due: 'date',
  lastDunned: 'date',
  currency: 'currency',
  currencyLocal: 'currency',
  number: 'code',
  account: 'code',
};

const words = (list: string) => list.split(/\s*,\s*/).filter((word) => word !== '');

/** Header words in English, German, French and Spanish and the systems' own names; the surer ones first. Compared without marks, spaces and signs. */
export const FIELD_WORDS: Readonly<Record<OpenField, readonly string[]>> = {
  number: words(
    'invoice number, invoice no, invoice #, document number, document no, documentno, doc no, doc number, voucher no, belegnummer, belegnr, belegnr., rechnungsnummer, rechnungsnr, rechnungs-nr, opos-nummer, numero de facture, no facture, no facture, numero facture, numero de pieza, numero de factura, no factura, numero factura, no de factura, num factura, factura, facture, invoice, invoice id, rechnung, beleg, piece, num, number, nummer, numero, transaction number, entry, ref, reference, no',
  ),
  open: words(
    'open amount, amount open, open balance, balance due, amount due, amount remaining, remaining amount, outstanding amount, outstanding, outstanding balance, invoice amount due, residual, amount residual, balance, total due, offener betrag, offen, offener saldo, op-betrag, restbetrag, saldo, betrag in belegwahrung, betrag in belegwaehrung, amount in dc, amount in doc curr, amount in doc. curr., amount in document currency, amount doc curr, montant ouvert, montant du, reste a payer, reste du, solde, solde du, restant du, importe pendiente, saldo pendiente, pendiente, cur. residual, amount in foreign currency, foreign amount remaining, amount (foreign currency), importe en moneda del documento, montant en devise piece, montant devise',
  ),
  openLocal: words(
    'amount in local currency, amt in loc.cur., amount in lc, amount in loc. curr., amount in company code currency, betrag in hauswahrung, betrag hauswahrung, betrag in hausw., betrag in buchungskreiswahrung, remaining amt. (lcy), remaining amount (lcy), montant en devise interne, montant en devise locale, importe en moneda local, base amount, open amount (base)',
  ),
  account: words(
    'customer number, customer no, customer no., customer id, customer code, account number, account no, account id, account code, contact account number, client number, client id, debtor number, debitorennummer, debitorennr, debitor, debtor, kundennummer, kundennr, kunden-nr, kundenkonto, kunden id, personenkonto, konto, kontonummer, code client, numero client, no client, no client, compte client, compte auxiliaire, compauxnum, codigo de cliente, codigo cliente, numero de cliente, no cliente, no de cliente, id cliente, cuenta de cliente, customer, account, kunde, client, cliente, a/c, ac',
  ),
  accountName: words(
    'customer name, customer full name, account name, client name, contact name, contactname, company name, debtor name, name 1, name1, kundenname, debitorname, firma, firmenname, name des kunden, nom du client, nom client, raison sociale, nom, compauxlib, nombre del cliente, nombre cliente, razon social, nombre, partner, party, party name, company, name, bezeichnung, customer, client, kunde, cliente',
  ),
  issued: words(
    'invoice date, document date, doc. date, doc date, date issued, issue date, issued, date of invoice, bill date, rechnungsdatum, belegdatum, rechn.-datum, date de facture, date facture, date de piece, date piece, piecedate, date d emission, fecha de factura, fecha factura, fecha de emision, fecha emision, fecha del documento, transaction date, date (utc), created (utc), posting date, buchungsdatum, date comptable, fecha contable, date, datum, fecha',
  ),
  due: words(
    'due date, date due, net due date, net due dt, netduedate, due on, due, due date (utc), maturity date, payment due date, falligkeit, fallig, fallig am, falligkeitsdatum, nettofalligkeit, nettofall., nettofallig, net due, date d echeance, date echeance, echeance, fecha de vencimiento, fecha vencimiento, vencimiento, vence',
  ),
  currency: words(
    'currency, currency code, curr, curr., cur., ccy, doc. currency, document currency, wahrung, wae, whrg, wahr., belegwahrung, devise, code devise, idevise, moneda, divisa, codigo de moneda',
  ),
  currencyLocal: words(
    'lcurr, local currency, loc. curr., hwahr, hauswahrung, company currency, base currency, devise interne, moneda local',
  ),
  docType: words(
    'document type, doc type, doc. type, transaction type, voucher type, type of document, invoice type, belegart, belegtyp, dokumentart, vorgangsart, type de piece, type de document, type piece, clase de documento, tipo de documento, tipo documento, type, typ, art, tipo',
  ),
  total: words(
    'original amount, invoice amount, invoiced amount, invoice total, total amount, gross amount, amount, total, gross, grand total, ursprungsbetrag, ursprunglicher betrag, bruttobetrag, rechnungsbetrag, betrag, brutto, gesamtbetrag, montant ttc, montant total, montant, total ttc, importe total, importe, original, cur. original',
  ),
  paid: words(
    'amount paid, paid amount, invoice amount paid, paid to date, payments, bezahlt, gezahlt, bereits bezahlt, montant paye, montant regle, paye, importe pagado, pagado',
  ),
  debit: words('debit, debit amount, sollbetrag, soll, debe, montant debit'),
  credit: words('credit, credit amount, habenbetrag, haben, haber, montant credit'),
  debitCredit: words(
    's/h, soll/haben, soll-/haben-kennz., soll haben kennzeichen, debit/credit, d/c, dr/cr, debit/credit ind, sens, d/h, debe/haber',
  ),
  status: words('status, invoice status, payment status, state, zahlungsstatus, rechnungsstatus, statut, etat, estado, estado de pago'),
  isOpen: words('open, is open, offen ja/nein, abierto, ouvert'),
  clearing: words(
    'clearing document, clrng doc., clrng doc, clearing doc, clearing, clearing date, ausgleichsbeleg, ausgl.bel., ausgleich, ausgleichsdatum, lettrage, lettre, ecriturelet, piece de rapprochement, documento de compensacion, compensacion, cleared, cleared date',
  ),
  entity: words(
    'company code, cocd, selling entity, legal entity, buchungskreis, bukr., bukrs, mandant, societe, code societe, sociedad, codigo de sociedad, subsidiary, entity, business unit, branch',
  ),
  fiscalYear: words('fiscal year, year, geschaftsjahr, gjahr, exercice, exercice comptable, ejercicio'),
  reference: words(
    'customer reference, your reference, reference, reference number, ref, external document no., external document no, invoice reference, referenz, referenznummer, ihre referenz, reference client, votre reference, referencia, referencia del cliente, ref - label, assignment, zuordnung, affectation, asignacion',
  ),
  purchaseOrder: words(
    'purchase order, purchase order number, po number, po no, po #, p.o. #, p. o. #, po, p.o. number, purchaseorder, customer lpo, customer po, bestellnummer, bestell-nr, kundenbestellung, ihre bestellung, numero de commande, bon de commande, pedido, numero de pedido, orden de compra',
  ),
  instalment: words(
    'instalment, installment, line item, item, itm, position, pos, posten, zeile, buzei, rate, ratennummer, teilzahlung nr, tranche, poste, plazo, cuota',
  ),
  terms: words(
    'terms, payment terms, payt, payt terms, payment terms label, zahlungsbedingung, zahlungsbedingungen, zahlungsziel, zlgsbed, conditions de paiement, delai de paiement, condiciones de pago, forma de pago',
  ),
  dunningLevel: words(
    'dunning level, dunn. level, dunning, reminder level, mahnstufe, mahnst., niveau de relance, niveau relance, nivel de reclamacion, nivel de aviso, mahns',
  ),
  lastDunned: words(
    'last dunned, last dunning, last reminder, last dunning date, letzte mahnung, mahndatum, zuletzt gemahnt, derniere relance, date de relance, ultima reclamacion, ultimo aviso, madat',
  ),
  dunningBlock: words(
    'dunning block, dunn. block, dunning stop, on hold, mahnsperre, mahnspr., mansp, blocage relance, blocage de relance, bloqueo de reclamacion, bloqueo',
  ),
  text: words(
    'description, details, memo, text, item text, buchungstext, verwendungszweck, bemerkung, libelle, ecriturelib, texto, concepto, descripcion, notes, private notes',
  ),
  email: words(
    'email, e-mail, email address, emailaddress, customer email, mail, e-mail-adresse, mailadresse, courriel, adresse e-mail, correo, correo electronico',
  ),
  phone: words('phone, telephone, phone number, tel, billing phone, telefon, telefonnummer, telephone client, telefono'),
  contactName: words(
    'primary person, contact person, contact, customer contact, ansprechpartner, personne de contact, persona de contacto, contacto',
  ),
  country: words('country, country code, billing country, pocountry, land, landerschlussel, pays, code pays, pais'),
  language: words('language, language code, sprache, langue, idioma'),
  glAccount: words(
    'g/l account, gl account, receivable account, sachkonto, hauptbuchkonto, abstimmkonto, comptenum, compte general, cuenta contable',
  ),
  special: words('special g/l ind., special gl, sonderhauptbuchkennzeichen, shb, shbkz'),
  lineAmount: words(
    'line amount, lineamount, line total, item total, line subtotal, zeilenbetrag, positionsbetrag, montant ligne, importe linea',
  ),
  lineDetail: words(
    'quantity, qty, unit price, unitamount, unitprice, item name, item price, item description, item desc, product, product id, inventory item code, inventoryitemcode, rate, menge, einzelpreis, artikel, artikelnummer, quantite, prix unitaire, article, cantidad, precio unitario, articulo',
  ),
  internal: words('entry no., entry no, transaction no, internal id, invoice id, ecriturenum, id'),
  ageing: words(
    'age, age (days), aging, days overdue, current, 1 - 30, 31 - 60, 61 - 90, 91 - 120, 0 - 30, 0-30, 1-30, 31-60, 61-90, 91-120, 90+, 91+, > 90, over 90, 121-above, older, < 1 month, 1 month, 2 months, 3 months, period 1, period 2, period 3, future, nicht fallig, non echu, no vencido',
  ),
};

/** A header as it is compared: letters and digits only, without marks, ü as u and ue alike. */
export function plainWord(text: string): string {
  return text
    .replaceAll(/\bn\.?\s?[º°]/gi, 'no ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('#', 'no')
    .replaceAll(/([aou])e/g, '$1')
    .replaceAll(/[^\p{L}\p{N}%+<>]+/gu, '');
}

/** Words that mean one field here and another there: a column taken by one of them is a guess until somebody has looked. */
export const DOUBTFUL = new Set(
  words(
    'no, num, ref, reference, entry, piece, account, account code, account id, customer, kunde, client, cliente, debitor, contact, type, typ, art, tipo, company, name, entity, branch, id, invoice id, rate, text, details',
  ).map(plainWord),
);

/** The same without what stands in brackets, and without a currency at its end: Amount (USD). */
export function coreWord(text: string): string {
  return plainWord(
    text
      .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ' ')
      .replace(/\s+(?:in\s+)?([A-Z]{3})\s*$/, (whole, code: string) => (isCurrency(code) ? '' : whole)),
  );
}
