import { createHash } from 'node:crypto';
import { z } from 'zod';
import { dayIn } from '../kernel/day.ts';
import { AGEING_BUCKETS, type AgeingBucket } from '../ledger/ageing.ts';
import { readCarried } from '../slack/carried.ts';
import {
  type Asker,
  type ClickRequest,
  type CommandRequest,
  Refused,
  type Subject,
  type SubmitAnswer,
  type SubmitRequest,
} from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, optionalPersonField, textField } from '../slack/modals.ts';
import { sentence } from '../slack/reply.ts';
import { counted, plain } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { assignMany } from './assign-many.op.ts';
import { type Assignment, assignableRows, type MoveQuery, planMove } from './plan-assignments.op.ts';
import { type CarriedMove, loadReply, movePreview } from './reassign.view.ts';

export interface ReassignNeeds extends SlackWorld {
  /** Lets a bulk change begin at once; it would begin within a minute anyway. */
  readonly kick: () => void;
}

const query = z.object({
  f: z.string().max(40).nullable(),
  t: z.string().max(40).nullable(),
  s: z.string().max(75).optional(),
  m: z.string().max(3).optional(),
  e: z.string().max(60).optional(),
  k: z.string().max(2).optional(),
  b: z.enum(['current', '1-30', '31-60', '61-90', '90+']).optional(),
});
const confirmed = query.extend({ h: z.string() });

/** /collections reassign: many accounts at once, after a preview. */
export function reassignSubject(world: ReassignNeeds): Subject {
  return {
    parts: {
      reassign: {
        may: 'manage',
        usage: 'reassign @from to @to [segment NAME] [EUR] [31-60]',
        help: 'give many accounts to somebody else, with a preview; “unassigned” for @from, “round-robin” for @to',
        run: (request) => reassign(world, request),
      },
    },
    clicks: {
      'reassign-open': { may: 'manage', run: openForm },
      'reassign-go': { may: 'manage', run: (request) => moveAll(world, request) },
      'reassign-cancel': { may: 'manage', run: async ({ replace }) => replace(sentence('Nothing was changed.')) },
    },
    submits: {
      reassign: { may: 'manage', run: (request) => previewForm(world, request) },
    },
  };
}

async function reassign(world: ReassignNeeds, { text, asker, answer, settings }: CommandRequest): Promise<void> {
  if (text === '') {
    const { rows, team, today } = await plan(world, { from: null, to: null });
    return answer(loadReply(rows, team, today, settings.commands.collections));
  }
  const move = readMove(text);
  if (typeof move === 'string')
    throw new Refused(
      `${move} For example: \`/${settings.commands.collections} reassign @somebody to round-robin EUR 31-60\`. Nothing was changed.`,
    );
  await answer(await preview(world, move, asker));
}

async function openForm({ value, asker, client, triggerId }: ClickRequest): Promise<void> {
  const buckets = {
    any: 'Any age',
    ...Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, bucket === 'current' ? 'Not due' : `${bucket} days`])),
  };
  const blocks = [
    {
      type: 'section' as const,
      text: {
        type: 'mrkdwn' as const,
        verbatim: true,
        text: value === '' ? 'Accounts that nobody has' : `Accounts of <@${value}>`,
      },
    },
    optionalPersonField('to', 'To', 'Leave empty to share them out among the collectors, by load.'),
    textField('segment', 'Only this segment', { optional: true, max: 75 }),
    textField('entity', 'Only of this selling entity', { optional: true, max: 60, hint: 'Its code in your ledger.' }),
    textField('country', 'Only in this country', { optional: true, max: 2, hint: 'Two letters, for example DE.' }),
    textField('currency', 'Only with something open in this currency', { optional: true, max: 3, hint: 'For example EUR.' }),
    choiceField('bucket', 'Only with something open of this age', buckets, 'any'),
  ];
  await client.views.open({
    trigger_id: triggerId,
    view: modal('reassign', 'Reassign accounts', 'Preview', { f: value, c: asker.channel }, blocks),
  });
}

