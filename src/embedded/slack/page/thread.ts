import { html } from 'htm/preact';
import { Composer } from './composer.ts';
import { useClient } from './context.ts';
import { Icon } from './icons.ts';
import { MessageList } from './message-list.ts';

/** The panel with one thread: at the right, on a phone over everything. */
export function Thread({ channel, thread, title }: { channel: string; thread: string; title: string }) {
  const client = useClient();
  const close = () => client.closeThread();
  return html`<aside class="thread" aria-label="Thread" onKeyDown=${(event: KeyboardEvent) => event.key === 'Escape' && close()}>
    <header class="pane-header"><div class="pane-title"><h2>Thread</h2><span class="topic">${title}</span></div>
      <button type="button" class="tool" aria-label="Close thread" onClick=${close}><${Icon} name="close" size=${18} /></button></header>
    <${MessageList} key=${`${channel}/${thread}`} channel=${channel} thread=${thread} label="Messages in this thread" />
    <${Composer} key=${`${channel}/${thread}`} channel=${channel} thread=${thread} placeholder="Reply…" />
  </aside>`;
}
