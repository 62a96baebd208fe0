import { html } from 'htm/preact';
import type { PageFile } from '../page-protocol.ts';
import { Icon } from './icons.ts';
import { safeImage } from './links.ts';

/** A file under a message: pictures are shown, everything else is a card to download. */
export function FileCard({ file }: { file: PageFile }) {
  const href = safeImage(file.url);
  const kind = file.name.includes('.') ? file.name.split('.').at(-1)!.toUpperCase() : 'File';
  if (href && /^image\/(png|jpeg|gif|webp|svg\+xml)$/.test(file.mimetype)) {
    return html`<figure class="file-image"><figcaption>${file.name}</figcaption>
      <a href=${href} target="_blank" rel="noopener noreferrer"><img src=${href} alt=${file.name} loading="lazy" /></a></figure>`;
  }
  return html`<a class="file-card" data-testid="file" href=${href ?? undefined} download=${file.name}>
    <span class=${`file-icon ${kind.toLowerCase()}`}><${Icon} name="file" size=${22} /></span>
    <span class="file-text"><strong>${file.name}</strong><small>${kind} · ${sizeOf(file.size)}</small></span>
    <${Icon} name="download" size=${18} /></a>`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
