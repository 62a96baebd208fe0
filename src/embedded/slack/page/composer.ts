import { html } from 'htm/preact';
import { useId, useRef } from 'preact/hooks';
import type { PageCommand } from '../page-protocol.ts';
import { Avatar } from './avatar.ts';
import type { Hint, Hints } from './composer-hints.ts';
import { type ComposerDeed, composerDeed } from './composer-keys.ts';
import { useClient } from './context.ts';
import { Icon } from './icons.ts';
import { Menu } from './menu.ts';
import { Popover } from './popover.ts';
import { useComposer } from './use-composer.ts';

interface ComposerProps {
  channel: string;
  thread?: string;
  placeholder: string;
}

/** The field to write in: Enter sends, Shift+Enter breaks the line, "/" "@" "#" offer what can follow, arrow up brings back what was sent. */
export function Composer({ channel, thread, placeholder }: ComposerProps) {
  const client = useClient();
  const id = useId();
  const { field, text, hints, active, pointAt, typed, complete, send, recall, closeHints } = useComposer(channel, thread);
  const hint = hints?.items[active];
  const deeds: Record<ComposerDeed, () => unknown> = {
    'next hint': () => pointAt(active + 1),
    'previous hint': () => pointAt(active - 1),
    'close hints': closeHints,
    complete: () => hint && complete(hint),
    send,
    recall: () => recall(-1),
    unrecall: () => recall(1),
  };
  const pressed = (event: KeyboardEvent) => {
    const deed = composerDeed(event, { text, insert: hint?.insert ?? null, recalling: client.sent.recalling });
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deeds[deed]();
  };
  const usage = client.state.snapshot?.commands.find(({ command }) => text === command || text.startsWith(`${command} `));
  const testId = thread ? 'thread-composer' : 'composer';
  return html`<div class="composer-frame">
    ${hints && html`<${HintList} id=${id} hints=${hints} active=${active} onPick=${complete} onHover=${pointAt} />`}
    ${!hints && usage && html`<${Usage} command=${usage} />`}
    <div class="composer">
      <${PlusMenu} channel=${channel} inThread=${thread !== undefined} />
      <textarea ref=${field} rows="1" value=${text} placeholder=${placeholder} aria-label=${placeholder} data-testid=${testId}
        role="combobox" aria-autocomplete="list" aria-expanded=${hints !== null} aria-controls=${id}
        aria-activedescendant=${hints ? `${id}-${active}` : undefined}
        onInput=${typed} onKeyDown=${pressed} onBlur=${closeHints}></textarea>
      <button type="button" class="send" aria-label="Send" title="Send" disabled=${!text.trim()} onClick=${send}>
        <${Icon} name="send" size=${18} /></button>
    </div></div>`;
}

function Usage({ command }: { command: PageCommand }) {
  return html`<div class="usage" data-testid="usage">
    <code>${command.command} ${command.usageHint}</code> <span>${command.description}</span></div>`;
}

function HintList(props: { id: string; hints: Hints; active: number; onPick(hint: Hint): void; onHover(index: number): void }) {
  const pick = (hint: Hint) => (event: Event) => {
    // The field keeps the focus.
    event.preventDefault();
    props.onPick(hint);
  };
  const line = (hint: Hint, index: number) => html`<div key=${hint.id} id=${`${props.id}-${index}`} role="option"
      class=${`hint ${index === props.active ? 'active' : ''}`} aria-selected=${index === props.active}
      onMouseMove=${() => props.onHover(index)} onMouseDown=${pick(hint)}>
    ${hint.user && html`<${Avatar} user=${hint.user} size=${24} />`}
    <span class="hint-title"><strong>${hint.title}</strong>${hint.usage && html` <code>${hint.usage}</code>`}</span>
    ${hint.note && html`<span class="hint-note">${hint.note}</span>`}</div>`;
  return html`<div class="hints" role="listbox" id=${props.id} aria-label="Suggestions" data-testid="hints">${props.hints.items.map(line)}</div>`;
}

function PlusMenu({ channel, inThread }: { channel: string; inThread: boolean }) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const upload = async (event: Event) => {
    const input = event.target as HTMLInputElement;
    for (const file of input.files ?? []) await client.upload(channel, file);
    input.value = '';
  };
  const bot = client.state.snapshot?.bot?.name;
  const shortcuts = (client.state.snapshot?.shortcuts ?? [])
    .filter((shortcut) => shortcut.type === 'global')
    .map(({ callbackId, name }) => ({
      key: callbackId,
      label: name,
      note: bot,
      pick: () => void client.act({ do: 'shortcut', callbackId, channel }),
    }));
  // Uploads go to the channel, so a thread does not offer them.
  const items = [...(inThread ? [] : [{ key: 'upload', label: 'Upload a file', pick: () => picker.current?.click() }]), ...shortcuts];
  if (!items.length) return null;
  return html`<${Popover} className="tool plus" label="Attach files and shortcuts" popup="menu" face=${html`<${Icon} name="plus" size=${18} />`}
      panel=${(close: () => void) => html`<${Menu} items=${items} close=${close} label="Attach files and shortcuts" />`} />
    <input ref=${picker} type="file" multiple hidden data-testid="upload" onChange=${upload} />`;
}
