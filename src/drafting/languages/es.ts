import type { LanguageBook } from './book.ts';
import { terms, wholeWord } from './terms.ts';

const listed = new Intl.ListFormat('es-ES');

export const ES: LanguageBook = {
  labels: {
    greeting({ salutation, name, tone }) {
      if (salutation && /^(?:Sra|Srta|Dra|Señora|Señorita|Doña|D\.ª)(?![\p{L}])/u.test(salutation)) return `Estimada ${salutation}:`;
      if (salutation && /^(?:Sr|Dr|Señor|Don|D\.)(?![\p{L}ª])/u.test(salutation)) return `Estimado ${salutation}:`;
      const who = salutation ?? name;
      return who ? `Buenos días, ${who}:` : tone === 'formal' ? 'Estimados señores:' : 'Buenos días:';
    },
    closing: (tone) => (tone === 'friendly' ? 'Un cordial saludo,' : 'Atentamente,'),
    unpaid({ number, count, total, due, part }) {
      if (count > 1) return `Siguen pendientes ${total} de ${count.toLocaleString('es-ES')} facturas; la más antigua venció el ${due}.`;
      if (part) return `De ${number ? `la factura ${number}` : 'su factura'}, vencida el ${due}, quedan ${total} por pagar.`;
      return `${number ? `La factura ${number}` : 'Su factura'}, por importe de ${total}, venció el ${due} y sigue pendiente de pago.`;
    },
    promiseResult: (amount, date, received) =>
      received
        ? `De los ${amount} anunciados para el ${date}, hemos recibido ${received}.`
        : `No hemos recibido el pago de ${amount} que nos anunció para el ${date}.`,
    lastContact: (how, date) =>
      how === 'spoke' ? `Hablamos de ello por última vez el ${date}.` : `Le escribimos sobre ello por última vez el ${date}.`,
    demand: () => 'requerimiento de pago',
    steps(wrote, spoke) {
      const days = (dates: readonly string[]) => dates.map((each) => `el ${each}`);
      if (wrote.length === 0) return `Hablamos con ustedes sobre ello ${listed.format(days(spoke))}.`;
      return `Les escribimos sobre ello ${listed.format(days(wrote))}${spoke.length > 0 ? ` y hablamos con ustedes ${listed.format(days(spoke))}` : ''}.`;
    },
    chargesStand: (claimed) =>
      claimed ? 'Los intereses y gastos reclamados hasta ahora figuran arriba.' : 'Por ahora no se añaden intereses ni otros gastos.',
    enclosures: {
      statement: 'extracto de cuenta',
      'invoice-copies': 'copias de las facturas',
      'claim-forms': 'Information Sheet, Reply Form y Financial Statement',
    },
    nextStep: (demand) => (demand ? 'le remitiremos un requerimiento formal de pago' : 'nuestra dirección decidirá los siguientes pasos'),
    spoken(numbers, more) {
      const one = numbers.length + more === 1;
      const named = ES.labels.invoices(numbers, more);
      const about = numbers.length === 0 ? named : `${one ? 'la' : 'las'} ${named}`;
      return { about, wroteAbout: about };
    },
    invoices(numbers, more) {
      if (numbers.length === 0) return more === 1 ? 'su factura' : 'sus facturas';
      return numbers.length + more === 1
        ? `factura ${numbers[0]}`
        : `facturas ${listed.format(more > 0 ? [...numbers, more === 1 ? 'otra' : `otras ${more.toLocaleString('es-ES')}`] : numbers)}`;
    },
    invoice: (number, issued) => (number ? `Factura ${number} del ${issued}` : `Factura del ${issued}`),
    order: (purchaseOrder) => `su pedido ${purchaseOrder}`,
    due: (date, days, amount) => (days ? `venció el ${date}, hace ${counted(days)}: ${amount}` : `vencimiento el ${date}: ${amount}`),
    dueOn: (date, several) => (several ? `con vencimientos desde el ${date}` : `con vencimiento el ${date}`),
    overdue: (days, several) => `vencido desde hace ${counted(days)}${several ? ' en su parte más antigua' : ''}`,
    day: (text) => text,
    partOf: (asked, open) => `${asked} (de un total de ${open})`,
    payOnline: (link) => `Pago en línea: ${link}`,
    copyOnline: (link) => `Copia de la factura: ${link}`,
    credit: (amount) => `Menos saldo a su favor: ${amount}`,
    total: (amount) => `Total: ${amount}`,
    leftOut: (parts) => `No se incluyen en este total: ${listed.format(parts)}.`,
    firmer: () => 'Ya reclamadas:',
    also: (letter) => (letter ? 'También pendientes, fuera de este requerimiento:' : 'También pendientes:'),
    notYetDue: () => 'Aún no vencidas:',
    shown: (number, due, amount, asked) =>
      `${number ?? 'Factura'}, vencimiento ${due}: ${amount}${asked ? ` (reclamada el ${asked})` : ''}`,
    everything: (amount) => `Total de las facturas anteriores: ${amount}`,
    noticeStands: (date, invoices, amount) =>
      `Aparte de esto, nuestro aviso del ${date} sigue vigente sin cambios; se refiere a ${invoices} por un total de ${amount}.`,
    promised: (amount) => `${amount} comprometidos`,
    disputed: (amount) => `${amount} en disputa`,
    planned: (amount) => `${amount} incluidos en el plan de pagos`,
    notice: (final) => (final ? 'último aviso' : 'nuevo aviso'),
  },
  words: {
    number: wholeWord(`
      cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince, dieci\\p{L}+, veinte,
      veinti\\p{L}+, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta, noventa, cien, ciento, cientos,
      (?:dos|tres|cuatro|seis|sete|ocho|nove)cient[oa]s, quinient[oa]s, mil, miles, millón, millones, docenas?, decenas?, quincena,
      mitad, medi[oa]s?, tercios?, cuartos?, doble, triple, primer[oa]?s?, segund[oa]s?, tercer[oa]?s?, quint[oa]s?, sext[oa]s?,
      séptim[oa]s?, octav[oa]s?, noven[oa]s?, décim[oa]s?`),
    calendar: terms(`
      lunes, martes, miércoles, jueves, viernes, sábado*, domingo*, enero, febrero, marzo, abril, mayo, junio, julio, agosto,
      septiembre, setiembre, octubre, noviembre, diciembre, día, días, hoy, mañana, ayer, anteayer, semana*, mes, meses, año*, hora,
      horas, mediodía, medianoche`),
    currency: terms(`
      euro*, libra*, esterlinas, dólar*, céntimo*, centavo*, peso, pesos, francos, yen, yenes, por ciento, porcentaje*`),
    bank: terms(`
      banco*, bancari*, iban, bic, swift, número de cuenta, nueva cuenta, cuenta corriente, ccc, cripto*, bitcoin, paypal`),
    threat: terms(`
      tribunal*, juzgado*, judicial*, demanda judicial, demandar*, acciones legales, vía legal, abogad*, procurador*, embarg*,
      requerimiento*, burofax, monitorio, empresa de cobro*, agencia de cobro*, fichero de morosos, asnef, concurso de acreedores,
      policía, consecuencias, advert*, amenaz*, obligados a, obligad*, suspend*, suspensión, rescindir*, rescisión, calificación
      crediticia`),
    claim: terms(`
      intereses, interés de demora, intereses de demora, demora*, recargo*, penaliza*, indemniza*, daños, incumplimiento*,
      incumplid*, responsabilidad, ilegal*, legalmente, ley, costes de cobro, mora`),
    concession: terms(`
      anul*, cancel*, condon*, perdon*, renunci*, descuento*, rebaj*, reduc*, reembols*, devol*, abon*, deuda*, ya no debe*, no
      debe*, nada que pagar, no tiene que pagar, no tienen que pagar, no pague*, no es necesario, no hace falta, ningún pago, sin
      efecto, nul*, saldad*, liquidad*, está pagad*, están pagad*, pagad* por completo, ignor*, omit*, olvid*, haga caso omiso,
      tómese su tiempo, sin prisa, gratis, gratuit*, regal*, aplaz*, prórroga*, prorrog*, amplia*, fraccion*, cuota*, plazos, a
      plazos, quita, error*, disculp*, retir*, instruccion*, modelo de lenguaje, asistente*`),
    idiom: terms(`
      la pelota está en su tejado, a la mayor brevedad, lo antes posible, ponerse las pilas, tirar la toalla, en el mismo barco,
      hacer la vista gorda, atar cabos, quedar en el tintero, rascarse el bolsillo, dar largas, adjunto remito, por la presente,
      amable recordatorio, pequeño recordatorio, asap`),
    final: terms('último, última, últimos, últimas, final, finales, definitiv*, ultimátum'),
    label: terms('deudor*, deudora*, moros*, impagador*, mal pagador, insolvent*'),
    request: terms(`
      por favor, rogamos, ruego, le pedimos, le pido, le agradecer*, podría, podrían, puede indicar*, le falta, necesita,
      solicitamos`),
    condition: /^(?:si|en caso de|en el caso de|cuando)(?!\p{L})/iu,
    little:
      'el la los las de del y es que en un una su sus nuestro nuestra para por con no le nos se al lo ha hemos este esta o más si como tiene'.split(
        ' ',
      ),
  },
};

function counted(days: number): string {
  return `${days} ${days === 1 ? 'día' : 'días'}`;
}
