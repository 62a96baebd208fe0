import type { InputBlock, KnownBlock, ModalView, PlainTextOption, StaticSelect } from '@slack/types';
import { LIMITS } from './limits.ts';
import type { SubmitRequest } from './listeners.ts';
import { clip } from './text.ts';

/** A modal with its subject's ids in private_metadata (3000 characters; readable by clients: ids only). */
export function modal(callback: string, title: string, submit: string, carried: object, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: { type: 'plain_text', text: clip(title, 24) },
    submit: { type: 'plain_text', text: clip(submit, 24) },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(carried),
    blocks,
  };
}

type Element = InputBlock['element'];

/** The block's id is the field's name, so that a refusal can point to it. */
export function field(name: string, label: string, element: Element, more: { hint?: string; optional?: boolean } = {}): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: { type: 'plain_text', text: label },
    element,
    optional: more.optional ?? false,
    ...(more.hint ? { hint: { type: 'plain_text', text: more.hint } } : {}),
  };
}

export const ACTION = 'value';

export function textField(
  name: string,
  label: string,
  more: { hint?: string; optional?: boolean; multiline?: boolean; max?: number; initial?: string } = {},
): InputBlock {
  const element: Element = { type: 'plain_text_input', action_id: ACTION, multiline: more.multiline ?? false, max_length: more.max ?? 300 };
  return field(name, label, more.initial ? { ...element, initial_value: more.initial } : element, more);
}

export function dayField(name: string, label: string, initial?: string, hint?: string): InputBlock {
  return field(name, label, { type: 'datepicker', action_id: ACTION, ...(initial ? { initial_date: initial } : {}) }, hint ? { hint } : {});
}

export function personField(name: string, label: string, initial?: string | null, hint?: string): InputBlock {
  return field(
    name,
    label,
    { type: 'users_select', action_id: ACTION, ...(initial ? { initial_user: initial } : {}) },
    hint ? { hint } : {},
  );
}

export function optionalPersonField(name: string, label: string, hint: string): InputBlock {
  return field(name, label, { type: 'users_select', action_id: ACTION }, { hint, optional: true });
}

export function peopleField(name: string, label: string, hint: string): InputBlock {
  return field(name, label, { type: 'multi_users_select', action_id: ACTION, max_selected_items: 20 }, { hint });
}

/** A channel of our own company that people and the bot can be in. */
export function channelField(block: string, label: string, initial: string | null, more: { hint: string; optional?: boolean }) {
  const filter = { include: ['public' as const, 'private' as const], exclude_external_shared_channels: true, exclude_bot_users: true };
  return field(
    block,
    label,
    { type: 'conversations_select', action_id: ACTION, filter, ...(initial ? { initial_conversation: initial } : {}) },
    more,
  );
}

export function choiceField(
  name: string,
  label: string,
  options: Readonly<Record<string, string>>,
  initial?: string,
  hint?: string,
): InputBlock {
  const all = Object.entries(options).map(([value, text]) => ({
    value,
    text: { type: 'plain_text' as const, text: clip(text, LIMITS.optionText) },
  }));
  const first = all.find((option) => option.value === initial);
  return field(
    name,
    label,
    { type: 'static_select', action_id: ACTION, ...listed(all), ...(first ? { initial_option: first } : {}) },
    hint ? { hint } : {},
  );
}

/** Slack holds a hundred options, or as many groups of a hundred, among which one searches by typing. */
function listed(all: PlainTextOption[]): Pick<StaticSelect, 'options' | 'option_groups'> {
  if (all.length <= LIMITS.selectOptions) return { options: all };
  const groups = Array.from({ length: Math.ceil(all.length / LIMITS.selectOptions) }, (_, n) =>
    all.slice(n * LIMITS.selectOptions, (n + 1) * LIMITS.selectOptions),
  );
  const label = (of: PlainTextOption[]) => clip(`${clip(of[0]!.text.text, 30)} to ${clip(of.at(-1)!.text.text, 30)}`, LIMITS.groupLabel);
  return { option_groups: groups.map((of) => ({ label: { type: 'plain_text', text: label(of) }, options: of })) };
}

/** A field's element is named by ACTION, but for selects that search, whose name says what is searched. */
function fieldValue(request: SubmitRequest, name: string) {
  const values = request.view.state.values[name] ?? {};
  return values[ACTION] ?? Object.values(values)[0];
}

/** What was entered in a field: text, day, person, channel or the chosen option's value; '' when left out. */
export function entered(request: SubmitRequest, name: string): string {
  const value = fieldValue(request, name);
  const chosen = value?.selected_user ?? value?.selected_conversation ?? value?.selected_option?.value;
  return value?.value ?? value?.selected_date ?? chosen ?? '';
}

/** People chosen in a multi-select. */
export function enteredPeople(request: SubmitRequest, name: string): string[] {
  return request.view.state.values[name]?.[ACTION]?.selected_users ?? [];
}

/** A field error under its field; every refusal of a form names one. */
export function fieldErrors(errors: Record<string, string>): { response_action: 'errors'; errors: Record<string, string> } {
  return { response_action: 'errors', errors };
}

/** Values of ticked checkboxes, or of what was chosen in a select of several. */
export function enteredOptions(request: SubmitRequest, name: string): string[] {
  return (fieldValue(request, name)?.selected_options ?? []).map((option) => option.value ?? '');
}

/** The form's blocks with what was entered, for a form that is shown once more. */
export function refilled({ view }: SubmitRequest): KnownBlock[] {
  return (view.blocks as KnownBlock[]).map((block) => {
    if (block.type !== 'input' || !block.block_id) return block;
    const value = Object.values(view.state.values[block.block_id] ?? {})[0];
    if (!value) return block;
    const {
      initial_value: _,
      initial_date: __,
      initial_option: ___,
      initial_options: ____,
      ...element
    } = block.element as unknown as Record<string, unknown>;
    const initial = {
      ...(value.value ? { initial_value: value.value } : {}),
      ...(value.selected_date ? { initial_date: value.selected_date } : {}),
      ...(value.selected_option ? { initial_option: value.selected_option } : {}),
      ...(value.selected_options?.length ? { initial_options: value.selected_options } : {}),
    };
    return { ...block, element: { ...element, ...initial } as unknown as Element };
  });
}
