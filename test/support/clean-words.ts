import type { Skeleton } from '../../src/drafting/skeleton.ts';
import type { LetterLanguage } from '../../src/mails/letter-language.ts';

interface Bank {
  readonly subjects: readonly string[];
  /** Each with the amount. */
  readonly openings: readonly string[];
  readonly asides: readonly string[];
  /** Each with the deadline. */
  readonly requests: readonly string[];
  readonly endings: readonly string[];
}

/** What a model that keeps the rules might write for a demand, written without looking at the rules' lists. */
const BANKS: Readonly<Record<LetterLanguage, Bank>> = {
  en: {
    subjects: [
      'Outstanding: {{invoices}}',
      'Your account with {{seller}}',
      '{{invoices}} is awaiting payment',
      'Open balance of {{total}}',
      'Regarding {{invoices}}',
    ],
    openings: [
      'I am writing about {{total}}, {{due}}, which has not yet reached us.',
      'Our ledger still shows {{total}} as open, although it is {{overdue}}.',
      'We appreciate working with you and would like to clear up an open amount of {{total}}.',
      'According to our records, {{total}} is outstanding and now {{overdue}}.',
      'Thank you for your business. An amount of {{total}} on your account needs your attention.',
    ],
    asides: [
      'I know that invoices sometimes wait for an internal approval, so I have listed the details below.',
      'You told us that the delay was caused by a change in your accounts department, and I understand that this takes effort.',
      'We have written about this before and have not had an answer that explains the delay.',
      'Everything that we have on file for this balance is listed here for your convenience in checking.',
    ],
    requests: [
      'Please arrange for the payment to reach us by {{deadline}}.',
      'Could you make sure that the full amount is with us by {{deadline}}?',
      'Please settle the balance by {{deadline}}.',
      'We ask you to pay the full amount by {{deadline}}.',
    ],
    endings: [
      'If something is preventing payment, please tell me what it is and I will look into it on our side.',
      'If the matter sits with a colleague of yours, please pass this message on.',
      'Thank you for your help in this matter.',
      'I am happy to answer any question about the items listed.',
    ],
  },
  de: {
    subjects: [
      'Offen: {{invoices}}',
      'Ihr Kundenkonto bei {{seller}}',
      'Noch offener Betrag: {{total}}',
      '{{invoices}}: Zahlung steht aus',
      'Zu {{invoices}}',
    ],
    openings: [
      'ich schreibe Ihnen wegen eines Betrags von {{total}}, {{due}}, der uns noch nicht erreicht hat.',
      'in unseren Büchern steht weiterhin ein Betrag von {{total}} offen, der {{overdue}} ist.',
      'wir arbeiten gerne mit Ihnen zusammen und möchten einen offenen Betrag von {{total}} klären.',
      'laut unseren Unterlagen ist ein Betrag von {{total}} offen und inzwischen {{overdue}}.',
      'vielen Dank für die gute Zusammenarbeit. Ein Betrag von {{total}} ist noch offen.',
    ],
    asides: [
      'Manchmal wartet eine Rechnung intern noch auf die Freigabe, deshalb habe ich die Einzelheiten unten aufgeführt.',
      'Sie hatten uns gesagt, dass eine Umstellung in Ihrer Buchhaltung der Grund ist, und dafür haben wir Verständnis.',
      'Wir haben Ihnen dazu bereits geschrieben und noch keine Antwort erhalten, die den Grund nennt.',
      'Alles, was uns zu diesem Betrag vorliegt, ist hier zu Ihrer Prüfung aufgeführt.',
    ],
    requests: [
      'Bitte veranlassen Sie, dass die Zahlung bis zum {{deadline}} bei uns eingeht.',
      'Könnten Sie dafür sorgen, dass der volle Betrag bis zum {{deadline}} bei uns ist?',
      'Bitte gleichen Sie den Betrag bis zum {{deadline}} aus.',
      'Wir bitten Sie, den vollen Betrag bis zum {{deadline}} zu überweisen.',
    ],
    endings: [
      'Falls der Zahlung etwas entgegensteht, nennen Sie mir bitte den Grund, und ich kümmere mich darum.',
      'Falls jemand anderes in Ihrem Hause zuständig ist, leiten Sie diese Nachricht bitte weiter.',
      'Vielen Dank für Ihre Unterstützung.',
      'Fragen zu den Positionen beantworte ich Ihnen gerne.',
    ],
  },
  fr: {
    subjects: [
      'En attente : {{invoices}}',
      'Votre compte chez {{seller}}',
      'Solde ouvert de {{total}}',
      '{{invoices}} : règlement en attente',
      'Au sujet de {{invoices}}',
    ],
    openings: [
      'Je vous écris au sujet d’un montant de {{total}}, {{due}}, qui ne nous est pas encore parvenu.',
      'Dans nos livres, un montant de {{total}} reste ouvert ; il est {{overdue}}.',
      'Nous apprécions notre collaboration et souhaitons clarifier avec vous un solde ouvert de {{total}}.',
      'Selon notre comptabilité, un montant de {{total}} reste à payer.',
      'Nous vous remercions de votre confiance. Un montant de {{total}} est en attente sur votre compte.',
    ],
    asides: [
      'Il arrive qu’une facture attende une validation interne ; vous trouverez donc le détail dans la liste.',
      'Vous nous avez expliqué que le retard venait d’un changement dans votre service comptable, et nous le comprenons.',
      'Nous vous avons déjà écrit à ce sujet et n’avons pas reçu de réponse qui explique ce retard.',
      'Tout ce que nous avons au dossier pour ce solde figure ici afin de faciliter votre vérification.',
    ],
    requests: [
      'Veuillez faire parvenir le règlement au plus tard le {{deadline}}.',
      'Pourriez-vous veiller à ce que la totalité nous parvienne au plus tard le {{deadline}} ?',
      'Merci de régler ce solde au plus tard le {{deadline}}.',
      'Nous vous prions de payer la totalité au plus tard le {{deadline}}.',
    ],
    endings: [
      'Si quelque chose empêche le règlement, merci de me dire de quoi il s’agit et je m’en occuperai.',
      'Si une autre personne s’en charge chez vous, merci de lui transmettre ce message.',
      'Je vous remercie de votre aide.',
      'Je réponds volontiers à vos questions sur les éléments de la liste.',
    ],
  },
  es: {
    subjects: [
      'Pendiente: {{invoices}}',
      'Su cuenta con {{seller}}',
      'Saldo abierto de {{total}}',
      '{{invoices}}: pago pendiente',
      'Sobre la {{invoices}}',
    ],
    openings: [
      'Le escribo por un importe de {{total}}, {{due}}, que todavía no hemos recibido.',
      'En nuestros libros sigue abierto un importe de {{total}}, {{overdue}}.',
      'Valoramos nuestra colaboración y queremos aclarar con usted un saldo abierto de {{total}}.',
      'Según nuestra contabilidad, queda por pagar un importe de {{total}}.',
      'Gracias por su confianza. Hay un importe de {{total}} pendiente que requiere su atención.',
    ],
    asides: [
      'A veces una factura espera una autorización interna, por eso incluyo los detalles en la lista.',
      'Usted nos explicó que el retraso se debía a un cambio en su departamento contable, y lo comprendemos.',
      'Ya le hemos escrito sobre este asunto y no hemos recibido una respuesta que explique el retraso.',
      'Todo lo que tenemos sobre este saldo figura aquí para facilitar su comprobación.',
    ],
    requests: [
      'Le rogamos que el pago nos llegue a más tardar el {{deadline}}.',
      '¿Podría asegurarse de que recibamos el importe íntegro a más tardar el {{deadline}}?',
      'Le pedimos que pague este saldo a más tardar el {{deadline}}.',
      'Por favor, pague el importe íntegro a más tardar el {{deadline}}.',
    ],
    endings: [
      'Si algo impide el pago, le ruego que me diga de qué se trata y me ocuparé de ello.',
      'Si otra persona de su empresa se encarga de esto, le ruego que le transmita este mensaje.',
      'Gracias por su ayuda en este asunto.',
      'Con gusto responderé a sus preguntas sobre la lista.',
    ],
  },
};

/** The n-th clean letter of a language; about a thousand of each differ. */
export function cleanWords(language: LetterLanguage, n: number): Skeleton {
  const { subjects, openings, asides, requests, endings } = BANKS[language];
  let left = n;
  const take = (list: readonly string[]) => {
    const chosen = list[left % list.length]!;
    left = Math.floor(left / list.length);
    return chosen;
  };
  const [opening, request, aside, ending, subject] = [take(openings), take(requests), take(asides), take(endings), take(subjects)];
  return { subject, paragraphs: [opening, aside, '{{invoice_table}}', request, ending] };
}
