import type { LanguageBook } from './book.ts';
import { terms, wholeWord } from './terms.ts';

const listed = new Intl.ListFormat('fr-FR');

export const FR: LanguageBook = {
  labels: {
    greeting({ salutation, name, tone }) {
      const who = salutation ?? name;
      return who ? `Bonjour ${who},` : tone === 'formal' ? 'Madame, Monsieur,' : 'Bonjour,';
    },
    closing(tone, { salutation }) {
      if (tone !== 'formal') return tone === 'friendly' ? 'Bien cordialement,' : 'Cordialement,';
      const title = /^(?:Madame|Monsieur)(?= |$)/.exec(salutation ?? '')?.[0] ?? 'Madame, Monsieur';
      return `Je vous prie d’agréer, ${title}, l’expression de mes salutations distinguées.`;
    },
    unpaid({ number, count, total, due, part }) {
      if (count > 1)
        return `Il reste ${total} à régler sur ${count.toLocaleString('fr-FR')} factures\u00A0; la plus ancienne est échue depuis le ${due}.`;
      if (part) return `Il reste ${total} à régler sur ${number ? `la facture ${number}` : 'votre facture'}, échue le ${due}.`;
      return `${number ? `La facture ${number}` : 'Votre facture'}, d’un montant de ${total}, était à échéance le ${due} et reste impayée.`;
    },
    promiseResult: (amount, date, received) =>
      received
        ? `Sur les ${amount} annoncés pour le ${date}, nous avons reçu ${received}.`
        : `Nous n’avons pas reçu le règlement de ${amount} que vous aviez annoncé pour le ${date}.`,
    lastContact: (how, date) =>
      how === 'spoke' ? `Nous en avons parlé pour la dernière fois le ${date}.` : `Notre dernier message à ce sujet date du ${date}.`,
    demand: () => 'mise en demeure de payer',
    steps(wrote, spoke) {
      const days = (dates: readonly string[]) => dates.map((each) => `le ${each}`);
      if (wrote.length === 0) return `Nous nous sommes entretenus avec vous à ce sujet ${listed.format(days(spoke))}.`;
      return `Nous vous avons écrit à ce sujet ${listed.format(days(wrote))}${spoke.length > 0 ? `, et nous nous sommes entretenus ${listed.format(days(spoke))}` : ''}.`;
    },
    chargesStand: (claimed) =>
      claimed
        ? 'Les intérêts et frais réclamés à ce jour figurent ci-dessus.'
        : 'Aucun intérêt ni frais supplémentaire ne s’ajoute actuellement.',
    enclosures: {
      statement: 'relevé de compte',
      'invoice-copies': 'copies des factures',
      'claim-forms': 'Information Sheet, Reply Form et Financial Statement',
    },
    nextStep: (demand) => (demand ? 'nous vous adresserons une mise en demeure' : 'notre direction décidera de la suite à donner'),
    spoken(numbers, more) {
      const one = numbers.length + more === 1;
      const named = FR.labels.invoices(numbers, more);
      const about = numbers.length === 0 ? `de ${named}` : `${one ? 'de la' : 'des'} ${named}`;
      return { about, wroteAbout: about };
    },
    invoices(numbers, more) {
      if (numbers.length === 0) return more === 1 ? 'votre facture' : 'vos factures';
      return numbers.length + more === 1
        ? `facture ${numbers[0]}`
        : `factures ${listed.format(more > 0 ? [...numbers, more === 1 ? 'une autre' : `${more.toLocaleString('fr-FR')} autres`] : numbers)}`;
    },
    invoice: (number, issued) => (number ? `Facture ${number} du ${issued}` : `Facture du ${issued}`),
    order: (purchaseOrder) => `votre commande ${purchaseOrder}`,
    due: (date, days, amount) => `échéance du ${date}${days ? `, dépassée de ${counted(days)}` : ''}\u00A0: ${amount}`,
    dueOn: (date, several) => (several ? `avec des échéances à compter du ${date}` : `échu le ${date}`),
    overdue: (days, several) => `échu depuis ${counted(days)}${several ? ' pour sa partie la plus ancienne' : ''}`,
    // Only the first of a month is an ordinal in French; Intl writes '1 octobre'.
    day: (text) => text.replace(/^1(?= )/, '1er'),
    partOf: (asked, open) => `${asked} (sur ${open})`,
    payOnline: (link) => `Payer en ligne\u00A0: ${link}`,
    copyOnline: (link) => `Copie de la facture\u00A0: ${link}`,
    credit: (amount) => `À déduire, avoir sur votre compte client\u00A0: ${amount}`,
    total: (amount) => `Total\u00A0: ${amount}`,
    leftOut: (parts) => `Ne sont pas compris dans ce total\u00A0: ${listed.format(parts)}.`,
    firmer: () => 'Déjà relancées\u00A0:',
    also: (letter) => (letter ? 'Également en attente, hors de la présente mise en demeure\u00A0:' : 'Également en attente\u00A0:'),
    notYetDue: () => 'Non encore échues\u00A0:',
    shown: (number, due, amount, asked) =>
      `${number ?? 'Facture'}, échéance du ${due}\u00A0: ${amount}${asked ? ` (relancée le ${asked})` : ''}`,
    everything: (amount) => `Total des factures ci-dessus\u00A0: ${amount}`,
    noticeStands: (date, invoices, amount) =>
      `Par ailleurs, notre courrier du ${date} reste inchangé\u00A0; il concerne ${invoices} pour un total de ${amount}.`,
    promised: (amount) => `${amount} annoncés`,
    disputed: (amount) => `${amount} contestés`,
    planned: (amount) => `${amount} compris dans le plan de règlement`,
    notice: (final, demand) => (final ? (demand ? 'dernier rappel avant mise en demeure' : 'dernier rappel') : 'nouvelle relance'),
  },
  words: {
    number: wholeWord(`
      zéro, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, seize, vingts?, vingtaine,
      trente, trentaine, quarante, cinquante, cinquantaine, soixante, septante, huitante, nonante, cents?, centaines?, mille,
      milliers?, millions?, milliards?, premi(?:er|ère)s?, seconde?s?, deuxième, troisième, quatrième, cinquième, sixième, septième,
      huitième, neuvième, dixième, huitaine, dizaine, douzaine, quinzaine, moitié, demie?s?, tiers, quarts?, double, triple`),
    calendar: terms(`
      lundi*, mardi*, mercredi*, jeudi*, vendredi*, samedi*, dimanche*, janvier, février, mars, avril, mai, juin, juillet, août,
      septembre, octobre, novembre, décembre, jour, jours, aujourd'hui, demain, après-demain, hier, avant-hier, semaine*, mois,
      année*, an, ans, heure*, midi, minuit`),
    currency: terms('euro*, livres sterling, sterling, dollar*, centime*, francs, yen, pour cent, pourcent*'),
    bank: terms(`
      banque*, bancaire*, iban, bic, swift, rib, numéro de compte, nouveau compte, compte bancaire, crypto*, bitcoin, paypal`),
    threat: terms(`
      tribunal*, tribunaux, justice, judiciaire*, contentieux, poursuite*, poursuivre, avocat*, huissier*, commissaire de justice,
      mise en demeure, mettre en demeure, recouvrement, saisie*, saisir, injonction*, liquidation, redressement, police,
      conséquences, avertissement*, avertir, menace*, contraint*, obligés de, suspendre, suspension*, résili*, notation`),
    claim: terms(`
      intérêt de retard, intérêts, pénalité*, indemnité*, frais, dommages, clause, légal, légale, légales, légaux, illégal*,
      responsabilité, manquement*, défaillan*`),
    concession: terms(`
      annul*, renonc*, remis, remise*, réduction*, réduit*, réduire, rabais, ristourne*, escompte, rembours*, avoir sur, un avoir,
      dette*, efface*, abandon*, ne devez plus, devez rien, plus rien, rien à payer, rien à régler, ne payez pas, ne réglez pas, ne
      pas payer, ne pas régler, pas besoin de, pas nécessaire de, inutile de, aucun paiement, aucun règlement, sans objet, nul,
      nulle, nulles, soldé*, est réglé*, sont réglé*, est payé*, sont payé*, acquitté*, ignor*, tenir compte, tenez pas compte,
      oubliez, prenez votre temps, rien ne presse, gratuit*, offert*, cadeau*, geste commercial, report*, prolong*, délai
      supplémentaire, échelonn*, échéancier*, mensualité*, acompte*, erreur*, par erreur, excuse*, excusons, retir*, instruction*,
      modèle de langage, assistant*`),
    idiom: terms(`
      la balle est dans votre camp, au pied de la lettre, mettre les points sur les i, passer entre les mailles, passé entre les
      mailles, jouer la montre, tirer au clair, sauf erreur ou omission, sauf erreur de notre part, petit rappel, revenir vers vous,
      je me permets, nous nous permettons, asap, dans les meilleurs délais, mettre la main à la poche`),
    final: terms(`
      dernier, dernière, derniers, dernières, ultime*, ultimatum, final, finale, finales, définitif, définitive*`),
    label: terms('débiteur*, débitrice*, mauvais payeur*, mauvais payeurs, payeur défaillant, insolvable*, impécuni*'),
    request: terms(`
      merci de, veuillez, prions, prie, pouvez-vous, pourriez-vous, avez-vous, demandons, demande de, manque-t-il, vous manque`),
    condition: /^(?:si|s['’]il|au cas où|en cas de|dans le cas où|lorsque)(?!\p{L})/iu,
    little:
      'le la les de des du et est vous nous votre vos notre pour sur dans ce cette que qui avons avez une un à au par ne pas en ou plus son il avec'.split(
        ' ',
      ),
  },
};

function counted(days: number): string {
  return `${days} ${days === 1 ? 'jour' : 'jours'}`;
}
