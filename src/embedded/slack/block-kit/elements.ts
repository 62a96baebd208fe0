import { z } from 'zod';
import {
  actionable,
  anyOption,
  focusable,
  imageElement,
  link,
  optionGroup,
  placeholder,
  plain,
  plainOption,
  richText,
} from './composition.ts';
import { LIMITS } from './limits.ts';

export const button = z.strictObject({
  type: z.literal('button'),
  ...actionable,
  text: plain(LIMITS.buttonText),
  value: z.string().max(LIMITS.buttonValue).optional(),
  url: link.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(LIMITS.accessibilityLabel).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionable,
  options: z.array(plainOption).min(1).max(LIMITS.overflowOptions),
});

const select = { ...actionable, ...focusable, ...placeholder };
const several = { ...select, max_selected_items: z.int().min(1).optional() };
const listed = {
  options: z.array(plainOption).min(1).max(LIMITS.selectOptions).optional(),
  option_groups: z.array(optionGroup).min(1).max(LIMITS.optionGroups).optional(),
};
const hasOneList = (value: { options?: unknown; option_groups?: unknown }) =>
  (value.options === undefined) !== (value.option_groups === undefined);
const ONE_LIST = 'must have either options or option_groups';
const minQuery = { min_query_length: z.int().min(0).optional() };
const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'must name at least one condition');
const conversations = { default_to_current_conversation: z.boolean().optional(), filter: filter.optional() };
const answerable = { response_url_enabled: z.boolean().optional() };
const ids = z.array(z.string().min(1)).min(1);

const selects = [
  z
    .strictObject({ type: z.literal('static_select'), ...select, ...listed, initial_option: plainOption.optional() })
    .refine(hasOneList, ONE_LIST),
  z.strictObject({ type: z.literal('external_select'), ...select, ...minQuery, initial_option: plainOption.optional() }),
  z.strictObject({ type: z.literal('users_select'), ...select, initial_user: z.string().optional() }),
  z.strictObject({ type: z.literal('channels_select'), ...select, ...answerable, initial_channel: z.string().optional() }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...select,
    ...answerable,
    ...conversations,
    initial_conversation: z.string().optional(),
  }),
] as const;

const multiSelects = [
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...several,
      ...listed,
      initial_options: z.array(plainOption).min(1).optional(),
    })
    .refine(hasOneList, ONE_LIST),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...several,
    ...minQuery,
    initial_options: z.array(plainOption).min(1).optional(),
  }),
  z.strictObject({ type: z.literal('multi_users_select'), ...several, initial_users: ids.optional() }),
  z.strictObject({ type: z.literal('multi_channels_select'), ...several, initial_channels: ids.optional() }),
  z.strictObject({ type: z.literal('multi_conversations_select'), ...several, ...conversations, initial_conversations: ids.optional() }),
] as const;

const choices = z.array(anyOption).min(1).max(LIMITS.choiceOptions);
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...actionable,
  ...focusable,
  options: choices,
  initial_option: anyOption.optional(),
});
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...actionable,
  ...focusable,
  options: choices,
  initial_options: z.array(anyOption).min(1).optional(),
});

const datepicker = z.strictObject({ type: z.literal('datepicker'), ...select, initial_date: z.iso.date().optional() });
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...select,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().optional(),
});
const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...actionable,
  ...focusable,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

const typed = {
  action_id: actionable.action_id,
  ...focusable,
  ...placeholder,
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z
        .array(z.enum(['on_enter_pressed', 'on_character_entered']))
        .min(1)
        .optional(),
    })
    .optional(),
};
const length = z.int().min(0).max(LIMITS.inputLength);
const inputs = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(LIMITS.inputLength).optional(),
    multiline: z.boolean().optional(),
    min_length: length.optional(),
    max_length: length.min(1).optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('rich_text_input'),
    ...typed,
    initial_value: z.strictObject(richText).optional(),
    min_lines: z.int().min(1).optional(),
    max_lines: z.int().min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: actionable.action_id,
    filetypes: z.array(z.string()).min(1).optional(),
    max_files: z.int().min(1).max(10).optional(),
  }),
] as const;

const both = [...selects, ...multiSelects, radioButtons, checkboxes, datepicker, timepicker] as const;

export const actionsElement = z.discriminatedUnion('type', [button, overflow, ...both, datetimepicker]);
export const accessory = z.discriminatedUnion('type', [button, overflow, ...both, imageElement]);
export const inputElement = z.discriminatedUnion('type', [...both, datetimepicker, ...inputs]);
