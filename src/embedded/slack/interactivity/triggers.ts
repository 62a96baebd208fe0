import { randomBytes } from 'node:crypto';
import { ApiError } from '../web-api/api-error.ts';

interface Trigger {
  person: string;
  /** The modal the interaction came from, if it did: views.push needs one. */
  view?: string;
  issued: number;
  used: boolean;
}

/** What a click, command or shortcut lets the app do once within three seconds: open or push a modal. */
export class Triggers {
  #issued = new Map<string, Trigger>();
  #lifetime: () => number;

  constructor(lifetime: () => number) {
    this.#lifetime = lifetime;
  }

  issue(person: string, view?: string): string {
    if (this.#issued.size > 1000) this.#issued.delete(this.#issued.keys().next().value!);
    const id = `${Date.now()}.${Math.floor(Math.random() * 1e10)}.${randomBytes(16).toString('hex')}`;
    this.#issued.set(id, { person, issued: Date.now(), used: false, ...(view !== undefined && { view }) });
    return id;
  }

  /** @throws ApiError invalid_trigger_id, exchanged_trigger_id or expired_trigger_id */
  redeem(id: unknown): Trigger {
    const trigger = typeof id === 'string' ? this.#issued.get(id) : undefined;
    if (!trigger) throw new ApiError('invalid_trigger_id');
    if (trigger.used) throw new ApiError('exchanged_trigger_id');
    if (Date.now() - trigger.issued > this.#lifetime()) throw new ApiError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
