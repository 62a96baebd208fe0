import type { PlainTextInput } from '@slack/types';
import { html } from 'htm/preact';
import type { ElementJson } from '../form-state.ts';
import { useElement } from './use-element.ts';

const KEYBOARDS: Record<string, string> = { number_input: 'decimal', email_text_input: 'email', url_text_input: 'url' };

/** plain_text_input, number_input, email_text_input and url_text_input; what was typed is checked when the form is sent. */
export function TextInputElement({ element }: { element: ElementJson }) {
  const { value, keep, click, disabled, slot } = useElement(element);
  const input = element as unknown as PlainTextInput;
  const text = String(value.value ?? '');
  const triggers = input.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const typed = (event: Event) => {
    const next = { type: element.type, value: (event.target as HTMLInputElement).value || null };
    keep(next);
    if (slot.dispatches && triggers.includes('on_character_entered')) void click(next);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || input.multiline) return;
    if (!slot.dispatches || !triggers.includes('on_enter_pressed')) return;
    event.preventDefault();
    void click({ type: element.type, value: text || null });
  };
  // A locked field stays focusable: a form that opens again must not lose the reader's place.
  const shared = {
    class: 'field text',
    value: text,
    placeholder: input.placeholder?.text,
    readOnly: disabled && !slot.dispatches,
    autoFocus: input.focus_on_load,
    'aria-label': slot.labelledBy ? undefined : (input.placeholder?.text ?? 'Text'),
    'aria-labelledby': slot.labelledBy,
    'aria-describedby': slot.describedBy,
    'aria-invalid': slot.invalid,
    onInput: typed,
    onKeyDown: pressed,
  };
  const left = input.max_length === undefined ? null : input.max_length - text.length;
  return html`<div class="text-input">
    ${input.multiline ? html`<textarea rows="4" ...${shared}></textarea>` : html`<input type="text" inputmode=${KEYBOARDS[element.type]} ...${shared} />`}
    ${left !== null && html`<${Counter} left=${left} />`}
  </div>`;
}

function Counter({ left }: { left: number }) {
  return html`<span class=${`counter ${left < 0 ? 'over' : ''}`} aria-live=${left < 20 ? 'polite' : 'off'}>
    ${left}<span class="visually-hidden"> characters left</span></span>`;
}
