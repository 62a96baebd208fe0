import type { Draft } from './draft.ts';
import type { Unusual } from './unusual.ts';

/** Milliseconds for which an email has been drawn before a press on it counts; a second press of a double click comes sooner. Our own policy. */
export const LEAST_SHOWN = { plain: 1_200, careful: 4_000, list: 3_000 } as const;

/** How long this email has to be looked at: longer where something is to be looked at, or the words are firm or formal. */
export function leastShown(draft: Pick<Draft, 'text' | 'secondPerson'>, unusual: readonly Unusual[]): number {
  return unusual.length > 0 || draft.secondPerson || draft.text.tone !== 'friendly' ? LEAST_SHOWN.careful : LEAST_SHOWN.plain;
}

/** What a button or form was drawn over: `at` is when, in milliseconds; `facts` how many the draft had by then: the same words may come back. */
export interface Shown {
  readonly id: string;
  readonly hash: string;
  readonly facts: number;
  readonly at: number;
  readonly least: number;
}

/** Pressed before anybody can have read it; a clock that went back counts as no time at all. */
export function tooSoon({ at, least }: Pick<Shown, 'at' | 'least'>, now: number): boolean {
  return now - at < least;
}
