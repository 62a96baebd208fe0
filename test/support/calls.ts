import type { CallOutcome, CallRequest } from '../../src/account/call.ts';
import type { Walk } from './account-days.ts';

/** Mara calls Ms Larch on the walk's day: the policy's step where a call is due, else a call besides. */
export function callAt(walk: Walk, outcome: CallOutcome, more: Partial<CallRequest> = {}): CallRequest {
  const { action } = walk.decide();
  const due = action?.stage.channel === 'call' ? action : null;
  return {
    do: 'log-call',
    entity: 'NWUK',
    contact: 'larch',
    name: 'Imogen Larch',
    phone: '+44 20 7946 0123',
    outcome,
    reason: null,
    note: '',
    stage: due && { key: due.stage.key, offset: due.stage.offset },
    invoices: due ? due.invoices.map(({ number }) => number) : [],
    ...(due ? { said: due.said } : {}),
    open: walk.items.map(({ number }) => number),
    agreed: null,
    ...more,
  };
}
