import { z } from 'zod';
import { oneAtATime } from '../kernel/one-at-a-time.op.ts';
import { readCarried } from '../slack/carried.ts';
import { directChannel } from '../slack/direct.ts';
import { type ClickRequest, Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, modal } from '../slack/modals.ts';
import type { Renderer } from '../slack/outbound.ts';
import { section } from '../slack/parts.ts';
import { sendFile } from '../slack/private-file.ts';
import { sentence } from '../slack/reply.ts';
import { clip, counted } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { readFirstHour } from './first-hour.op.ts';
import { bandWords, firstHourReply, startsReply } from './first-hour.view.ts';
import { planStarts, type StartPlan } from './plan-starts.op.ts';
import { currentPolicies } from './policies.ts';
import { isFormal, isNote, type Policy } from './policy.ts';
import { type AgeBand, BY_AGE } from './start.ts';
import { STARTS_TOLD, startMany, startsState, takeBackStarts, UNDO_HOURS, workStarts } from './start-many.op.ts';

const CARRIED = z.object({ c: z.string().max(60) });
const UNDO = z.object({ j: z.string().max(200) });
const NONE = '-';
/** Customers who begin on one day; those behind them begin on the next working days. */
const A_DAY = { 20: '20', 50: '50', 100: '100', 1000000: 'All at once' } as const;
const USUAL_A_DAY = '20';

/** /collections start: what is to do before the first reminders, and where follow-up of everything overdue begins. */
export function firstHourSide(world: SlackWorld) {
  const work = oneAtATime(
    () => workStarts(world),
    (error) => world.log.error({ err: error }, 'setting starting points was interrupted; it goes on within a minute'),
  );
  const soon = () => {
    work.soon();
    world.postSoon();
  };
  return {
    subjects: [firstHourSubject(world, soon)],
    renderers: { [STARTS_TOLD]: startsRenderer(world) },
    due: [{ name: 'starting points', run: work.now }],
    /** Resolves when this instance sets none. */
    idle: work.idle,
  };
}

function firstHourSubject(world: SlackWorld, soon: () => void): Subject {
  return {
    parts: {
      start: {
        may: 'manage',
        usage: 'start',
        help: 'what is to do before the first reminders: collectors, addresses, senders, language, starting points',
        run: async ({ answer }) => answer(firstHourReply(await readFirstHour(world))),
      },
    },
    clicks: {
      'first-hour-starts': { may: 'manage', run: (request) => openStarts(world, request) },
      'first-hour-undo': {
        may: 'manage',
        async run({ value, asker, answer }) {
          const answered = await takeBackStarts(world, readCarried(UNDO, value).j, asker.user);
          if (answered !== 'begun') throw new Refused(UNDO_REFUSED[answered]);
          soon();
          await answer(sentence(':hourglass_flowing_sand: Taking them back. I’ll say here when it is done.'));
        },
      },
      'first-hour-contacts': { may: 'manage', run: (request) => sendMissing(world, request) },
    },
    submits: {
      'first-hour-starts': {
        may: 'manage',
        async run(request) {
          const { c } = readCarried(CARRIED, request.view.private_metadata);
          const of = {
            bands: readBands(request),
            aDay: Number(entered(request, 'aDay')) || Number(USUAL_A_DAY),
            by: request.asker.user,
            place: c,
          };
          request.later(async () => {
            const rows = await startMany(world, `starts:${request.view.id}`, of);
            if (rows === 0) return request.tell(c, sentence('Nothing is left to place. Nothing was changed.'));
            soon();
            await request.tell(
              c,
              sentence(`:hourglass_flowing_sand: Setting ${counted(rows, 'starting point')}. I’ll say here when it is done.`),
            );
          });
          return undefined;
        },
      },
    },
  };
}

const UNDO_REFUSED = {
  'begun-before': 'This has been taken back already. Nothing was changed.',
  'still-placing': 'They are still being set. Nothing was changed. Try again once I have said that it is done.',
  'too-late': `Starting points can be taken back for ${UNDO_HOURS} hours. Nothing was changed. A manager can skip one customer to another step, under Why?.`,
  'no-such-starts': 'There is nothing to take back. Nothing was changed.',
} as const;

