import { hash, randomBytes } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import type { z } from 'zod';
import type { Json } from '../state/model.ts';
import { ApiError } from '../web-api/api-error.ts';
import { SURFACES, type Surface } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { anyView, messageBlocks } from './view.ts';

/** Whoever collects what the app shows is told of each message and view that is taken, as the app sent it: `{ kind, payload }`. */
const shown = channel('slack-workspace:shown');

interface Fault {
  path: PropertyKey[];
  message: string;
}

/** The wording Slack uses for the same fault, as far as it is known. */
function inSlacksWords(issue: z.core.$ZodIssue): Fault {
  const { path } = issue;
  switch (issue.code) {
    case 'too_big':
      return {
        path,
        message:
          issue.origin === 'string'
            ? `must be less than ${Number(issue.maximum) + 1} characters`
            : `no more than ${issue.maximum} items allowed`,
      };
    case 'too_small':
      return {
        path,
        message:
          issue.origin === 'string'
            ? `must be more than ${Number(issue.minimum) - 1} characters`
            : `no fewer than ${issue.minimum} items required`,
      };
    case 'unrecognized_keys':
      return { path, message: `invalid additional property: ${issue.keys.join(', ')}` };
    case 'invalid_union':
      return { path, message: 'unsupported type' };
    case 'invalid_type':
      return { path, message: issue.input === undefined ? 'missing required field' : `must be a ${issue.expected}` };
    default:
      return { path, message: issue.message };
  }
}

const pointer = (path: PropertyKey[]) => `/${path.map(String).join('/')}`;

function refuse(error: string, root: PropertyKey[], faults: Fault[]): never {
  const messages = faults.map((fault) => `[ERROR] ${fault.message} [json-pointer:${pointer([...root, ...fault.path])}]`);
  throw new ApiError(error, { errors: messages.map((each) => each.slice('[ERROR] '.length)), response_metadata: { messages } });
}

/** Elements that carry an action_id, with the path from their block. */
export function interactiveElements(block: Json): { path: PropertyKey[]; element: Json }[] {
  if (block.type === 'input') return [{ path: ['element'], element: block.element as Json }];
  if (block.type === 'section' && block.accessory) return [{ path: ['accessory'], element: block.accessory as Json }];
  if (block.type === 'actions') return (block.elements as Json[]).map((element, i) => ({ path: ['elements', i], element }));
  if (block.type === 'card') return ((block.actions ?? []) as Json[]).map((element, i) => ({ path: ['actions', i], element }));
  if (block.type === 'carousel') return nested(block.elements as Json[], 'elements');
  if (block.type === 'container') return nested(block.child_blocks as Json[], 'child_blocks');
  return [];
}

function nested(blocks: Json[], key: string) {
  return blocks.flatMap((child, i) => interactiveElements(child).map(({ path, element }) => ({ path: [key, i, ...path], element })));
}

function faultsAcross(blocks: Json[], surface: Surface): Fault[] {
  const faults: Fault[] = [];
  const blockIds = new Set<unknown>();
  blocks.forEach((block, i) => {
    const allowed = SURFACES[String(block.type)];
    if (allowed && !allowed.includes(surface)) faults.push({ path: ['blocks', i], message: `unsupported type: ${block.type}` });
    if (block.block_id !== undefined && blockIds.has(block.block_id))
      faults.push({ path: ['blocks', i, 'block_id'], message: `\`block_id\` ${block.block_id} already exists` });
    blockIds.add(block.block_id);
    const actionIds = new Set<unknown>();
    for (const { path, element } of interactiveElements(block)) {
      if (element.action_id !== undefined && actionIds.has(element.action_id))
        faults.push({ path: ['blocks', i, ...path, 'action_id'], message: `\`action_id\` ${element.action_id} already exists` });
      actionIds.add(element.action_id);
      if (element.type === 'file_input' && surface !== 'modal')
        faults.push({ path: ['blocks', i, ...path], message: 'unsupported type: file_input' });
    }
  });
  return faults;
}

/** Characters of every `text` in the blocks: what counts towards the sum Slack allows a message. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  );
}

function tableFaults(blocks: Json[]): Fault[] {
  const tables = blocks.filter((block) => block.type === 'table');
  if (tables.length > LIMITS.tables) return [{ path: ['blocks'], message: 'only_one_table_allowed' }];
  if (textLength(tables) > LIMITS.tableCharacters) return [{ path: ['blocks'], message: 'table character limit exceeded' }];
  if (textLength(blocks.filter((block) => block.type === 'data_table')) > LIMITS.dataTableCharacters)
    return [{ path: ['blocks'], message: 'data_table character limit exceeded' }];
  return [];
}

/** Slack names what the sender left unnamed; answers and state refer to blocks and elements by these ids. */
function named(blocks: Json[]): Json[] {
  const taken = new Set(blocks.map((block) => block.block_id));
  for (const block of blocks) {
    const elements = interactiveElements(block);
    if (block.block_id === undefined) {
      block.block_id = elements.every(({ element }) => element.type === 'button') ? idOfContent(block, taken) : randomId();
      taken.add(block.block_id);
    }
    for (const { element } of elements) if (element.type !== 'image') element.action_id ??= randomId();
  }
  return blocks;
}

const randomId = () => randomBytes(3).toString('hex');

/**
 * Slack takes a click on what somebody saw although the app has drawn it again meanwhile. So a block that comes again as it was keeps its id, and
 * the page its elements under the pointer; not where something is entered, whose values Slack drops with the id.
 */
function idOfContent(block: Json, taken: ReadonlySet<unknown>): string {
  for (let n = 0; ; n += 1) {
    const id = hash('sha256', `${n} ${JSON.stringify(block)}`).slice(0, 6);
    if (!taken.has(id)) return id;
  }
}

/**
 * The blocks of a message as Slack would keep them.
 * @throws ApiError invalid_blocks with the pointer of each fault, or msg_blocks_too_long
 */
export function checkMessageBlocks(value: unknown): Json[] {
  const parsed = messageBlocks.safeParse(value, { reportInput: true });
  if (!parsed.success) refuse('invalid_blocks', ['blocks'], parsed.error.issues.map(inSlacksWords));
  const blocks = parsed.data as Json[];
  const faults = [...faultsAcross(blocks, 'message'), ...tableFaults(blocks)];
  if (faults.length > 0) refuse('invalid_blocks', [], faults);
  // A data table may hold more than the sum allows, so it cannot count towards it.
  if (textLength(blocks.filter((block) => block.type !== 'data_table')) > LIMITS.messageBlockText)
    throw new ApiError('msg_blocks_too_long');
  shown.publish({ kind: 'message', payload: { blocks: value } });
  return named(blocks);
}

/**
 * A view as Slack would keep it.
 * @throws ApiError invalid_arguments with the pointer of each fault, or view_too_large
 */
export function checkView(value: unknown): Json & { type: Surface; blocks: Json[] } {
  if (Buffer.byteLength(JSON.stringify(value) ?? '') > LIMITS.viewBytes) throw new ApiError('view_too_large');
  const parsed = anyView.safeParse(value, { reportInput: true });
  if (!parsed.success) refuse('invalid_arguments', ['view'], parsed.error.issues.map(inSlacksWords));
  const view = parsed.data as Json & { type: Surface; blocks: Json[] };
  const faults = faultsAcross(view.blocks, view.type);
  if (faults.length > 0) refuse('invalid_arguments', ['view'], faults);
  shown.publish({ kind: view.type, payload: value });
  named(view.blocks);
  return view;
}