async function moveAll(world: ReassignNeeds, { value, asker, body, replace }: ClickRequest): Promise<void> {
  const { h, ...carried } = readCarried(confirmed, value);
  const problem = carried.t && (await world.assignable(carried.t, asker));
  if (problem) throw new Refused(problem);
  const { assignments } = await plan(world, moveOf(carried));
  if (fingerprint(assignments) !== h)
    return replace(
      await preview(world, carried, asker, 'The accounts have changed since this preview. Nothing was changed; here is the current one.'),
    );
  const started = await assignMany(world, `assign:${body.container.message_ts}:${asker.user}:${h}`, assignments, asker.user);
  world.kick();
  await replace(
    sentence(
      started
        ? `:hourglass_flowing_sand: Reassigning ${counted(assignments.length, 'account')}. You get a direct message when it is done.`
        : 'This was started already.',
    ),
  );
}

async function previewForm(world: ReassignNeeds, request: SubmitRequest): Promise<SubmitAnswer> {
  const { f, c } = readCarried(z.object({ f: z.string().max(40), c: z.string().max(40) }), request.view.private_metadata);
  const text = (name: string) => entered(request, name).trim();
  const [to, segment, entity, currency, bucket] = [text('to'), text('segment'), text('entity'), text('currency'), text('bucket')];
  const country = text('country').toUpperCase();
  if (country !== '' && !/^[A-Z]{2}$/.test(country)) return fieldErrors({ country: 'Two letters, such as DE.' });
  if (currency !== '' && !/^[a-z]{3}$/i.test(currency)) return fieldErrors({ currency: 'Three letters, such as EUR.' });
  const problem = to === '' ? null : await world.assignable(to, request.asker);
  if (problem) return fieldErrors({ to: problem });
  const carried = query.parse({
    f: f || null,
    t: to || null,
    ...(segment ? { s: segment } : {}),
    ...(entity ? { e: entity } : {}),
    ...(country ? { k: country } : {}),
    ...(currency ? { m: currency.toUpperCase() } : {}),
    ...(bucket === 'any' ? {} : { b: bucket }),
  });
  request.later(async () => request.tell(c, await preview(world, carried, request.asker)));
  return undefined;
}

async function plan(world: ReassignNeeds, move: MoveQuery) {
  const [team, settings] = await Promise.all([world.team.read(), world.settings.read()]);
  const today = dayIn(settings.zone, world.clock.now());
  const rows = await assignableRows(world.ledger, today);
  return { rows, team, today, assignments: planMove(rows, move, team, today) };
}

async function preview(world: ReassignNeeds, carried: CarriedMove, asker: Asker, notice?: string) {
  const problem = carried.t && (await world.assignable(carried.t, asker));
  if (problem) throw new Refused(problem);
  const { rows, assignments } = await plan(world, moveOf(carried));
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return movePreview(carried, assignments, names, fingerprint(assignments), notice);
}

const moveOf = ({ f, t, s, m, b, e, k }: CarriedMove): MoveQuery => ({
  from: f,
  to: t,
  ...(s === undefined ? {} : { segment: s }),
  ...(e === undefined ? {} : { entity: e }),
  ...(k === undefined ? {} : { country: k }),
  ...(m === undefined ? {} : { currency: m }),
  ...(b === undefined ? {} : { bucket: b }),
});

/** What a preview promised: the same accounts, from and to the same people. */
function fingerprint(assignments: readonly Assignment[]): string {
  return createHash('sha256').update(JSON.stringify(assignments)).digest('base64url').slice(0, 16);
}

/** A sentence when the text cannot be read. */
function readMove(text: string): CarriedMove | string {
  const found = /^(<@([UW][A-Z0-9]+)[^>]*>|unassigned)\s+to\s+(<@([UW][A-Z0-9]+)[^>]*>|round-robin)(.*)$/i.exec(text.trim());
  if (!found) return 'Say whose accounts go to whom.';
  const move: CarriedMove = { f: found[2] ?? null, t: found[4] ?? null };
  if (move.f !== null && move.f === move.t) return 'Both are the same person.';
  let rest = found[5]!.trim();
  const segment = /\bsegment\s+(?:"([^"]+)"|(\S+))/i.exec(rest);
  if (segment) {
    move.s = (segment[1] ?? segment[2])!;
    rest = rest.replace(segment[0], ' ');
  }
  for (const word of rest.split(/\s+/).filter(Boolean)) {
    if ((AGEING_BUCKETS as readonly string[]).includes(word)) move.b = word as AgeingBucket;
    else if (/^[A-Z]{3}$/.test(word)) move.m = word;
    else return `I do not know “${plain(word)}”.`;
  }
  return move;
}
