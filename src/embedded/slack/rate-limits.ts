/** How much of Slack's rate limits applies: all of it, none, or this many times as much. */
export type LimitSetting = 'slack' | 'off' | { factor: number };

/** A method's allowance: requests a minute, and how many may come at once. */
export interface Allowance {
  perMinute: number;
  burst: number;
}

/** Tiers 1 to 4. Slack promises "at least" the rate and tolerates bursts: half a minute's worth here. */
export const TIERS = {
  1: { perMinute: 1, burst: 3 },
  2: { perMinute: 20, burst: 10 },
  3: { perMinute: 50, burst: 25 },
  4: { perMinute: 100, burst: 50 },
} as const satisfies Record<number, Allowance>;
export const POST_PER_CHANNEL: Allowance = { perMinute: 60, burst: 3 };
export const POST_PER_TEAM: Allowance = { perMinute: 300, burst: 100 };

/** Token buckets by key. */
export class RateLimits {
  #buckets = new Map<string, { level: number; at: number }>();
  setting: LimitSetting;

  constructor(setting: LimitSetting) {
    this.setting = setting;
  }

  /** Counts one request. @returns 0 when admitted, else the whole seconds to wait (Retry-After) */
  take(key: string, allowance: Allowance, now = Date.now()): number {
    if (this.setting === 'off') return 0;
    const factor = this.setting === 'slack' ? 1 : this.setting.factor;
    const burst = Math.max(1, allowance.burst * factor);
    const perMs = (allowance.perMinute * factor) / 60_000;
    const bucket = this.#buckets.get(key) ?? { level: burst, at: now };
    const level = Math.min(burst, bucket.level + (now - bucket.at) * perMs);
    const admitted = level >= 1;
    this.#buckets.set(key, { level: admitted ? level - 1 : level, at: now });
    return admitted ? 0 : Math.max(1, Math.ceil((1 - level) / perMs / 1000));
  }
}
