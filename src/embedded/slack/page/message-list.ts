import { html } from 'htm/preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PageMessage } from '../page-protocol.ts';
import { useClient } from './context.ts';
import { dateOf, dayOf, sameDay } from './dates.ts';
import { Message } from './message.ts';
import { listKey } from './state.ts';

const NEAR_PX = 80;
const GROUP_MS = 5 * 60_000;

/** The messages of a channel or thread, following the newest while the reader is at the end. */
export function MessageList({ channel, thread, label, intro }: { channel: string; thread?: string; label: string; intro?: unknown }) {
  const client = useClient();
  const key = listKey(channel, thread);
  const list = client.state.lists.get(key);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const oldest = useRef<{ ts: string | undefined; height: number }>({ ts: undefined, height: 0 });
  const loading = useRef(false);
  const messages = list?.messages ?? [];

  useLayoutEffect(() => {
    const followEnd = () => {
      if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
    };
    const watcher = new ResizeObserver(followEnd);
    if (content.current) watcher.observe(content.current);
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = oldest.current;
    // Older messages came in above: what the reader looks at stays where it is.
    if (before.ts && messages[0]?.ts !== before.ts && !atEnd.current) element.scrollTop += element.scrollHeight - before.height;
    else if (atEnd.current) element.scrollTop = element.scrollHeight;
    oldest.current = { ts: messages[0]?.ts, height: element.scrollHeight };
  });
  const scrolled = async () => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    if (element.scrollTop > NEAR_PX || loading.current || list?.complete !== false) return;
    loading.current = true;
    await client.loadOlder(channel, thread);
    loading.current = false;
  };
  return html`<div class="message-list" ref=${box} onScroll=${scrolled} role="log" aria-label=${label} tabindex="0"
    data-testid=${thread ? 'thread-messages' : 'messages'}>
    <div class="message-list-content" ref=${content}>
      ${!list && html`<div class="loading" role="status">Loading messages…</div>`}
      ${list?.complete && intro}
      ${messages.map((message, index) => html`<${Row} key=${message.ts} message=${message} before=${messages[index - 1]} thread=${thread} />`)}
    </div></div>`;
}

function Row({ message, before, thread }: { message: PageMessage; before: PageMessage | undefined; thread?: string }) {
  const client = useClient();
  const when = dateOf(message.ts);
  const newDay = !before || !sameDay(dateOf(before.ts), when);
  const isNew = !thread && message.ts === client.state.newFrom;
  const close = before && when.getTime() - dateOf(before.ts).getTime() < GROUP_MS;
  const compact = Boolean(
    close && !newDay && !isNew && before.user === message.user && before.ephemeralTo === message.ephemeralTo && !before.replyCount,
  );
  const afterParent = thread !== undefined && before?.ts === thread;
  return html`
    ${newDay && !thread && html`<div class="day" role="separator"><span>${dayOf(when)}</span></div>`}
    ${isNew && html`<div class="new-line" role="separator"><span>New</span></div>`}
    ${afterParent && html`<div class="replies-line" role="separator"><span>Replies</span></div>`}
    <${Message} message=${message} compact=${compact && !afterParent} inThread=${thread !== undefined} />`;
}
