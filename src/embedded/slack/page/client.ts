import type { PageAction, PageActionResult, PageEvent, PageSnapshot, PageUser } from '../page-protocol.ts';
import { fetchMessages, fetchSnapshot, postAction, uploadFile } from './api.ts';
import { type Entity, encodeText } from './composer-hints.ts';
import type { Entries } from './form-state.ts';
import { formatRoute, parseRoute, type Route } from './route.ts';
import { SentLines } from './sent-lines.ts';
import { openSocket, type Socket } from './socket.ts';
import { applyEvent, type ClientState, listKey, type MessageList, withNotice } from './state.ts';

/** A PageAction without the person: the client adds whom it acts as. */
type Deed = PageAction extends infer A ? (A extends unknown ? Omit<A, 'as'> : never) : never;

const PAGE_SIZE = 50;
const RETRY_MS = 2000;

/** The page's state and everything a person can do with it. One per page. */
export class Client {
  state: ClientState = {
    link: 'connecting',
    snapshot: null,
    route: parseRoute(location.hash),
    lists: new Map(),
    newFrom: null,
    notices: [],
    drawerOpen: false,
    question: null,
  };
  /** Text typed and not yet sent, by listKey. */
  readonly drafts = new Map<string, string>();
  readonly sent = new SentLines();
  #watchers = new Set<() => void>();
  #socket: Socket | null = null;
  /** What was heard while each list was being fetched: its answer may be older than that. */
  #loads = new Set<PageEvent[]>();
  /** Counts the changes of person: what one visit still waits for must not reach the next. */
  #visit = 0;
  #entries = new Map<string, Entries>();

  /** Connects and keeps the page current until it is closed. */
  async start(): Promise<void> {
    addEventListener('hashchange', () => this.#follow(parseRoute(location.hash)));
    addEventListener('focus', () => this.#markRead());
    await this.#enter();
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  user(id: string): PageUser | undefined {
    return this.state.snapshot?.users.find((user) => user.id === id);
  }

  /** What was entered into a message's or a view's inputs; survives redrawing. */
  entries(scope: string): Entries {
    const entries = this.#entries.get(scope) ?? new Map();
    this.#entries.set(scope, entries);
    return entries;
  }

  /** Does one thing as the current person; a refusal becomes a notice. */
  async act(deed: Deed): Promise<PageActionResult> {
    const result = await postAction({ ...deed, as: this.state.route.as } as PageAction);
    if (!result.ok) this.notice(result.problem);
    return result;
  }

  /** Sends a composer's line, a command when it begins with a slash. @returns whether it was taken */
  async say(line: string, picked: readonly Entity[], channel: string, thread?: string): Promise<boolean> {
    this.sent.add(line);
    const to = { channel, text: encodeText(line, picked), ...(thread ? { thread } : {}) };
    const result = await this.act({ do: line.startsWith('/') ? 'command' : 'say', ...to });
    return result.ok;
  }

  async upload(channel: string | null, file: File): Promise<PageActionResult> {
    const result = await uploadFile(this.state.route.as, channel, file);
    if (!result.ok) this.notice(result.problem);
    return result;
  }

  notice(text: string): void {
    this.#set(withNotice(this.state, text));
  }

  /** Asks with Slack's confirmation dialog; false when it was denied or closed. */
  confirm(confirm: unknown): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (yes: boolean) => {
        this.#set({ question: null });
        resolve(yes);
      };
      this.#set({ question: { confirm, answer } });
    });
  }

  dismiss(id: number): void {
    this.#set({ notices: this.state.notices.filter((notice) => notice.id !== id) });
  }

  openDrawer(drawerOpen: boolean): void {
    this.#set({ drawerOpen });
  }

  actAs(user: string): void {
    this.go({ place: this.state.route.place, as: user });
  }

  openPlace(place: string, thread?: string): void {
    this.go({ place, as: this.state.route.as, ...(thread ? { thread } : {}) });
  }

  closeThread(): void {
    this.openPlace(this.state.route.place);
  }

  async openIm(user: string): Promise<void> {
    const result = await this.act({ do: 'open-im', user });
    if (result.ok && result.channel) this.openPlace(result.channel);
  }

  go(route: Route): void {
    location.hash = formatRoute(route);
    this.#follow(route);
  }

  /** Fetches the page of messages before the oldest one shown. */
  async loadOlder(channel: string, thread?: string): Promise<void> {
    const key = listKey(channel, thread);
    const list = this.state.lists.get(key);
    const before = list?.messages[0]?.ts;
    if (!list || list.complete || !before) return;
    const older = await fetchMessages({ as: this.state.route.as, channel, thread, before });
    const known = new Set(list.messages.map((message) => message.ts));
    const messages = [...older.filter((message) => !known.has(message.ts)), ...(this.state.lists.get(key)?.messages ?? [])];
    this.#putList(key, { messages, complete: older.length < PAGE_SIZE });
  }

