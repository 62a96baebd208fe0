/** Repeatable chance: the same seed always makes the same ledger. */
export interface Chance {
  /** From low to high, both included. */
  between(low: number, high: number): number;
  of(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(all: readonly T[]): T[];
}

/** Mulberry32. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    of: (probability) => next() < probability,
    pick: (from) => from[between(0, from.length - 1)]!,
    shuffled(all) {
      const mixed = [...all];
      for (let i = mixed.length - 1; i > 0; i -= 1) {
        const j = between(0, i);
        [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
      }
      return mixed;
    },
  };
}
