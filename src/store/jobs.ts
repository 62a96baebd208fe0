import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import type { Job, Jobs } from '../kernel/jobs.port.ts';

interface JobDocument {
  _id: string;
  kind: string;
  payload: Record<string, unknown>;
  state: 'open' | 'done' | 'failed';
  dueAt: Date;
  leaseUntil: Date;
  owner: string;
  fence: number;
  attempts: number;
  progress: Record<string, unknown>;
  problem: string;
  createdAt: Date;
  /** Only tidies up: finished jobs go after 30 days. */
  expiresAt?: Date;
}

const schema = new Schema<JobDocument>(
  {
    _id: String,
    kind: String,
    payload: Schema.Types.Mixed,
    state: String,
    dueAt: Date,
    leaseUntil: Date,
    owner: String,
    fence: Number,
    attempts: Number,
    progress: Schema.Types.Mixed,
    problem: String,
    createdAt: Date,
    expiresAt: Date,
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);
schema.index({ state: 1, kind: 1, dueAt: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const KEEP_DAYS = 30;

const date = (at: Temporal.Instant) => new Date(at.epochMilliseconds);
const instant = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime());

export function jobModel(connection: Connection): Model<JobDocument> {
  return connection.models.job ?? connection.model<JobDocument>('job', schema, 'jobs');
}

function toJob(found: JobDocument): Job {
  const { _id, kind, payload, attempts, fence, progress, createdAt } = found;
  return { id: _id, kind, payload, attempts, fence, progress, createdAt: instant(createdAt) };
}

/** The leased jobs: a claim's filter contains what the claim changes (lease and fence), so that two instances never hold one job. */
export function jobStore(connection: Connection): Jobs {
  const model = jobModel(connection);
  const free = (now: Temporal.Instant) => ({ state: 'open' as const, dueAt: { $lte: date(now) }, leaseUntil: { $lte: date(now) } });
  const lease = (owner: string, now: Temporal.Instant, seconds: number) => ({
    $set: { owner, leaseUntil: date(now.add({ seconds })) },
    $inc: { fence: 1, attempts: 1 },
  });
  const held = (job: Job) => ({ _id: job.id, fence: job.fence, state: 'open' as const });
  const write = async (job: Job, set: Partial<JobDocument>) => (await model.updateOne(held(job), { $set: set })).matchedCount === 1;
  const finish = (job: Job, state: 'done' | 'failed', problem: string) =>
    write(job, { state, problem, expiresAt: date(job.createdAt.add({ hours: 24 * KEEP_DAYS })) });

  return {
    async add({ id, kind, payload, dueAt }) {
      const now = date(dueAt);
      const fresh: JobDocument = {
        _id: id,
        kind,
        payload,
        state: 'open',
        dueAt: now,
        leaseUntil: new Date(0),
        owner: '',
        fence: 0,
        attempts: 0,
        progress: {},
        problem: '',
        createdAt: now,
      };
      const result = await model.updateOne({ _id: id }, { $setOnInsert: withoutId(fresh) }, { upsert: true }).catch(ifDuplicate);
      return result?.upsertedCount === 1;
    },
    async claim(kinds, owner, now, leaseSeconds) {
      const filter = { ...free(now), kind: { $in: [...kinds] } };
      const found = await model
        .findOneAndUpdate(filter, lease(owner, now, leaseSeconds), { sort: { dueAt: 1 }, returnDocument: 'after' })
        .lean();
      return found && toJob(found as JobDocument);
    },
    async claimOne(id, owner, now, leaseSeconds) {
      const found = await model
        .findOneAndUpdate({ ...free(now), _id: id }, lease(owner, now, leaseSeconds), { returnDocument: 'after' })
        .lean();
      return found && toJob(found as JobDocument);
    },
    progress: (job, progress) => write(job, { progress }),
    renew: (job, now, seconds) => write(job, { leaseUntil: date(now.add({ seconds })) }),
    retry: (job, dueAt, problem) => write(job, { dueAt: date(dueAt), leaseUntil: new Date(0), problem }),
    done: (job) => finish(job, 'done', ''),
    fail: (job, problem) => finish(job, 'failed', problem),
    async get(id) {
      const found = (await model.findById(id).lean()) as JobDocument | null;
      return found && { ...toJob(found), state: found.state, problem: found.problem };
    },
  };
}

function withoutId({ _id, ...rest }: JobDocument): Omit<JobDocument, '_id'> {
  return rest;
}

/** Two upserts of one id at the same time: the loser gets E11000 instead of a match. */
function ifDuplicate(error: unknown): null {
  if ((error as { code?: number }).code === 11000) return null;
  throw error;
}
