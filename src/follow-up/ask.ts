import type { Day } from '../kernel/day.ts';
import { daysBetween } from '../kernel/day.ts';
import { type Claim, isAsked } from './claim.ts';
import type { Said, Taken } from './ladder.ts';
import type { Message, Taking } from './message.ts';
import { noticeHasRun } from './message.ts';
import type { Worked } from './next-stage.ts';
import { NUMBERS } from './numbers.ts';
import { isNotice } from './policy.ts';

/** One invoice in a message. Minor units. */
export interface AskedInvoice {
  readonly number: string;
  readonly currency: string;
  readonly issued: Day;
  readonly due: Day;
  readonly open: number;
  /** Collectable. */
  readonly asked: number;
  /** Less the credit that counts against it. */
  readonly net: number;
}

/** Why an invoice, or a part of one, is left out of the sum, with the word the customer reads. */
export type LeftOutWhy = 'promised' | 'disputed' | 'planned';

interface Total {
  readonly currency: string;
  readonly invoices: number;
  readonly credit: number;
  readonly asked: number;
}

/** The parts of one message; each invoice is in one. Oldest first. */
export interface Ask {
  /** Asked at the message's stage, today or before; a statement or a note has all of its invoices here. */
  readonly invoices: readonly AskedInvoice[];
  /** Asked more firmly before, with that day. */
  readonly firmer: readonly (AskedInvoice & { readonly on: Day })[];
  /** In the words of a lower stage, or just past due. */
  readonly also: readonly AskedInvoice[];
  /** In formal process, with the day of their notice: one sentence with number and sum. */
  readonly formal: readonly (AskedInvoice & { readonly on: Day })[];
  readonly leftOut: readonly { readonly invoice: string; readonly currency: string; readonly why: LeftOutWhy; readonly amount: number }[];
  /** Not yet due. */
  readonly notes: readonly AskedInvoice[];
  /** Of `invoices`, by currency: asked = the invoices' sum - credit. */
  readonly totals: readonly Total[];
  /** Of `invoices`, `firmer` and `also`. */
  readonly open: readonly Total[];
  /** What the ladder remembers of it. */
  readonly said: Said;
  /** Friendly words are written plainly. */
  readonly plain: boolean;
}

type Part = 'invoices' | 'firmer' | 'also' | 'formal' | 'notes';

export function askOf(of: Worked, message: Message): Ask {
  const takes = new Map(message.takes.map((each) => [each.claim, each]));
  const notes = new Set(message.notes.map((each) => each.claim));
  const parts = new Map(of.claims.map((claim) => [claim, partOf(of, message, claim, takes.get(claim), notes.has(claim))]));
  const list = (part: Part) => of.claims.filter((claim) => parts.get(claim) === part);
  const rows = (part: Part) => list(part).map(rowOf);
  const invoices = rows('invoices');
  const firmer = list('firmer').map((claim) => ({ ...rowOf(claim), on: claim.mark!.on }));
  const formal = list('formal').map((claim) => ({ ...rowOf(claim), on: claim.notice!.on }));
  const also = rows('also');
  const named = of.claims.filter((claim) => parts.get(claim) !== null).map(({ number }) => number);
  return {
    ...{ invoices, firmer, also, formal, notes: rows('notes') },
    leftOut: leftOutOf(of.claims),
    totals: totalsOf(invoices),
    open: totalsOf([...invoices, ...firmer, ...also]),
    said: { firm: message.kind === 'stage' && message.stage.tone !== 'friendly', took: tookOf(message), named },
    plain: message.stage.tone === 'friendly' && message.stage.channel === 'email' && isPlain(of),
  };
}

/** Which part of the message shows an invoice; null: none does. */
function partOf(of: Worked, message: Message, claim: Claim, taking: Taking | undefined, isNote: boolean): Part | null {
  if (isNote) return message.kind === 'note' ? 'invoices' : 'notes';
  if (message.kind === 'note' || !isAsked(claim)) return null;
  const { stages } = of.policy;
  const at = stages.indexOf(message.stage);
  if (taking) return taking.stage === message.stage ? 'invoices' : 'also';
  if (message.kind === 'statement') return claim.formal && !noticeHasRun(of, claim) ? 'formal' : 'invoices';
  if (claim.formal) return 'formal';
  if (claim.own === at) return 'invoices';
  return claim.own > at ? 'firmer' : 'also';
}

/** Firm or formal words were used lately, or something is in formal process or with others. */
function isPlain({ ladder, today, claims }: Worked): boolean {
  const lately = ladder.lastFirm !== null && daysBetween(ladder.lastFirm, today) <= NUMBERS.plainDays;
  return lately || claims.some((claim) => claim.formal || claim.placed !== null);
}

function tookOf({ takes }: Message): Taken[] {
  return takes.map(({ claim, stage, jumped }) => ({
    ...{ invoice: claim.number, stage: stage.key, days: stage.offset, asked: claim.ask, formal: isNotice(stage) },
    ...(jumped && claim.late < stage.offset ? { jumped } : {}),
  }));
}

export function rowOf({ number, currency, due, free, ask, parts: { item } }: Claim): AskedInvoice {
  return { number, currency, issued: item.issued, due, open: item.open, asked: free, net: ask };
}

/** Parts of late invoices that rest. What waits for an answer of ours is not spoken of at all. */
export function leftOutOf(claims: readonly Claim[]): Ask['leftOut'] {
  return claims
    .filter(({ late, placed, waits }) => late > 0 && !placed && waits.length === 0)
    .flatMap(({ number, currency, parts }) => {
      const amounts: [LeftOutWhy, number][] = [
        ['disputed', parts.disputed],
        ['planned', parts.planned],
        ['promised', parts.promised],
      ];
      return amounts.filter(([, amount]) => amount > 0).map(([why, amount]) => ({ invoice: number, currency, why, amount }));
    });
}

export function totalsOf(rows: readonly AskedInvoice[]): Total[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const invoices = own.reduce((sum, { asked }) => sum + asked, 0);
    const asked = own.reduce((sum, { net }) => sum + net, 0);
    return { currency, invoices, credit: invoices - asked, asked };
  });
}
