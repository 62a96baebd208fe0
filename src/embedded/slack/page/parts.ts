import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useClient } from './context.ts';
import { formatSlackDate } from './dates.ts';
import { EMOJI } from './emoji.ts';
import { safeLink } from './links.ts';
import { type Inline, type Part, parseMrkdwn, type TextStyle } from './mrkdwn.ts';

const TAGS: Record<TextStyle, string> = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' };

/** Slack's mrkdwn as elements; its text never becomes HTML. */
export function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  return html`<${Parts} parts=${parseMrkdwn(text, verbatim)} />`;
}

/** A Block Kit text object, plain_text or mrkdwn; anything else draws nothing. */
export function TextObject({ text }: { text: unknown }) {
  const object = text as { type?: string; text?: unknown; verbatim?: boolean } | null | undefined;
  if (typeof object?.text !== 'string') return null;
  return object.type === 'mrkdwn'
    ? html`<${Mrkdwn} text=${object.text} verbatim=${object.verbatim} />`
    : html`<${PlainText} text=${object.text} />`;
}

/** Text with :emoji: and line breaks and nothing else. */
export function PlainText({ text }: { text: string }) {
  const pieces = text.split(/(:[a-z0-9_+'-]+:|\n)/);
  return html`${pieces.map((piece) => (piece === '\n' ? html`<br />` : named(piece) ? html`<${Emoji} name=${piece.slice(1, -1)} />` : piece))}`;
}

const named = (piece: string): boolean => piece.length > 2 && piece.startsWith(':') && Object.hasOwn(EMOJI, piece.slice(1, -1));

export function Emoji({ name }: { name: string }) {
  const drawn = Object.hasOwn(EMOJI, name) ? EMOJI[name] : undefined;
  if (!drawn) return html`<span class="emoji-name">:${name}:</span>`;
  return html`<span class="emoji" role="img" aria-label=${name.replaceAll('_', ' ')} title=${`:${name}:`}>${drawn}</span>`;
}

export function Parts({ parts }: { parts: readonly Part[] }) {
  return html`${parts.map((part) => html`<${PartView} part=${part} />`)}`;
}

function PartView({ part }: { part: Part }): VNode | null {
  switch (part.kind) {
    case 'text':
      return html`<div class="p"><${Inlines} content=${part.content} /></div>`;
    case 'quote':
      return html`<blockquote><${Inlines} content=${part.content} /></blockquote>`;
    case 'pre':
      return html`<pre tabindex="0"><${Inlines} content=${part.content} /></pre>`;
    case 'heading':
      return html`<div class=${`h h${part.level}`} role="heading" aria-level=${part.level + 2}><${Inlines} content=${part.content} /></div>`;
    case 'rule':
      return html`<hr />`;
    case 'list': {
      const items = part.items.map((item) => html`<li><${Inlines} content=${item} /></li>`);
      const indent = `indent-${Math.min(part.indent, 8)}`;
      return part.ordered ? html`<ol class=${indent} start=${part.start}>${items}</ol>` : html`<ul class=${indent}>${items}</ul>`;
    }
    case 'table':
      return html`<div class="table-frame" tabindex="0" role="region" aria-label="Table"><table>
        <thead><tr>${part.head.map((cell) => html`<th scope="col"><${Inlines} content=${cell} /></th>`)}</tr></thead>
        <tbody>${part.rows.map((row) => html`<tr>${row.map((cell) => html`<td><${Inlines} content=${cell} /></td>`)}</tr>`)}</tbody>
      </table></div>`;
  }
}

function Inlines({ content }: { content: readonly Inline[] }) {
  return html`${content.map((inline) => html`<${InlineView} inline=${inline} />`)}`;
}

function InlineView({ inline }: { inline: Inline }): VNode | null {
  const client = useClient();
  switch (inline.kind) {
    case 'text':
      return html`${inline.text}`;
    case 'break':
      return html`<br />`;
    case 'styled':
      return html`<${TAGS[inline.style]}><${Inlines} content=${inline.children} /><//>`;
    case 'link':
      return html`<${SafeLink} url=${inline.url}><${Inlines} content=${inline.children} /><//>`;
    case 'user': {
      const user = client.user(inline.id);
      const me = inline.id === client.state.route.as ? ' me' : '';
      return html`<button type="button" class=${`mention${me}`} onClick=${() => client.openIm(inline.id)}>@${user?.realName ?? inline.id}</button>`;
    }
    case 'channel': {
      const channel = client.state.snapshot?.channels.find((known) => known.id === inline.id);
      if (!channel) return html`<span class="mention">#${inline.id}</span>`;
      return html`<button type="button" class="mention" onClick=${() => client.openPlace(channel.id)}>#${channel.name}</button>`;
    }
    case 'mention':
      return html`<span class="mention broadcast">${inline.text}</span>`;
    case 'date': {
      const shown = formatSlackDate(inline.timestamp, inline.format) || inline.fallback;
      const time = html`<time title=${inline.fallback}>${shown}</time>`;
      return inline.url ? html`<${SafeLink} url=${inline.url}>${time}<//>` : time;
    }
    case 'emoji':
      return html`<${Emoji} name=${inline.name} />`;
    case 'color':
      return html`<span class="color"><i style=${{ background: inline.value }}></i>${inline.value}</span>`;
  }
}

/** A link that may be followed; any other address is shown as its text alone. */
export function SafeLink({ url, label, children }: { url: unknown; label?: string; children?: unknown }) {
  const href = safeLink(url);
  if (!href) return html`<span>${children}</span>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer" aria-label=${label}>${children}</a>`;
}
