import type { LanguageBook } from './book.ts';
import { terms } from './terms.ts';

const listed = new Intl.ListFormat('de-DE');

/** 'zwei', 'fünfundzwanzig', 'dreihundert', 'zweite', 'fünffach': words made of nothing but parts of numbers. */
const UNIT =
  'zwei|zwo|drei|vier|fünf|sechs|sech|sieben|sieb|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend|million(?:en)?|milliarden?|dutzend';
const NUMBER = new RegExp(
  `^(?:(?:ein|und)*(?:${UNIT})(?:ein|und|${UNIT})*(?:s?te[nrsm]?|fach|mal|tel|erlei)?|null|eins|einmal|hälfte|viertel|drittel|halb(?:e[nrsm]?)?|doppelt(?:e[nrsm]?)?|erste[nrsm]?|dritte[nrsm]?|dritter)$`,
);

export const DE: LanguageBook = {
  labels: {
    greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    invoices(numbers, more) {
      if (numbers.length === 0) return more === 1 ? 'Ihre Rechnung' : 'Ihre Rechnungen';
      return numbers.length + more === 1
        ? `Rechnung ${numbers[0]}`
        : `Rechnungen ${listed.format(more > 0 ? [...numbers, more === 1 ? 'eine weitere' : `${more.toLocaleString('de-DE')} weitere`] : numbers)}`;
    },
    invoice: (number, issued) => (number ? `Rechnung ${number} vom ${issued}` : `Rechnung vom ${issued}`),
    order: (purchaseOrder) => `Ihre Bestellung ${purchaseOrder}`,
    due: (date, days, amount) => `fällig am ${date}${days ? `, seit ${days} ${days === 1 ? 'Tag' : 'Tagen'} überfällig` : ''}: ${amount}`,
    dueOn: (date, several) => (several ? `fällig ab dem ${date}` : `fällig am ${date}`),
    overdue: (days, several) => `${several ? 'bis zu ' : ''}${days} ${days === 1 ? 'Tag' : 'Tage'} überfällig`,
    day: (text) => text,
    partOf: (asked, open) => `${asked} (Teilbetrag von ${open})`,
    payOnline: (link) => `Online bezahlen: ${link}`,
    copyOnline: (link) => `Rechnungskopie: ${link}`,
    credit: (amount) => `Abzüglich Guthaben auf Ihrem Kundenkonto: ${amount}`,
    total: (amount) => `Summe: ${amount}`,
    leftOut: (parts) => `In dieser Summe nicht enthalten: ${listed.format(parts)}.`,
    firmer: () => 'Bereits angemahnt:',
    also: (letter) => (letter ? 'Außerdem offen, nicht Gegenstand dieser Aufforderung:' : 'Außerdem offen:'),
    notYetDue: () => 'Noch nicht fällig:',
    shown: (number, due, amount, asked) => `${number ?? 'Rechnung'}, fällig am ${due}: ${amount}${asked ? ` (angemahnt am ${asked})` : ''}`,
    everything: (amount) => `Summe aller aufgeführten Rechnungen: ${amount}`,
    noticeStands: (date, invoices, amount) =>
      `Unabhängig davon gilt unser Schreiben vom ${date} unverändert; es betrifft ${invoices} über insgesamt ${amount}.`,
    promised: (amount) => `${amount} (Zahlung zugesagt)`,
    disputed: (amount) => `${amount} (von Ihnen beanstandet)`,
    planned: (amount) => `${amount} (gesondert vereinbart)`,
    barred: (amount) => `${amount} (Verjährungsfrist abgelaufen)`,
    moment: (date, time) => `${date} um ${time} Uhr`,
    notice: (final) => (final ? 'letzte Mahnung' : 'förmliche Mahnung'),
  },
  words: {
    number: NUMBER,
    calendar: terms(`
      montag*, dienstag*, mittwoch*, donnerstag*, freitag*, samstag*, sonnabend*, sonntag*, januar*, jänner, februar*, märz, april,
      mai, juni, juli, august, september, oktober, november, dezember, tag, tage, tagen, tages, heute, morgen, übermorgen, gestern,
      vorgestern, woche*, wochenende, monat*, jahr*, stunde*, mittag, mitternacht`),
    currency: terms('euro*, pfund, sterling, dollar*, cent, cents, franken, rappen, yen, prozent*'),
    bank: terms(`
      bank*, iban, bic, swift, konto*, kontonummer, bankleitzahl, blz, krypto*, bitcoin, paypal, gutscheinkarte*`),
    threat: terms(`
      gericht*, klage, klagen, verklagen, rechtliche* schritte*, rechtsweg, anwalt*, rechtsanwalt*, rechtsanwält*, inkasso*,
      mahnbescheid*, mahnverfahren, vollstreck*, zwangs*, pfänd*, insolvenz*, schufa, bonität*, auskunftei*, polizei, konsequenzen,
      warn*, droh*, androh*, gezwungen, liefersperre, lieferstopp, aussetzen, kündig*`),
    claim: terms(`
      zinsen, verzugszinsen, zins, verzug*, mahngebühr*, mahnkosten, gebühr*, pauschale*, strafe*, vertragsbruch,
      vertragsverletzung, schadensersatz, schadenersatz, haftbar, haften, gesetzlich*, rechtswidrig*`),
    concession: terms(`
      stornier*, storno, erlassen, erlass, erlässt, verzicht*, gestrichen, streichen, abgeschrieben, abschreib*, rabatt*, nachlass*,
      skonto, ermäßig*, reduzier*, gutschrift*, gutgeschrieben, erstatt*, schuld, schulden, schulde*, nichts mehr, nicht mehr, nicht
      zahlen, nicht bezahlen, nicht zu zahlen, nicht zu bezahlen, keine zahlung, hinfällig, gegenstandslos, erledigt, beglichen,
      bezahlt, ausgeglichen, ungültig, nichtig, aufgehoben, ignorier*, unbeachtet, vergessen, zeit lassen, keine eile, kostenlos*,
      geschenk*, schenken, stund*, aufschub, aufschieben, verläng*, rate, raten, ratenzahlung*, kulanz*, entschuldig*, irrtum*,
      irrtümlich*, versehentlich*, zurückgezogen, zurückziehen, anweisung*, sprachmodell, assistent*`),
    idiom: terms(`
      ball liegt bei ihnen, am ball, unter den tisch, auf die lange bank, in den sand, butter bei die fische, reinen tisch, durch
      die lappen, durchgerutscht, im gleichen boot, nach dem motto, kurz und knapp, mit freundlichem nachdruck, höflichst, wir
      erlauben uns, anbei übersenden, in der anlage erhalten sie, asap, zeitnah`),
    final: terms('letzt*, letztmalig*, final*, endgültig*, ultimat*, abschließend*'),
    label: terms('schuldner*, säumig*, zahlungsunwillig*, zahlungsunfähig*, schlechter zahler, problemkunde*, risikokunde*'),
    request: terms('bitte, bitten, ersuchen, könnten sie, können sie, würden sie, teilen sie, benötigen sie, fehlt ihnen'),
    condition: /^(?:falls|wenn|sollte|sollten|sofern|haben sie|sind sie)(?!\p{L})/iu,
    little:
      'der die das und ist sie wir ihre ihren unsere für auf von den dem mit nicht haben hat zu uns eine einen einer noch ihnen im oder zur bei bitte ob wann'.split(
        ' ',
      ),
  },
};
