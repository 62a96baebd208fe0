import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import type { PageChannel } from '../page-protocol.ts';
import { ActAs } from './act-as.ts';
import { AppTabs } from './app-tabs.ts';
import { Avatar } from './avatar.ts';
import { Composer } from './composer.ts';
import { useClient } from './context.ts';
import { Icon } from './icons.ts';
import { MessageList } from './message-list.ts';
import { Mrkdwn } from './parts.ts';

/** A channel or direct message: header, messages, composer; a file dropped anywhere on it is uploaded. */
export function Channel({ channel }: { channel: PageChannel }) {
  const client = useClient();
  const [dropping, setDropping] = useState(false);
  const depth = useRef(0);
  const other = channel.with ? client.user(channel.with) : undefined;
  const name = other?.realName ?? channel.name;
  const title = channel.kind === 'im' ? name : `#${name}`;
  const drag = (change: number) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    depth.current += change;
    setDropping(depth.current > 0);
  };
  const drop = async (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    event.preventDefault();
    depth.current = 0;
    setDropping(false);
    for (const file of files) await client.upload(channel.id, file);
  };
  const botTabs = other && other.id === client.state.snapshot?.bot?.id;
  return html`<main class="pane channel" aria-label=${title} data-testid="channel" onDragEnter=${drag(1)} onDragLeave=${drag(-1)}
      onDragOver=${(event: Event) => event.preventDefault()} onDrop=${drop}>
    <header class="pane-header"><${DrawerButton} />
      <div class="pane-title"><h1>${
        other
          ? html`<${Avatar} user=${other} size=${24} />`
          : html`<${Icon} name=${channel.kind === 'private' ? 'lock' : 'hash'} size=${18} />`
      }${name}</h1>
        ${channel.shared && html`<span class="badge external">SHARED WITH ANOTHER COMPANY</span>`}
        <span class="topic">${channel.topic ? html`<${Mrkdwn} text=${channel.topic} />` : other?.title}</span></div>
      ${channel.kind !== 'im' && html`<${Members} channel=${channel} />`}
      <${ActAs} compact />
    </header>
    ${botTabs && html`<${AppTabs} on="messages" />`}
    <${MessageList} key=${channel.id} channel=${channel.id} label=${`Messages in ${title}`} intro=${html`<${Intro} channel=${channel} title=${title} />`} />
    ${
      channel.archived
        ? html`<div class="archived">This channel is archived. Its messages can be read, and nothing more can be written.</div>`
        : html`<${Composer} key=${channel.id} channel=${channel.id} placeholder=${`Message ${title}`} />`
    }
    ${dropping && html`<div class="drop-here"><div><${Icon} name="upload" size=${32} /><strong>Upload to ${title}</strong></div></div>`}
  </main>`;
}

function Members({ channel }: { channel: PageChannel }) {
  const client = useClient();
  const names = channel.members.map((id) => client.user(id)?.realName ?? id).join(', ');
  return html`<span class="members" title=${names}><${Icon} name="people" /> ${channel.members.length}<span class="visually-hidden"> members</span></span>`;
}

function Intro({ channel, title }: { channel: PageChannel; title: string }) {
  const text = channel.kind === 'im' ? `This is the start of your conversation with ${title}.` : `This is the very beginning of ${title}.`;
  return html`<div class="intro"><h2>${title}</h2><p>${text} ${channel.kind !== 'im' && 'Type “/” to see what can be asked for.'}</p></div>`;
}

/** Opens the sidebar where there is no room for it. */
export function DrawerButton() {
  const client = useClient();
  const here = client.state.route.place;
  const unread = client.state.snapshot?.channels.some((channel) => channel.unread > 0 && channel.id !== here);
  return html`<button type="button" class="tool drawer-open" aria-label="Open the menu" onClick=${() => client.openDrawer(true)}>
    <${Icon} name="menu" size=${20} />${unread && html`<span class="dot"></span>`}</button>`;
}
