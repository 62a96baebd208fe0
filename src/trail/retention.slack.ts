import { z } from 'zod';
import { type Day, day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { counted } from '../slack/text.ts';
import { AT_A_TIME } from './remove-old-records.op.ts';
import { changeRetention, countOldRecords, type RetainResult } from './retain.op.ts';
import { type Months, RECORD_KINDS, totalOf, wrongMonths } from './retention.ts';
import { countReply, inForceText } from './retention.view.ts';
import { MONGODB_KEEPS, monthsHint, RECORD_WORDS } from './retention-words.view.ts';

const CARRIED = z.object({ c: z.string().max(40) });
const clicked = z.object({ r: z.number().int(), on: z.string().transform((text): Day => day(text)) });

/** /collections retention: how long each kind of record is kept, with a dry run before anything goes. */
export function retentionSubject(world: World): Subject {
  return {
    parts: {
      retention: {
        may: 'retain',
        usage: 'retention',
        help: 'how many months each kind of record is kept; a dry run first, nothing goes before you confirm it',
        async run({ asker, client, triggerId }) {
          const stored = await world.retention.read();
          const fields = RECORD_KINDS.map((kind) =>
            textField(kind, `Months: ${RECORD_WORDS[kind]}`, {
              max: 4,
              optional: true,
              initial: stored.wanted[kind]?.toString() ?? '',
              hint: monthsHint(kind),
            }),
          );
          const now = { type: 'section' as const, text: { type: 'mrkdwn' as const, verbatim: true, text: inForceText(stored) } };
          const view = modal('retention', 'How long records stay', 'Save and count', { c: asker.channel }, [now, ...fields]);
          await client.views.open({ trigger_id: triggerId, view });
        },
      },
    },
    submits: {
      retention: {
        may: 'retain',
        async run(request) {
          const months = enteredMonths(request);
          const wrong = wrongMonths(months);
          if (wrong.length > 0) return fieldErrors(Object.fromEntries(wrong.map((kind) => [kind, monthsHint(kind)])));
          request.later(() => count(world, request, months));
          return undefined;
        },
      },
    },
    clicks: { 'retention-confirm': { may: 'retain', commits: true, run: (request) => confirm(world, request) } },
  };
}

/** NaN, which no limit allows, for what is no number. */
function enteredMonths(request: SubmitRequest): Months {
  const read = (text: string) => (text === '' ? null : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN);
  return Object.fromEntries(RECORD_KINDS.map((kind) => [kind, read(entered(request, kind).trim())])) as unknown as Months;
}

async function count(world: World, request: SubmitRequest, months: Months): Promise<void> {
  const { c } = readCarried(CARRIED, request.view.private_metadata);
  const { user } = request.asker;
  const { revision } = done(await changeRetention(world, { do: 'set', months }, user, `submit:${request.view.id}`));
  if (RECORD_KINDS.every((kind) => months[kind] === null))
    return request.tell(c, sentence(':white_check_mark: Saved: every record is kept for good. Nothing is removed.'));
  const counted = await countOldRecords(world, months);
  const stored = done(await changeRetention(world, { do: 'count', revision, count: counted }, user, `count:${request.view.id}`));
  await request.tell(c, countReply(stored, counted));
}

async function confirm(world: World, { value, asker, committed, replace }: ClickRequest): Promise<void> {
  const { r: revision, on } = readCarried(clicked, value);
  const stored = done(await changeRetention(world, { do: 'confirm', revision, on }, asker.user, `click:retention:${revision}`));
  await committed();
  const going = stored.counted ? totalOf(stored.counted.going) : 0;
  const told = [
    `:white_check_mark: Confirmed by <@${asker.user}>. ${going > 0 ? `${counted(going, 'record')} ${going === 1 ? 'goes' : 'go'} now, about ${AT_A_TIME} a minute. What` : 'What'} becomes old enough later goes each day. The form shows the last run, and so does the trail.`,
    ...(world.mongodb ? [MONGODB_KEEPS] : []),
  ];
  await replace(sentence(told.join('\n')));
}

function done(result: RetainResult) {
  if (!result.done) throw new Refused(REFUSED[result.refused]);
  return result.retention;
}
