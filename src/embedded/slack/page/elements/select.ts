import { html } from 'htm/preact';
import { useId, useState } from 'preact/hooks';
import { useClient, useScope } from '../context.ts';
import type { ElementJson } from '../form-state.ts';
import { Icon } from '../icons.ts';
import { PlainText } from '../parts.ts';
import { Popover } from '../popover.ts';
import { type Choice, offeredChoices, optionChoices, pickedChoices, pickedValue } from './choice-list.ts';
import { ListboxPanel } from './listbox.ts';
import { useElement } from './use-element.ts';

/** Every select of Block Kit: static, external, users, conversations, channels; one or many. */
export function SelectElement({ element }: { element: ElementJson }) {
  const client = useClient();
  const scope = useScope();
  const { value, change, disabled, slot } = useElement(element);
  const faceId = useId();
  const [seen, setSeen] = useState<Choice[]>([]);
  const snapshot = client.state.snapshot!;
  const many = element.type.startsWith('multi_');
  const external = element.type.endsWith('external_select');
  const {
    placeholder,
    max_selected_items: max = Number.POSITIVE_INFINITY,
    min_query_length: minQuery = 3,
  } = element as {
    placeholder?: { text: string };
    max_selected_items?: number;
    min_query_length?: number;
  };
  const offered = external ? seen : offeredChoices(element, snapshot);
  const picked = pickedChoices(element, value, offered);
  const suggest = async (text: string): Promise<Choice[]> => {
    if (text.length < minQuery) return [];
    const result = await client.act({ do: 'suggest', from: scope.from, block: slot.blockId, element, text });
    const found = result.ok ? suggestions(result.options ?? []) : [];
    setSeen(found);
    return found;
  };
  const pick = (choice: Choice, close: () => void) => {
    if (!many) close();
    const others = picked.filter((other) => other.id !== choice.id);
    const next = !many ? [choice] : others.length < picked.length ? others : [...picked, choice].slice(0, max);
    void keep(next);
  };
  const keep = (picks: readonly Choice[]) => change(pickedValue(element, picks));
  const hint = placeholder?.text ?? (many ? 'Choose options' : 'Choose an option');
  const shown = many ? undefined : picked[0]?.label;
  const face = html`<span id=${faceId} class=${shown ? 'picked' : 'placeholder'}><${PlainText} text=${shown ?? hint} /></span><${Icon} name="down" />`;
  const naming = slot.labelledBy
    ? { labelledBy: `${slot.labelledBy} ${faceId}` }
    : { label: [hint, ...picked.map((choice) => choice.label)].join(': ') };
  const panel = (close: () => void) => html`<${ListboxPanel} label=${hint} choices=${offered} picked=${picked} many=${many}
    onPick=${(choice: Choice) => pick(choice, close)} suggest=${external ? suggest : undefined} minQuery=${minQuery} />`;
  return html`<div class=${`select ${many ? 'many' : ''}`}>
    ${many && html`<${Chips} choices=${picked} disabled=${disabled} keep=${keep} />`}
    <${Popover} className="field select-button" popup="listbox" panelClass="select-panel" matchWidth invalid=${slot.invalid} disabled=${disabled}
      face=${face} panel=${panel} ...${naming} />
    ${shown && !slot.dispatches && html`<${ClearButton} disabled=${disabled} clear=${() => keep([])} />`}</div>`;
}

function Chips({ choices, disabled, keep }: { choices: readonly Choice[]; disabled: boolean; keep(choices: readonly Choice[]): void }) {
  return html`<div class="chips">${choices.map(
    (choice) => html`<span key=${choice.id} class="chip">${choice.label}
    <button type="button" aria-label=${`Remove ${choice.label}`} disabled=${disabled}
      onClick=${() => keep(choices.filter((other) => other !== choice))}><${Icon} name="close" size=${12} /></button></span>`,
  )}</div>`;
}

function ClearButton({ disabled, clear }: { disabled: boolean; clear(): void }) {
  return html`<button type="button" class="clear" aria-label="Clear the choice" disabled=${disabled} onClick=${clear}>
    <${Icon} name="close" size=${12} /></button>`;
}

/** An app answers with options or with groups of them. */
const suggestions = (given: unknown[]): Choice[] =>
  given.some((item) => typeof item === 'object' && item !== null && 'options' in item)
    ? optionChoices({ option_groups: given })
    : optionChoices({ options: given });
