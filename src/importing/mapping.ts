import { z } from 'zod';
import { FIELDS, KINDS } from './fields.ts';
import { DATE_ORDERS } from './open-items/days.ts';

/** What people said of a list of open items; see Choices in open-items/reading.ts. */
const choices = z.strictObject({
  headerRow: z.number().int().positive().optional(),
  preset: z.string().nullable().optional(),
  dates: z.enum(DATE_ORDERS).optional(),
  decimal: z.enum(['.', ',']).optional(),
  signs: z.enum(['as-written', 'by-type']).optional(),
  types: z.record(z.string(), z.enum(['invoice', 'credit', 'payment', 'other'])).optional(),
  statuses: z.record(z.string(), z.enum(['open', 'closed'])).optional(),
  termsDays: z.number().int().min(0).max(365).optional(),
  repeated: z.enum(['once', 'each']).optional(),
  openIs: z.enum(['total']).optional(),
  apart: z
    .array(z.tuple([z.string().max(200), z.string().max(200)]))
    .max(2_000)
    .optional(),
  blocks: z.record(z.string(), z.enum(['hold', 'remind'])).optional(),
  large: z.array(z.string().max(200)).max(1_000).optional(),
  /** Entities and currencies that stand in another file: entity, a line break, currency. */
  elsewhere: z.array(z.string().max(200)).max(200).optional(),
});

const headers = z.record(z.string(), z.string().min(1));

/** Says what a file is and where its columns are. Kept as JSON, by name. */
export const mappingSchema = z
  .strictObject({
    name: z.string().regex(/^[\w .-]{1,60}$/, 'letters, digits, space, point, dash and underscore only'),
    kind: z.enum(KINDS),
    /** 'all-open': an open invoice that is missing from the file has been closed. */
    declares: z.enum(['changes', 'all-open']).default('changes'),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'latin1']).optional(),
    delimiter: z.string().length(1).optional(),
    /** '' when quotes in the file are ordinary characters. */
    quote: z.enum(['"', "'", '']).default('"'),
    dates: z.enum(['year-month-day', 'day-month-year', 'month-day-year']).default('year-month-day'),
    numbers: z.strictObject({ decimal: z.enum(['.', ',']), group: z.enum(['', '.', ',', ' ', "'"]) }).default({ decimal: '.', group: ',' }),
    /** Field to header. A file without the header is refused. */
    columns: headers.default({}),
    /** Field to header, read where the file has it. */
    optionalColumns: headers.default({}),
    /** Field to text, the same for every row. */
    fixed: z.record(z.string(), z.string()).default({}),
    /** Field to text, for rows whose cell is empty. */
    defaults: z.record(z.string(), z.string()).default({}),
    /** Words for yes; every other word is no. Without it yes and no of some languages are known and anything else is refused. */
    trueWords: z.array(z.string().min(1)).optional(),
    choices: choices.optional(),
    /** 'join': a customer number that differs from a known one by zeros in front alone is that customer's. */
    zeros: z.enum(['join', 'apart']).optional(),
  })
  .superRefine((mapping, context) => {
    const { required, optional } = FIELDS[mapping.kind];
    const places = { columns: mapping.columns, optionalColumns: mapping.optionalColumns, fixed: mapping.fixed, defaults: mapping.defaults };
    for (const [place, fields] of Object.entries(places)) {
      for (const field of Object.keys(fields)) {
        if (required.includes(field) || optional.includes(field)) continue;
        context.addIssue({
          code: 'custom',
          path: [place, field],
          message: `${mapping.kind} have no field "${field}"; they have ${[...required, ...optional].join(', ')}`,
        });
      }
    }
    for (const field of required) {
      if (Object.values(places).some((fields) => field in fields)) continue;
      context.addIssue({ code: 'custom', path: ['columns', field], message: 'is needed: name its column, or give it in "fixed"' });
    }
    if (mapping.declares === 'all-open' && mapping.kind !== 'invoices' && mapping.kind !== 'open-items') {
      context.addIssue({ code: 'custom', path: ['declares'], message: '"all-open" is for invoices and open items' });
    }
    if (mapping.numbers.decimal === mapping.numbers.group) {
      context.addIssue({ code: 'custom', path: ['numbers'], message: 'decimal and thousands separator are the same' });
    }
  });

export type Mapping = z.infer<typeof mappingSchema>;

/** The mapping, or every fault of it in one sentence each. */
export function parseMapping(from: unknown): { ok: true; mapping: Mapping } | { ok: false; faults: string[] } {
  const parsed = mappingSchema.safeParse(from);
  if (parsed.success) return { ok: true, mapping: parsed.data };
  return { ok: false, faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'mapping'}: ${message}`) };
}
