import { z } from 'zod';
import type { AddedRate } from '../charges/added-rates.ts';
import type { StandardTerms } from '../charges/terms.ts';
import { type ApprovalTable, CASE_KINDS, FIRST_TABLE } from '../escalation/approval-table.ts';
import { PARTNER_KINDS, type Partner } from '../escalation/partner.ts';
import { FIRST_POLICIES, usualSpacing } from '../follow-up/default-policies.ts';
import { DEFAULT_RULES } from '../follow-up/follow-up.ts';
import type { Policies } from '../follow-up/policies.ts';
import { APPROVALS, PROPOSALS, STAGE_CHANNELS } from '../follow-up/policy.ts';
import type { Day } from '../kernel/day.ts';
import { TONES } from '../mails/draft-text.ts';
import { LETTER_STAGES } from '../mails/letter-facts.ts';
import { type Goals, NO_GOALS } from '../numbers/goals.ts';
import { CAUSES, LESSON_KINDS, type Lesson, WHERE } from '../numbers/lessons.ts';
import type { Settings } from '../team/settings.port.ts';
import { ROLES, type Team } from '../team/team.ts';
import type { StoredRetention } from '../trail/retention.port.ts';
import { NO_RETENTION, RECORD_KINDS } from '../trail/retention.ts';

/** States of the house, by the name of their collection. */
export interface HouseState {
  readonly team: Team;
  readonly policies: Policies;
  readonly approvals: ApprovalTable;
  readonly partners: { readonly version: number; readonly partners: readonly Partner[] };
  readonly rates: { readonly version: number; readonly added: readonly AddedRate[] };
  readonly retention: StoredRetention;
  readonly goals: Goals;
  readonly lessons: { readonly version: number; readonly lessons: readonly Lesson[] };
}
export type HouseName = keyof HouseState;

export const dayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/) as unknown as z.ZodType<Day>;
const whole = z.number().int();
const text = z.string();
const amounts = z.record(text, whole);

const member = z.object({
  user: text,
  roles: z.array(z.enum(ROLES)),
  absence: z.object({ from: dayShape, to: dayShape, cover: text }).nullable(),
  left: z.boolean().optional(),
  alerts: z.enum(['each', 'daily']).optional(),
});
const assignmentRule = z.object({
  id: text,
  ...{ segment: text.optional(), currency: text.optional(), entity: text.optional(), country: text.optional() },
  ...{ from: text.optional(), to: text.optional(), minimum: whole.optional() },
  collectors: z.array(text),
});
const stage = z
  .object({
    ...{ key: text, name: text, offset: whole, tone: z.enum(TONES), channel: z.enum(STAGE_CHANNELS) },
    template: z.enum(['', ...LETTER_STAGES]),
    ...{ minimum: amounts, approval: z.enum(APPROVALS), gap: whole, proposes: z.array(z.enum(PROPOSALS)) },
    ...{ spacing: whole.optional(), contact: whole, largeOrFirst: z.boolean() },
  })
  // Stored before there was a distance between messages of one stage: that which its kind is shipped with.
  .transform((stored) => ({ ...stored, spacing: stored.spacing ?? usualSpacing(stored) }));
const policy = z.object({ key: text, name: text, version: whole, large: amounts, stages: z.array(stage) });
const rules = z
  .object({
    demandGap: whole,
    staleAfter: whole,
    promiseGrace: whole,
    disputeDays: whole,
    noticeDays: whole,
    approvalAbove: amounts,
    ownerDays: whole,
  })
  .partial()
  // A rule that came later has its default in what was stored before it.
  .transform((set) => ({ ...DEFAULT_RULES, ...set }));
