import type { Button } from '@slack/types';
import { html } from 'htm/preact';
import type { ElementJson } from '../form-state.ts';
import { safeLink } from '../links.ts';
import { PlainText } from '../parts.ts';
import { useElement } from './use-element.ts';

/** A button tells the app and waits for its answer; with a url it also opens that page. */
export function ButtonElement({ element }: { element: ElementJson }) {
  const { click, disabled } = useElement(element);
  const button = element as unknown as Button;
  const href = safeLink(button.url);
  const face = html`<${PlainText} text=${button.text?.text ?? ''} />`;
  const className = `btn ${button.style === 'primary' ? 'primary' : button.style === 'danger' ? 'danger' : ''}`;
  if (href) {
    return html`<a class=${className} href=${href} target="_blank" rel="noopener noreferrer" aria-label=${button.accessibility_label}
      onClick=${() => click()}>${face}</a>`;
  }
  return html`<button type="button" class=${className} disabled=${disabled} aria-busy=${disabled} aria-label=${button.accessibility_label}
    onClick=${() => click()}>${face}</button>`;
}
