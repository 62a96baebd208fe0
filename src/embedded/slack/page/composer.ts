import { html } from 'htm/preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from './avatar.ts';
import { encodeText, type Hint, type Hints, hintsFor } from './composer-hints.ts';
import { useClient } from './context.ts';
import { Icon } from './icons.ts';
import { Menu } from './menu.ts';
import { Popover } from './popover.ts';
import { listKey } from './state.ts';

interface ComposerProps {
  channel: string;
  thread?: string;
  placeholder: string;
}

/** The field to write in: Enter sends, Shift+Enter breaks the line, "/" "@" "#" offer what can follow, arrow up brings back what was sent. */
export function Composer({ channel, thread, placeholder }: ComposerProps) {
  const client = useClient();
  const id = useId();
  const key = listKey(channel, thread);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(client.drafts.get(key) ?? '');
  const [hints, setHints] = useState<Hints | null>(null);
  const [active, setActive] = useState(0);
  const picked = useRef<NonNullable<Hint['entity']>[]>([]);
  const recalled = useRef<number | null>(null);
  const caretTo = useRef<number | null>(null);

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
    if (caretTo.current !== null) area.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = null;
  }, [text]);

  const write = (next: string, caret = next.length) => {
    client.drafts.set(key, next);
    setText(next);
    setHints(hintsFor(next, caret, client.state.snapshot!));
    setActive(0);
  };
  const typed = (event: Event) => {
    recalled.current = null;
    const area = event.target as HTMLTextAreaElement;
    write(area.value, area.selectionStart);
  };
  const complete = (hint: Hint) => {
    if (!hints) return;
    if (hint.entity) picked.current.push(hint.entity);
    caretTo.current = hints.from + hint.insert.length;
    write(text.slice(0, hints.from) + hint.insert + text.slice(hints.to), caretTo.current);
    setHints(null);
    field.current?.focus();
  };
  const send = async () => {
    const line = text.trim();
    if (!line) return;
    const encoded = encodeText(line, picked.current);
    client.sent.push(line);
    recalled.current = null;
    write('');
    const result = await client.act({
      do: line.startsWith('/') ? 'command' : 'say',
      channel,
      text: encoded,
      ...(thread ? { thread } : {}),
    });
    if (result.ok) picked.current = [];
    else if (!field.current?.value) write(line);
  };
  const recall = (step: number) => {
    const at = (recalled.current ?? client.sent.length) + step;
    if (at < 0 || at > client.sent.length) return;
    recalled.current = at === client.sent.length ? null : at;
    write(client.sent[at] ?? '');
    setHints(null);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const hint = hints?.items[active];
    const done = hint && text.trimEnd() === hint.insert.trimEnd();
    if (hints && hint && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + hints.items.length) % hints.items.length);
    } else if (hint && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !done))) complete(hint);
    else if (hints && event.key === 'Escape') setHints(null);
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else if (event.key === 'ArrowUp' && (text === '' || recalled.current !== null)) recall(-1);
    else if (event.key === 'ArrowDown' && recalled.current !== null) recall(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const usage = client.state.snapshot?.commands.find(({ command }) => text === command || text.startsWith(`${command} `));
  return html`<div class="composer-frame">
    ${hints && html`<${HintList} id=${id} hints=${hints} active=${active} onPick=${complete} onHover=${setActive} />`}
    ${!hints && usage && html`<div class="usage" data-testid="usage"><code>${usage.command} ${usage.usageHint}</code> <span>${usage.description}</span></div>`}
    <div class="composer">
      <${PlusMenu} channel=${channel} inThread=${thread !== undefined} />
      <textarea ref=${field} rows="1" value=${text} placeholder=${placeholder} aria-label=${placeholder} role="combobox" aria-expanded=${hints !== null}
        aria-autocomplete="list" aria-controls=${id} aria-activedescendant=${hints ? `${id}-${active}` : undefined} data-testid=${thread ? 'thread-composer' : 'composer'}
        onInput=${typed} onKeyDown=${pressed} onBlur=${() => setHints(null)}></textarea>
      <button type="button" class="send" aria-label="Send" title="Send" disabled=${!text.trim()} onClick=${send}><${Icon} name="send" size=${18} /></button>
    </div></div>`;
}

function HintList(props: { id: string; hints: Hints; active: number; onPick(hint: Hint): void; onHover(index: number): void }) {
  return html`<div class="hints" role="listbox" id=${props.id} aria-label="Suggestions" data-testid="hints">${props.hints.items.map(
    (
      hint,
      index,
    ) => html`<div key=${hint.id} id=${`${props.id}-${index}`} role="option" aria-selected=${index === props.active} class=${`hint ${index === props.active ? 'active' : ''}`}
      onMouseMove=${() => props.onHover(index)} onMouseDown=${(event: Event) => {
        event.preventDefault();
        props.onPick(hint);
      }}>
      ${hint.user && html`<${Avatar} user=${hint.user} size=${24} />`}
      <span class="hint-title"><strong>${hint.title}</strong>${hint.usage && html` <code>${hint.usage}</code>`}</span>
      ${hint.note && html`<span class="hint-note">${hint.note}</span>`}</div>`,
  )}</div>`;
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
