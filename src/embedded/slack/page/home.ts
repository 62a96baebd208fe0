import type { AnyBlock } from '@slack/types';
import { html } from 'htm/preact';
import { ActAs } from './act-as.ts';
import { AppTabs } from './app-tabs.ts';
import { Avatar } from './avatar.ts';
import { BlockList } from './blocks/block-list.ts';
import { DrawerButton } from './channel.ts';
import { ScopeProvider, useClient } from './context.ts';

/** The app's Home: what it last published for this person. */
export function Home() {
  const client = useClient();
  const { bot, home } = client.state.snapshot!;
  const name = bot?.name ?? 'The app';
  const blocks = (home?.blocks ?? []) as AnyBlock[];
  const scope = { from: { view: home?.id ?? '' }, kind: 'home' as const, blocks, errors: home?.errors ?? {}, locked: false };
  return html`<main class="pane home" aria-label=${`${name} Home`} data-testid="home">
    <header class="pane-header"><${DrawerButton} />
      <div class="pane-title"><h1>${bot && html`<${Avatar} user=${client.user(bot.id)} size=${24} />`}${name}</h1></div><${ActAs} compact /></header>
    <${AppTabs} on="home" />
    <div class="home-scroll" tabindex="0" role="region" aria-label="Home">
      ${
        home
          ? html`<div class="home-content"><${ScopeProvider} value=${scope}><${BlockList} key=${home.id} blocks=${blocks} /><//></div>`
          : html`<p class="nothing">${name} has not published anything here yet.</p>`
      }</div></main>`;
}
