import type { Day } from '../kernel/day.ts';

/** Figures as they were on a day: kept once and never changed, so that they can be compared with what came. */
export interface Kept<Body> {
  readonly id: string;
  readonly kind: KeptKind;
  readonly day: Day;
  readonly body: Body;
}

export type KeptKind = 'snapshot' | 'forecast';

export interface KeptFigures {
  /** False when this id was kept before, by whichever instance. */
  keep<Body>(kept: Kept<Body>): Promise<boolean>;
  /** Between two days, both included, oldest first. */
  between<Body>(kind: KeptKind, from: Day, to: Day): Promise<Kept<Body>[]>;
  /** The latest up to a day; null when there is none. */
  latest<Body>(kind: KeptKind, to: Day): Promise<Kept<Body> | null>;
}
