import type { Day } from '../kernel/day.ts';
import { untrusted } from '../kernel/untrusted.ts';
import { type BrokenPromise, type History, NO_HISTORY } from '../mails/letter-facts.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { AccountWork } from './account-work.ts';
import type { PaymentReason } from './call.ts';

/** As a letter's writer is told of it. Talk of insolvency stays with us. */
const REASONS: Readonly<Record<PaymentReason, string | null>> = {
  'cash-flow': 'They are short of cash at the moment.',
  dispute: 'They contest something about the invoice.',
  'missing-document': 'They miss an invoice or a purchase order.',
  'internal-approval': 'Their internal approval takes its time.',
  'director-away': 'The person who releases payments is away.',
  'insolvency-hint': null,
  other: null,
};

/** What passed between the customer and us so far, for a letter or a call of one selling entity. `recorded` newest first. */
export function contactHistory(work: AccountWork, entity: string, recorded: readonly RecordedFact[]): History {
  const on = work.ladders.find((each) => each.entity === entity)?.lastContact ?? null;
  const [reason] = work.calls.reasons;
  const said = reason ? REASONS[reason.reason] : null;
  return {
    ...NO_HISTORY,
    lastContact: on && { how: spokeOn(on, entity, recorded) ? 'spoke' : 'wrote', on },
    brokenPromises: brokenPromises(entity, recorded),
    reason: said === null ? null : untrusted(said),
  };
}

function spokeOn(on: Day, entity: string, recorded: readonly RecordedFact[]): boolean {
  const last = recorded.find((fact) => fact.type === 'contact-made' && fact.entity === entity && fact.on === on);
  return last?.channel === 'call' || last?.channel === 'meeting';
}

const MOST_STEPS = 4;

/** Days on which the customer was written to or spoken with about any of these invoices: the last few, oldest first. `recorded` newest first. */
export function stepsSoFar(entity: string, invoices: readonly string[], recorded: readonly RecordedFact[]): NonNullable<History['steps']> {
  const made = recorded.filter(
    (fact) =>
      fact.type === 'contact-made' &&
      fact.entity === entity &&
      // Facts of earlier versions name no invoices.
      Array.isArray(fact.invoices) &&
      fact.invoices.some((each) => invoices.includes(String(each))),
  );
  const days = (...channels: string[]) =>
    [...new Set(made.filter(({ channel }) => channels.includes(String(channel))).map(({ on }) => on as Day))]
      .slice(0, MOST_STEPS)
      .reverse();
  return { wrote: days('email', 'letter'), spoke: days('call', 'meeting') };
}

/** A broken promise is closed in one fact and was dated in another. Newest first. */
function brokenPromises(entity: string, recorded: readonly RecordedFact[]): BrokenPromise[] {
  const broken = recorded.filter((fact) => fact.type === 'promise-closed' && fact.outcome === 'broken');
  return broken.flatMap((closed) => {
    const made = recorded.find((fact) => fact.type === 'promise-recorded' && fact.promise === closed.promise && fact.entity === entity);
    if (!made) return [];
    const received = Number(closed.paid ?? 0);
    const promised = { amount: Number(made.amount), currency: String(made.currency) };
    return [{ promised, by: made.date as Day, ...(received > 0 ? { received } : {}) }];
  });
}
