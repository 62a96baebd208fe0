/** Who, when, by which command: stamped on every recorded fact. */
export interface FactStamp {
  /** `<aggregate>:<n>`, n = 1, 2, ... without a gap. */
  readonly id: string;
  /** 'account:<id>', 'team', ... */
  readonly aggregate: string;
  /** ISO instant. */
  readonly at: string;
  /** Slack user id, or 'clock', 'rule', 'import'. */
  readonly by: string;
  /** Id of the command that caused it; a repeated command records nothing. */
  readonly command: string;
}

export type Stamped<Fact> = Fact & FactStamp;

/** Stamps facts in order behind the `known` ones of their aggregate. */
export function stamp<Fact extends { type: string }>(
  facts: readonly Fact[],
  aggregate: string,
  known: number,
  by: string,
  command: string,
  now: Temporal.Instant,
): Stamped<Fact>[] {
  return facts.map((fact, index) => ({ ...fact, id: `${aggregate}:${known + index + 1}`, aggregate, at: now.toString(), by, command }));
}
