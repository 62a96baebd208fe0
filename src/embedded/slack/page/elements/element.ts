import { html } from 'htm/preact';
import type { ElementJson } from '../form-state.ts';
import { ButtonElement } from './button.ts';
import { ChoicesElement } from './choices.ts';
import { FileInputElement } from './file-input.ts';
import { OverflowElement } from './overflow.ts';
import { DateElement, DateTimeElement, TimeElement } from './pickers.ts';
import { SelectElement } from './select.ts';
import { TextInputElement } from './text-inputs.ts';

const ELEMENTS: Record<string, (props: { element: ElementJson }) => unknown> = {
  button: ButtonElement,
  overflow: OverflowElement,
  radio_buttons: ChoicesElement,
  checkboxes: ChoicesElement,
  datepicker: DateElement,
  timepicker: TimeElement,
  datetimepicker: DateTimeElement,
  plain_text_input: TextInputElement,
  number_input: TextInputElement,
  email_text_input: TextInputElement,
  url_text_input: TextInputElement,
  file_input: FileInputElement,
};

/** Any interactive element of Block Kit; one this page does not know says so. */
export function Element({ element }: { element: ElementJson }) {
  const view = element.type.endsWith('_select') ? SelectElement : ELEMENTS[element.type];
  if (!view) return html`<span class="unknown">${element.type} is not shown here</span>`;
  return html`<${view} element=${element} />`;
}
