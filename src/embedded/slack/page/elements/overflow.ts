import type { Overflow } from '@slack/types';
import { html } from 'htm/preact';
import type { ElementJson } from '../form-state.ts';
import { Icon } from '../icons.ts';
import { safeLink } from '../links.ts';
import { Menu } from '../menu.ts';
import { PlainText } from '../parts.ts';
import { Popover } from '../popover.ts';
import { useElement } from './use-element.ts';

export function OverflowElement({ element }: { element: ElementJson }) {
  const { click, disabled } = useElement(element);
  const { options = [] } = element as unknown as Overflow;
  const items = options.map((option, index) => ({
    key: option.value ?? String(index),
    label: html`<${PlainText} text=${option.text?.text ?? ''} />`,
    note: option.description?.text,
    pick: () => {
      const href = safeLink(option.url);
      if (href) window.open(href, '_blank', 'noopener');
      void click({ type: 'overflow', selected_option: option });
    },
  }));
  return html`<${Popover} className="btn icon-only" label="More options" popup="menu" align="end" disabled=${disabled} face=${html`<${Icon} name="more" />`}
    panel=${(close: () => void) => html`<${Menu} items=${items} close=${close} label="More options" />`} />`;
}
