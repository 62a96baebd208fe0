import { html, render } from 'htm/preact';
import { App } from './app.ts';
import { Client } from './client.ts';

// The key of a printed address is used up.
if (location.search.includes('key=')) history.replaceState(null, '', `/${location.hash}`);
const client = new Client();
render(html`<${App} client=${client} />`, document.getElementById('app')!);
void client.start();
