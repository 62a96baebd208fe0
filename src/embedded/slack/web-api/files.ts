import { randomBytes } from 'node:crypto';
import { post } from '../conversation/messages.ts';
import { appSees } from '../conversation/pictures.ts';
import { slackFile } from '../conversation/slack-shapes.ts';
import type { Json, StoredFile } from '../state/model.ts';
import type { World } from '../world.ts';
import { ApiError } from './api-error.ts';
import { Args } from './args.ts';
import { readContent } from './content.ts';
import { writableChannel } from './lookup.ts';
import { type Method, method } from './method.ts';

const MOST_BYTES = 200_000_000;

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  zip: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  eml: 'message/rfc822',
};

/** The type by the name's ending alone, as Slack mostly does; nothing a browser would run. */
function mimetypeOf(name: string): string {
  return TYPES[name.split('.').at(-1)!.toLowerCase()] ?? 'application/octet-stream';
}

export function newFile(world: World, owner: string, name: string, bytes: Uint8Array): StoredFile {
  const id = `F${randomBytes(5).toString('hex').toUpperCase()}`;
  const file = {
    id,
    name,
    title: name,
    mimetype: mimetypeOf(name),
    size: bytes.byteLength,
    owner,
    created: Math.floor(Date.now() / 1000),
    channels: [],
  };
  world.store.saveFile(file, bytes);
  return file;
}

function getUploadUrl(world: World, args: Args): Json {
  const name = args.required('filename');
  const size = args.count('length', 0, MOST_BYTES);
  if (size === 0) throw new ApiError('invalid_arguments');
  // Stored at once with its promised size and no bytes: the upload fills it in, completing it makes it visible.
  const file = newFile(world, world.app.botUser, name, new Uint8Array());
  // The documented name; the SDK's type says alt_text, which Slack's page does not know.
  const altText = args.text('alt_txt');
  world.store.changeFile({ ...file, size, completed: 0, ...(altText !== undefined && { altText }) });
  return { upload_url: `${world.baseUrl}/upload/${file.id}`, file_id: file.id };
}

/** Bytes sent to an upload URL. @throws ApiError file_not_found, or invalid_file_size when the promised length was another */
export function receiveUpload(world: World, id: string, bytes: Uint8Array): void {
  const file = world.store.file(id);
  if (!file || file.channels.length > 0) throw new ApiError('file_not_found');
  if (bytes.byteLength !== file.size) throw new ApiError('invalid_file_size');
  world.store.saveFile(file, bytes);
}

function complete(world: World, args: Args): Json {
  const listed = args.json('files') as { id?: unknown; title?: unknown }[] | undefined;
  if (!Array.isArray(listed) || listed.length === 0) throw new ApiError('invalid_arguments');
  const files = listed.map(({ id, title }) => {
    const file = world.store.file(String(id));
    if (!file || world.store.fileBytes(file.id)!.byteLength !== file.size) throw new ApiError('file_not_found');
    // Asking again about a completed upload is how some wait for it; its time runs from the first.
    return { ...file, completed: file.completed || Date.now(), title: typeof title === 'string' ? title : file.name };
  });
  const wanted = args.has('channel_id') ? [args.required('channel_id')] : args.list('channels');
  const channels = wanted.map((channel) => writableChannel(world, new Args({ channel })));
  const content =
    args.has('initial_comment') || args.has('blocks')
      ? readContent(world, new Args({ text: args.text('initial_comment'), blocks: args.json('blocks') }))
      : { text: '' };
  const threadTs = args.text('thread_ts');
  if (threadTs && channels.some((channel) => !world.store.message(channel.id, threadTs))) throw new ApiError('thread_not_found');
  for (const file of files) world.store.changeFile({ ...file, channels: channels.map((each) => each.id) });
  for (const channel of channels)
    post(world, channel, {
      ...content,
      user: world.app.botUser,
      byApp: true,
      subtype: 'file_share',
      files: files.map((each) => each.id),
      ...(threadTs && { threadTs }),
    });
  return { files: files.map((file) => slackFile(world, world.store.file(file.id)!)) };
}

export const FILE_METHODS: Record<string, Method> = {
  'files.getUploadURLExternal': method(4, ['files:write'], getUploadUrl),
  'files.completeUploadExternal': method(4, ['files:write'], complete),
  'files.info': method(4, ['files:read'], (world, args) => {
    const file = world.store.file(args.required('file'));
    if (!file || !appSees(world, file)) throw new ApiError('file_not_found');
    return { file: slackFile(world, file) };
  }),
};
