import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { Channel } from './channel.ts';
import type { Client } from './client.ts';
import { Confirm } from './confirm.ts';
import { ClientProvider } from './context.ts';
import { Home } from './home.ts';
import { Modal } from './modal.ts';
import { Notices } from './notices.ts';
import { Sidebar } from './sidebar.ts';
import { Thread } from './thread.ts';

export function App({ client }: { client: Client }) {
  const [, redraw] = useState(0);
  useEffect(() => client.watch(() => redraw((count) => count + 1)), []);
  const { snapshot, route, link, question } = client.state;
  const { as, thread } = route;
  const channel = snapshot?.channels.find((known) => known.id === route.place);
  const modals = snapshot?.modals ?? [];
  useEffect(() => {
    if (snapshot)
      document.title = `${channel ? (client.user(channel.with ?? '')?.realName ?? `#${channel.name}`) : 'Home'} | ${snapshot.team.name}`;
  }, [snapshot, route.place]);
  return html`<${ClientProvider} value=${client}>
    <div class=${`app ${thread && channel ? 'with-thread' : ''}`} data-link=${link}>
      <${Banner} client=${client} />
      <${Sidebar} />
      ${!snapshot && html`<main class="pane loading" role="status">Opening the workspace…</main>`}
      ${snapshot && route.place === 'home' && html`<${Home} key=${as} />`}
      ${channel && html`<${Channel} key=${`${as}/${channel.id}`} channel=${channel} />`}
      ${channel && thread && html`<${Thread} key=${`${as}/${thread}`} channel=${channel} thread=${thread} />`}
      ${modals.length === 0 && html`<${Notices} />`}
    </div>
    ${modals.length > 0 && html`<${Modal} views=${modals} />`}
    ${question && html`<${Confirm} ...${question} />`}
  <//>`;
}

function Banner({ client }: { client: Client }) {
  const { link, snapshot } = client.state;
  if (link === 'lost')
    return html`<div class="banner lost" role="alert">The connection to the local workspace is lost. Trying again…
      If Arrears was started again, open the address that it printed.</div>`;
  if (snapshot && !snapshot.bot?.connected) {
    const name = snapshot.bot?.name ?? 'The app';
    return html`<div class="banner" role="status" data-testid="bot-banner">
      ${name} is not connected: commands and buttons have no effect until it is running again.</div>`;
  }
  return null;
}
