import { type ChangeAccountResult, changeAccount } from '../account/change-account.op.ts';
import { chosenInvoices } from '../arrangements/chosen-invoices.op.ts';
import { readCredited } from '../arrangements/credited.op.ts';
import { spread } from '../arrangements/promise.ts';
import type { InvoiceRef } from '../arrangements/record-promise.op.ts';
import { ALL_PAYMENTS } from '../arrangements/record-settlement.op.ts';
import { paidFor } from '../arrangements/settlement.ts';
import type { World } from '../kernel/world.port.ts';

import type { Ledger } from '../ledger/ledger.port.ts';
import type { CaseKindRules } from './case.port.ts';
import type { Case } from './case.ts';
import { changeByCase } from './case-on-account.op.ts';
import { invoiceBasis } from './invoice-basis.op.ts';
import { placementOf } from './placement.ts';
import type { DecisionAsked } from './request-decision.op.ts';
import { latePaid, WRITE_OFF_REASONS, type WriteOffReason } from './write-off.ts';

export interface WriteOffAsked {
  readonly account: string;
  /** Of one selling entity in one currency. */
  readonly invoices: readonly InvoiceRef[];
  /** Minor units; null: all that is free on them. */
  readonly amount: number | null;
  readonly code: WriteOffReason;
  readonly reason: string;
}

/** What is kept with the case: numbers of its invoices, oldest first, and the reason code. */
const NAMES = '\n';
export const invoicesOf = ({ about }: Pick<Case, 'about'>): string[] => (about.invoices ?? '').split(NAMES).filter(Boolean);
export const reasonOf = ({ about }: Pick<Case, 'about'>): WriteOffReason =>
  WRITE_OFF_REASONS.find((each) => each === about.code) ?? 'uneconomic';

type WriteOffRefusal =
  | 'no-such-account'
  | 'invoice-not-open'
  | 'no-invoice-chosen'
  | 'invoices-differ'
  | 'nothing-free'
  | 'write-off-above-open';

/** The request for a decision about a write-off, or why it cannot be asked for. */
export async function writeOffAsked(
  world: World,
  { account, invoices, amount, code, reason }: WriteOffAsked,
): Promise<{ readonly asked: DecisionAsked } | { readonly refused: WriteOffRefusal }> {
  const chosen = await chosenInvoices(world, account, invoices);
  if ('refused' in chosen) return { refused: chosen.refused };
  const { entity, currency, parts } = chosen;
  const free = parts.filter(({ ask }) => ask > 0);
  const whole = free.reduce((sum, { ask }) => sum + ask, 0);
  if (whole === 0) return { refused: 'nothing-free' };
  if (amount !== null && amount > whole) return { refused: 'write-off-above-open' };
  const about = { invoices: free.map(({ item }) => item.number).join(NAMES), code };
  return { asked: { kind: 'write-off', account, entity, currency, amount: amount ?? whole, reason, reasonCodes: [], about } };
}

/** Approved write-offs: what is given up rests, and the bookkeepers are asked to book it. */
export function writeOffKind(world: World): CaseKindRules {
  return {
    'write-off': {
      offered: false,
      sixQuestions: false,
      async refusal({ account }) {
        const held = placementOf((await world.accounts.load(account))?.work ?? { placements: [] });
        return held && held.state !== 'closed'
          ? `${held.name} still follows this account up. Recall it first, or wait until they give it back.`
          : null;
      },
      basis: (of) => invoiceBasis(world, of, new Set(invoicesOf(of))),
      carryOut: (of, command, holds) =>
        changeByCase(world, of, command, holds, {
          request: () => requestNow(world, of),
          why: () => 'One of these invoices has gone into a plan, an offer or another write-off meanwhile.',
          isDone: ({ writeOffs }) => writeOffs.some(({ id }) => id === of.id),
        }),
    },
  };
}

async function requestNow(world: World, of: Case) {
  const refs = invoicesOf(of).map((number) => ({ entity: of.entity, number }));
  const chosen = await chosenInvoices(world, of.account, refs);
  const free = 'refused' in chosen ? [] : chosen.parts.map(({ item, ask }) => ({ item, free: ask }));
  const parts = spread(of.amount, free);
  if (!parts) return { voided: 'These invoices do not have that much open and free any more.' };
  const payments = await world.ledger.payments(of.account, ALL_PAYMENTS);
  const { id, entity, currency, requester } = of;
  const lines = parts.map(({ item, amount }) => ({
    ...{ invoice: item.number, amount, openThen: item.open },
    paidThen: paidFor(payments, entity, item.number),
  }));
  return { do: 'write-off', id, entity, currency, reason: reasonOf(of), requester, parts: lines } as const;
}

/** Takes a write-off back by what has come in on it since. The caller has authorized `by`. */
export async function reverseWriteOff(
  world: World,
  account: string,
  id: string,
  by: string,
  command: string,
): Promise<ChangeAccountResult> {
  const of = (await world.accounts.load(account))?.work.writeOffs.find((each) => each.id === id);
  const lines = of ? await cameIn(world, account, of) : [];
  return changeAccount(world, account, { do: 'reverse-write-off', id, lines }, by, command);
}

/** What came in on each invoice of a write-off, and what the ledger shows as credited on it. */
async function cameIn(world: { readonly ledger: Ledger }, account: string, of: Parameters<typeof latePaid>[0]) {
  const [payments, credited] = await Promise.all([world.ledger.payments(account, ALL_PAYMENTS), readCredited(world.ledger, account)]);
  return latePaid(of, payments).map((line) => ({ ...line, credited: credited(of.entity, line.invoice) }));
}
