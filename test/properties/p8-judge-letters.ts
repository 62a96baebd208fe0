import type { Books, Customer } from './p8-books.ts';
import type { Counting } from './p8-judge-fees.ts';
import { amountsIn, type MailLine, type SeenMail } from './p8-mail.ts';

interface Letter {
  readonly letter: string;
  readonly mail: SeenMail;
  readonly customer: Customer;
  readonly lines: readonly MailLine[];
  readonly day: string;
  /** Amounts of promises that were broken. */
  readonly broken: ReadonlySet<string> | undefined;
}

/** Every amount of a letter that belongs to no step is one of its matter; what it asks for must be free of anything that rests. */
export function letterAmounts(counting: Counting, books: Books, { letter, mail, customer, lines, day, broken }: Letter): void {
  const known = new Set<string>(letter === 'promise-broken' ? broken : []);
  for (const { kind, amount, currency } of letter === 'thanks' ? books.receiptsOf(customer) : [])
    if (kind === 'payment') known.add(`${amount} ${currency}`);
  for (const { number, asked } of lines) {
    const { currency } = books.bill(number)!;
    const open = books.open(number);
    const matters = mattersOf(books, letter, number);
    for (const amount of [open, ...matters]) known.add(`${amount} ${currency}`);
    if (letter !== 'promise-broken') continue;
    const says = `${customer.number} ${number} ${day}: a letter asks for ${asked.amount} of ${open}`;
    for (const amount of [asked.amount]) known.add(`${amount} ${currency}`);
    const rest = open - books.writtenOff(number);
    if (open === 0) counting.fault('paid', says);
    else if (asked.amount > rest) counting.fault('writtenOff', says);
    else if (asked.amount > rest - books.disputed(number)) counting.fault('disputed', says);
    else if (asked.amount > rest - books.disputed(number) - books.planned(number, day)) counting.fault('planned', says);
    else if (asked.amount > books.ask(number, day)) counting.fault('promised', says);
  }
  for (const { amount, currency } of amountsIn(`${mail.subject}\n${mail.body}`)) {
    counting.could('letter');
    if (!known.has(`${amount} ${currency}`)) counting.fault('letter', `${customer.number} ${day} ${letter}: ${amount} ${currency}`);
  }
}

function mattersOf(books: Books, letter: string, number: string): number[] {
  if (letter === 'promise-confirmation') return books.pledgesOf(number).map(({ amount }) => amount);
  if (letter === 'dispute-received') return books.contestsOf(number);
  if (letter !== 'plan-offer') return [];
  const plans = [...books.terms.plans.values()].filter(({ bill }) => bill.number === number);
  return plans.flatMap(({ amount, instalments }) => [amount, ...instalments.map((each) => each.amount)]);
}
