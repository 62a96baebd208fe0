import { interactiveElements } from '../block-kit/check.ts';
import type { Json, StateValues } from '../state/model.ts';

/** For each stateful element: the member of its state value, and the member of the element that fills it at first. */
const STATEFUL: Record<string, [value: string, initial: string]> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  file_input: ['files', ''],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
};

/** The member of an element's state value that holds what was chosen; undefined for a button or an overflow menu. */
export function valueMember(type: unknown): string | undefined {
  return STATEFUL[String(type)]?.[0];
}

function initialValue(element: Json): Json {
  const [member, initial] = STATEFUL[String(element.type)]!;
  const empty = member.endsWith('s') ? [] : null;
  return { type: element.type, [member]: element[initial] ?? empty };
}

/** state.values of blocks: what was entered (only for elements that are there and of the same type), else the initial value. */
export function stateValues(blocks: Json[], entered: StateValues): StateValues {
  const values: StateValues = {};
  for (const block of blocks) {
    for (const { element } of interactiveElements(block)) {
      const member = valueMember(element.type);
      if (member === undefined) continue;
      const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
      const given = entered[blockId]?.[actionId];
      const kept =
        given && (given.type === undefined || given.type === element.type)
          ? { type: element.type, [member]: given[member] ?? null }
          : initialValue(element);
      if (member.endsWith('s') && kept[member] === null) kept[member] = [];
      values[blockId] = { ...values[blockId], [actionId]: kept as Json };
    }
  }
  return values;
}

/** Required inputs left empty: block_id -> what Slack's client shows under the field; nothing is sent to the app then. */
export function missingFields(blocks: Json[], values: StateValues): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input' || block.optional === true) continue;
    const element = block.element as Json;
    const value = values[String(block.block_id)]?.[String(element.action_id)]?.[valueMember(element.type)!];
    const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty) missing[String(block.block_id)] = 'Please complete this required field.';
  }
  return missing;
}
