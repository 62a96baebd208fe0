import { z } from 'zod';
import { anyText, hasOneSource, identifier, image, imageElement, mrkdwn, plain, richText } from './composition.ts';
import { accessory, actionsElement, button, inputElement } from './elements.ts';
import { LIMITS } from './limits.ts';

const block = { block_id: identifier.optional() };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...block,
    text: anyText(LIMITS.sectionText).optional(),
    fields: z.array(anyText(LIMITS.sectionField)).min(1).max(LIMITS.sectionFields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((value) => value.text !== undefined || value.fields !== undefined, 'must have text or fields');

const contextElement = z.discriminatedUnion('type', [plain(LIMITS.sectionField), mrkdwn(LIMITS.sectionField), imageElement]);

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
  z.strictObject(richText),
]);
const row = z.array(cell).min(1).max(LIMITS.tableColumns);
const column = z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() }).nullable();

const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    ...block,
    caption: z.string().min(1),
    rows: z.array(row).min(2).max(LIMITS.dataTableRows),
    page_size: z.int().min(1).max(LIMITS.dataTablePage).optional(),
    row_header_column_index: z
      .int()
      .min(0)
      .max(LIMITS.tableColumns - 1)
      .optional(),
  })
  .refine((value) => value.rows[0]?.every((head) => head.type === 'raw_text'), {
    path: ['rows', 0],
    message: 'header cells must be raw_text',
  });

const card = z
  .strictObject({
    type: z.literal('card'),
    ...block,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: mrkdwn(LIMITS.cardTitle).optional(),
    subtitle: mrkdwn(LIMITS.cardTitle).optional(),
    body: mrkdwn(LIMITS.cardBody).optional(),
    actions: z.array(button).min(1).max(LIMITS.cardActions).optional(),
  })
  .refine((value) => value.hero_image ?? value.title ?? value.body ?? value.actions, 'must have hero_image, title, body or actions');

const simple = [
  section,
  z.strictObject({ type: z.literal('header'), ...block, text: plain(LIMITS.header) }),
  z.strictObject({ type: z.literal('divider'), ...block }),
  z.strictObject({ type: z.literal('context'), ...block, elements: z.array(contextElement).min(1).max(LIMITS.contextElements) }),
  z.strictObject({ type: z.literal('actions'), ...block, elements: z.array(actionsElement).min(1).max(LIMITS.actionsElements) }),
  z
    .strictObject({ ...image, ...block, title: plain(LIMITS.imageTitle).optional() })
    .refine(hasOneSource, 'must have either image_url or slack_file'),
  z.strictObject({
    type: z.literal('input'),
    ...block,
    label: plain(LIMITS.inputLabel),
    hint: plain(LIMITS.inputHint).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: inputElement,
  }),
  z.strictObject({ ...richText, ...block }),
  z.strictObject({
    type: z.literal('table'),
    ...block,
    rows: z.array(row).min(1).max(LIMITS.tableRows),
    column_settings: z.array(column).max(LIMITS.tableColumns).optional(),
  }),
] as const;

const container = z
  .strictObject({
    type: z.literal('container'),
    ...block,
    title: plain(LIMITS.header).optional(),
    rich_text_title: z.strictObject({ ...richText, ...block }).optional(),
    subtitle: anyText(LIMITS.header).optional(),
    child_blocks: z.array(z.discriminatedUnion('type', simple)).min(1).max(LIMITS.containerBlocks),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((value) => (value.title === undefined) !== (value.rich_text_title === undefined), 'must have either title or rich_text_title');

/** Every block the workspace knows. Not known, thus refused: video, file, plan, task_card, context_actions, data_visualization. */
export const anyBlock = z.discriminatedUnion('type', [
  ...simple,
  dataTable,
  card,
  container,
  z.strictObject({ type: z.literal('carousel'), ...block, elements: z.array(card).min(1).max(LIMITS.carouselCards) }),
  z.strictObject({ type: z.literal('markdown'), ...block, text: z.string().min(1).max(LIMITS.markdown) }),
  z.strictObject({
    type: z.literal('alert'),
    ...block,
    text: anyText(LIMITS.alertText),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
  }),
]);

export type Surface = 'message' | 'modal' | 'home';

/** Blocks that Slack takes on some surfaces only; the others go everywhere. */
export const SURFACES: Record<string, readonly Surface[]> = {
  alert: ['modal'],
  container: ['message'],
  carousel: ['message', 'home'],
  table: ['message'],
  data_table: ['message'],
  markdown: ['message'],
};
