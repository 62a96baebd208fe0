import type { DocumentClass } from './documents.ts';
import { plainWord } from './field-words.ts';
import type { Preset } from './presets.ts';

const PAYMENT =
  /payment|prepay|overpay|receipt|deposit|unapplied|on account|zahlung|akonto|anzahlung|vorauszahlung|uberzahlung|uberwsg|uberweisung|einzahlung|paiement|reglement|acompte|encaissement|virement|versement|trop.?percu|pago|cobro|anticipo|transferencia|bacs|bank|banque|banco|kasse|caisse|caja|cash/;
const CREDIT = /credit|gutschrift|storno|rucksendung|return|refund|avoir|abono|nota de credito|rectificativa|\bcn\b|\bret\b/;
const OTHER =
  /journal|finance charge|reminder|mahn|fee|gebuhr|zins|interest|buchung|umbuchung|ecriture|asiento|relance|penalite|interes|debit note|adjustment|opening|eroffnung|saldovortrag|a nouveau|beginning balance/;
const INVOICE = /invoice|rechnung|factur|bill\b|\binv\b|sales/;

/** A type written out, in one of four languages; null for a word nobody knows. */
export function classOfWord(text: string): DocumentClass | null {
  const word = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  if (word === '') return null;
  if (OTHER.test(word) && !/credit|gutschrift/.test(word)) return 'other';
  if (/credit (?:memo|note)|creditnote|gutschrift|avoir|nota de credito|factura rectificativa/.test(word)) return 'credit';
  if (PAYMENT.test(word)) return 'payment';
  if (CREDIT.test(word)) return 'credit';
  return INVOICE.test(word) ? 'invoice' : null;
}

export interface Classed {
  readonly class: DocumentClass;
  /** By the sign alone, or against its type: worth a word. */
  readonly mark: string | null;
  /** A type that is not known: it is asked what it means. */
  readonly unknownType: string | null;
}

/** By the type where there is one, else by what stands in number and text; the sign decides between an invoice and a credit. */
export function classOf(
  said: { readonly type: string; readonly number: string; readonly texts: readonly string[]; readonly negative: boolean },
  preset: Preset | null,
  chosen: Readonly<Record<string, DocumentClass>>,
): Classed {
  const known = chosen[said.type] ?? typeIn(preset, said.type) ?? classOfWord(said.type);
  const unknownType = said.type !== '' && known === null ? said.type : null;
  if (known === 'invoice') return { class: said.negative ? 'credit' : 'invoice', mark: null, unknownType };
  if (known !== null) return { class: known, mark: null, unknownType };
  if (!said.negative) return { class: 'invoice', mark: null, unknownType };
  const begun = preset?.numbersBegin?.find(([start]) => said.number.startsWith(start));
  if (begun) return { class: begun[1], mark: null, unknownType };
  for (const text of [...said.texts, said.number]) {
    const word = classOfWord(text);
    if (word === 'payment' || word === 'credit') return { class: word, mark: null, unknownType };
  }
  return { class: 'credit', mark: 'read as a credit note by its sign alone', unknownType };
}

function typeIn(preset: Preset | null, type: string): DocumentClass | null {
  const types = preset?.types ?? {};
  return types[type] ?? types[type.toUpperCase()] ?? null;
}

export type StatusMeaning = 'open' | 'partial' | 'closed' | 'draft' | 'void';

const STATUSES: Readonly<Record<StatusMeaning, string>> = {
  open: 'open,outstanding,unpaid,overdue,past due,due,not due,sent,viewed,approved,authorised,authorized,awaiting payment,posted,submitted,issued,late,uncollectible,disputed,partially disputed,offen,unbezahlt,uberfallig,fallig,versendet,gesendet,verbucht,gebucht,freigegeben,ouvert,ouverte,impaye,impayee,non paye,non payee,en retard,envoyee,envoye,a payer,echu,echue,abierto,abierta,pendiente,impagado,impagada,vencido,vencida,enviado,enviada,not paid,in payment',
  partial:
    'partial,partially paid,part paid,partly paid,teilbezahlt,teilweise bezahlt,teilzahlung,partiellement paye,partiellement payee,partiel,parcial,parcialmente pagado,parcialmente pagada',
  closed:
    'paid,closed,settled,cleared,complete,completed,paid in full,credited,applied,written off,writtenoff,bezahlt,ausgeglichen,erledigt,abgeschlossen,beglichen,paye,payee,solde,soldee,regle,reglee,lettre,clos,pagado,pagada,cobrado,cobrada,cerrado,cerrada,saldado',
  draft: 'draft,pending approval,awaiting approval,unsent,entwurf,vorlaufig,geplant,brouillon,provisoire,borrador,proforma,pro forma,quote',
  void: 'void,voided,cancelled,canceled,deleted,reversed,storniert,ungultig,geloscht,annule,annulee,supprime,anulado,anulada,cancelado,cancelada,eliminado',
};
const MEANINGS = new Map(
  (Object.entries(STATUSES) as [StatusMeaning, string][]).flatMap(([means, list]) =>
    list.split(',').map((word) => [plainWord(word), means] as const),
  ),
);

/** null for a word nobody knows. */
export function statusMeaning(text: string): StatusMeaning | null {
  return MEANINGS.get(plainWord(text)) ?? null;
}
