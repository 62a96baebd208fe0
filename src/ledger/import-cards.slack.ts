import { setTimeout as wait } from 'node:timers/promises';
import { ErrorCode } from '@slack/web-api';
import { uploadFile } from '../slack/files.ts';
import type { Renderer } from '../slack/outbound.ts';
import { section } from '../slack/parts.ts';
import { SHARED_PLACE } from '../slack/shared-file.ts';
import { plain } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { DroppedFile } from './dropped-file.ts';
import { rejectsOf } from './dropped-files.port.ts';
import { importCard, outcomeBlocks } from './import-card.view.ts';
import { importChecklist } from './import-checklist.slack.ts';
import type { FileProgress } from './read-dropped-files.op.ts';

const CARD_JOB = 'import-card';
const SUMMARY_JOB = 'import-summary';
/** chat.update may be called about once a second; a reader needs less. */
const PROGRESS_EVERY_MS = 3_000;
const MOST_SECONDS_TO_WAIT = 60;
const TRIES = 3;

/** The card in a dropped file's thread: posted once, redrawn as the file moves on, replaced by a successor where Slack refuses that. */
export function importCards(world: SlackWorld) {
  const { dropped, jobs, clock, client } = world;
  const drawing = new Map<string, Promise<void>>();
  const speed = speedometer();
  /** What was drawn last: the click and the work it started both ask for it. */
  const drawn = new Map<string, string>();
  const checklist = importChecklist(world);

  const formOf = ({ mapping, headers }: DroppedFile) => mapping && world.formats.form(headers, mapping.value);
  const card = async (file: DroppedFile, progress: FileProgress | null) =>
    importCard(file, formOf(file), progress, await checklist.blocks(file));

  const draw = async (id: string, progress: FileProgress | null, tries = 1): Promise<void> => {
    const file = await dropped.load(id);
    if (!file || file.card === '') return;
    const reply = await card(file, progress);
    const present = `${file.card}:${file.version}:${JSON.stringify(reply.blocks)}`;
    if (progress === null && drawn.get(id) === present) return;
    try {
      await client.chat.update({ channel: file.channel, ts: file.card, ...reply });
      if (progress === null) drawn.set(id, present);
      else drawn.delete(id);
    } catch (error) {
      const { code, retryAfter } = error as { code?: string; retryAfter?: number };
      // The next step draws anew; only what stays must be drawn.
      if (progress !== null) return;
      if (code === ErrorCode.PlatformError || tries === TRIES) return succeed(file);
      await wait(Math.min(retryAfter ?? tries, MOST_SECONDS_TO_WAIT) * 1000, undefined, { ref: false });
      return draw(id, null, tries + 1);
    }
    const now = await dropped.load(id);
    if (now && now.version !== file.version) await draw(id, null);
  };
  const postCard = (file: DroppedFile) => addCard(world, file);
  const succeed = async (file: DroppedFile): Promise<void> => {
    await postCard(file);
    await dropped.setCard(file.id, '', file.card);
  };
  const redraw = (id: string, progress: FileProgress | null = null): Promise<void> => {
    const before = drawing.get(id) ?? Promise.resolve();
    const next = before
      .then(() => draw(id, progress))
      .catch((error) => world.log.warn({ err: error }, 'an import’s card could not be redrawn'));
    drawing.set(id, next);
    return next.finally(() => drawing.get(id) === next && drawing.delete(id));
  };

  const renderCard: Renderer = async ({ file: id }) => {
    const file = await dropped.load(String(id));
    if (!file || (await gone(world, file.channel))) return null;
    const posted = async (ts: string) => {
      await dropped.setCard(file.id, ts);
      // A workspace may refuse every update: only news is worth another card.
      if ((await dropped.load(file.id))?.version !== file.version) await redraw(file.id);
    };
    return { channel: file.channel, ...inThread(file), messages: [await card(file, null)], posted };
  };
  return {
    renderers: { [CARD_JOB]: renderCard, [SUMMARY_JOB]: summaryRenderer(world) },
    postCard,
    redraw,
    onProgress(id: string, progress: FileProgress): void {
      const measured = speed.toTell(id, progress, performance.now());
      if (measured) void redraw(id, measured);
    },
    relist: () => checklist.relist(redraw),
    /** Draws how it ended, and says so in the thread when it was an import: an update notifies nobody. */
    async onEnd({ id, state, turn }: DroppedFile): Promise<void> {
      speed.forget(id);
      if (state === 'imported') {
        await jobs.add({ id: `${SUMMARY_JOB}:${id}:${turn}`, kind: SUMMARY_JOB, payload: { file: id }, dueAt: clock.now() });
        world.postSoon();
      }
      // Not waited for: Slack may ask for a minute's patience, and the next file is waiting.
      void redraw(id);
    },
    /** Resolves when nothing is being drawn. */
    idle: async () => void (await Promise.all(drawing.values())),
  };
}

