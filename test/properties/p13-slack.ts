import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listeners } from '../../src/slack/listeners.ts';

/** One way into the bot: what a listener is called and what it asks of its user. */
export interface Way {
  /** A button may stand in a card's menu too. */
  readonly kind: keyof Listeners | 'menus';
  readonly name: string;
  readonly may: string;
}

export function waysInto(listeners: Listeners): Way[] {
  const ways = (Object.keys(listeners) as (keyof Listeners)[]).flatMap((kind): Way[] =>
    Object.entries(listeners[kind]).map(([name, { may }]) => ({ kind, name, may })),
  );
  const menus = ways.filter(({ kind, name }) => kind === 'clicks' && name.startsWith('account-'));
  return [...ways, ...menus.map(({ name, may }): Way => ({ kind: 'menus', name, may }))];
}

export interface Relay {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  /** Where answers to commands and clicks go. */
  readonly answerUrl: string;
  /** Everything the bot said to Slack since the last look: calls and answers, decoded. */
  take(): string[];
  close(): Promise<void>;
}

const body = async (request: IncomingMessage) => Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));

/** Stands between the bot and the workspace's Web API, and hears what the bot says. */
export async function startRelay(apiUrl: string): Promise<Relay> {
  let heard: string[] = [];
  const server = createServer(async (request, response) => {
    const sent = await body(request);
    const said = decodeURIComponent(
      sent
        .toString()
        .replaceAll('+', ' ')
        .replace(/%(?![0-9A-Fa-f]{2})/g, '%25'),
    );
    if (request.url!.startsWith('/answer')) {
      heard.push(`answer ${said}`);
      return response.writeHead(200).end('ok');
    }
    const method = request.url!.replace('/api/', '');
    // Asking who somebody is says nothing to anybody.
    if (method !== 'users.info') heard.push(`${method} ${said}`);
    const headers = Object.fromEntries(
      ['authorization', 'content-type'].flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
    );
    const answer = await fetch(`${apiUrl}${method}`, { method: 'POST', headers, body: sent });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${base}/api/`,
    answerUrl: `${base}/answer`,
    take() {
      const taken = heard;
      heard = [];
      return taken;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export type Forgery = 'stale' | 'future' | 'altered' | 'unsigned';
const SIX_MINUTES = 360;

/** Posts a request as Slack does, or as somebody who would like to be Slack. */
export async function postSigned(url: string, secret: string, contentType: string, content: string, forgery?: Forgery): Promise<Response> {
  const now = Math.floor(Date.now() / 1000);
  const stamp = String(forgery === 'stale' ? now - SIX_MINUTES : forgery === 'future' ? now + SIX_MINUTES : now);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${content}`).digest('hex')}`;
  const headers: Record<string, string> = { 'content-type': contentType };
  if (forgery !== 'unsigned') Object.assign(headers, { 'x-slack-request-timestamp': stamp, 'x-slack-signature': signature });
  return fetch(url, { method: 'POST', headers, body: forgery === 'altered' ? `${content}&x=1` : content });
}

let count = 0;

/** Where the card of a decision stands, for what is said in its thread. */
export const CASE_CARD = { channel: 'C0COLLECT', ts: '1.0001' };

/** The request that would reach a listener, as one person of one team. */
export function requestTo(way: Way, user: string, team: string, answerUrl: string): { contentType: string; content: string } {
  count += 1;
  const person = { id: user, team_id: team, username: user };
  const form = (fields: Record<string, string>) => ({
    contentType: 'application/x-www-form-urlencoded',
    content: new URLSearchParams(fields).toString(),
  });
  const interactive = (payload: object) =>
    form({
      payload: JSON.stringify({
        user: person,
        team: { id: team },
        api_app_id: 'A0ARREARS',
        token: 't',
        trigger_id: `t${count}`,
        ...payload,
      }),
    });
  switch (way.kind) {
    case 'commands':
    case 'parts': {
      const text = way.kind === 'parts' ? `${way.name} <@U0MARA|mara>` : 'all';
      const command = way.kind === 'parts' ? '/collections' : `/${way.name}`;
      return form({
        command,
        text,
        user_id: user,
        team_id: team,
        channel_id: 'C0COLLECT',
        trigger_id: `t${count}`,
        response_url: answerUrl,
        api_app_id: 'A0ARREARS',
      });
    }
    case 'clicks':
    case 'menus': {
      const container = { type: 'message', message_ts: '1.0001', channel_id: 'C0COLLECT', is_ephemeral: true };
      const at = { block_id: 'b', action_ts: `${count}.0` };
      const chosen = { type: 'static_select', action_id: 'account-more:{}', selected_option: { value: way.name } };
      const actions = [{ ...at, ...(way.kind === 'menus' ? chosen : { type: 'button', action_id: way.name, value: 'U0MARA' }) }];
      return interactive({
        type: 'block_actions',
        container,
        channel: { id: 'C0COLLECT', name: 'collections' },
        actions,
        response_url: answerUrl,
      });
    }
    case 'submits':
      return interactive({
        type: 'view_submission',
        view: {
          id: `V${count}`,
          type: 'modal',
          callback_id: way.name,
          private_metadata: '{"u":"U0MARA","c":"C0COLLECT"}',
          state: { values: {} },
        },
      });
    case 'shortcuts':
      return interactive({
        type: 'message_action',
        callback_id: way.name,
        message_ts: '1.0001',
        channel: { id: 'C0COLLECT', name: 'collections' },
        message: { type: 'message', user: 'U0MARA', ts: '1.0001', text: 'They pay on Friday.' },
        response_url: answerUrl,
      });
    case 'options':
      return interactive({ type: 'block_suggestion', action_id: way.name, block_id: 'b', value: 'no' });
    case 'events': {
      const event = {
        type: way.name === 'message.im' ? 'message' : way.name,
        user,
        user_id: user,
        channel: 'C0COLLECT',
        channel_id: 'C0COLLECT',
        tab: 'home',
        ...(way.name === 'message.im' ? { channel: 'D0MARA', channel_type: 'im', ts: `1.${count}`, text: 'Hello' } : {}),
        // A message counts in the thread of a decision only; its card stands there.
        ...(way.name === 'message' ? { ts: `1.${count + 1000}`, thread_ts: CASE_CARD.ts, text: 'I know them well.' } : {}),
        event_ts: `${count}.0`,
      };
      return {
        contentType: 'application/json',
        content: JSON.stringify({ type: 'event_callback', event_id: `Ev${count}`, team_id: team, api_app_id: 'A0ARREARS', event }),
      };
    }
  }
}
