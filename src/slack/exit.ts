import type { App, ReceiverEvent } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { channelWatch } from './channel-watch.ts';
import { fitAck, fitMessage, fitView } from './fit.ts';
import type { Json } from './fit-elements.ts';
import { NOT_KNOWN_HERE, NOT_SHOWN_HERE, SHARED } from './shared-channels.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;
type Answer = Awaited<ReturnType<Fetch>>;
/** Of a call whose body is text: everything but files. */
type Init = NonNullable<Parameters<Fetch>[1]> & { body: string };

type Told = (way: string, content: unknown, cuts: readonly string[]) => void;

export interface Exit {
  /** For every client that speaks to Slack; Bolt answers response_urls by it too. */
  readonly fetch: Fetch;
  /** Looks at every request on its way in, for where it may be answered, and at every acknowledgement on its way out. */
  guard(app: App): void;
  /** Who hears of a channel in which something was kept from leaving: once a channel and start. */
  onShared(tell: (channel: string) => void): void;
  /** Says the same of a channel that was looked up elsewhere. */
  shared(channel: string): void;
}

const CONTENT = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.update']);
const VIEWS = new Set(['views.open', 'views.push', 'views.update', 'views.publish']);
const FILES = 'files.completeUploadExternal';
/** Answers of the last half hour, after which Slack takes none. */
const REMEMBERED = 5000;

/**
 * The one place where everything leaves for Slack: calls of every client, answers, acknowledgements. Here it is made to fit Slack's limits, and kept
 * back from channels that another company reads. Below the clients, since Bolt makes its own for each request.
 */
export function openExit(slack: string, token: string, log: Logger, send: Fetch = globalThis.fetch): Exit {
  const apiUrl = slack.endsWith('/') ? slack : `${slack}/`;
  const watch = channelWatch(apiUrl, token, send);
  const places = new Map<string, string>();
  const heard = new Set<string>();
  let tell = (_channel: string): void => {};
  const shared = (channel: string) => {
    if (heard.has(channel)) return;
    heard.add(channel);
    log.warn({ channel }, 'a channel is shared with another company; what belongs there waits');
    tell(channel);
  };
  const told = cutTeller(log);

  /** Null: it may leave. */
  const keptBack = async (method: string, fields: URLSearchParams): Promise<Answer | null> => {
    const channel = fields.get('channel') ?? fields.get('channel_id') ?? '';
    const sharing = await watch(channel);
    if (sharing.kind === 'ours') return null;
    if (method === 'chat.postEphemeral') {
      const { text, blocks } = plainAnswer(sharing.kind);
      fields.set('text', text);
      fields.set('blocks', JSON.stringify(blocks));
      return null;
    }
    if (sharing.kind === 'unknown') return sharing.answer();
    shared(channel);
    return Response.json({ ok: false, error: SHARED });
  };

  const call = async (method: string, url: string, init: Init): Promise<Answer> => {
    const fields = new URLSearchParams(init.body);
    const before = fields.toString();
    fitFields(method, fields, told);
    const kept = VIEWS.has(method) ? null : await keptBack(method, fields);
    if (kept) return kept;
    const after = fields.toString();
    return send(url, after === before ? init : { ...init, body: after });
  };

  const answer = async (url: string, channel: string, init: Init): Promise<Answer> => {
    const given = JSON.parse(init.body) as Json & { text?: string; blocks?: Json[] };
    const sharing = await watch(channel);
    if (sharing.kind !== 'ours') return send(url, { ...init, body: JSON.stringify({ ...given, ...plainAnswer(sharing.kind) }) });
    const { value, cuts } = fitMessage({
      ...(given.text === undefined ? {} : { text: given.text }),
      ...(given.blocks ? { blocks: given.blocks } : {}),
    });
    told('answer', given.blocks, cuts);
    return send(url, cuts.length === 0 ? init : { ...init, body: JSON.stringify({ ...given, ...value }) });
  };

  return {
    shared,
    onShared: (listener) => {
      tell = listener;
    },
    fetch: async (input, init) => {
      const url = String(input);
      const texts = init && typeof init.body === 'string' ? (init as Init) : null;
      const method = url.startsWith(apiUrl) ? url.slice(apiUrl.length) : '';
      if (texts && (CONTENT.has(method) || VIEWS.has(method) || method === FILES)) return call(method, url, texts);
      const place = places.get(url);
      return texts && place !== undefined ? answer(url, place, texts) : send(input, init);
    },
    guard(app) {
      const process = app.processEvent.bind(app);
      app.processEvent = (event: ReceiverEvent) => {
        remember(places, event.body);
        const ack: ReceiverEvent['ack'] = (response) => {
          const { value, cuts } = fitAck(response);
          told('acknowledgement', response, cuts);
          return event.ack(value as typeof response);
        };
        return process({ ...event, ack });
      };
    },
  };
}

function cutTeller(log: Logger): Told {
  return (way, content, cuts) => {
    if (cuts.length > 0) log.warn({ way, cuts, ids: idsIn(content) }, 'something was too long for Slack and was shortened');
  };
}

/** Shortens what a call carries where Slack would refuse it, and says so. */
function fitFields(method: string, fields: URLSearchParams, told: Told): void {
  if (VIEWS.has(method)) {
    const view = JSON.parse(fields.get('view') ?? 'null') as Json | null;
    const fitted = view && fitView(view);
    if (fitted && fitted.cuts.length > 0) fields.set('view', JSON.stringify(fitted.value));
    told(method, view, fitted?.cuts ?? []);
  } else if (CONTENT.has(method)) {
    const [text, blocks] = [fields.get('text'), fields.get('blocks')];
    const content = { ...(text === null ? {} : { text }), ...(blocks === null ? {} : { blocks: JSON.parse(blocks) as Json[] }) };
    const { value, cuts } = fitMessage(content);
    if (cuts.length > 0 && value.text !== undefined) fields.set('text', value.text);
    if (cuts.length > 0 && value.blocks !== undefined) fields.set('blocks', JSON.stringify(value.blocks));
    told(method, content.blocks, cuts);
  }
}

function plainAnswer(why: 'shared' | 'unknown') {
  const text = why === 'shared' ? NOT_SHOWN_HERE : NOT_KNOWN_HERE;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text } }] };
}

/** Where a request can be answered, and in which channel that is. */
function answerPlace(body: Json): [url: string, channel: string] {
  const channel = (body.channel as { id?: unknown } | undefined)?.id ?? body.channel_id;
  return [typeof body.response_url === 'string' ? body.response_url : '', typeof channel === 'string' ? channel : ''];
}

function remember(places: Map<string, string>, body: Json): void {
  const [url, channel] = answerPlace(body);
  if (url === '') return;
  const oldest = places.keys().next().value;
  if (places.size >= REMEMBERED && oldest !== undefined) places.delete(oldest);
  places.set(url, channel);
}

/** What names a view or a message to us, for the log: none of it comes from data. */
function idsIn(content: unknown): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (found.length >= 5 || typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if ((key === 'callback_id' || key === 'action_id') && typeof each === 'string') found.push(each.slice(0, 60));
      else look(each);
    }
  };
  look(content);
  return found;
}
