import { setTimeout as wait } from 'node:timers/promises';

/** Waits for a value to be there, at most half a minute. @param wanted what to say was not there */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  wanted: () => string = () => look.toString(),
): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited half a minute for ${wanted()}`);
    await wait(5);
  }
}
