import { z } from 'zod';
import { addDays, type Day, day, dayIn } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import { directChannel } from '../slack/direct.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, personField, textField } from '../slack/modals.ts';
import type { Renderer } from '../slack/outbound.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import type { SlackWorld } from '../slack/world.ts';
import { changeLessons } from './change-lessons.op.ts';
import { CAUSE_WORDS, KIND_WORDS, WHERE_WORDS } from './lesson-words.view.ts';
import { CAUSES, type Cause, type Lesson, quarterLessons, WHERE, type Where } from './lessons.ts';
import { actionLine, lessonLine, lessonsBlocks, quarterBlocks } from './lessons.view.ts';
import { monthBefore, monthOf } from './period.ts';

const ref = z.object({ l: z.string().max(200) });
const formRef = ref.extend({ c: z.string().max(60) });
const FIELD: Readonly<Record<string, string>> = { 'lesson-day-past': 'until', 'lesson-text-missing': 'action' };

/** Kinds of jobs: the quarter in a channel, and what a person has promised to change. */
export const LESSONS_JOB = 'lessons-quarter';
export const ACTIONS_JOB = 'lesson-actions';

/** First day of the calendar quarter of a day. */
export function quarterOf(today: Day): Day {
  const month = Number(today.slice(5, 7));
  return day(`${today.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`);
}

async function namesOf(world: SlackWorld): Promise<Map<string, string>> {
  return new Map((await world.ledger.customers()).map(({ id, name }) => [id, name]));
}

/** /collections lessons: what closed cases taught, what is being changed, and the quarter's causes. */
export function lessonsSubject(world: SlackWorld): Subject {
  const today = async () => dayIn((await world.settings.read()).zone, world.clock.now());
  const list = async () => {
    const [{ lessons }, now, names] = await Promise.all([world.lessons.read(), today(), namesOf(world)]);
    return { text: 'Lessons', blocks: lessonsBlocks(lessons, quarterLessons(lessons, quarterOf(now), now), names, now) };
  };
  const lessonOf = async (value: string): Promise<Lesson> => {
    const { l } = readCarried(ref, value);
    const found = (await world.lessons.read()).lessons.find(({ id }) => id === l);
    if (!found) throw new Refused(REFUSED['no-such-lesson']);
    return found;
  };
  return {
    parts: {
      lessons: {
        may: 'collect',
        usage: 'lessons',
        help: 'what closed cases taught: cause, what to change, open actions',
        run: async ({ answer }) => answer(await list()),
      },
    },
    clicks: {
      'lessons-now': { may: 'collect', run: async ({ answer }) => answer(await list()) },
      'lesson-record': {
        may: 'collect',
        async run({ value, client, triggerId, asker }) {
          const lesson = await lessonOf(value);
          if (lesson.state !== 'open') throw new Refused(REFUSED['lesson-closed']);
          await client.views.open({ trigger_id: triggerId, view: form(lesson, await today(), await namesOf(world), asker) });
        },
      },
      'lesson-skip': {
        may: 'collect',
        async run({ value, client, triggerId, asker }) {
          const { id } = await lessonOf(value);
          const view = modal('lesson-skip', 'Skip', 'Save', { l: id, c: asker.channel }, [
            textField('reason', 'Why is there nothing to learn?', { max: 300 }),
          ]);
          await client.views.open({ trigger_id: triggerId, view });
        },
      },
      'lesson-done': {
        may: 'collect',
        async run({ value, asker, answer }) {
          const lesson = await lessonOf(value);
          const result = await changeLessons(
            world,
            { do: 'end-lesson-action', id: lesson.id },
            asker.user,
            `click:lesson-done:${lesson.id}`,
          );
          if (!result.done) throw new Refused(REFUSED[result.refused]);
          await answer(await list());
        },
      },
    },
    submits: {
      lesson: { may: 'collect', run: (request) => record(world, request, list) },
      'lesson-skip': { may: 'collect', run: (request) => skip(world, request, list) },
    },
  };
}

type ListNow = () => Promise<Reply>;

async function record(world: SlackWorld, request: SubmitRequest, list: ListNow) {
  const { l, c } = readCarried(formRef, request.view.private_metadata);
  const cause = entered(request, 'cause') as Cause;
  const where = entered(request, 'where') as Where;
  const action = { text: entered(request, 'action').trim(), owner: entered(request, 'owner'), until: day(entered(request, 'until')) };
  const asked = { do: 'record-lesson' as const, id: l, cause, where, action };
  const result = await changeLessons(world, asked, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'cause']: REFUSED[result.refused] });
  request.later(async () => request.tell(c, await list()));
  return undefined;
}

async function skip(world: SlackWorld, request: SubmitRequest, list: ListNow) {
  const { l, c } = readCarried(formRef, request.view.private_metadata);
  const asked = { do: 'skip-lesson' as const, id: l, reason: entered(request, 'reason') };
  const result = await changeLessons(world, asked, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ reason: REFUSED[result.refused] });
  request.later(async () => request.tell(c, await list()));
  return undefined;
}

/** Two weeks to change something, unless somebody says another day. */
const USUAL_DAYS = 14;

function form(lesson: Lesson, today: Day, names: ReadonlyMap<string, string>, { user, channel }: { user: string; channel: string }) {
  const causes = Object.fromEntries(CAUSES.map((each) => [each, CAUSE_WORDS[each]]));
  const places = Object.fromEntries(WHERE.map((each) => [each, WHERE_WORDS[each]]));
  return modal('lesson', 'What did it teach?', 'Save', { l: lesson.id, c: channel }, [
    section(`${lessonLine(lesson, names)}`),
    choiceField('cause', 'Cause', causes, undefined, `The case: ${KIND_WORDS[lesson.kind]}.`),
    choiceField('where', 'Where to change something', places),
    textField('action', 'One action', { max: 200, hint: 'What will be different next time.' }),
    personField('owner', 'Who does it', user),
    dayField('until', 'Until', addDays(today, USUAL_DAYS)),
  ]);
}

/** The quarter that is over, for a channel. */
export function lessonsRenderer(world: SlackWorld): Renderer {
  return async (payload) => {
    const { channel, from, to } = payload as { channel: string; from: Day; to: Day };
    const [{ lessons }, names] = await Promise.all([world.lessons.read(), namesOf(world)]);
    const blocks = quarterBlocks(quarterLessons(lessons, from, to), names, to);
    return {
      channel,
      messages: [
        {
          text: 'What closed cases taught',
          blocks: [{ type: 'header', text: { type: 'plain_text', text: 'What closed cases taught' } }, ...blocks],
        },
      ],
    };
  };
}

/** A person's open actions and cases to answer, until they are done. */
export function actionsRenderer(world: SlackWorld): Renderer {
  return async (payload) => {
    const { user, today } = payload as { user: string; today: Day };
    const { lessons } = await world.lessons.read();
    const own = lessons.filter(({ action }) => action && !action.done && action.owner === user);
    const channel = own.length > 0 ? await directChannel(world.client, user) : null;
    if (channel === null) return null;
    const lines = own.map((each) => `• ${actionLine(each, today)}`);
    const text = `*Your open actions: ${own.length}*\n${lines.join('\n')}\n\`/${(await world.settings.read()).commands.collections} lessons\` marks them as done.`;
    return { channel, messages: [{ text: 'Your open actions', blocks: [section(text)] }] };
  };
}

/** The quarter before the one of a day. */
export function lastQuarter(today: Day): { readonly from: Day; readonly to: Day } {
  const to = addDays(quarterOf(today), -1);
  return { from: monthBefore(monthBefore(monthOf(to))), to };
}
