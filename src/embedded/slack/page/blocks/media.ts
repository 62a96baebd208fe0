import type { FileBlock, ImageBlock, ImageElement, VideoBlock } from '@slack/types';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { useClient } from '../context.ts';
import { Icon } from '../icons.ts';
import { safeImage } from '../links.ts';
import { PlainText, SafeLink } from '../parts.ts';

/** An image element; a file of this workspace is found by its id, and shown to those who may see it. */
export function Picture({ image }: { image: ImageElement | ImageBlock | Record<string, unknown> }) {
  const [broken, setBroken] = useState(false);
  const me = encodeURIComponent(useClient().state.route.as);
  const {
    image_url: url,
    slack_file: file,
    alt_text: alt = '',
  } = image as { image_url?: string; slack_file?: { id?: string; url?: string }; alt_text?: string };
  const address = file?.url ?? (file?.id && `/files/${encodeURIComponent(file.id)}/image`);
  const source = safeImage(url ?? (address && `${address}?as=${me}`));
  if (!source || broken)
    return html`<span class="broken-image" role="img" aria-label=${alt}>${alt || 'This image could not be loaded'}</span>`;
  return html`<img src=${source} alt=${alt} loading="lazy" onError=${() => setBroken(true)} />`;
}

export function ImageView({ block }: { block: ImageBlock }) {
  return html`<figure>${block.title && html`<figcaption><${PlainText} text=${block.title.text} /></figcaption>`}<${Picture} image=${block} /></figure>`;
}

/** A video is a link here: its picture, title and where it comes from. */
export function VideoView({ block }: { block: VideoBlock }) {
  return html`<div class="attachment">
    <div class="muted">${[block.provider_name, block.author_name].filter(Boolean).join(' · ')}</div>
    <${SafeLink} url=${block.title_url ?? block.video_url}><strong><${PlainText} text=${block.title.text} /></strong><//>
    ${block.description && html`<div><${PlainText} text=${block.description.text} /></div>`}
    <${SafeLink} url=${block.video_url} label=${block.alt_text}><${Picture} image=${{ image_url: block.thumbnail_url, alt_text: block.alt_text }} /><//>
  </div>`;
}

export function FileView({ block }: { block: FileBlock }) {
  return html`<div class="file-card"><span class="file-icon"><${Icon} name="file" size=${22} /></span>
    <span class="file-text"><strong>${block.external_id}</strong><small>Remote file</small></span></div>`;
}
