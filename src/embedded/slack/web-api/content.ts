import { checkMessageBlocks } from '../block-kit/check.ts';
import { LIMITS } from '../block-kit/limits.ts';
import { checkPictures } from '../conversation/pictures.ts';
import type { Json, Message } from '../state/model.ts';
import type { World } from '../world.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';

/** What a message says: the same checks for chat.* and for answers to a response_url. */
export type Content = Pick<Message, 'text'> & Partial<Pick<Message, 'blocks'>>;

/** @throws ApiError no_text, msg_too_long, invalid_blocks, invalid_blocks_format, msg_blocks_too_long, markdown_text_conflict */
export function readContent(world: World, args: Args): Content {
  const text = args.text('text') ?? '';
  const markdown = args.text('markdown_text');
  if (args.has('attachments')) throw new ApiError('invalid_attachments');
  if (markdown !== undefined && (text !== '' || args.has('blocks'))) throw new ApiError('markdown_text_conflict');
  if (markdown !== undefined && markdown.length > LIMITS.markdown) throw new ApiError('msg_too_long');
  if (text.length > LIMITS.messageText) throw new ApiError('msg_too_long');
  const given = markdown === undefined ? args.json('blocks', 'invalid_blocks_format') : [{ type: 'markdown', text: markdown }];
  if (given !== undefined && !Array.isArray(given)) throw new ApiError('invalid_blocks_format');
  const blocks = given === undefined || given.length === 0 ? undefined : checkMessageBlocks(given);
  if (blocks) checkPictures(world, blocks, 'invalid_blocks', '/blocks');
  if (text.trim() === '' && blocks === undefined) throw new ApiError('no_text');
  return { text, ...(blocks && { blocks }) };
}

/** @throws ApiError invalid_metadata_format */
export function readMetadata(args: Args): Message['metadata'] {
  const value = args.json('metadata', 'invalid_metadata_format') as Json | undefined;
  if (value === undefined) return undefined;
  const { event_type, event_payload } = value;
  const plainObject = typeof event_payload === 'object' && event_payload !== null && !Array.isArray(event_payload);
  if (typeof event_type !== 'string' || event_type === '' || !plainObject) throw new ApiError('invalid_metadata_format');
  return { event_type, event_payload: event_payload as Json };
}