  #follow(route: Route): void {
    const before = this.state.route;
    if (formatRoute(before) === formatRoute(route)) return;
    this.#set({ route, drawerOpen: false });
    if (before.as !== route.as) void this.#enter();
    else void this.#show(before.place !== route.place);
  }

  /** Becomes the person of the route. What happens is heard before anything is fetched, so that nothing falls in between. */
  async #enter(): Promise<void> {
    this.#visit += 1;
    const visit = this.#visit;
    this.#socket?.close();
    this.#set({ lists: new Map(), newFrom: null });
    const as = await this.#personOf(this.state.route.as);
    if (visit !== this.#visit) return;
    if (as === null) {
      this.#set({ link: 'lost' });
      setTimeout(() => visit === this.#visit && void this.#enter(), RETRY_MS);
      return;
    }
    this.#set({ route: { ...this.state.route, as } });
    this.#socket = openSocket(as, {
      onEvent: (event) => this.#hear(event),
      onLost: () => this.#set({ link: 'lost' }),
      onOpen: () => {
        this.#set({ link: 'open' });
        void this.#refresh();
      },
    });
  }

  /** The person to act as: a link to somebody who has left opens the workspace as somebody else. Null when the server is away. */
  async #personOf(as: string): Promise<string | null> {
    const snapshot = await fetchSnapshot(as)
      .then((found) => found ?? fetchSnapshot(''))
      .catch(() => null);
    return snapshot?.me ?? null;
  }

  #hear(event: PageEvent): void {
    for (const meanwhile of this.#loads) meanwhile.push(event);
    this.#set(applyEvent(this.state, event));
    if (event.type === 'bot') void this.#refreshSnapshot();
    if (event.type === 'message' && event.message.channel === this.state.route.place) this.#markRead();
  }

  /** Everything that is shown, anew: after the first connection and after each lost one. */
  async #refresh(): Promise<void> {
    const snapshot = await this.#refreshSnapshot();
    if (!snapshot) return;
    const { place, thread } = this.state.route;
    const known = place === 'home' || snapshot.channels.some((channel) => channel.id === place);
    const first = snapshot.channels.find((channel) => channel.kind === 'channel') ?? snapshot.channels[0];
    const route: Route = known ? this.state.route : { place: first?.id ?? 'home', as: snapshot.me };
    history.replaceState(null, '', formatRoute(route));
    const current = [listKey(place), listKey(place, thread)];
    this.#set({ route, lists: new Map([...this.state.lists].filter(([key]) => current.includes(key))) });
    await this.#show(true, true);
  }

  async #refreshSnapshot(): Promise<PageSnapshot | null> {
    const as = this.state.route.as;
    const snapshot = await fetchSnapshot(as).catch(() => null);
    if (!snapshot || this.state.route.as !== as) return null;
    this.#set({ snapshot });
    return snapshot;
  }

  /** Loads what the route shows. */
  async #show(placeChanged: boolean, anew = false): Promise<void> {
    const { place, thread, as } = this.state.route;
    if (place === 'home') {
      if (placeChanged) await this.act({ do: 'open-home' });
      return;
    }
    const unread = this.state.snapshot?.channels.find((channel) => channel.id === place)?.unread ?? 0;
    await Promise.all([this.#load(anew, as, place), ...(thread ? [this.#load(anew, as, place, thread)] : [])]);
    if (placeChanged) {
      const messages = this.state.lists.get(place)?.messages ?? [];
      this.#set({ newFrom: unread > 0 ? (messages.at(-unread)?.ts ?? messages[0]?.ts ?? null) : null });
    }
    this.#markRead();
  }

  async #load(anew: boolean, as: string, channel: string, thread?: string): Promise<void> {
    const key = listKey(channel, thread);
    if (this.state.lists.has(key) && !anew) return;
    const meanwhile: PageEvent[] = [];
    this.#loads.add(meanwhile);
    try {
      const messages = await fetchMessages({ as, channel, thread });
      if (this.state.route.as !== as) return;
      this.#putList(key, { messages, complete: messages.length < PAGE_SIZE });
      this.#set({ lists: meanwhile.reduce(applyEvent, this.state).lists });
    } catch {
      this.notice('The messages could not be loaded. Reload the page to try again.');
    } finally {
      this.#loads.delete(meanwhile);
    }
  }

  #markRead(): void {
    const { place } = this.state.route;
    const channel = this.state.snapshot?.channels.find((known) => known.id === place);
    if (channel && channel.unread > 0 && document.visibilityState === 'visible') void this.act({ do: 'read', channel: place });
  }

  #putList(key: string, list: MessageList): void {
    this.#set({ lists: new Map(this.state.lists).set(key, list) });
  }

  #set(change: Partial<ClientState>): void {
    this.state = { ...this.state, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
