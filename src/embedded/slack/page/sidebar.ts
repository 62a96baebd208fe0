import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import type { PageChannel } from '../page-protocol.ts';
import { ActAs } from './act-as.ts';
import { Avatar, UserBadge } from './avatar.ts';
import { useClient } from './context.ts';
import { ListboxPanel } from './elements/listbox.ts';
import { Icon } from './icons.ts';
import { Popover } from './popover.ts';

export function Sidebar() {
  const client = useClient();
  const { snapshot, drawerOpen } = client.state;
  if (!snapshot) return html`<nav class="sidebar" aria-label="Workspace"></nav>`;
  const close = () => client.openDrawer(false);
  const bot = snapshot.bot;
  const channels = snapshot.channels.filter((channel) => channel.kind !== 'im').sort((a, b) => a.name.localeCompare(b.name));
  const ims = snapshot.channels.filter((channel) => channel.kind === 'im' && channel.with !== bot?.id);
  const botIm = snapshot.channels.find((channel) => channel.kind === 'im' && channel.with === bot?.id);
  const links = (list: PageChannel[]) => list.map((channel) => html`<${ChannelLink} key=${channel.id} channel=${channel} />`);
  return html`
    ${drawerOpen && html`<button type="button" class="drawer-shade" aria-label="Close the menu" onClick=${close}></button>`}
    <nav class=${`sidebar ${drawerOpen ? 'open' : ''}`} aria-label="Workspace"
      onKeyDown=${(event: KeyboardEvent) => event.key === 'Escape' && close()}>
      <div class="workspace"><strong>${snapshot.team.name}</strong><small>Local workspace</small>
        <button type="button" class="tool drawer-close" aria-label="Close the menu" onClick=${close}>
          <${Icon} name="close" size=${18} /></button></div>
      <${ActAs} />
      <div class="sidebar-scroll">
        <${Group} title="Channels">${links(channels)}<//>
        <${Group} title="Direct messages" action=${html`<${NewMessage} />`}>${links(ims)}<//>
        ${
          bot &&
          html`<${Group} title="Apps">
            <${Row} place="home" unread=${0} icon=${html`<${Icon} name="home" />`} name=${`${bot.name} Home`} />
            ${
              botIm
                ? html`<${ChannelLink} channel=${botIm} />`
                : html`<li><button type="button" class="row" onClick=${() => client.openIm(bot.id)}>
              <${Avatar} user=${client.user(bot.id)} size=${20} /><span class="row-name">${bot.name}</span></button></li>`
            }
          <//>`
        }
      </div></nav>`;
}

function Group({ title, action, children }: { title: string; action?: ComponentChildren; children?: ComponentChildren }) {
  return html`<section class="group"><header><h2>${title}</h2>${action}</header><ul>${children}</ul></section>`;
}

function ChannelLink({ channel }: { channel: PageChannel }) {
  const client = useClient();
  const other = channel.with ? client.user(channel.with) : undefined;
  if (channel.kind === 'im') {
    const name = html`${other?.realName ?? channel.name}${other && other.kind !== 'person' ? html` <${UserBadge} user=${other} />` : null}`;
    return html`<${Row} place=${channel.id} unread=${channel.unread} icon=${html`<${Avatar} user=${other} size=${20} />`} name=${name} />`;
  }
  const icon = html`<${Icon} name=${channel.kind === 'private' ? 'lock' : 'hash'} />`;
  const shared = channel.shared && html` <span class="badge external">SHARED</span>`;
  return html`<${Row} place=${channel.id} unread=${channel.unread} icon=${icon} name=${html`${channel.name}${shared}`} dim=${channel.archived} />`;
}

function Row(props: { place: string; unread: number; icon: ComponentChildren; name: ComponentChildren; dim?: boolean }) {
  const client = useClient();
  const here = client.state.route.place === props.place;
  const className = `row ${here ? 'here' : ''} ${props.unread ? 'unread' : ''} ${props.dim ? 'dim' : ''}`;
  return html`<li><button type="button" class=${className} aria-current=${here ? 'page' : undefined} data-place=${props.place}
    onClick=${() => client.openPlace(props.place)}><span class="row-icon">${props.icon}</span><span class="row-name">${props.name}</span>
    ${props.unread > 0 && html`<span class="count" data-testid="unread">${props.unread}<span class="visually-hidden"> unread</span></span>`}</button></li>`;
}

function NewMessage() {
  const client = useClient();
  const people = (client.state.snapshot?.users ?? [])
    .filter((user) => !user.deactivated && user.id !== client.state.route.as)
    .map((user) => ({ id: user.id, label: user.realName, note: user.title || undefined, user }));
  return html`<${Popover} className="tool" label="New message" popup="menu" panelClass="select-panel" face=${html`<${Icon} name="plus" />`}
    panel=${(close: () => void) =>
      html`<${ListboxPanel} label="People" choices=${people} picked=${[]} many=${false} minQuery=${0} onPick=${(choice: { id: string }) => {
        close();
        void client.openIm(choice.id);
      }} />`} />`;
}
