import type { Checkboxes, Option, RadioButtons } from '@slack/types';
import { html } from 'htm/preact';
import { useId } from 'preact/hooks';
import type { ElementJson } from '../form-state.ts';
import { TextObject } from '../parts.ts';
import { useElement } from './use-element.ts';

/** Radio buttons and checkboxes. */
export function ChoicesElement({ element }: { element: ElementJson }) {
  const { value, change, disabled, slot } = useElement(element);
  const name = useId();
  const many = element.type === 'checkboxes';
  const { options = [] } = element as unknown as Checkboxes | RadioButtons;
  const picked = many ? ((value.selected_options ?? []) as Option[]) : [value.selected_option as Option | null];
  const isPicked = (option: Option) => picked.some((other) => other?.value === option.value);
  const pick = (option: Option, checked: boolean) => {
    if (!many) return change({ type: element.type, selected_option: option });
    return change({
      type: element.type,
      selected_options: options.filter((other) => (other.value === option.value ? checked : isPicked(other))),
    });
  };
  return html`<div class="choices" role=${many ? 'group' : 'radiogroup'} aria-labelledby=${slot.labelledBy} aria-describedby=${slot.describedBy}>${options.map(
    (option) => html`<label key=${option.value} class="choice">
      <input type=${many ? 'checkbox' : 'radio'} name=${name} checked=${isPicked(option)} disabled=${disabled}
        onChange=${(event: Event) => pick(option, (event.target as HTMLInputElement).checked)} />
      <span><span class="choice-text"><${TextObject} text=${option.text} /></span>${
        option.description && html`<small><${TextObject} text=${option.description} /></small>`
      }</span></label>`,
  )}</div>`;
}
