/** One kind of work of this instance, run after run, so that it never holds two leases of the same queue. */
export interface OneAtATime {
  /** Runs when what is under way has ended; settles as the run does. */
  readonly now: () => Promise<unknown>;
  /** Sees to it that a run begins after this call, for whoever does not wait; `failed` is told. */
  readonly soon: () => void;
  /** Resolves when nothing runs. */
  readonly idle: () => Promise<unknown>;
}

export function oneAtATime(run: () => Promise<unknown>, failed: (error: unknown) => void): OneAtATime {
  let working: Promise<unknown> = Promise.resolve();
  let queued = 0;
  const now = () => {
    queued += 1;
    const mine = working.then(() => {
      queued -= 1;
      return run();
    });
    working = mine.catch(() => {});
    return mine;
  };
  const soon = () => {
    // One that has not begun yet will see what this one would: behind a run that hangs they must not heap up.
    if (queued === 0) now().catch(failed);
  };
  return { now, soon, idle: () => working };
}
