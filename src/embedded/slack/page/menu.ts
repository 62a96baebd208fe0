import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface MenuItem {
  key: string;
  label: ComponentChildren;
  note?: string;
  pick(): void;
}

/** The items of a menu in a popover: arrow keys move, Enter picks, the popover closes. */
export function Menu({ items, close, label }: { items: readonly MenuItem[]; close(): void; label: string }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const move = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length)?.focus();
  };
  return html`<div class="menu" role="menu" aria-label=${label} ref=${list} onKeyDown=${move}>${items.map(
    (item) =>
      html`<button key=${item.key} type="button" role="menuitem" onClick=${() => {
        close();
        item.pick();
      }}><span>${item.label}</span>${item.note && html`<small>${item.note}</small>`}</button>`,
  )}</div>`;
}
