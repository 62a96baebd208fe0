import { z } from 'zod';
import type { Case } from '../escalation/case.ts';
import type { Draft } from '../mails/draft.ts';
import { dayShape } from './house-shapes.ts';

const text = z.string();
const texts = z.array(text);
const instant = text.refine((value) => !Number.isNaN(Date.parse(value)), 'no instant');

/** What is approved and sent, and by whom; what a mail says is covered by its hash. */
export const DRAFT_SHAPE = z.looseObject({
  ...{ id: text, account: text, entity: text, collector: text.nullable(), hash: text, state: text },
  stage: z.looseObject({ key: text, offset: z.int(), name: text }),
  ...{ day: dayShape, notBefore: dayShape.nullable(), sentOn: dayShape.nullable() },
  content: z.looseObject({ to: z.unknown(), subject: text, body: text, attachments: z.array(z.unknown()) }),
  approvals: z.array(z.looseObject({ by: text })),
  ...{ editors: texts, notices: texts, secondPerson: z.boolean() },
}) as unknown as z.ZodType<Draft>;

export const CASE_SHAPE = z.looseObject({
  ...{ id: text, account: text, entity: text, kind: text, currency: text, amount: z.int(), basis: text, state: text },
  ...{ about: z.record(text, text), answers: z.record(text, text), day: dayShape, expiresAt: instant, remindAt: instant },
  needed: z.looseObject({ people: z.int(), financeLeads: z.int() }),
  votes: z.array(z.looseObject({ by: text })),
  revision: z.int(),
}) as unknown as z.ZodType<Case>;