async function openStarts(world: SlackWorld, { client, triggerId, asker }: ClickRequest): Promise<void> {
  const loading = modal('first-hour-starts', 'Where follow-up starts', 'Set', {}, [section('Reading what is overdue…')]);
  const { submit: _, ...waiting } = loading;
  const opened = await client.views.open({ trigger_id: triggerId, view: waiting });
  const [plan, policies] = await Promise.all([planStarts(world), world.policies.read()]);
  const view = plan.accounts === 0 ? nothingToPlace(waiting) : startsForm(plan, currentPolicies(policies)[0]!, asker.channel);
  await client.views.update({ view_id: opened.view!.id!, view });
}

const nothingToPlace = (view: Omit<ReturnType<typeof modal>, 'submit'>) => ({
  ...view,
  blocks: [section('Every overdue customer has a starting point. Nothing is left to place.')],
});

function startsForm(plan: StartPlan, policy: Policy, channel: string) {
  const stages = policy.stages.filter((stage) => !isNote(stage) && !isFormal(stage));
  const options = {
    [NONE]: 'Nothing yet: begin with the first reminder',
    ...Object.fromEntries(stages.map(({ key, name }) => [key, `${name} was the last step`])),
  };
  const words = bandWords(plan.bands);
  const counts =
    plan.dunned > 0
      ? [
          section(
            `${counted(plan.dunned, 'invoice names', 'invoices name')} the reminders of your accounting system: they go by those, not by age.`,
          ),
        ]
      : [];
  return modal('first-hour-starts', 'Where follow-up starts', 'Set', { c: channel }, [
    section(
      `*${counted(plan.accounts, 'customer')}* ${plan.accounts === 1 ? 'was' : 'were'} overdue when imported. Say what they have had by then; the next step follows from there. No invoice gets a step for which it is too young, and none a final notice.`,
    ),
    ...counts,
    ...BY_AGE.map(({ from, stage }, at) =>
      choiceField(`from${from}`, clip(words[at]!, 150), options, stages.some(({ key }) => key === stage) ? stage! : NONE),
    ),
    choiceField(
      'aDay',
      'Customers who begin each day, at most',
      A_DAY,
      USUAL_A_DAY,
      'The oldest go first; the others begin on the next working days.',
    ),
  ]);
}

function readBands(request: SubmitRequest): AgeBand[] {
  return BY_AGE.map(({ from }) => {
    const stage = entered(request, `from${from}`);
    return { from, stage: stage === NONE || stage === '' ? null : stage };
  });
}

/** To the asker's direct messages: a list with customers' names, in the form in which it comes back. */
async function sendMissing(world: SlackWorld, { client, asker, answer }: ClickRequest): Promise<void> {
  const { withoutAddress } = await readFirstHour(world);
  if (withoutAddress.length === 0) throw new Refused('Every customer has an email address by now.');
  const columns = ['account', 'account_name', 'name', 'email', 'phone'].map((title) => ({ title, kind: 'text' as const }));
  const bytes = await world.writers.csv({
    name: 'Contacts',
    columns,
    rows: withoutAddress.map(({ number, name }) => [number, name, '', '', '']),
  });
  const name = 'contacts-to-fill-in.csv';
  await sendFile(client, asker.user, {
    name,
    bytes,
    title: name,
    comment: 'Fill in an email address for each customer and drop the file into the channel. Rows that stay empty are left out.',
  });
  await answer(
    sentence(`:white_check_mark: ${name} with ${counted(withoutAddress.length, 'customer')} is in your direct messages with me.`),
  );
}

function startsRenderer(world: SlackWorld): Renderer {
  return async ({ job }) => {
    const state = await startsState(world, String(job));
    if (!state) return null;
    const { zone } = await world.settings.read();
    const [channel = '', thread] = state.place.split(':');
    const to = channel === '' ? await directChannel(world.client, state.by) : channel;
    if (to === null) return null;
    return { channel: to, ...(thread ? { thread } : {}), messages: [startsReply(state, zone)] };
  };
}
