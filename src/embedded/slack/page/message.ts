import type { AnyBlock } from '@slack/types';
import { html } from 'htm/preact';
import type { PageMessage } from '../page-protocol.ts';
import { Avatar, UserBadge } from './avatar.ts';
import { BlockList } from './blocks/block-list.ts';
import { ScopeProvider, useClient } from './context.ts';
import { dateOf, fullTimeOf, timeOf } from './dates.ts';
import { FileCard } from './file-card.ts';
import { Icon } from './icons.ts';
import { Menu } from './menu.ts';
import { Emoji, Mrkdwn } from './parts.ts';
import { Popover } from './popover.ts';

interface MessageProps {
  message: PageMessage;
  /** Follows another message of the same person: no avatar and name again. */
  compact: boolean;
  inThread: boolean;
}

export function Message({ message, compact, inThread }: MessageProps) {
  const client = useClient();
  const user = client.user(message.user);
  const when = dateOf(message.ts);
  const time = html`<time datetime=${when.toISOString()} title=${fullTimeOf(when)}>${timeOf(when)}</time>`;
  return html`<article class=${`message ${compact ? 'compact' : ''} ${message.ephemeralTo ? 'ephemeral' : ''}`} data-testid="message" data-ts=${message.ts}
      aria-label=${`${user?.realName ?? message.user}, ${timeOf(when)}`}>
    <div class="gutter">${compact ? time : html`<${Avatar} user=${user} />`}</div>
    <div class="body">
      ${message.ephemeralTo && html`<div class="only-you"><${Icon} name="eye" size=${14} /> Only visible to you</div>`}
      ${!compact && html`<div class="byline"><strong class="author">${user?.realName ?? message.user}</strong><${UserBadge} user=${user} />${time}</div>`}
      <${MessageContent} message=${message} />
      ${message.files?.map((file) => html`<${FileCard} key=${file.id} file=${file} />`)}
      <${Reactions} message=${message} />
      ${!inThread && message.replyCount > 0 && html`<${ReplyBar} message=${message} />`}
    </div>
    ${!message.ephemeralTo && html`<${MessageActions} message=${message} inThread=${inThread} />`}
  </article>`;
}

function MessageContent({ message }: { message: PageMessage }) {
  const edited = message.edited && html`<span class="edited">(edited)</span>`;
  const blocks = message.blocks as AnyBlock[] | undefined;
  if (!blocks?.length) return html`<div class="text">${message.text && html`<${Mrkdwn} text=${message.text} />`}${edited}</div>`;
  const scope = { from: { channel: message.channel, ts: message.ts }, kind: 'message' as const, blocks, errors: {}, locked: false };
  return html`<${ScopeProvider} value=${scope}><${BlockList} blocks=${blocks} />${edited}<//>`;
}

function Reactions({ message }: { message: PageMessage }) {
  const client = useClient();
  if (!message.reactions?.length) return null;
  return html`<div class="reactions">${message.reactions.map((reaction) => {
    const names = reaction.users.map((id) => client.user(id)?.realName ?? id).join(', ');
    const mine = reaction.users.includes(client.state.route.as);
    return html`<span key=${reaction.name} class=${`reaction ${mine ? 'mine' : ''}`} title=${names}>
      <${Emoji} name=${reaction.name} /> ${reaction.users.length}</span>`;
  })}</div>`;
}

function ReplyBar({ message }: { message: PageMessage }) {
  const client = useClient();
  const open = client.state.route.thread === message.ts;
  const count = message.replyCount === 1 ? '1 reply' : `${message.replyCount} replies`;
  return html`<button type="button" class=${`reply-bar ${open ? 'open' : ''}`} onClick=${() => client.openPlace(message.channel, message.ts)}>
    ${message.replyUsers.slice(0, 4).map((id) => html`<${Avatar} key=${id} user=${client.user(id)} size=${22} />`)}
    <span class="count">${count}</span><span class="view">View thread</span></button>`;
}

function MessageActions({ message, inThread }: { message: PageMessage; inThread: boolean }) {
  const client = useClient();
  const items = (client.state.snapshot?.shortcuts ?? [])
    .filter((shortcut) => shortcut.type === 'message')
    .map((shortcut) => ({
      key: shortcut.callbackId,
      label: shortcut.name,
      note: client.state.snapshot?.bot?.name,
      pick: () => void client.act({ do: 'shortcut', callbackId: shortcut.callbackId, channel: message.channel, ts: message.ts }),
    }));
  const reply = { key: 'reply', label: 'Reply in thread', pick: () => client.openPlace(message.channel, message.ts) };
  const copy = {
    key: 'copy',
    label: 'Copy text',
    pick: () =>
      void navigator.clipboard
        .writeText(message.text)
        .catch(() => client.notice('The text could not be copied: the browser did not allow it.')),
  };
  return html`<div class="message-actions" role="group" aria-label="Actions for this message">
    ${
      !inThread &&
      html`<button type="button" class="tool" aria-label="Reply in thread" title="Reply in thread"
        onClick=${reply.pick}><${Icon} name="thread" /></button>`
    }
    <${Popover} className="tool" label="More actions" popup="menu" align="end" face=${html`<${Icon} name="more" />`}
      panel=${(close: () => void) => html`<${Menu} items=${[...items, ...(inThread ? [] : [reply]), copy]} close=${close} label="More actions" />`} />
  </div>`;
}
