import type {
  PageAction,
  PageActionResult,
  PageEvent,
  PageMessage,
  PageSnapshot,
  PageState,
  PageView,
} from '../../../src/embedded/slack/page-protocol.ts';
import { type Page, signIn } from './sign-in.ts';
import { until } from './until.ts';

type Act = PageAction extends infer A ? (A extends { as: string } ? Omit<A, 'as'> : never) : never;
type Place = { channel: string; ts: string } | { view: string };

/** Someone in front of the local workspace's page: acts through the page's own requests and sees what its socket brings. */
export class PersonOnPage {
  readonly id: string;
  readonly seen: PageEvent[] = [];
  #page: Page;
  #socket: WebSocket;

  private constructor(page: Page, id: string, socket: WebSocket) {
    this.#page = page;
    this.id = id;
    this.#socket = socket;
    socket.addEventListener('message', (event) => this.seen.push(JSON.parse(String(event.data)) as PageEvent));
  }

  /** @param way an unused address of the page, the workspace's pageLink(), or what it was used for @param id for example U0MARA */
  static async open(way: string | Page, id: string): Promise<PersonOnPage> {
    const page = typeof way === 'string' ? await signIn(way) : way;
    const socket = new WebSocket(`${page.url.replace('http', 'ws')}page-api/socket?as=${id}`, { headers: { cookie: page.cookie } });
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return new PersonOnPage(page, id, socket);
  }

  close(): void {
    this.#socket.close();
  }

  async act(action: Act): Promise<PageActionResult> {
    const body = JSON.stringify({ as: this.id, ...action });
    const response = await this.#fetch('act', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return (await response.json()) as PageActionResult;
  }

  say = (channel: string, text: string, thread?: string) => this.act({ do: 'say', channel, text, ...(thread && { thread }) });
  command = (channel: string, text: string) => this.act({ do: 'command', channel, text });
  submit = (view: string, state: PageState) => this.act({ do: 'submit', view, state });

  click(from: Place, block: string, actionId: string, value?: unknown, state?: PageState): Promise<PageActionResult> {
    return this.act({
      do: 'click',
      from,
      block,
      element: { action_id: actionId },
      ...(value !== undefined && { value }),
      ...(state && { state }),
    });
  }

  async upload(channel: string | null, name: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<PageActionResult> {
    const query = new URLSearchParams({ as: this.id, name, ...(channel !== null && { channel }) });
    return (await (await this.#fetch(`upload?${query}`, { method: 'POST', body: bytes })).json()) as PageActionResult;
  }

  /** A file that was offered, by the address in its message. */
  download = (url: string) => fetch(new URL(url, this.#page.url), { headers: { cookie: this.#page.cookie } });

  #fetch(
    what: string,
    init: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } = {},
  ): Promise<Response> {
    return fetch(`${this.#page.url}page-api/${what}`, { ...init, headers: { ...init.headers, cookie: this.#page.cookie } });
  }

  async #get<T>(path: string, query: Record<string, string>): Promise<T> {
    const response = await this.#fetch(`${path}?${new URLSearchParams({ as: this.id, ...query })}`);
    return (await response.json()) as T;
  }

  snapshot = () => this.#get<PageSnapshot>('snapshot', {});
  messages = (channel: string, thread?: string) => this.#get<PageMessage[]>('messages', { channel, ...(thread && { thread }) });

  /** Messages that came or changed since the page was opened, in their last state. */
  get shown(): PageMessage[] {
    const shown = new Map<string, PageMessage>();
    for (const event of this.seen) {
      if (event.type === 'message' || event.type === 'message-changed')
        shown.set(`${event.message.channel}/${event.message.ts}`, event.message);
      if (event.type === 'message-deleted') shown.delete(`${event.channel}/${event.ts}`);
    }
    return [...shown.values()];
  }

  /** Waits for a message that fits among those shown. */
  message(fits: (message: PageMessage) => boolean): Promise<PageMessage> {
    return until(
      () => this.shown.find(fits),
      () => `a message among ${JSON.stringify(this.shown.map((each) => each.text))}`,
    );
  }

  says = (text: string) => this.message((message) => message.text.includes(text));

  /** Waits until the stack of modals is so high; resolves to the topmost, or undefined for an empty stack. */
  async modal(height = 1, fits: (view: PageView) => boolean = () => true): Promise<PageView> {
    const stack = () => this.seen.findLast((event) => event.type === 'modals')?.modals ?? [];
    return until(
      () => (stack().length === height && fits(stack().at(-1)!) ? stack().at(-1) : undefined),
      () => `${height} modals`,
    );
  }

  async noModal(): Promise<void> {
    await until(
      () => this.seen.findLast((event) => event.type === 'modals')?.modals.length === 0 || undefined,
      () => 'no modal',
    );
  }
}
