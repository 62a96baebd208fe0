import type { AskedInvoice } from '../follow-up/ask.ts';
import type { FollowUpAction } from '../follow-up/follow-up.ts';
import type { Day } from '../kernel/day.ts';
import { addTo, type Money } from '../kernel/money.ts';
import { untrusted } from '../kernel/untrusted.ts';
import type { LeftOut, Shown } from './letter-facts.ts';
import type { DraftInvoice, ShownPart } from './mail-content.ts';

const netOf = ({ net, currency }: AskedInvoice): Money => ({ amount: net, currency });

/** The parts of the letter behind its list; nothing where there are none. */
export function shownOf({ firmer, also, formal, notes, open }: FollowUpAction): { readonly shown?: Shown } {
  if (firmer.length + also.length + formal.length + notes.length === 0) return {};
  const rows = (list: readonly (AskedInvoice & { readonly on?: Day })[]) =>
    list.map((each) => ({ number: untrusted(each.number), due: each.due, amount: netOf(each), ...(each.on ? { on: each.on } : {}) }));
  const sums = new Map<string, number>();
  for (const each of formal) addTo(sums, netOf(each));
  const on = formal.map((each) => each.on).sort()[0];
  return {
    shown: {
      ...{ firmer: rows(firmer), also: rows(also), notes: rows(notes) },
      notice: on
        ? {
            on,
            invoices: formal.map(({ number }) => untrusted(number)),
            sums: [...sums].map(([currency, amount]) => ({ amount, currency })),
          }
        : null,
      open: open.map(({ asked, currency }) => ({ amount: asked, currency })),
    },
  };
}

/** The same for what an approval covers, with the stage that each is taken to. */
export function partsOf({ firmer, also, formal, notes, said }: FollowUpAction): ShownPart[] {
  const lists = { firmer, also, formal, notes } as const;
  return Object.entries(lists).flatMap(([part, list]) =>
    list.map(({ number, currency, net }) => {
      const taken = said.took.find(({ invoice }) => invoice === number);
      return { part: part as ShownPart['part'], number, currency, amount: net, ...(taken ? { stage: taken.stage } : {}) };
    }),
  );
}

const RESTING: Readonly<Record<string, LeftOut['why']>> = { promised: 'promised', disputed: 'disputed', planned: 'planned' };

export function leftOutOf(action: FollowUpAction): LeftOut[] {
  const sums = new Map<string, { why: LeftOut['why']; money: { amount: number; currency: string } }>();
  for (const part of action.leftOut) {
    const why = RESTING[part.why];
    if (!why) continue;
    const key = `${why} ${part.currency}`;
    const before = sums.get(key)?.money.amount ?? 0;
    sums.set(key, { why, money: { amount: before + part.amount, currency: part.currency } });
  }
  return [...sums.values()];
}

export function invoicesOf(action: FollowUpAction): DraftInvoice[] {
  const resting = (number: string, why: string) =>
    action.leftOut.filter((part) => part.invoice === number && part.why === why).reduce((sum, part) => sum + part.amount, 0);
  return action.invoices.map(({ number, currency, open, asked }) => ({
    number,
    currency,
    residual: open,
    promised: resting(number, 'promised'),
    disputed: resting(number, 'disputed'),
    asked,
  }));
}
