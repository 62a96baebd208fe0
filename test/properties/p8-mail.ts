import type { TakenMail } from '../support/smtp-sink.ts';

/** A mail as its reader sees it. */
export interface SeenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Lines ended by \n. */
  readonly body: string;
  readonly messageId: string;
}

/** Decodes what an SMTP server took: headers of RFC 2047, a text part of RFC 2045, alone or first of several. */
export function seenMail({ from, to, bytes }: TakenMail): SeenMail {
  const { headers, body } = split(bytes.toString('latin1'));
  return {
    from,
    to,
    subject: words(headers.get('subject') ?? ''),
    body: textOf(headers, body).replaceAll('\r\n', '\n').trimEnd(),
    messageId: headers.get('message-id') ?? '',
  };
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  const headers = new Map(
    head.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { headers, body: raw.slice(end + 4) };
}

function textOf(headers: Map<string, string>, body: string): string {
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary) {
    const part = split(body.split(`--${boundary}`)[1]!.replace(/^\r\n/, ''));
    return textOf(part.headers, part.body.replace(/\r\n$/, ''));
  }
  const encoding = (headers.get('content-transfer-encoding') ?? '7bit').toLowerCase();
  const bytes =
    encoding === 'base64' ? Buffer.from(body, 'base64') : encoding === 'quoted-printable' ? quoted(body) : Buffer.from(body, 'latin1');
  return bytes.toString('utf8');
}

const quoted = (text: string) =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

