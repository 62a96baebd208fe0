import type { AnyBlock } from '@slack/types';
import type { PageState } from '../page-protocol.ts';

/** A loose view of any Block Kit element: what came from a bot is not trusted to be complete. */
export interface ElementJson {
  type: string;
  action_id?: string;
  [key: string]: unknown;
}

/** What a person entered, by `${block_id}/${action_id}`; each a Slack state value object. */
export type Entries = Map<string, unknown>;

interface Placed {
  blockId: string;
  element: ElementJson;
}

export const blockIdOf = (block: AnyBlock, index: number): string => block.block_id ?? `block-${index}`;
export const actionIdOf = (element: ElementJson): string => element.action_id ?? element.type;
export const entryKey = (blockId: string, element: ElementJson): string => `${blockId}/${actionIdOf(element)}`;

/** The state value object an element starts with, as in Slack's state.values; null for elements without a value. */
export function initialValue(element: ElementJson): Record<string, unknown> | null {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: element.initial_value ?? null };
    case 'file_input':
      return { type, files: [] };
    default:
      return null;
  }
}

/** Every element that can hold a value, in the order of the blocks. */
function placedElements(blocks: readonly AnyBlock[]): Placed[] {
  return blocks.flatMap((block, index) => {
    const { element, accessory, elements, child_blocks: children } = block as unknown as Record<string, unknown>;
    if (Array.isArray(children)) return placedElements(children as AnyBlock[]);
    const candidates: unknown[] = block.type === 'actions' && Array.isArray(elements) ? elements : [element, accessory];
    return candidates
      .filter((candidate): candidate is ElementJson => typeof candidate === 'object' && candidate !== null && 'type' in candidate)
      .filter((candidate) => initialValue(candidate) !== null)
      .map((candidate) => ({ blockId: blockIdOf(block, index), element: candidate }));
  });
}

/** Slack's state.values: what was entered, or what the element started with. */
export function stateOf(blocks: readonly AnyBlock[], entries: Entries): PageState {
  const state: PageState = {};
  for (const { blockId, element } of placedElements(blocks)) {
    state[blockId] ??= {};
    state[blockId][actionIdOf(element)] = entries.get(entryKey(blockId, element)) ?? initialValue(element);
  }
  return state;
}

const VALUE_FIELDS = [
  'value',
  'selected_option',
  'selected_options',
  'selected_user',
  'selected_users',
  'selected_conversation',
  'selected_conversations',
  'selected_channel',
  'selected_channels',
  'selected_date',
  'selected_time',
  'selected_date_time',
  'files',
];

/** What a state value object holds: a string, an option, a list ...; null when it is empty. */
export function heldValue(value: unknown): unknown {
  const held = VALUE_FIELDS.map((field) => (value as Record<string, unknown>)[field]).find((found) => found !== undefined) ?? null;
  return held === '' || (Array.isArray(held) && held.length === 0) ? null : held;
}
