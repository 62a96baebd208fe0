/** HTTP 429 with Retry-After. @param seconds whole seconds */
export class RateLimited extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super('ratelimited');
    this.seconds = seconds;
  }
}
