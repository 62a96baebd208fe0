import { Schema } from 'mongoose';

const required = { required: true } as const;
const text = { type: String, default: '' };
const amount = { type: Number, ...required, validate: Number.isSafeInteger };
const flag = { type: Boolean, default: false };
const day = { type: String, ...required, match: /^\d{4}-\d{2}-\d{2}$/ };
const id = { type: String, ...required };
const row = { _id: id, account: id, fingerprint: id, sample: flag };
const options = { versionKey: false, autoIndex: false, autoCreate: false, strict: 'throw' } as const;

export const accountSchema = new Schema(
  {
    _id: id,
    version: amount,
    outbox: { type: [Schema.Types.Mixed], default: [] },
    collector: { type: String, default: null },
    /** What the team decided besides the collector; null: nothing yet. */
    work: { type: Schema.Types.Mixed, default: null },
    /** How many facts this account has recorded; each fact carries its number, 1..n without a gap. */
    facts: { type: Number, default: 0 },
    /** Ids of the last commands carried out, so that a repeated click does nothing. */
    commands: { type: [String], default: [] },
    /** True while the outbox holds facts that are not in the trail yet. */
    pending: { type: Boolean, default: false },
    ledger: {
      number: id,
      name: text,
      country: text,
      region: text,
      language: text,
      zone: text,
      segment: text,
      kind: text,
      parent: { type: String, default: null },
      entity: text,
      owner: text,
      autopay: flag,
      law: { type: String },
      paymentTerms: { type: String },
      noticeMethod: { type: String },
      noticeAddress: { type: String },
      reminderFee: { type: String },
      creditLimit: { type: String },
      groupLimit: { type: String },
      limitUntil: { type: String },
    },
    /** The mail that is on its way to the customer: send-claims.ts. */
    sending: { type: Schema.Types.Mixed },
    ledgerRevision: amount,
    dirty: { type: String, default: null },
    sample: flag,
    importedAt: { type: Date, default: null },
  },
  options,
)
  .index({ 'ledger.number': 1 }, { unique: true })
  .index({ dirty: 1 })
  .index({ 'sending.until': 1 })
  .index({ 'ledger.parent': 1 })
  .index({ pending: 1 }, { partialFilterExpression: { pending: true } });

export const contactSchema = new Schema(
  {
    ...row,
    name: text,
    salutation: { type: String },
    email: text,
    phone: text,
    role: text,
    rank: { type: Number, default: 1 },
    doNotContact: flag,
  },
  options,
)
  .index({ account: 1, rank: 1 })
  .index({ email: 1 });

export const invoiceSchema = new Schema(
  {
    ...row,
    entity: text,
    number: id,
    currency: id,
    total: amount,
    issued: day,
    due: day,
    stated: amount,
    settled: text,
    disputedStated: amount,
    cancelled: flag,
    purchaseOrder: text,
    payLink: text,
    copy: { type: String },
    dunned: { type: Schema.Types.Mixed },
    reference: { type: String },
    dunningBlock: { type: String },
    vanished: flag,
    open: amount,
    disputed: amount,
    statedApplied: amount,
    misplaced: { type: [String] },
  },
  options,
)
  .index({ entity: 1, number: 1 }, { unique: true })
  .index({ account: 1, issued: -1 })
  .index({ settled: 1 });

const receipt = {
  ...row,
  entity: text,
  number: id,
  currency: id,
  amount,
  date: day,
  allocations: [{ _id: false, invoice: id, id, amount, applied: amount }],
  annulled: flag,
  reason: text,
  unapplied: amount,
  vanished: { type: Boolean },
  derived: { type: Schema.Types.Mixed },
  placed: { type: Schema.Types.Mixed },
};

const receiptSchema = () =>
  new Schema(receipt, options)
    .index({ entity: 1, number: 1 }, { unique: true })
    .index({ account: 1, date: -1 })
    .index({ date: 1 })
    .index({ 'allocations.id': 1 });

export const paymentSchema = receiptSchema();
export const creditNoteSchema = receiptSchema();

export const importRunSchema = new Schema(
  {
    _id: id,
    state: { type: String, enum: ['applying', 'done', 'interrupted', 'replaced'], ...required },
    source: text,
    sample: flag,
    tellsBalances: flag,
    startedAt: { type: Date, ...required },
    finishedAt: { type: Date, default: null },
    /** Renewed while the run lives; a run whose lease has lapsed was killed. */
    leaseUntil: { type: Date, ...required },
    host: text,
    pid: Number,
    counts: Schema.Types.Mixed,
    by: text,
    sha256: text,
    /** Of a list of all that is open: the day it stands for, and the entities and currencies in it. */
    seenOn: { type: String },
    lists: { type: [String], default: undefined },
    /** The fact that it was imported, until it is in the trail. */
    outbox: { type: [Schema.Types.Mixed], default: [] },
    pending: { type: Boolean, default: false },
  },
  options,
)
  // At most one run applies at a time, whoever started it.
  .index({ state: 1 }, { unique: true, partialFilterExpression: { state: 'applying' } })
  .index({ finishedAt: -1 })
  .index({ startedAt: -1 })
  .index({ pending: 1 }, { partialFilterExpression: { pending: true } });

export const storedMappingSchema = new Schema(
  {
    _id: id,
    mapping: Schema.Types.Mixed,
    usedAt: Date,
    /** Equal for files with the same headers. */
    headers: text,
    version: { type: Number, default: 1 },
    facts: { type: Number, default: 0 },
    commands: { type: [String], default: [] },
    outbox: { type: [Schema.Types.Mixed], default: [] },
    pending: { type: Boolean, default: false },
  },
  options,
)
  .index({ headers: 1, usedAt: -1 })
  .index({ pending: 1 }, { partialFilterExpression: { pending: true } });
