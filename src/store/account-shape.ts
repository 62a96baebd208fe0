import { z } from 'zod';
import type { AccountWork } from '../account/account-work.ts';
import type { Charges } from '../charges/charges.ts';
import { dayShape } from './house-shapes.ts';

const text = z.string();
const flag = z.boolean();
const days = dayShape.nullable();
/** Minor units, or a share in hundredths of a percent: never a fraction, and never so large that it is not exact. */
const minor = z.int();
const amounts = z.record(text, minor);
const list = <S extends z.ZodRawShape>(shape: S) => z.array(z.looseObject(shape));
const oneOf = <S extends z.ZodRawShape>(shape: S) => z.looseObject(shape).nullable();

const limits = z.record(text, z.looseObject({ amount: minor, until: days, by: text, on: dayShape, version: minor }));
const owed = { id: text, entity: text, currency: text };
const parts = list({ invoice: text, amount: minor });

/** All money, days and ids of an account are as they must be; words and what only sentences are made of may be anything. */
const EVERY_FIELD = {
  ...{ collector: text.nullable(), status: text, statusReason: text, kind: text.nullable(), policy: text.nullable() },
  hold: oneOf({ until: dayShape, reason: text, by: text }),
  snooze: oneOf({ until: dayShape, by: text }),
  legalHold: oneOf({ reason: text, by: text, on: dayShape }),
  promises: list({ ...owed, amount: minor, date: dayShape, parts, takenBy: text, on: dayShape }),
  pastPromises: list({ ...owed, amount: minor, paid: minor, outcome: text, date: dayShape, closed: dayShape, invoices: z.array(text) }),
  disputes: list({ ...owed, invoice: text, amount: minor, reason: text, until: days, overdue: flag, on: dayShape }),
  plans: list({
    ...owed,
    amount: minor,
    parts,
    instalments: list({ agreed: dayShape, date: dayShape, amount: minor }),
    state: text,
    on: dayShape,
  }),
  offers: list({ ...owed, kind: text, balance: minor, pay: minor, until: dayShape, parts: list({ invoice: text }), state: text }),
  postings: list({ ...owed, kind: text, amount: minor, lines: list({ invoice: text, amount: minor, openThen: minor }), on: dayShape }),
  writeOffs: list({ ...owed, parts, on: dayShape, received: minor }),
  placements: list({
    ...owed,
    partner: text,
    amount: minor,
    invoices: z.array(text),
    rate: minor,
    state: text,
    recovered: minor,
    fees: minor,
  }),
  opinions: list({ id: text, from: text, on: dayShape }),
  mandate: oneOf({
    id: text,
    negotiator: text,
    off: minor,
    most: amounts,
    longest: minor,
    until: dayShape,
    used: list({ currency: text, amount: minor }),
  }),
  replies: list({ id: text, kind: text, received: dayShape }),
  ladders: list({
    entity: text,
    marks: list({
      invoice: text,
      stage: text,
      days: minor,
      on: dayShape,
      asked: minor.nullable(),
      notice: oneOf({ on: dayShape, asked: minor.nullable() }),
    }),
    named: list({ invoice: text, on: dayShape, statements: minor }),
    ...{ lastMail: days, lastCall: days, lastContact: days, lastFirm: days },
    last: list({ stage: text, on: dayShape }),
    calls: list({ on: dayShape, stage: text, days: minor, invoices: z.array(text) }),
    offered: list({ invoice: text, stage: text, on: dayShape, tries: z.array(dayShape) }),
    start: oneOf({ stage: text.nullable(), on: dayShape, from: dayShape, mailBefore: dayShape.nullable().optional() }),
    jumps: list({ invoice: text, stage: text }),
    no: list({ currency: text, until: dayShape }),
    undo: oneOf({ on: dayShape, invoices: z.array(text), marks: z.array(z.unknown()), lastMail: days, before: z.unknown() }),
    rests: list({ invoice: text, until: days, why: text }),
  }),
  closedDisputes: list({ entity: text, invoice: text, on: dayShape }),
  agreement: oneOf({
    revision: minor,
    terms: minor.nullable(),
    interestRate: minor.nullable(),
    acceleration: flag,
    on: dayShape,
    insurance: oneOf({ policy: text, extension: minor.nullable(), reported: days.optional() }).optional(),
  }),
  limitations: list({
    ...{ id: text, kind: text, entity: text, invoices: z.array(text), on: dayShape, through: days, recorded: dayShape },
    ...{ source: text, evidence: text },
  }),
  lastContact: days,
  calls: z.looseObject({ tries: z.array(z.unknown()), reasons: z.array(z.unknown()) }),
  contacts: z.array(z.unknown()),
  tracing: oneOf({ opened: dayShape, tried: z.array(z.unknown()) }),
  tracingEnded: days,
  supply: oneOf({ stopped: flag, since: dayShape, case: text }),
  creditLimits: amounts,
  creditFile: z.looseObject({
    ...{ revision: minor, limits, groupLimits: limits, checks: list({ provider: text, grade: text, on: dayShape, until: days }) },
    deposit: oneOf({ currency: text, asked: minor, received: minor, by: days }),
    ...{ security: text, retentionOfTitle: flag, nextReview: days, imported: text },
    insured: oneOf({ currency: text, amount: minor, percent: minor }),
  }),
  answeredFlags: list({ entity: text, invoice: text, flag: text, answer: text, on: dayShape }),
  demands: list({ letter: text, entity: text, invoices: z.array(text), deadline: dayShape, sentOn: dayShape }),
  insolvencies: list({
    ...{ id: text, procedure: text, opened: dayShape, deadline: days, lookBack: minor, revision: minor, on: dayShape },
    claim: list({
      entity: text,
      currency: text,
      invoices: minor,
      open: minor,
      interest: minor.nullable(),
      owedFrom: dayShape,
      owedLast: dayShape,
    }),
    filed: oneOf({ on: dayShape }),
    dividends: list({ on: dayShape, currency: text, amount: minor }),
    closed: oneOf({ on: dayShape, note: text }),
  }),
  vetoes: list({ id: text, entity: text, stage: text, invoice: text, on: dayShape, silenceEnds: dayShape, answer: z.unknown() }),
} satisfies Record<keyof AccountWork, z.ZodType>;

export const ACCOUNT_SHAPE = z.looseObject(EVERY_FIELD) as unknown as z.ZodType<AccountWork>;

export const CHARGES_SHAPE = z.looseObject({
  claimed: list({ ...owed, kind: text, invoice: text, amount: minor, waived: minor, paid: minor, on: dayShape }),
}) as unknown as z.ZodType<Charges>;
