import type { Datepicker, Timepicker } from '@slack/types';
import { html } from 'htm/preact';
import type { ElementJson } from '../form-state.ts';
import { useElement } from './use-element.ts';

/** A calendar day as YYYY-MM-DD. */
export function DateElement({ element }: { element: ElementJson }) {
  const { value, change, disabled, slot } = useElement(element);
  const { placeholder } = element as unknown as Datepicker;
  return html`<input class="field date" type="date" value=${value.selected_date ?? ''} disabled=${disabled} title=${placeholder?.text}
    aria-label=${slot.labelledBy ? undefined : (placeholder?.text ?? 'Date')} aria-labelledby=${slot.labelledBy} aria-describedby=${slot.describedBy}
    aria-invalid=${slot.invalid} onChange=${(event: Event) => change({ type: element.type, selected_date: entered(event) })} />`;
}

/** A time of day as HH:MM. */
export function TimeElement({ element }: { element: ElementJson }) {
  const { value, change, disabled, slot } = useElement(element);
  const { placeholder } = element as unknown as Timepicker;
  return html`<input class="field time" type="time" value=${value.selected_time ?? ''} disabled=${disabled} title=${placeholder?.text}
    aria-label=${slot.labelledBy ? undefined : (placeholder?.text ?? 'Time')} aria-labelledby=${slot.labelledBy} aria-describedby=${slot.describedBy}
    aria-invalid=${slot.invalid} onChange=${(event: Event) => change({ type: element.type, selected_time: entered(event) })} />`;
}

/** A moment in the browser's time zone, as seconds since 1970. */
export function DateTimeElement({ element }: { element: ElementJson }) {
  const { value, change, disabled, slot } = useElement(element);
  const pick = (event: Event) => {
    const text = entered(event);
    return change({ type: element.type, selected_date_time: text === null ? null : Math.floor(new Date(text).getTime() / 1000) });
  };
  return html`<input class="field datetime" type="datetime-local" value=${localMinute(value.selected_date_time)} disabled=${disabled}
    aria-label=${slot.labelledBy ? undefined : 'Date and time'} aria-labelledby=${slot.labelledBy} aria-describedby=${slot.describedBy}
    aria-invalid=${slot.invalid} onChange=${pick} />`;
}

const entered = (event: Event): string | null => (event.target as HTMLInputElement).value || null;

function localMinute(seconds: unknown): string {
  if (typeof seconds !== 'number') return '';
  const date = new Date(seconds * 1000);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
