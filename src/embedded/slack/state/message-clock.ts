/** Timestamps that only grow, also after a restart with the clock set back. @param last the newest one given out before */
export function messageClock(last: string, now: () => number = Date.now): () => string {
  let previous = BigInt(last.replace('.', ''));
  return () => {
    const micros = BigInt(now()) * 1000n;
    previous = micros > previous ? micros : previous + 1n;
    const digits = previous.toString().padStart(7, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };
}
