import type { ChargeKind } from '../charges/charges.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';

interface StatementWords {
  readonly title: string;
  /** Beginning of the file's name. */
  readonly file: string;
  readonly customer: string;
  readonly customerNumber: string;
  readonly asOf: (when: string) => string;
  /** Columns. */
  readonly invoice: string;
  readonly issued: string;
  readonly due: string;
  readonly late: string;
  readonly total: string;
  readonly open: string;
  readonly sum: string;
  readonly credit: string;
  readonly balance: string;
  /** What is claimed besides the invoices. */
  readonly charges: string;
  readonly claim: string;
  readonly period: string;
  readonly days: string;
  readonly rate: string;
  readonly chargesSum: string;
  readonly kinds: Readonly<Record<ChargeKind, string>>;
  readonly page: (at: number, of: number) => string;
}

export const STATEMENT_WORDS: Readonly<Record<LetterLanguage, StatementWords>> = {
  en: {
    title: 'Statement of account',
    file: 'Statement',
    customer: 'Customer',
    customerNumber: 'Customer number',
    asOf: (when) => `Payments received up to ${when} are included.`,
    invoice: 'Invoice',
    issued: 'Date',
    due: 'Due',
    late: 'Days overdue',
    total: 'Amount',
    open: 'Open',
    sum: 'Open invoices',
    credit: 'Less credit on account',
    balance: 'Balance',
    charges: 'Interest and costs of late payment, not part of the balance above',
    claim: 'Charge',
    period: 'Period',
    days: 'Days',
    rate: 'Annual rate',
    chargesSum: 'Interest and costs',
    kinds: { interest: 'Interest', compensation: 'Compensation', 'reminder-fee': 'Reminder fee', 'recovery-cost': 'Recovery cost' },
    page: (at, of) => `Page ${at} of ${of}`,
  },
  de: {
    title: 'Aufstellung offener Posten',
    file: 'Offene-Posten',
    customer: 'Kunde',
    customerNumber: 'Kundennummer',
    asOf: (when) => `Zahlungseingänge bis ${when} sind berücksichtigt.`,
    invoice: 'Rechnung',
    issued: 'Datum',
    due: 'Fällig',
    late: 'Tage überfällig',
    total: 'Betrag',
    open: 'Offen',
    sum: 'Offene Rechnungen',
    credit: 'Abzüglich Guthaben',
    balance: 'Saldo',
    charges: 'Verzugszinsen und Verzugskosten, nicht im Saldo oben enthalten',
    claim: 'Forderung',
    period: 'Zeitraum',
    days: 'Tage',
    rate: 'Zinssatz p. a.',
    chargesSum: 'Zinsen und Kosten',
    kinds: {
      interest: 'Verzugszinsen',
      compensation: 'Verzugspauschale',
      'reminder-fee': 'Mahngebühr',
      'recovery-cost': 'Beitreibungskosten',
    },
    page: (at, of) => `Seite ${at} von ${of}`,
  },
  fr: {
    title: 'Relevé de compte',
    file: 'Releve',
    customer: 'Client',
    customerNumber: 'Numéro de client',
    asOf: (when) => `Les paiements reçus jusqu’au ${when} sont pris en compte.`,
    invoice: 'Facture',
    issued: 'Date',
    due: 'Échéance',
    late: 'Jours de retard',
    total: 'Montant',
    open: 'Restant dû',
    sum: 'Factures non réglées',
    credit: 'Moins avoirs et acomptes',
    balance: 'Solde',
    charges: 'Intérêts et frais de retard, non compris dans le solde ci-dessus',
    claim: 'Nature',
    period: 'Période',
    days: 'Jours',
    rate: 'Taux annuel',
    chargesSum: 'Intérêts et frais',
    kinds: {
      interest: 'Intérêts de retard',
      compensation: 'Indemnité forfaitaire',
      'reminder-fee': 'Frais de rappel',
      'recovery-cost': 'Frais de recouvrement',
    },
    page: (at, of) => `Page ${at} sur ${of}`,
  },
  es: {
    title: 'Extracto de cuenta',
    file: 'Extracto-de-cuenta',
    customer: 'Cliente',
    customerNumber: 'Número de cliente',
    asOf: (when) => `Se incluyen los pagos recibidos hasta el ${when}.`,
    invoice: 'Factura',
    issued: 'Fecha',
    due: 'Vencimiento',
    late: 'Días de retraso',
    total: 'Importe',
    open: 'Pendiente',
    sum: 'Facturas pendientes',
    credit: 'Menos saldo a favor',
    balance: 'Saldo',
    charges: 'Intereses y gastos de demora, no incluidos en el saldo anterior',
    claim: 'Concepto',
    period: 'Período',
    days: 'Días',
    rate: 'Tipo anual',
    chargesSum: 'Intereses y gastos',
    kinds: {
      interest: 'Intereses de demora',
      compensation: 'Indemnización fija',
      'reminder-fee': 'Gastos de reclamación',
      'recovery-cost': 'Costes de cobro',
    },
    page: (at, of) => `Página ${at} de ${of}`,
  },
};
