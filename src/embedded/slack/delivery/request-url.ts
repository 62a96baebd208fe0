import { createHmac } from 'node:crypto';
import type { Faults } from '../faults.ts';
import type { Json } from '../state/model.ts';
import type { Timing } from '../timing.ts';
import type { Answer, Kind, Retry, Transport } from './transport.ts';

const OLD = 6 * 60;

/** v0 signature of a raw body. @param timestamp Unix seconds */
function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** HTTP mode: signed POST requests to the app's request URLs in turn; the response is the acknowledgement. */
export class RequestUrl implements Transport {
  #urls: string[];
  #secret: string;
  #timing: Timing;
  #faults: Faults;
  #turn = 0;
  #stopped = new AbortController();
  #reachable = true;
  #onChange: (connected: boolean) => void;

  constructor(urls: string[], secret: string, timing: Timing, faults: Faults, onChange: (connected: boolean) => void) {
    this.#urls = urls;
    this.#secret = secret;
    this.#timing = timing;
    this.#faults = faults;
    this.#onChange = onChange;
  }

  /** Whether the last request reached the app; nobody knows before the first. */
  connected(): boolean {
    return this.#reachable;
  }

  send(kind: Kind, payload: Json, retry?: Retry): Promise<Answer> {
    return this.sendTo(this.#urls[this.#turn++ % this.#urls.length]!, kind, payload, retry);
  }

  /** To a URL of its own: Slack asks for a menu's options elsewhere than it sends clicks. */
  async sendTo(url: string, kind: Kind, payload: Json, retry?: Retry): Promise<Answer> {
    const body = encode(kind, payload);
    const json = kind === 'events_api';
    const headers = {
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (local workspace)',
      ...(retry && { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }),
      ...this.#signed(body),
    };
    const signal = AbortSignal.any([AbortSignal.timeout(this.#timing.ack), this.#stopped.signal]);
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      const text = await response.text();
      this.#reached(true);
      if (!response.ok) return { acked: false, why: 'status', status: response.status };
      return { acked: true, body: response.headers.get('content-type')?.includes('json') ? parsed(text) : text };
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') return { acked: false, why: 'timeout' };
      this.#reached(false);
      return { acked: false, why: 'not_connected' };
    }
  }

  #reached(reachable: boolean): void {
    if (reachable !== this.#reachable) this.#onChange(reachable);
    this.#reachable = reachable;
  }

  #signed(body: string): Record<string, string> {
    const how = this.#faults.take('signature')?.how;
    const now = Math.floor(Date.now() / 1000);
    const timestamp = how === 'stale' ? now - OLD : how === 'future' ? now + OLD : now;
    if (how === 'unsigned') return {};
    return {
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature(this.#secret, timestamp, how === 'altered' ? `${body} ` : body),
    };
  }

  stop(): void {
    this.#stopped.abort();
  }
}

function encode(kind: Kind, payload: Json): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(fields).toString();
}

function parsed(text: string): unknown {
  try {
    return text === '' ? '' : JSON.parse(text);
  } catch {
    return text;
  }
}
