import { html, render } from 'htm/preact';
import { App } from './app.ts';
import { Client } from './client.ts';

const client = new Client();
render(html`<${App} client=${client} />`, document.getElementById('app')!);
void client.start();
