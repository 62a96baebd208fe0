import type { Json, StoredFile } from '../state/model.ts';
import { ApiError } from '../web-api/api-error.ts';
import type { World } from '../world.ts';

/** Of a Slack file in an image block: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
const IMAGES = ['image/png', 'image/jpeg', 'image/gif'];

/**
 * Whether Slack has finished with a file. "Files are processed asynchronously via a job handler"
 * (https://docs.slack.dev/reference/methods/files.getUploadURLExternal); it scans them for malware first and fills in the mimetype after that
 * (a maintainer in slackapi/node-slack-sdk#2040). What people drop on the page is ready at once.
 */
export function isReady(world: World, { completed }: StoredFile): boolean {
  if (completed === undefined) return true;
  return completed > 0 && world.timing.files !== 'never' && Date.now() >= completed + world.timing.files;
}

/** Whether the app has completed the upload, or a person dropped the file. */
export function isUploaded(file: StoredFile): boolean {
  return file.completed !== 0;
}

/** The app sees what it uploaded, what people gave to its forms, and what stands in conversations that it is in. */
export function appSees(world: World, file: StoredFile): boolean {
  const inReach = (id: string) => world.store.channel(id)?.members.includes(world.app.botUser);
  return isUploaded(file) && (file.channels.length === 0 || file.channels.some(inReach));
}

/**
 * Without a channel a file is its owner's alone; it becomes visible to the readers of a message once somebody with access to it posts it there
 * (a maintainer in slackapi/bolt-python#1018, with a picture of both). Metabase posts its charts so, in image blocks, with no other share
 * (metabase/metabase#54276). Nothing is said of views: here publishing one lets nobody see more than before.
 */
export function personSees(world: World, file: StoredFile, person: string): boolean {
  if (file.owner === person) return true;
  return [...file.channels, ...(file.shownIn ?? [])].some((id) => {
    const channel = world.store.channel(id);
    return channel?.kind === 'channel' || channel?.members.includes(person);
  });
}

interface Named {
  readonly path: (string | number)[];
  readonly file: StoredFile | undefined;
}

function named(world: World, value: unknown, path: Named['path'] = []): Named[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    if (key !== 'slack_file') return named(world, each, [...path, step]);
    const { id, url } = each as { id?: string; url?: string };
    return [{ path: [...path, step], file: world.store.file(id ?? /\/files\/(F[A-Z0-9]+)\//.exec(url ?? '')?.[1] ?? '') }];
  });
}

/**
 * What Slack answers to a picture that is not there, not the app's to show, no image, or not ready: python-slack-sdk#1658 and #1797 for a
 * message; for views the error of any other fault in a view (node-slack-sdk#925).
 * @throws ApiError error with the pointer of each
 */
export function checkPictures(world: World, blocks: Json[], error: 'invalid_blocks' | 'invalid_arguments', root: string): void {
  const usable = (file: StoredFile | undefined) =>
    file !== undefined && appSees(world, file) && IMAGES.includes(file.mimetype) && isReady(world, file);
  const errors = named(world, blocks)
    .filter(({ file }) => !usable(file))
    .map(({ path }) => `invalid slack file [json-pointer:${root}/${path.join('/')}]`);
  if (errors.length > 0) throw new ApiError(error, { errors, response_metadata: { messages: errors.map((each) => `[ERROR] ${each}`) } });
}

/** The readers of a conversation see the pictures in its messages from now on. */
export function showPictures(world: World, channel: string, blocks: Json[]): void {
  for (const { file } of named(world, blocks))
    if (file && !file.shownIn?.includes(channel)) world.store.changeFile({ ...file, shownIn: [...(file.shownIn ?? []), channel] });
}
