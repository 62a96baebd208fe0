/**
 * A receivables report from its definitions alone, by another way than the product: one day after the other is lived through, and every evening's balances are
 * written down. Fractions are divided like on paper. Nothing here is the product's.
 */
export interface RawInvoice {
  readonly number: string;
  readonly issued: string;
  readonly due: string;
  readonly total: number;
}
/** Money or a credit note that pays one invoice, or waits (`left`) until somebody matches it. */
export interface RawReceipt {
  readonly credit: boolean;
  readonly on: string;
  readonly amount: number;
  readonly pays: readonly { readonly number: string; readonly amount: number }[];
}
export interface RawLedger {
  readonly invoices: readonly RawInvoice[];
  readonly receipts: readonly RawReceipt[];
}

const next = (day: string, by = 1) => new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
const apart = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** On paper: two decimals, and one more to see whether to round up. Null: divided by nothing. */
function divided(over: bigint, under: bigint): number | null {
  if (under <= 0n) return null;
  let [whole, rest] = [over / under, over % under];
  if (rest < 0n) [whole, rest] = [whole - 1n, rest + under];
  const digits: bigint[] = [];
  for (let n = 0; n < 3; n += 1) {
    rest *= 10n;
    digits.push(rest / under);
    rest %= under;
  }
  const hundredths = whole * 100n + digits[0]! * 10n + digits[1]! + (digits[2]! >= 5n ? 1n : 0n);
  return Number(hundredths) / 100;
}

interface EveningBook {
  open: number;
  current: number;
  credits: number;
  unapplied: number;
}

/** `from` and `to` are the period, `n` its months; the ledger is complete from its first invoice on. */
export function oracle({ invoices, receipts }: RawLedger, { from, to, n }: { from: string; to: string; n: number }) {
  const first = invoices.map(({ issued }) => issued).sort()[0]!;
  const start = [first, ...receipts.map(({ on }) => on)].sort()[0]!;
  const open = new Map<string, number>();
  const waiting: { credit: boolean; left: number; pays: { number: string; amount: number }[] }[] = [];
  const evenings = new Map<string, EveningBook>();
  const monthSales = new Map<string, number>();
  let [sales, cash, paid, late, lateDays, netDays] = [0n, 0n, 0n, 0n, 0n, 0n];
  for (let today = start; today <= to; today = next(today)) {
    for (const each of invoices.filter(({ issued }) => issued === today)) {
      open.set(each.number, each.total);
      monthSales.set(today.slice(0, 7), (monthSales.get(today.slice(0, 7)) ?? 0) + each.total);
      if (today >= from) sales += BigInt(each.total);
    }
    for (const each of receipts.filter(({ on }) => on === today)) {
      waiting.push({ credit: each.credit, left: each.amount, pays: each.pays.map((pay) => ({ ...pay })) });
      if (each.credit) monthSales.set(today.slice(0, 7), (monthSales.get(today.slice(0, 7)) ?? 0) - each.amount);
      if (today >= from && each.credit) sales -= BigInt(each.amount);
      if (today >= from && !each.credit) cash += BigInt(each.amount);
    }
    for (const each of waiting)
      for (const pay of each.pays.splice(0)) {
        if (!open.has(pay.number)) {
          each.pays.push(pay);
          continue;
        }
        open.set(pay.number, open.get(pay.number)! - pay.amount);
        each.left -= pay.amount;
        if (each.credit || today < from) continue;
        const days = BigInt(apart(invoices.find(({ number }) => number === pay.number)!.due, today));
        paid += BigInt(pay.amount);
        netDays += BigInt(pay.amount) * days;
        if (days > 0n) [late, lateDays] = [late + BigInt(pay.amount), lateDays + BigInt(pay.amount) * days];
      }
    const evening: EveningBook = { open: 0, current: 0, credits: 0, unapplied: 0 };
    for (const { number, due } of invoices) {
      evening.open += open.get(number) ?? 0;
      if (due >= today) evening.current += open.get(number) ?? 0;
    }
    for (const { credit, left } of waiting) evening[credit ? 'credits' : 'unapplied'] += left;
    evenings.set(today, evening);
  }
  const none: EveningBook = { open: 0, current: 0, credits: 0, unapplied: 0 };
  const [end, begin] = [evenings.get(to) ?? none, evenings.get(next(from, -1)) ?? none];
  const [net, netBegin] = [BigInt(end.open - end.credits), BigInt(begin.open - begin.credits)];
  const days = BigInt(apart(from, to) + 1);
  const known = first <= from;
  const if_ = (fits: boolean, value: number | null) => (fits ? value : null);
  const perDays = (amount: bigint) => if_(known && sales > 0n, divided(amount * days, sales));
  const [N, current] = [BigInt(n), BigInt(end.current)];
  return {
    ...{
      gross: end.open,
      credits: end.credits,
      unapplied: end.unapplied,
      sales: Number(sales),
      cash: Number(cash),
      begin: Number(netBegin),
    },
    dso: perDays(net),
    bestDso: perDays(current),
    add: perDays(net - current),
    countBack: countBack(Number(net), to, first, monthSales),
    trueDso: trueDso(invoices, open, to, first, monthSales),
    cei: if_(first <= next(from, -1), divided(100n * (N * netBegin + sales - N * net), N * netBegin + sales - N * current)),
    daysLate: if_(known, divided(lateDays, paid)),
    daysNet: if_(known, divided(netDays, paid)),
    paidLateShare: if_(known, divided(100n * late, paid)),
  };
}

/** Text 'more than n' where the sales that are known do not use it up. */
function countBack(receivables: number, to: string, first: string, sales: ReadonlyMap<string, number>): number | string | null {
  let rest = BigInt(Math.max(0, receivables));
  let days = 0;
  for (let end = to; `${end.slice(0, 7)}-01` >= first; end = next(`${end.slice(0, 7)}-01`, -1)) {
    const length = apart(`${end.slice(0, 7)}-01`, end) + 1;
    const sold = BigInt(Math.max(0, sales.get(end.slice(0, 7)) ?? 0));
    if (rest === 0n) return days;
    if (rest <= sold) return divided(BigInt(days) * sold + rest * BigInt(length), sold);
    rest -= sold;
    days += length;
  }
  if (rest === 0n) return days;
  return days === 0 ? null : `more than ${days}`;
}

function trueDso(
  invoices: readonly RawInvoice[],
  open: ReadonlyMap<string, number>,
  to: string,
  first: string,
  sales: ReadonlyMap<string, number>,
) {
  const owed = invoices.filter(({ number, issued }) => issued <= to && (open.get(number) ?? 0) !== 0);
  const sold = owed.map(({ issued }) => BigInt(sales.get(issued.slice(0, 7)) ?? 0));
  if (owed.some(({ issued }) => `${issued.slice(0, 7)}-01` < first) || sold.some((each) => each <= 0n)) return null;
  const common = [...new Set(sold)].reduce((all, each) => all * each, 1n);
  const over = owed.reduce(
    (sum, { number, issued }, n) => sum + (BigInt(open.get(number)!) * BigInt(apart(issued, to)) * common) / sold[n]!,
    0n,
  );
  return divided(over, common);
}
