import { type AuthTestResponse, WebClient, type WebClientOptions } from '@slack/web-api';
import { Condition, type ConditionNeeds } from './condition.ts';
import { SlackProblem, whatIsWrong } from './problems.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** Seconds between two looks at a Slack that is away. The last one is below the ten seconds within which all must work again. */
const PAUSES = [1, 2, 4, 5];
/** A token that was revoked shows in no failed connection. auth.test has a tier of its own, of hundreds a minute. */
const LOOK_EVERY_MS = 60_000;

export const pauseAfter = (tries: number): number => 1000 * PAUSES[Math.min(tries, PAUSES.length - 1)]!;

/**
 * Whether Slack's Web API answers the bot. A call that fails for want of an answer is a suspicion; auth.test, repeated until it is answered,
 * decides. Meanwhile nothing else need be tried, and everybody hears at once that it is back.
 */
export class ApiWatch {
  readonly condition: Condition;
  /** For every client of the bot: notices calls that find nobody there. */
  readonly fetch: Fetch;
  readonly #client: WebClient;
  readonly #onBack: (() => void)[] = [];
  readonly #signal: AbortSignal;
  #looking: Promise<AuthTestResponse> | null = null;
  #failed: (error: Error) => void = () => {};

  /** `options` as for every client; its fetch is what reaches Slack. */
  constructor(token: string, options: WebClientOptions, ports: ConditionNeeds, signal: AbortSignal) {
    this.condition = new Condition('Slack’s Web API answers', ports);
    this.#client = new WebClient(token, options);
    this.#signal = signal;
    const reach: Fetch = options.fetch ?? globalThis.fetch;
    this.fetch = async (url, init) => {
      try {
        const response = await reach(url, init);
        if (response.status >= 500) this.suspect();
        return response;
      } catch (error) {
        this.suspect();
        throw error;
      }
    };
  }

  get away(): boolean {
    return !this.condition.ok;
  }

  onBack(run: () => void): void {
    this.#onBack.push(run);
  }

  /** Who the bot is. Waits for a Slack that is away. Throws SlackProblem for what only a person can mend, and when it has waited long enough. */
  async begin(): Promise<AuthTestResponse> {
    return this.#look(true);
  }

  /** Looks now and every minute. `failed` hears that it has been away for long enough. */
  keepLooking(ports: ConditionNeeds, failed: (error: Error) => void): void {
    this.#failed = failed;
    const often = async () => {
      for (;;) {
        await ports.waits.sleep(LOOK_EVERY_MS, this.#signal);
        await this.back();
        this.suspect();
      }
    };
    // Ends when the bot stops.
    often().catch(() => undefined);
  }

  /** Something went wrong that may be Slack's absence. */
  suspect(): void {
    if (this.#signal.aborted) return;
    this.#looking ??= this.#look(false).finally(() => {
      this.#looking = null;
    });
    this.#looking.catch((error) => {
      if (!this.#signal.aborted) this.#failed(error);
    });
  }

  /** Resolves when Slack answers; at once when nothing is the matter. */
  async back(): Promise<void> {
    await this.#looking?.catch(() => undefined);
  }

  async #look(starting: boolean): Promise<AuthTestResponse> {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await this.#client.auth.test();
        if (this.condition.well()) for (const run of this.#onBack) run();
        return answer;
      } catch (error) {
        this.#signal.throwIfAborted();
        const wrong = whatIsWrong(error);
        if (starting && wrong.lasting) throw new SlackProblem(wrong.sentence, { cause: error });
        this.condition.ill(wrong.sentence);
        await this.condition.pause(wrong.seconds === undefined ? pauseAfter(tries) : 1000 * wrong.seconds, this.#signal);
      }
    }
  }
}