/** When each file's progress is told again, and how many rows a second its present step takes. */
function speedometer() {
  const began = new Map<string, FileProgress & { readonly at: number }>();
  const told = new Map<string, number>();
  return {
    toTell(id: string, progress: FileProgress, at: number): FileProgress | null {
      const known = began.get(id);
      const begun = known?.phase === progress.phase ? known : { ...progress, at };
      began.set(id, begun);
      if (at - (told.get(id) ?? Number.NEGATIVE_INFINITY) < PROGRESS_EVERY_MS) return null;
      told.set(id, at);
      const [rows, seconds] = [progress.rows - begun.rows, (at - begun.at) / 1000];
      return rows > 0 && seconds >= 1 ? { ...progress, rowsASecond: rows / seconds } : progress;
    },
    forget(id: string): void {
      began.delete(id);
      told.delete(id);
    },
  };
}

/** One first card, and one successor of each, whatever happens meanwhile. */
async function addCard({ jobs, clock, postSoon }: SlackWorld, { id, card }: DroppedFile): Promise<void> {
  await jobs.add({ id: `${CARD_JOB}:${id}:${card || 'first'}`, kind: CARD_JOB, payload: { file: id }, dueAt: clock.now() });
  postSoon();
}

const gone = async ({ placeProblem }: SlackWorld, channel: string) => ![null, SHARED_PLACE].includes(await placeProblem(channel));

/** How an import ended, in the thread of its card. */
function summaryRenderer(world: SlackWorld): Renderer {
  return async ({ file: id }) => {
    const file = await world.dropped.load(String(id));
    if (!file?.outcome || (await gone(world, file.channel))) return null;
    const rejects = await shareRejects(world, file);
    const blocks = [
      section(`:white_check_mark: *${plain(file.name)}* is imported, <@${file.startedBy}>.`),
      ...outcomeBlocks({ ...file.outcome, firstRejects: [] }, false),
    ];
    if (rejects !== '') blocks.push(section(rejects));
    return { channel: file.channel, ...inThread(file), messages: [{ text: `${file.name} is imported`, blocks }] };
  };
}

function inThread({ thread }: DroppedFile): { thread?: string } {
  return thread === '' ? {} : { thread };
}

/** Uploads the rejected rows into the thread, once; says where they are. */
async function shareRejects(world: SlackWorld, { outcome, channel, thread, name }: DroppedFile): Promise<string> {
  if (!outcome?.run || outcome.rejected === 0) return '';
  const key = rejectsOf(outcome.run);
  const bytes = await world.kept.read(key, world.clock.now());
  if (!bytes) return '';
  try {
    if ((await world.uploads.find(key)) === null) {
      const file = `${name}.rejects.csv`;
      await world.uploads.keep(
        key,
        await uploadFile(world.client, { name: file, bytes, title: file, channel, ...(thread === '' ? {} : { thread }) }),
      );
    }
    return 'The rejected rows, with line, column, value and reason, are in the file above. Correct them and drop them as a file of their own; the other rows are kept.';
  } catch (error) {
    world.log.warn({ err: error }, 'rejected rows could not be uploaded');
    return 'The rejected rows could not be uploaded here; the import part of the collections command hands them out.';
  }
}