function words(header: string): string {
  const joined = header.replace(/(\?=)\s+(=\?)/g, '$1$2');
  const bytes = joined.replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
    (how.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : quoted(text.replaceAll('_', ' '))).toString('latin1'),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** An amount with its currency, in minor units. */
export interface Sum {
  readonly amount: number;
  readonly currency: string;
}

const SIGNS: Readonly<Record<string, string>> = {
  '£': 'GBP',
  '€': 'EUR',
  US$: 'USD',
  $: 'USD',
  '£GB': 'GBP',
  $US: 'USD',
  GBP: 'GBP',
  EUR: 'EUR',
  USD: 'USD',
};
const SIGN = String.raw`US\$|\$US|£GB|GBP|EUR|USD|£|€|\$`;
const FIGURE = String.raw`\d[\d.,\u00a0\u202f]*[.,]\d{2}(?!\d)`;
const MONEY = new RegExp(String.raw`(?:(${SIGN})[\u00a0\u202f ]?)?(${FIGURE})(?:[\u00a0\u202f ](${SIGN}))?`, 'g');

/** Every amount of money in a text, in order. All currencies of the year have two decimals. */
export function amountsIn(text: string): Sum[] {
  return [...text.matchAll(MONEY)].flatMap(([, before, figure, after]) => {
    const currency = SIGNS[after ?? before ?? ''];
    return currency ? [{ amount: Number(figure!.replace(/\D/g, '')), currency }] : [];
  });
}

/** Words that stand in any letter of a language and in none of another. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['the', 'and', 'our', 'please', 'have', 'you', 'for', 'regards'],
  de: ['und', 'die', 'bitte', 'unsere', 'nicht', 'wir', 'ihnen', 'der'],
  fr: ['nous', 'votre', 'vous', 'le', 'avez', 'est', 'sur', 'une'],
  es: ['nuestros', 'por', 'han', 'su', 'del', 'los', 'con', 'el'],
};

/** The one whose words are by far the most. */
export function languageOf(text: string): string {
  const said = text.toLowerCase().split(/[^\p{L}]+/u);
  const [first, second] = Object.entries(WORDS)
    .map(([language, words]) => ({ language, count: said.filter((word) => words.includes(word)).length }))
    .sort((a, b) => b.count - a.count);
  return first!.count > 2 * second!.count ? first!.language : 'mixed';
}

const SUBJECTS: readonly [string, RegExp][] = [
  ['note', /do you have everything you need|Haben Sie alles|avez-vous tout|tiene todo/],
  ['statement', /^(?:Statement of account|Aufstellung offener Posten|Relevé de compte|Extracto de cuenta)/],
  ['reminder', /^(?:Overdue|Zahlungserinnerung|Relance|Recordatorio de pago)\s?:/],
  ['friendly', /^(?:Reminder|Erinnerung|Rappel|Recordatorio)\s?:/],
  ['firm', /overdue: |^Mahnung: |^Retard de paiement|^Pago vencido/],
  ['second-contact', /(?:unpaid|offen|restant à régler|pendientes de pago)$/],
  [
    'demand-letter',
    /^(?:Formal demand for payment|Letter of claim|Zahlungsaufforderung mit Fristsetzung|Mise en demeure de payer|Requerimiento de pago)/,
  ],
  ['final-notice', /^(?:final notice|letzte Mahnung|dernier rappel(?: avant mise en demeure)?|último aviso)\s?:/i],
];

const LETTERS: readonly [string, RegExp][] = [
  ['promise-confirmation', /^(?:Your payment of|Ihre Zahlung von|Votre règlement de|Su pago de) /],
  ['promise-broken', /^(?:Payment of .* promised for|Zugesagte Zahlung von|Règlement de .* annoncé pour|Pago de .* anunciado para)/],
  ['dispute-received', /^(?:Your query|Ihre Beanstandung|Votre contestation|Su disconformidad)/],
  ['plan-offer', /^(?:Proposed payment plan|Vorschlag für einen Zahlungsplan|Proposition de plan|Propuesta de plan)/],
  ['invoice-copy', /^(?:Copy of|Kopie:|Copie\s:|Copia:)/],
  ['thanks', /^(?:Thank you for your payment|Vielen Dank für Ihre Zahlung|Merci pour votre règlement|Gracias por su pago)/],
];

/** What a letter that belongs to no step is, by its subject; '' when it is none. */
export const letterOf = (subject: string) => LETTERS.find(([, pattern]) => pattern.test(subject))?.[0] ?? '';

const CLAIMED =
  /in late-payment interest and costs|an Verzugszinsen und Verzugskosten|d’intérêts et de frais de retard|de intereses y costes de demora/;

/** What a letter says is claimed besides the bills. */
export const claimedIn = (body: string): Sum[] => amountsIn(body.split('\n').find((line) => CLAIMED.test(line)) ?? '');

/** The step of the ladder that a letter is, by its subject; '' when it is none. */
export const stepOf = (subject: string) => SUBJECTS.find(([, pattern]) => pattern.test(subject))?.[0] ?? '';

export interface MailLine {
  readonly number: string;
  readonly asked: Sum;
  /** What is open of it when only a part is asked for. */
  readonly of: Sum | null;
}

/** The lines of its invoices: the number stands in one line, the amounts in the next. */
export function linesIn(body: string, isBill: (number: string) => boolean): MailLine[] {
  const lines = body.split('\n');
  return lines.flatMap((line, i) => {
    const number = /\b(?:N[UE]-\d+)\b/.exec(line)?.[0];
    const sums = amountsIn(lines[i + 1] ?? '');
    // What a letter shows besides has number and amount in one line.
    const shown = number !== undefined && !line.startsWith('  ') && isBill(number) && lines[i + 1]?.startsWith('  ');
    return shown && sums[0] ? [{ number, asked: sums[0], of: sums[1] ?? null }] : [];
  });
}

/** The sentence about a notice that stands: its sum is of bills that it counts and does not all name. */
export const STANDS = /stands unchanged|gilt unser Schreiben|reste inchangé|sigue vigente sin cambios/;
/** A letter's words without that sentence. */
export const besidesNotice = (body: string) =>
  body
    .split('\n')
    .filter((line) => !STANDS.test(line))
    .join('\n');
/** Bills that a letter names, outside of that sentence. */
export const mentionedIn = (body: string) => new Set(besidesNotice(body).match(/\bN[UE]-\d+\b/g));
