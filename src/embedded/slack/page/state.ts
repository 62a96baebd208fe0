import type { PageEvent, PageMessage, PageSnapshot } from '../page-protocol.ts';
import type { Route } from './route.ts';

export interface MessageList {
  /** Oldest first. */
  messages: PageMessage[];
  /** There is nothing older on the server. */
  complete: boolean;
}

export interface Notice {
  id: number;
  text: string;
}

/** All that the page shows, apart from what is being typed. */
export interface ClientState {
  link: 'connecting' | 'open' | 'lost';
  snapshot: PageSnapshot | null;
  route: Route;
  /** By listKey. A channel's list holds no replies. */
  lists: ReadonlyMap<string, MessageList>;
  /** The first message not yet read when the channel was opened. */
  newFrom: string | null;
  notices: Notice[];
  drawerOpen: boolean;
  /** A button's confirm dialog that waits for an answer. */
  question: { confirm: unknown; answer(yes: boolean): void } | null;
}

export const listKey = (channel: string, thread?: string): string => (thread ? `${channel}/${thread}` : channel);

const isReply = (message: PageMessage): boolean => message.threadTs !== undefined && message.threadTs !== message.ts;

/** The state after what the server told. Messages of lists not loaded yet are left to be fetched. */
export function applyEvent(state: ClientState, event: PageEvent): ClientState {
  const snapshot = state.snapshot;
  if (event.type === 'notice') return withNotice(state, event.text);
  if (!snapshot) return state;
  switch (event.type) {
    case 'message':
      return { ...withUnread(state, snapshot, event.message), lists: putMessage(state.lists, event.message) };
    case 'message-changed':
      return { ...state, lists: putMessage(state.lists, event.message) };
    case 'message-deleted':
      return { ...state, lists: removeMessage(state.lists, event.channel, event.ts) };
    case 'channel': {
      const known = snapshot.channels.some((channel) => channel.id === event.channel.id);
      const channels = known
        ? snapshot.channels.map((channel) => (channel.id === event.channel.id ? event.channel : channel))
        : [...snapshot.channels, event.channel];
      return { ...state, snapshot: { ...snapshot, channels } };
    }
    case 'home':
      return { ...state, snapshot: { ...snapshot, home: event.view } };
    case 'modals':
      return { ...state, snapshot: { ...snapshot, modals: event.modals } };
    case 'bot':
      return { ...state, snapshot: { ...snapshot, bot: snapshot.bot && { ...snapshot.bot, connected: event.connected } } };
    case 'commands':
      return { ...state, snapshot: { ...snapshot, commands: event.commands, shortcuts: event.shortcuts } };
  }
}

/** The server counts what is unread in a snapshot; from then on the page counts along. */
function withUnread(state: ClientState, snapshot: PageSnapshot, message: PageMessage): ClientState {
  if (message.user === snapshot.me || message.ephemeralTo || isReply(message)) return state;
  const channels = snapshot.channels.map((channel) =>
    channel.id === message.channel ? { ...channel, unread: channel.unread + 1 } : channel,
  );
  return { ...state, snapshot: { ...snapshot, channels } };
}

let lastNotice = 0;

export function withNotice(state: ClientState, text: string): ClientState {
  lastNotice += 1;
  return { ...state, notices: [...state.notices.filter((notice) => notice.text !== text), { id: lastNotice, text }] };
}

function putMessage(lists: ClientState['lists'], message: PageMessage): ClientState['lists'] {
  const next = new Map(lists);
  const keys = isReply(message)
    ? [listKey(message.channel, message.threadTs)]
    : [listKey(message.channel), listKey(message.channel, message.ts)];
  for (const key of keys) {
    const list = next.get(key);
    if (!list) continue;
    const messages = list.messages.filter((known) => known.ts !== message.ts);
    const at = messages.findIndex((known) => Number(known.ts) > Number(message.ts));
    messages.splice(at < 0 ? messages.length : at, 0, message);
    next.set(key, { ...list, messages });
  }
  return next;
}

function removeMessage(lists: ClientState['lists'], channel: string, ts: string): ClientState['lists'] {
  const next = new Map(lists);
  for (const [key, list] of lists) {
    if (key !== channel && !key.startsWith(`${channel}/`)) continue;
    next.set(key, { ...list, messages: list.messages.filter((message) => message.ts !== ts) });
  }
  return next;
}
