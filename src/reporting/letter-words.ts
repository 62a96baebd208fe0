import type { NoticeMethod } from '../charges/agreement.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';

/** What stands on a letter besides its own words. */
interface LetterWords {
  readonly date: string;
  readonly reference: string;
  readonly remittance: string;
  readonly by: Readonly<Record<NoticeMethod, string>>;
  readonly through: (firm: string) => string;
  readonly invoice: string;
  readonly issued: string;
  readonly due: string;
  readonly amount: string;
  readonly total: string;
  readonly page: (page: number, pages: number) => string;
  /** Of the file. */
  readonly file: string;
}

export const LETTER_WORDS: Readonly<Record<LetterLanguage, LetterWords>> = {
  en: {
    date: 'Date',
    reference: 'Our reference',
    remittance: 'Remittance advice',
    by: { email: 'By email', post: 'By post', 'registered-post': 'By registered post', courier: 'By courier' },
    through: (firm) => `Sent for us by ${firm}`,
    invoice: 'Invoice',
    issued: 'Date',
    due: 'Due',
    amount: 'Amount',
    total: 'Total',
    page: (page, pages) => `Page ${page} of ${pages}`,
    file: 'demand-letter',
  },
  de: {
    date: 'Datum',
    reference: 'Unser Zeichen',
    remittance: 'Zahlungsavise',
    by: { email: 'Per E-Mail', post: 'Per Post', 'registered-post': 'Per Einschreiben', courier: 'Per Kurier' },
    through: (firm) => `In unserem Auftrag: ${firm}`,
    invoice: 'Rechnung',
    issued: 'Datum',
    due: 'Fällig',
    amount: 'Betrag',
    total: 'Summe',
    page: (page, pages) => `Seite ${page} von ${pages}`,
    file: 'Zahlungsaufforderung',
  },
  fr: {
    date: 'Date',
    reference: 'Notre référence',
    remittance: 'Avis de paiement',
    by: {
      email: 'Par courriel',
      post: 'Par courrier',
      'registered-post': 'Lettre recommandée avec avis de réception',
      courier: 'Par coursier',
    },
    through: (firm) => `Envoyé en notre nom par ${firm}`,
    invoice: 'Facture',
    issued: 'Date',
    due: 'Échéance',
    amount: 'Montant',
    total: 'Total',
    page: (page, pages) => `Page ${page} sur ${pages}`,
    file: 'mise-en-demeure',
  },
  es: {
    date: 'Fecha',
    reference: 'Nuestra referencia',
    remittance: 'Avisos de pago',
    by: { email: 'Por correo electrónico', post: 'Por correo', 'registered-post': 'Por correo certificado', courier: 'Por mensajería' },
    through: (firm) => `Enviado en nuestro nombre por ${firm}`,
    invoice: 'Factura',
    issued: 'Fecha',
    due: 'Vencimiento',
    amount: 'Importe',
    total: 'Total',
    page: (page, pages) => `Página ${page} de ${pages}`,
    file: 'requerimiento-de-pago',
  },
};
