import type { Json } from '../state/model.ts';

export type Kind = 'events_api' | 'slash_commands' | 'interactive';

export interface Retry {
  attempt: number;
  reason: string;
}

/** How the app answered one delivery. `body` is what it sent along with the acknowledgement, '' when nothing. */
export type Answer = { acked: true; body: unknown } | Unanswered;
export type Unanswered =
  | { acked: false; why: 'not_connected' }
  | { acked: false; why: 'timeout' }
  | { acked: false; why: 'status'; status: number };

/** A way to the app: Socket Mode or signed HTTP requests. */
export interface Transport {
  connected(): boolean;
  send(kind: Kind, payload: Json, retry?: Retry): Promise<Answer>;
  /** Closes what is open; nothing is delivered afterwards. */
  stop(): void;
}
