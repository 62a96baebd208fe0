import { type Cut, fitElement, fitImage, fitList, fitText, fitTextObject, type Json } from './fit-elements.ts';
import { LIMITS } from './limits.ts';
import { clip } from './text.ts';

/** Characters of every `text` in the blocks: what counts towards the sum Slack allows a message, as far as anybody knows. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  );
}

function fitSection(block: Json, cut: Cut): Json | null {
  const text = block.text === undefined ? undefined : fitTextObject(block.text, LIMITS.sectionText, 'section.text', cut);
  const fields =
    block.fields === undefined
      ? undefined
      : fitList(block.fields, LIMITS.sectionFields, 'section.fields', cut, (each) =>
          fitTextObject(each, LIMITS.sectionField, 'section.field', cut),
        );
  const accessory = block.accessory === undefined ? undefined : fitElement(block.accessory as Json, cut);
  if (text === block.text && fields === block.fields && accessory === block.accessory) return block;
  const { text: _text, fields: _fields, accessory: _accessory, ...rest } = block;
  return { ...rest, ...(text ? { text } : {}), ...(fields ? { fields } : {}), ...(accessory ? { accessory } : {}) };
}

function withElements(block: Json, limit: number, shape: (element: Json) => Json | null, cut: Cut): Json | null {
  const elements = fitList(block.elements, limit, `${block.type}.elements`, cut, shape);
  if (elements.length === 0) return null;
  return elements === block.elements ? block : { ...block, elements };
}

/** Slack wants each action_id once in a block; a second one could not be told from the first. */
function fitActions(block: Json, cut: Cut): Json | null {
  const seen = new Set<unknown>();
  return withElements(
    block,
    LIMITS.actionsElements,
    (element) => {
      if (element.action_id !== undefined && seen.has(element.action_id)) {
        cut('action_id twice');
        return null;
      }
      seen.add(element.action_id);
      return fitElement(element, cut);
    },
    cut,
  );
}

function fitInput(block: Json, cut: Cut): Json | null {
  const element = fitElement(block.element as Json, cut);
  if (element === null) return null;
  const label = fitTextObject(block.label, LIMITS.inputLabel, 'input.label', cut);
  const hint = block.hint === undefined ? undefined : fitTextObject(block.hint, LIMITS.inputHint, 'input.hint', cut);
  if (element === block.element && label === block.label && hint === block.hint) return block;
  return { ...block, label, element, ...(hint ? { hint } : {}) };
}

function fitPicture(block: Json, cut: Cut): Json | null {
  const image = fitImage(block, cut);
  if (image === null || block.title === undefined) return image;
  const title = fitTextObject(block.title, LIMITS.imageTitle, 'image.title', cut);
  return title === block.title ? image : { ...image, title };
}

/** A long cell is cut before rows are left out: who is in the table matters more than how they are called in full. */
const CELL = 200;

function fitTable(block: Json, cut: Cut): Json | null {
  const cell = (limit: number) => (each: Json) => {
    if (each.type === 'rich_text') return each;
    const text = fitText(each.text, limit, 'table.cell', cut);
    return text === each.text ? each : { ...each, text };
  };
  const all = block.rows as Json[][];
  const long = textLength(all) > LIMITS.tableCharacters;
  const rows = all
    .slice(0, LIMITS.tableRows)
    .map((row) => fitList(row, LIMITS.tableColumns, 'table.columns', cut, cell(long ? CELL : LIMITS.tableCharacters)));
  while (rows.length > 1 && textLength(rows) > LIMITS.tableCharacters) rows.pop();
  if (rows.length === 0 || rows.some((row) => row.length === 0) || textLength(rows) > LIMITS.tableCharacters) {
    cut('table left out');
    return null;
  }
  if (rows.length < all.length) cut(`table.rows ${all.length} > ${rows.length}`);
  const settings = block.column_settings as unknown[] | undefined;
  const same = rows.length === all.length && rows.every((row, n) => row === all[n]);
  if (same && (settings?.length ?? 0) <= LIMITS.tableColumns) return block;
  return { ...block, rows, ...(settings ? { column_settings: settings.slice(0, LIMITS.tableColumns) } : {}) };
}

/** Text of a rich text block up to `limit` characters; used only where the whole message is too long. */
export function shortRichText(block: Json, limit: number): Json {
  let left = limit;
  const shorten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shorten);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]): [string, unknown][] => {
        if (key !== 'text' || typeof each !== 'string') return [[key, shorten(each)]];
        const text = clip(each, Math.max(1, left));
        left -= text.length;
        return [[key, text]];
      }),
    );
  };
  return shorten(block) as Json;
}

const FITS: Readonly<Record<string, (block: Json, cut: Cut) => Json | null>> = {
  section: fitSection,
  header: (block, cut) => {
    const text = fitTextObject(block.text, LIMITS.header, 'header', cut);
    return text === block.text ? block : { ...block, text };
  },
  context: (block, cut) =>
    withElements(
      block,
      LIMITS.contextElements,
      (each) => (each.type === 'image' ? fitImage(each, cut) : fitTextObject(each, LIMITS.sectionField, 'context', cut)),
      cut,
    ),
  actions: fitActions,
  input: fitInput,
  image: fitPicture,
  table: fitTable,
};

/** One block as Slack takes it, the same object when it fits; null when nothing of it can be shown. */
export function fitBlock(block: Json, cut: Cut): Json | null {
  const fitted = (FITS[String(block.type)] ?? ((each: Json) => each))(block, cut);
  if (fitted === null || String(fitted.block_id ?? '').length <= LIMITS.id) return fitted;
  cut('block_id');
  const { block_id: _, ...rest } = fitted;
  return rest;
}
