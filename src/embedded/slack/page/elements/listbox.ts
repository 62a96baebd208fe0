import { html } from 'htm/preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Avatar, UserBadge } from '../avatar.ts';
import { Icon } from '../icons.ts';
import { PlainText } from '../parts.ts';
import type { Choice } from './choice-list.ts';

interface ListboxProps {
  label: string;
  choices: readonly Choice[];
  picked: readonly Choice[];
  many: boolean;
  onPick(choice: Choice): void;
  /** External selects: asks the app for the choices of a typed text. */
  suggest?: (text: string) => Promise<Choice[]>;
  minQuery: number;
}

const SUGGEST_DELAY_MS = 150;

/** The open part of a select: a search field over a list; arrow keys move, Enter picks. */
export function ListboxPanel({ label, choices, picked, many, onPick, suggest, minQuery }: ListboxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const [found, setFound] = useState<readonly Choice[] | null>(null);
  const [waiting, setWaiting] = useState(false);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (!suggest) return;
    let current = true;
    setWaiting(query.length >= minQuery);
    const timer = setTimeout(async () => {
      const next = await suggest(query);
      if (!current) return;
      setFound(next);
      setWaiting(false);
    }, SUGGEST_DELAY_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query]);
  const wanted = query.trim().toLowerCase();
  const shown = suggest ? (found ?? []) : choices.filter((choice) => `${choice.label} ${choice.note ?? ''}`.toLowerCase().includes(wanted));
  useEffect(() => list.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' }), [active, query]);
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1 + shown.length };
    const to = steps[event.key];
    if (to !== undefined) setActive(shown.length ? to % shown.length : 0);
    else if (event.key === 'Enter' && shown[active]) onPick(shown[active]);
    else return;
    event.preventDefault();
  };
  const isPicked = (choice: Choice) => picked.some((other) => other.id === choice.id);
  const empty = waiting ? 'Searching…' : suggest && query.length < minQuery ? 'Type to search' : 'No matches';
  return html`<div class="listbox-panel" onKeyDown=${press}>
    <input ref=${input} class="field search" role="combobox" aria-expanded="true" aria-controls=${id} aria-label=${`Search: ${label}`} placeholder="Search"
      aria-activedescendant=${shown[active] ? `${id}-${active}` : undefined} value=${query}
      onInput=${(event: Event) => {
        setQuery((event.target as HTMLInputElement).value);
        setActive(0);
      }} />
    <div id=${id} ref=${list} class="listbox" role="listbox" aria-label=${label} aria-multiselectable=${many}>
      ${shown.length === 0 && html`<div class="empty" role="status">${empty}</div>`}
      ${shown.map(
        (choice, index) => html`
        ${choice.group && choice.group !== shown[index - 1]?.group && html`<div class="group" role="presentation">${choice.group}</div>`}
        <div id=${`${id}-${index}`} class=${`option ${index === active ? 'active' : ''}`} role="option" aria-selected=${isPicked(choice)}
          onMouseMove=${() => setActive(index)} onClick=${() => onPick(choice)}>
          ${choice.user && html`<${Avatar} user=${choice.user} size=${24} />`}
          <span class="option-text"><span><${PlainText} text=${choice.label} /><${UserBadge} user=${choice.user} /></span>
            ${choice.note && html`<small>${choice.note}</small>`}</span>
          ${isPicked(choice) && html`<${Icon} name="check" />`}</div>`,
      )}</div></div>`;
}
