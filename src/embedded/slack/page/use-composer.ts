import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Entity, type Hint, type Hints, hintsFor } from './composer-hints.ts';
import { useClient } from './context.ts';
import { listKey } from './state.ts';

/** A composer's text with its hints, and what can be done to them. Text not sent stays with the client as a draft. */
export function useComposer(channel: string, thread: string | undefined) {
  const client = useClient();
  const key = listKey(channel, thread);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(client.drafts.get(key) ?? '');
  const [hints, setHints] = useState<Hints | null>(null);
  const [active, point] = useState(0);
  const picked = useRef<Entity[]>([]);
  const caretTo = useRef<number | null>(null);
  useLayoutEffect(() => fitTo(field.current, caretTo), [text]);

  const closeHints = () => setHints(null);
  const write = (next: string) => {
    client.drafts.set(key, next);
    setText(next);
    closeHints();
  };
  const typed = (event: Event) => {
    const { value, selectionStart } = event.target as HTMLTextAreaElement;
    client.sent.leave();
    write(value);
    setHints(hintsFor(value, selectionStart, client.state.snapshot!));
    point(0);
  };
  const complete = (hint: Hint) => {
    if (!hints) return;
    if (hint.entity) picked.current.push(hint.entity);
    caretTo.current = hints.from + hint.insert.length;
    write(text.slice(0, hints.from) + hint.insert + text.slice(hints.to));
    field.current?.focus();
  };
  const send = async () => {
    const line = text.trim();
    if (!line) return;
    const entities = picked.current;
    picked.current = [];
    write('');
    const sent = await client.say(line, entities, channel, thread);
    if (sent || field.current?.value) return;
    picked.current = entities;
    write(line);
  };
  const pointAt = (index: number) => hints && point((index + hints.items.length) % hints.items.length);
  const recall = (step: -1 | 1) => {
    const line = client.sent.recall(step);
    if (line !== null) write(line);
  };
  return { field, text, hints, active, pointAt, typed, complete, send, recall, closeHints };
}

/** Grows the field with its text and puts the caret after what was completed. */
function fitTo(area: HTMLTextAreaElement | null, caretTo: { current: number | null }): void {
  if (!area) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
  if (caretTo.current !== null) area.setSelectionRange(caretTo.current, caretTo.current);
  caretTo.current = null;
}
