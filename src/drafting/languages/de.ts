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
    greeting({ salutation, name, tone }) {
      const polite = salutation && tone !== 'friendly' ? /^(?:Frau|Herr)(?= )/.exec(salutation)?.[0] : undefined;
      if (polite) return `Sehr geehrte${polite === 'Herr' ? 'r' : ''} ${salutation},`;
      const who = salutation ?? name;
      return who ? `Guten Tag ${who},` : tone === 'formal' ? 'Sehr geehrte Damen und Herren,' : 'Guten Tag,';
    },
    closing: (tone) => (tone === 'friendly' ? 'Freundliche Grüße' : 'Mit freundlichen Grüßen'),
    unpaid({ number, count, total, due, part }) {
      if (count > 1) return `aus ${count.toLocaleString('de-DE')} Rechnungen sind noch ${total} offen; die älteste war am ${due} fällig.`;
      if (part)
        return `von ${number ? `der am ${due} fälligen Rechnung ${number}` : `Ihrer am ${due} fälligen Rechnung`} sind noch ${total} offen.`;
      return `${number ? `die Rechnung ${number}` : 'Ihre Rechnung'} über ${total} war am ${due} fällig und ist noch offen.`;
    },
    promiseResult: (amount, date, received) =>
      received
        ? `von den für den ${date} zugesagten ${amount} sind ${received} eingegangen.`
        : `die für den ${date} zugesagte Zahlung von ${amount} ist nicht bei uns eingegangen.`,
    lastContact: (how, date) =>
      how === 'spoke' ? `Zuletzt haben wir am ${date} darüber gesprochen.` : `Zuletzt haben wir Ihnen dazu am ${date} geschrieben.`,
    demand: () => 'Zahlungsaufforderung mit Fristsetzung',
    steps(wrote, spoke) {
      if (wrote.length === 0) return `Wir haben am ${listed.format(spoke)} mit Ihnen darüber gesprochen.`;
      return `Wir haben Ihnen dazu am ${listed.format(wrote)} geschrieben${spoke.length > 0 ? ` und am ${listed.format(spoke)} mit Ihnen gesprochen` : ''}.`;
    },
    chargesStand: (claimed) =>
      claimed
        ? 'Die bisher geltend gemachten Zinsen und Kosten sind oben genannt.'
        : 'Weitere Zinsen und Kosten kommen derzeit nicht hinzu.',
    enclosures: {
      statement: 'Aufstellung offener Posten',
      'invoice-copies': 'Rechnungskopien',
      'claim-forms': 'Information Sheet, Reply Form und Financial Statement',
    },
    nextStep: (demand) =>
      demand
        ? 'folgt als nächster Schritt eine förmliche Zahlungsaufforderung'
        : 'entscheidet unsere Geschäftsleitung über das weitere Vorgehen',
    spoken(numbers, more) {
      const one = numbers.length + more === 1;
      const named = DE.labels.invoices(numbers, more);
      if (numbers.length === 0) return { about: named, wroteAbout: one ? 'zu Ihrer Rechnung' : 'zu Ihren Rechnungen' };
      const dative = named.replace(/eine weitere$/, 'einer weiteren').replace(/ weitere$/, ' weiteren');
      return { about: `die ${named}`, wroteAbout: `${one ? 'zur' : 'zu den'} ${dative}` };
    },
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
    promised: (amount) => `${amount} (zugesagt)`,
    disputed: (amount) => `${amount} (beanstandet)`,
    planned: (amount) => `${amount} (im Zahlungsplan)`,
    notice: (final) => (final ? 'letzte Mahnung' : 'erneute Mahnung'),
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
