/** Synchronised to the store's time in production. Commands read it once and pass `now` on as a value. */
export interface Clock {
  now(): Temporal.Instant;
}

/** Pauses by the machine's own time, apart from the product's clock: tests let two hours pass in moments. */
export interface Waits {
  now(): Temporal.Instant;
  /** Rejects with the signal's reason as soon as that is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** SHA-256 in hex over a value, whatever the order of its keys (RFC 8785). */
export type Fingerprint = (value: unknown) => string;

/** Whose public holidays the calendar knows. */
export interface HolidayPlaces {
  country(code: string): boolean;
  /** Codes of a country's regions; empty where it has none. */
  regions(country: string): readonly string[];
}
