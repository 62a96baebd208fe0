import { html } from 'htm/preact';
import { useClient } from './context.ts';

/** The app's two faces, as at the top of an app in Slack. */
export function AppTabs({ on }: { on: 'home' | 'messages' }) {
  const client = useClient();
  const bot = client.state.snapshot?.bot;
  return html`<div class="tabs" role="group" aria-label="App">
    <button type="button" class=${on === 'home' ? 'on' : ''} aria-pressed=${on === 'home'} onClick=${() => client.openPlace('home')}>Home</button>
    <button type="button" class=${on === 'messages' ? 'on' : ''} aria-pressed=${on === 'messages'}
      onClick=${() => bot && client.openIm(bot.id)}>Messages</button>
  </div>`;
}
