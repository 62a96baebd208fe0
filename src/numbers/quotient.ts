/** A quotient kept exact until it is rounded once. The denominator is never nil. */
export interface Quotient {
  readonly over: bigint;
  readonly under: bigint;
}

export function quotient(over: number | bigint, under: number | bigint = 1): Quotient {
  const [a, b] = [BigInt(over), BigInt(under)];
  return b < 0n ? { over: -a, under: -b } : { over: a, under: b };
}

export function plus(a: Quotient, b: Quotient): Quotient {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function minus(a: Quotient, b: Quotient): Quotient {
  return plus(a, { over: -b.over, under: b.under });
}

/** The only rounding of a report: to two decimals, halves up (towards plus infinity). */
export function rounded({ over, under }: Quotient): number {
  const doubled = 200n * over + under;
  const by = 2n * under;
  const floor = doubled / by - (doubled % by < 0n ? 1n : 0n);
  return Number(floor) / 100;
}