const band = z.object({ people: whole, financeLeads: whole, above: whole });
const approvalRule = z.object({ bands: z.record(text, z.array(band)), expiryDays: whole, remindHours: whole, substitutes: z.boolean() });
const months = z.partialRecord(z.enum(RECORD_KINDS), whole.nullable());
const counts = z.record(z.enum(RECORD_KINDS), z.object({ records: whole, oldest: dayShape.nullable(), newest: dayShape.nullable() }));
const count = z.object({
  on: dayShape,
  cutOffs: z.partialRecord(z.enum(RECORD_KINDS), dayShape.nullable()),
  going: counts,
  kept: z.partialRecord(text, z.object({ records: whole, accounts: whole })),
});
const commands = z.object({ overdue: text, account: text, collections: text });
const terms = z.looseObject({
  ...{ revision: whole, law: text.nullable(), terms: whole.nullable(), disputeClause: text, on: dayShape, by: text },
  notice: z.object({ method: text, place: text }).nullable(),
  feeClause: z.object({ amounts, from: text }).nullable(),
  ...{ language: text.nullable(), vat: text.nullable() },
});
const payee = z.object({ iban: text, proposedBy: text, on: dayShape, confirmedBy: text.nullable() });
const sender = z.object({ name: text, address: text, remittance: text, phone: text, postal: text.optional() });

const lesson = z.object({
  ...{ id: text, account: text, kind: z.enum(LESSON_KINDS), entity: text, currency: text, amount: whole, lost: whole, ended: dayShape },
  facts: z.object({ daysLate: whole, contacts: whole, promisesBroken: whole }),
  ...{ state: z.enum(['open', 'recorded', 'skipped']), cause: z.enum(CAUSES).nullable(), where: z.enum(WHERE).nullable() },
  action: z.object({ text, owner: text, until: dayShape, done: dayShape.nullable() }).nullable(),
  ...{ skipped: text, by: text },
});

export const SHAPES: { readonly [Name in HouseName]: z.ZodType<Omit<HouseState[Name], 'version'>> } = {
  team: z.object({
    members: z.array(member),
    rules: z.array(assignmentRule),
    addresses: z.array(z.object({ email: text, user: text.nullable(), on: dayShape })).default([]),
  }),
  policies: z.object({
    kept: z.array(policy),
    company: text,
    segments: z.array(z.object({ segment: text, policy: text })),
    rules,
  }),
  approvals: z.object({
    // A kind that came in later has its first rule until somebody sets another.
    rules: z
      .partialRecord(z.enum(CASE_KINDS), approvalRule)
      .transform((set): ApprovalTable['rules'] => ({ ...FIRST_TABLE.rules, ...(set as Partial<ApprovalTable['rules']>) })),
  }),
  partners: z.object({
    partners: z.array(
      z.object({
        ...{ id: text, name: text, kind: z.enum(PARTNER_KINDS), licence: text, licensedTo: dayShape, countries: z.array(text) },
        ...{ rate: whole, terms: text, contact: text, retired: z.boolean() },
      }),
    ),
  }),
  rates: z.object({
    added: z.array(z.object({ series: text, half: text, rate: whole, source: text, by: text, on: dayShape })) as unknown as z.ZodType<
      readonly AddedRate[]
    >,
  }),
  goals: z.object({
    targets: z.array(z.object({ month: text, collector: text, currency: text, amount: whole })),
    posts: z.object({ report: text, forecast: text, lessons: text }),
  }),
  lessons: z.object({ lessons: z.array(lesson) }),
  retention: z.object({
    ...{ wanted: months, revision: whole, inForce: months, counted: count.nullable(), decidedBy: text },
    lastRun: z.object({ on: dayShape, removed: counts }).nullable(),
  }) as unknown as z.ZodType<Omit<StoredRetention, 'version'>>,
};

/** Written at the first start. */
export const SETTINGS_SHAPE: z.ZodType<Omit<Settings, 'version'>> = z.object({
  ...{ digestChannel: text, digestHour: z.number().int().min(0).max(23), zone: text, company: text, country: text, region: text },
  ...{ commands, formerCommands: commands.optional(), escalationsChannel: text.optional() },
  senders: z.record(text, sender).optional(),
  payees: z.record(text, z.array(payee)).optional(),
  terms: z.record(text, terms as unknown as z.ZodType<StandardTerms>).optional(),
});

/** What each begins with. */
export const FIRST: { readonly [Name in HouseName]: Omit<HouseState[Name], 'version'> } = {
  team: { members: [], rules: [], addresses: [] },
  policies: FIRST_POLICIES,
  approvals: FIRST_TABLE,
  partners: { partners: [] },
  rates: { added: [] },
  retention: NO_RETENTION,
  goals: NO_GOALS,
  lessons: { lessons: [] },
};
