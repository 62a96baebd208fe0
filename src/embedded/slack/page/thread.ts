import { html } from 'htm/preact';
import type { PageChannel } from '../page-protocol.ts';
import { Composer } from './composer.ts';
import { useClient } from './context.ts';
import { Icon } from './icons.ts';
import { MessageList } from './message-list.ts';

/** The panel with one thread: at the right, on a phone over everything. */
export function Thread({ channel, thread }: { channel: PageChannel; thread: string }) {
  const client = useClient();
  const close = () => client.closeThread();
  return html`<aside class="thread" aria-label="Thread" onKeyDown=${(event: KeyboardEvent) => event.key === 'Escape' && close()}>
    <header class="pane-header"><div class="pane-title"><h2>Thread</h2><span class="topic">${channel.kind === 'im' ? '' : `#${channel.name}`}</span></div>
      <button type="button" class="tool" aria-label="Close thread" onClick=${close}><${Icon} name="close" size=${18} /></button></header>
    <${MessageList} channel=${channel.id} thread=${thread} label="Messages in this thread" />
    <${Composer} channel=${channel.id} thread=${thread} placeholder="Reply…" />
  </aside>`;
}
