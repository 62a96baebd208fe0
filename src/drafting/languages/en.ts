import type { LanguageBook } from './book.ts';
import { terms, wholeWord } from './terms.ts';

const listed = new Intl.ListFormat('en-GB');

export const EN: LanguageBook = {
  labels: {
    greeting({ salutation, name, tone }) {
      const who = salutation ?? name;
      return who ? `Dear ${who},` : tone === 'formal' ? 'Dear Sir or Madam,' : 'Dear Accounts Payable team,';
    },
    closing: (tone, { salutation, name }) =>
      tone !== 'formal' ? 'Kind regards,' : (salutation ?? name) ? 'Yours sincerely,' : 'Yours faithfully,',
    unpaid({ number, count, total, due, part, currencies }) {
      const is = currencies ? 'are' : 'is';
      if (count > 1) return `${total} on ${count.toLocaleString('en-GB')} invoices ${is} still unpaid; the oldest was due on ${due}.`;
      const invoice = number ? `invoice ${number}` : 'your invoice';
      if (part) return `${total} of ${invoice}, due on ${due}, ${is} still unpaid.`;
      return `${invoice[0]!.toUpperCase()}${invoice.slice(1)} for ${total} was due on ${due} and is still unpaid.`;
    },
    promiseResult: (amount, date, received) =>
      received
        ? `Of the ${amount} you promised for ${date}, we have received ${received}.`
        : `We have not received the ${amount} you promised for ${date}.`,
    lastContact: (how, date) => (how === 'spoke' ? `We last spoke about this on ${date}.` : `We last wrote to you about this on ${date}.`),
    demand: (claim) => (claim ? 'letter of claim' : 'formal demand for payment'),
    steps(wrote, spoke) {
      if (wrote.length === 0) return `We spoke with you about this on ${listed.format(spoke)}.`;
      return `We wrote to you about this on ${listed.format(wrote)}${spoke.length > 0 ? `, and spoke with you on ${listed.format(spoke)}` : ''}.`;
    },
    chargesStand: (claimed) =>
      claimed ? 'Interest and other charges claimed so far are stated above.' : 'Interest and other charges are not being added.',
    enclosures: {
      statement: 'statement of account',
      'invoice-copies': 'copies of the invoices',
      'claim-forms': 'Information Sheet, Reply Form and Financial Statement form',
    },
    nextStep: (demand) => (demand ? 'our next step will be a formal demand for payment' : 'our management will decide on next steps'),
    spoken(numbers, more) {
      const named = EN.labels.invoices(numbers, more);
      return { about: named, wroteAbout: named };
    },
    invoices(numbers, more) {
      if (numbers.length === 0) return more === 1 ? 'your invoice' : 'your invoices';
      return numbers.length + more === 1
        ? `invoice ${numbers[0]}`
        : `invoices ${listed.format(more > 0 ? [...numbers, `${more === 1 ? 'one' : more.toLocaleString('en-GB')} more`] : numbers)}`;
    },
    invoice: (number, issued) => (number ? `Invoice ${number} of ${issued}` : `Invoice of ${issued}`),
    order: (purchaseOrder) => `your order ${purchaseOrder}`,
    due: (date, days, amount) => `due ${date}${days ? `, ${counted(days)} overdue` : ''}: ${amount}`,
    dueOn: (date, several) => (several ? `due from ${date} onwards` : `due on ${date}`),
    overdue: (days, several) => `${several ? 'up to ' : ''}${counted(days)} overdue`,
    day: (text) => text,
    partOf: (asked, open) => `${asked} (part of ${open})`,
    payOnline: (link) => `Pay online: ${link}`,
    copyOnline: (link) => `Copy of the invoice: ${link}`,
    credit: (amount) => `Less credit on your account: ${amount}`,
    total: (amount) => `Total: ${amount}`,
    leftOut: (parts) => `Not included in this total: ${listed.format(parts)}.`,
    firmer: () => 'Already asked for:',
    also: (letter) => (letter ? 'Also open, not part of this demand:' : 'Also open:'),
    notYetDue: () => 'Not yet due:',
    shown: (number, due, amount, asked) => `${number ?? 'Invoice'}, due ${due}: ${amount}${asked ? ` (asked for on ${asked})` : ''}`,
    everything: (amount) => `Total of everything listed: ${amount}`,
    noticeStands: (date, invoices, amount) =>
      `Apart from this, our notice of ${date} about ${invoices}, ${amount} in all, stands unchanged.`,
    promised: (amount) => `${amount} you have promised to pay`,
    disputed: (amount) => `${amount} in dispute`,
    planned: (amount) => `${amount} in your payment plan`,
    notice: (final) => (final ? 'final notice' : 'formal reminder'),
  },
  words: {
    number: wholeWord(`
      zero, ones?, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, hundreds?, thousands?, millions?, billions?,
      (?:thir|four|fif|six|seven|eigh|nine)teen(?:th)?, (?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth), dozens?, couple, half, halves,
      quarters?, twice, thrice, double, triple, first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth,
      hundredth, thousandth`),
    calendar: terms(`
      monday*, tuesday*, wednesday*, thursday*, friday*, saturday*, sunday*, january, february, april, june, july, august,
      september, october, november, december, in march, of march, by march, end of may, in may, of may, by may, day, days, today,
      tomorrow, yesterday, tonight, week*, fortnight*, month*, year*, hour*, midnight, noon`),
    currency: terms('euro*, pound*, sterling, dollar*, cent, cents, penny, pence, franc, francs, yen, percent*, per cent'),
    bank: terms(`
      bank*, iban, bic, swift, sort code, account number, account details, new account, wire transfer, beneficiary, crypto*,
      bitcoin, gift card*, paypal`),
    threat: terms(`
      legal action, legal proceedings, proceedings, court*, sue, sued, solicitor*, lawyer*, attorney*, bailiff*, collection agency,
      debt collect*, collection agent*, credit rating*, credit agenc*, blacklist*, enforce*, seize*, insolvency, winding-up, police,
      consequences, warn*, threat*, or else, no choice but, regret it, stop supply, suspend*, terminate*`),
    claim: terms(`
      interest, late fee*, penalt*, statutory, compensation, breach*, default*, liable, liability, unlawful*, illegal*, surcharge*,
      damages, recovery costs, by law`),
    concession: terms(`
      cancel*, waiv*, forgiv*, forgave, write* off, written off, wrote off, write-off, discount*, reduc*, rebate*, refund*,
      credited, debt*, no longer owe*, no longer due, no longer payable, no longer need*, not owe*, don't owe, nothing to pay,
      nothing further, nothing is due, nothing is owed, need not pay, not need to pay, don't need to pay, not have to pay, don't
      have to pay, no need to, not pay, don't pay, no payment is, disregard*, ignor*, in full settlement, settled in full, paid in
      full, fully paid, has been settled, is settled, has been paid, been cleared, is cleared, void, nullif*, annul*, erased, take
      your time, no rush, no hurry, whenever, free of charge, exten*, postpone*, defer*, instalment*, installment*, settle for,
      goodwill, gift, drop the, withdraw*, by mistake, in error, apologi*, instruction*, language model, assistant`),
    idiom: terms(`
      touch base, asap, circle back, ball is in your court, ball in your court, drop the ball, dropped the ball, fell through the
      cracks, slipped through, slipped your mind, bite the bullet, in the same boat, at the end of the day, kick the can, on the
      same page, in the loop, reach out, reaching out, just checking in, just following up, per my last email, friendly reminder,
      gentle reminder, kindly, please be advised, hereby, heads-up, heads up, square away, foot the bill, cough up, ducks in a row,
      rain check`),
    final: terms('final*, last notice, last reminder, last chance, last opportunity, last warning, last time, ultimat*'),
    label: terms(`
      debtor*, delinquen*, defaulter*, bad payer*, slow payer*, late payer*, risk rating, credit score, overdue customer*`),
    request: terms(`
      please, could you, can you, would you, will you, kindly, we ask, I ask, we request, let me know, let us know, you must, is
      there anything`),
    condition: /^(?:if|where|should|in case|when)\b/i,
    little:
      'the of to and is you we your our for on by this that have has been with not any are it in from be please can or us which'.split(' '),
  },
};

function counted(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}
