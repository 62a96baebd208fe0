import { randomBytes } from 'node:crypto';
import type { Timing } from '../timing.ts';
import { ApiError } from '../web-api/api-error.ts';

const USES = 5;

interface Issued {
  channel: string;
  person: string;
  /** The message that was clicked; a command has none. */
  original?: string;
  uses: number;
  until: number;
}

/** Where an app answers an interaction: five times within thirty minutes. */
export class ResponseUrls {
  #issued = new Map<string, Issued>();
  #base: () => string;
  #timing: Timing;

  /** @param base http://127.0.0.1:port, known once the workspace listens */
  constructor(base: () => string, timing: Timing) {
    this.#base = base;
    this.#timing = timing;
  }

  issue(channel: string, person: string, original?: string): string {
    const now = Date.now();
    for (const [token, each] of this.#issued) if (each.until < now - this.#timing.responseUrl) this.#issued.delete(token);
    const token = randomBytes(16).toString('hex');
    this.#issued.set(token, { channel, person, uses: 0, until: now + this.#timing.responseUrl, ...(original && { original }) });
    return `${this.#base()}/response/${token}`;
  }

  /** Uses one up: where its answer goes. @throws ApiError expired_url or used_url */
  take(token: string): Issued {
    const issued = this.#issued.get(token);
    if (!issued || Date.now() > issued.until) throw new ApiError('expired_url');
    if (issued.uses >= USES) throw new ApiError('used_url');
    issued.uses += 1;
    return issued;
  }
}
