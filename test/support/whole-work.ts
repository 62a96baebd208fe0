import type { OpenDispute } from '../../src/arrangements/dispute.ts';
import type { OpenPlan } from '../../src/arrangements/plan.ts';
import type { OpenPromise } from '../../src/arrangements/promise.ts';
import { day } from '../../src/kernel/day.ts';

const owed = { entity: 'NWUK', currency: 'GBP', amount: 100_00, takenBy: 'U0MARA', on: day('2026-11-16') };

/** Arrangements as an account holds them, each with all that belongs to it. */
export const aPromise = (more: Partial<OpenPromise> = {}): OpenPromise => ({
  ...{ id: 'p1', ...owed, date: day('2026-11-27'), parts: [], saidBy: 'Ms Larch' },
  ...more,
});

export const aPlan = (more: Partial<OpenPlan> = {}): OpenPlan => ({
  ...{ id: 'plan1', ...owed, parts: [], instalments: [], state: 'active' as const, agreedWith: 'Ms Larch' },
  ...{ accelerates: false, missedThrough: 0, notice: null },
  ...more,
});

export const aDispute = (more: Partial<OpenDispute> = {}): OpenDispute => ({
  ...{ id: 'd1', entity: 'NWUK', invoice: 'I-1', currency: 'GBP', amount: 100_00, reason: 'price' as const, note: '' },
  ...{ owner: 'U0MARA', channel: null, until: null, overdue: false, steps: [], credit: null, by: 'U0MARA', on: day('2026-11-16') },
  ...more,
});
