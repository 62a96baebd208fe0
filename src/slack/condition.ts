import type { Logger } from 'pino';
import type { Waits } from '../kernel/clock.port.ts';
import { SlackProblem } from './problems.ts';

export interface ConditionNeeds {
  readonly log: Logger;
  readonly waits: Waits;
  /** So many minutes of trouble on end are enough; Infinity: never enough. */
  readonly giveUpMinutes: number;
}

/** For /healthz: never more than what Slack or the network said. */
export interface ConditionReport {
  readonly ok: boolean;
  /** ISO time of the last change. */
  readonly since: string;
  readonly problem: string | null;
}

/** How one of the ways to Slack is. A change is said in the log once, however often it is found again. */
export class Condition {
  readonly #what: string;
  readonly #ports: ConditionNeeds;
  #since: Temporal.Instant;
  #problem: string | null = null;
  #told = false;

  /** `what` is well, in a sentence: "{what} again." */
  constructor(what: string, ports: ConditionNeeds) {
    this.#what = what;
    this.#ports = ports;
    this.#since = ports.waits.now();
  }

  get ok(): boolean {
    return this.#problem === null;
  }

  /** @returns whether it was ill before */
  well(): boolean {
    if (this.#problem === null) return false;
    const seconds = Math.round(this.#ports.waits.now().since(this.#since).total('seconds'));
    if (this.#told) this.#ports.log.info({ seconds }, `${this.#what} again`);
    this.#since = this.#ports.waits.now();
    this.#problem = null;
    this.#told = false;
    return true;
  }

  /** `quietly`: what may be over in a moment is not worth a warning. */
  ill(problem: string, quietly = false): void {
    if (this.#problem === null) this.#since = this.#ports.waits.now();
    const news = this.#problem !== problem || !this.#told;
    this.#problem = problem;
    if (quietly || !news) return;
    this.#told = true;
    this.#ports.log.warn(`${problem} Arrears keeps trying.`);
  }

  /** A pause while it is ill. Throws SlackProblem once that has been so for as long as the setting says. */
  async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    const { waits, giveUpMinutes } = this.#ports;
    const left = giveUpMinutes * 60_000 - waits.now().since(this.#since).total('milliseconds');
    if (this.#problem !== null && left <= 0) throw new SlackProblem(gaveUp(giveUpMinutes, this.#problem));
    await waits.sleep(this.#problem === null ? milliseconds : Math.min(milliseconds, left), signal);
  }

  report(): ConditionReport {
    return { ok: this.ok, since: this.#since.toString({ smallestUnit: 'second' }), problem: this.#problem };
  }
}

function gaveUp(minutes: number, problem: string): string {
  if (minutes === 0) return problem;
  return `Slack has not worked for ${minutes} minutes (SLACK_GIVE_UP_MINUTES), so this process ends for a fresh start. The last problem: ${problem}`;
}
