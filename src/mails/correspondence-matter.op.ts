import type { AccountWork } from '../account/account-work.ts';
import { divideItems } from '../arrangements/collectable.ts';
import type { AccountCase } from '../follow-up/account-days.op.ts';
import type { Day } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import type { Ledger, OpenItem } from '../ledger/ledger.port.ts';
import type { Correspondence } from './correspondence.ts';
import type { CorrespondenceKind, Matter } from './letter-facts.ts';

/** What a mail is about, as it is now. */
export interface MatterNow {
  readonly entity: string;
  readonly matter: Matter | null;
  /** With what the letter shows of each; minor units. */
  readonly invoices: readonly { readonly item: OpenItem; readonly asked: number }[];
  /** What the customer gave as the reason. */
  readonly reason: string;
}

interface Sources {
  readonly account: string;
  readonly work: AccountWork;
  readonly items: readonly OpenItem[];
  /** This many working days of the customer from today. */
  readonly inDays: (days: number) => Day;
  readonly today: Day;
  readonly disputeDays: number;
  /** What of an item is not promised anew, disputed, planned or given up. */
  readonly free: (item: OpenItem) => number;
  readonly ledger: Ledger;
}

type Answer = MatterNow | { readonly gone: string };

const MOST_PAYMENTS = 500;
/** Working days in which an offered plan can be accepted, unless its first instalment comes before. */
const OFFER_RUNS = 5;

/** What the mail would be about now; or why there is nothing to write about, as a sentence. */
export async function matterNow(ledger: Ledger, { row, work, day }: AccountCase, about: Correspondence): Promise<Answer> {
  const items = await ledger.openItems(row.id);
  const parts = divideItems(items, work, day.planned, day.today, day.calendar, day.rules.promiseGrace);
  const free = (item: OpenItem) => parts.find((part) => part.item === item)?.ask ?? 0;
  const { today, calendar, rules } = day;
  const inDays = (days: number) => workingDayAfter(today, days, calendar);
  return BY_KIND[about.kind](about, { account: row.id, work, items, inDays, today, disputeDays: rules.disputeDays, free, ledger });
}

const BY_KIND: Readonly<Record<CorrespondenceKind, (about: Correspondence, sources: Sources) => Answer | Promise<Answer>>> = {
  'promise-confirmation'(about, { work, items }) {
    const promise = work.promises.find(({ id }) => id === about.about);
    if (!promise) return { gone: 'The promise has come to an end.' };
    const { entity, currency, amount, date } = promise;
    const invoices = shares(items, entity, promise.parts);
    if (sum(invoices) < amount) return { gone: 'Less is open by now than was promised.' };
    return { entity, invoices, matter: { amount: { amount, currency }, on: date, instalments: [] }, reason: '' };
  },
  'promise-broken'(about, { work, items, free }) {
    const promise = work.pastPromises.find(({ id }) => id === about.about);
    if (!promise || (promise.outcome !== 'broken' && promise.outcome !== 'partly-kept')) return { gone: 'No such promise was broken.' };
    const { entity, currency, amount, date } = promise;
    let missing = amount - promise.paid;
    const parts = shares(
      items,
      entity,
      promise.invoices.map((invoice) => ({ invoice, amount: missing })),
    ).map(({ item, asked }) => {
      const part = { item, asked: Math.min(asked, missing, free(item)) };
      missing -= part.asked;
      return part;
    });
    const invoices = parts.filter(({ asked }) => asked > 0);
    if (invoices.length === 0) return { gone: 'It has been paid meanwhile, or rests for another reason.' };
    const matter = { amount: { amount, currency }, on: date, instalments: [], ...(promise.paid > 0 ? { received: promise.paid } : {}) };
    return { entity, invoices, matter, reason: '' };
  },
  'dispute-received'(about, { work, items, inDays, today, disputeDays }) {
    const dispute = work.disputes.find(({ id }) => id === about.about);
    if (!dispute || dispute.credit) return { gone: 'The dispute has been decided.' };
    const { entity, currency, amount, invoice, note, until } = dispute;
    const invoices = shares(items, entity, [{ invoice, amount }]);
    if (sum(invoices) < amount) return { gone: 'Less is open by now than was disputed.' };
    // A limit that has passed, or was never set, is no date to promise an answer for.
    const answerBy = until !== null && until > today ? until : inDays(disputeDays);
    return { entity, invoices, matter: { amount: { amount, currency }, on: null, instalments: [], answerBy }, reason: note };
  },
  'plan-offer'(about, { work, items, inDays }) {
    const plan = work.plans.find(({ id }) => id === about.about);
    if (!plan) return { gone: 'The plan has come to an end.' };
    if (plan.state === 'proposed') return { gone: 'The plan waits for its approval.' };
    const { entity, currency, amount, instalments, accelerates } = plan;
    const invoices = shares(items, entity, plan.parts);
    if (sum(invoices) < amount) return { gone: 'Less is open by now than the plan covers.' };
    const [last, first] = [inDays(OFFER_RUNS), instalments[0]!.date];
    const terms = { answerBy: first < last ? first : last, accelerates };
    return { entity, invoices, matter: { amount: { amount, currency }, on: null, instalments, ...terms }, reason: '' };
  },
  'invoice-copy'(about, { items }) {
    const wanted = about.invoices.map((invoice) => ({ invoice, amount: Number.MAX_SAFE_INTEGER }));
    const invoices = shares(items, about.entity, wanted);
    if (invoices.length < about.invoices.length) return { gone: 'One of these invoices is not open any more.' };
    return { entity: about.entity, invoices, matter: null, reason: '' };
  },
  'statement-copy'(about, { items }) {
    if (!items.some(({ entity }) => entity === about.entity)) return { gone: 'Nothing is open with this company any more.' };
    return { entity: about.entity, invoices: [], matter: null, reason: '' };
  },
  message: (about) => ({ entity: about.entity, invoices: [], matter: null, reason: '' }),
  async thanks(about, { account, ledger }) {
    const payment = (await ledger.payments(account, MOST_PAYMENTS)).find(({ id }) => id === about.about);
    if (!payment || payment.reversed) return { gone: 'The payment is not in the ledger any more.' };
    const { entity, currency, amount, received } = payment;
    return { entity, invoices: [], matter: { amount: { amount, currency }, on: received, instalments: [] }, reason: '' };
  },
};

/** Of each named invoice that is open the part, and no more than is open; the oldest first. */
function shares(
  items: readonly OpenItem[],
  entity: string,
  parts: readonly { readonly invoice: string; readonly amount: number }[],
): { item: OpenItem; asked: number }[] {
  return parts
    .flatMap(({ invoice, amount }) => {
      const item = items.find((each) => each.entity === entity && each.number === invoice);
      return item && amount > 0 ? [{ item, asked: Math.min(amount, item.open) }] : [];
    })
    .sort((a, b) => (a.item.due < b.item.due ? -1 : 1));
}

const sum = (invoices: MatterNow['invoices']) => invoices.reduce((total, { asked }) => total + asked, 0);
