import { fitBlock, shortRichText, textLength } from './fit-blocks.ts';
import { type Cut, fitOptions, fitText, fitTextObject, type Json } from './fit-elements.ts';
import { LIMITS } from './limits.ts';

/** What leaves instead, and what had to be cut: empty when it is what came in, unchanged. */
export interface Fitted<T> {
  readonly value: T;
  readonly cuts: readonly string[];
}

/** Content of a message, wherever it goes: chat.*, a file's comment, an answer to a response_url. */
export interface Content {
  readonly text?: string;
  readonly blocks?: Json[];
}

const note = (parts: number): Json => ({
  type: 'context',
  elements: [
    {
      type: 'mrkdwn',
      verbatim: true,
      text: `:warning: Too long for Slack: ${parts === 1 ? '1 part is' : `${parts} parts are`} not shown here. Open the customer, or ask for a narrower list, to see everything.`,
    },
  ],
});
/** A rich text is cut to this before whole blocks are left out. */
const RICH_TEXT = 2000;

/**
 * The least important first: what a message is about, its buttons and its last line stay longest. Below that the end of a list goes before
 * its beginning, since lists begin with what matters most.
 */
function importance(block: Json, index: number, count: number): number {
  if (index === 0 || block.type === 'header' || block.type === 'actions' || block.type === 'input') return 4;
  if (index === 1 || index === count - 1) return 3;
  return block.accessory === undefined ? 1 : 2;
}

/** Leaves out blocks until count and size are within their limits; one line says how many, where the first of them stood. */
function leaveOut(blocks: Json[], most: number, limit: number, sizeOf: (block: Json) => number, cut: Cut): Json[] {
  const sizes = blocks.map(sizeOf);
  let [count, size] = [blocks.length, sizes.reduce((sum, each) => sum + each, 0)];
  if (count <= most && size <= limit) return blocks;
  const room = { most: most - 1, limit: limit - sizeOf(note(blocks.length)) };
  const order = blocks
    .map((block, index) => ({ index, rank: importance(block, index, blocks.length) }))
    .sort((a, b) => a.rank - b.rank || b.index - a.index);
  const out = new Set<number>();
  for (const { index } of order) {
    if (count <= room.most && size <= room.limit) break;
    out.add(index);
    count -= 1;
    size -= sizes[index]!;
  }
  cut(`blocks ${blocks.length} > ${count}`);
  const first = Math.min(...out);
  return blocks.flatMap((block, index) => (index === first ? [note(out.size)] : out.has(index) ? [] : [block]));
}

/** Slack refuses a block_id that is there twice; without one it makes its own. */
function onceNamed(blocks: Json[], cut: Cut): Json[] {
  const seen = new Set<unknown>();
  return blocks.map((block) => {
    if (block.block_id === undefined || !seen.has(block.block_id)) {
      seen.add(block.block_id);
      return block;
    }
    cut('block_id twice');
    const { block_id: _, ...rest } = block;
    return rest;
  });
}

function each(blocks: Json[], cut: Cut): Json[] {
  return onceNamed(
    blocks.map((block) => fitBlock(block, cut)).filter((block) => block !== null),
    cut,
  );
}

function withTables(blocks: Json[], most: number, cut: Cut): Json[] {
  const beyond = blocks.filter(({ type }) => type === 'table').slice(most);
  if (beyond.length > 0) cut(`tables > ${most}`);
  return beyond.length === 0 ? blocks : blocks.filter((block) => !beyond.includes(block));
}

/** A message as Slack takes it. */
export function fitMessage(content: Content): Fitted<Content> {
  const cuts: string[] = [];
  const cut: Cut = (where) => void cuts.push(where);
  // An answer may have blocks alone; empty is refused only when there is nothing else.
  const text = content.text ? fitText(content.text, LIMITS.messageText, 'text', cut) : content.text;
  if (content.blocks === undefined) return { value: { ...content, ...(text === undefined ? {} : { text }) }, cuts };
  let blocks = withTables(each(content.blocks, cut), LIMITS.tables, cut);
  if (textLength(blocks) > LIMITS.messageBlockText) {
    blocks = blocks.map((block) => {
      if (block.type !== 'rich_text' || textLength(block) <= RICH_TEXT) return block;
      cut('rich_text');
      return shortRichText(block, RICH_TEXT);
    });
  }
  blocks = leaveOut(blocks, LIMITS.messageBlocks, LIMITS.messageBlockText, textLength, cut);
  return { value: { ...(text === undefined ? {} : { text }), blocks }, cuts };
}

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value)) + 1;

/**
 * A modal or Home as Slack takes it. A form opens whole or not at all: with a field or the value of one left out it would save something else than
 * what was in it.
 */
export function fitView(view: Json): Fitted<Json> {
  const cuts: string[] = [];
  const cut: Cut = (where) => void cuts.push(where);
  const title = (name: string) =>
    view[name] === undefined ? {} : { [name]: fitTextObject(view[name], LIMITS.viewTitle, `view.${name}`, cut) };
  const titles = { ...title('title'), ...title('submit'), ...title('close') };
  const { blocks: given, ...frame } = view as Json & { blocks: Json[] };
  const blocks = leaveOut(withTables(each(given, cut), 0, cut), LIMITS.viewBlocks, LIMITS.viewBytes - bytes(frame), bytes, cut);
  const fields = (list: Json[]) => list.filter(({ type }) => type === 'input').length;
  const tooLong = String(view.private_metadata ?? '').length > LIMITS.privateMetadata || String(view.callback_id ?? '').length > LIMITS.id;
  if (tooLong || fields(blocks) < fields(given)) return { value: tooLarge(view), cuts: [...cuts, 'form left out'] };
  return { value: cuts.length === 0 ? view : { ...view, ...titles, blocks }, cuts };
}

function tooLarge(view: Json): Json {
  const text = 'This form is larger than Slack can show. Nothing was changed. Your admin finds a note in the log.';
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text } }];
  if (view.type === 'home') return { type: 'home', blocks };
  const title = { type: 'plain_text', text: 'Not opened' };
  return { type: 'modal', title, close: { type: 'plain_text', text: 'Close' }, blocks };
}

/** What acknowledges a request: a view, choices of a select, or nothing. */
export function fitAck(response: unknown): Fitted<unknown> {
  if (typeof response !== 'object' || response === null) return { value: response, cuts: [] };
  const { view, options } = response as { view?: Json; options?: Json[] };
  if (view) {
    const fitted = fitView(view);
    return { value: fitted.cuts.length === 0 ? response : { ...response, view: fitted.value }, cuts: fitted.cuts };
  }
  if (!options) return { value: response, cuts: [] };
  const cuts: string[] = [];
  const fitted = fitOptions(options, (where) => void cuts.push(where));
  return { value: cuts.length === 0 ? response : { ...response, options: fitted }, cuts };
}
