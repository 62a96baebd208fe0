import { inTurns } from './in-turns.op.ts';

/** Time spent on failing ones after which the cause is not theirs: a store that is away lets each of thousands wait. */
const PATIENCE_MS = 30_000;
const NAMED = 10;

/** Some of many failed, each for a reason of its own. */
export class SomeFailed extends AggregateError {
  constructor(what: string, failures: readonly (readonly [id: string, error: unknown])[], total: number, broughtToEnd: boolean) {
    const named = failures.slice(0, NAMED).map(([id, error]) => `${id} (${error instanceof Error ? error.message : error})`);
    const more = failures.length > NAMED ? `; and ${failures.length - NAMED} more` : '';
    const rest = broughtToEnd ? '' : '; those behind them were not looked at';
    super(
      failures.map(([, error]) => error),
      `${failures.length} of ${total} ${what} could not be handled: ${named.join('; ')}${more}${rest}`,
      { cause: failures[0]![1] },
    );
    this.name = 'SomeFailed';
  }
}

/** What failed of the many, for whoever has to go on; another error is thrown. */
export async function failureOf(work: Promise<unknown>): Promise<SomeFailed | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof SomeFailed) return error;
    throw error;
  }
}

/**
 * Does it for each of many; what fails for one holds up no other. Throws SomeFailed at the end, which names the failed ones by id, never by name: it is
 * logged and shown to admins. `what` as in "3 of 40 accounts".
 */
export async function eachAlone<T>(
  what: string,
  all: Iterable<T>,
  idOf: (each: T) => string,
  run: (each: T) => Promise<unknown>,
): Promise<void> {
  const listed = [...all];
  const failures: [string, unknown][] = [];
  let spent = 0;
  for await (const [n, each] of inTurns(listed.entries())) {
    const began = performance.now();
    try {
      await run(each);
    } catch (error) {
      failures.push([idOf(each), error]);
      spent += performance.now() - began;
      if (spent > PATIENCE_MS) throw new SomeFailed(what, failures, listed.length, n === listed.length - 1);
    }
  }
  if (failures.length > 0) throw new SomeFailed(what, failures, listed.length, true);
}
