import { type EventRequest, Refused } from '../slack/listeners.ts';
import { download, sharedFile } from '../slack/shared-file.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { DroppedFile } from './dropped-file.ts';
import type { FileFormats, FileLook } from './dropped-files.port.ts';
import { SourceUnreadable } from './import.port.ts';
import { knownMapping } from './known-mapping.op.ts';

export interface OfferFileNeeds extends SlackWorld {
  readonly cards: { readonly postCard: (file: DroppedFile) => Promise<void> };
}

const KEEP_HOURS = 24;
/** Slack says where a file was shared a moment after it says that it was. */
const LOOKS = 4;
const LOOK_AGAIN_MS = 700;

/** Fetches a dropped file, looks at it, keeps it for a day and offers to import it, in its thread. Throws Refused. */
export async function offerFile(world: OfferFileNeeds, { event, client, asker }: EventRequest): Promise<void> {
  const problem = await world.placeProblem(asker.channel);
  if (problem) throw new Refused(problem);
  let file = await sharedFile(client, String(event.file_id), asker.channel);
  for (let looks = 1; file?.thread === '' && looks < LOOKS; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    file = await sharedFile(client, file.id, asker.channel);
  }
  if (!file) return;
  const id = `${file.id}:${asker.channel}`;
  const known = await world.dropped.load(id);
  // An instance may have stopped between keeping the file and offering it.
  if (known) return known.card === '' ? world.cards.postCard(known) : undefined;
  const bytes = await download(client, file);
  const look = await lookAt(world.formats, file.name, bytes);
  // A text file that is no table: somebody shares notes.
  if (/\.txt$/i.test(file.name) && look.headers.length < 2) return;
  const expiresAt = world.clock.now().add({ hours: KEEP_HOURS });
  await world.kept.keep(id, bytes, expiresAt);
  const dropped: DroppedFile = {
    id,
    version: 1,
    name: file.name.slice(0, 200),
    sha256: look.sha256,
    headers: look.headers,
    rows: look.rows,
    by: asker.user,
    channel: asker.channel,
    thread: file.thread,
    card: '',
    mapping: await knownMapping(world, file.name, look),
    state: 'offered',
    turn: 0,
    startedBy: '',
    outcome: null,
    agreedVanished: null,
    problem: '',
    expiresAt: expiresAt.toString(),
  };
  // A redelivered event finds it there; its card is posted under the same id, once.
  await world.dropped.add(dropped);
  await world.cards.postCard(dropped);
}

async function lookAt(formats: FileFormats, name: string, bytes: Uint8Array): Promise<FileLook> {
  try {
    const look = await formats.look({ name, bytes });
    if (look.rows === 0) throw new Refused('The file has headers and no rows. Nothing was imported.');
    return look;
  } catch (error) {
    if (error instanceof SourceUnreadable) throw new Refused(error.message);
    throw error;
  }
}
