import type { Stamped } from './fact.ts';

/** What a stored state has beside it: how many facts it has recorded, and the last commands that were carried out. */
export interface Recorded {
  readonly facts: number;
  readonly commands: readonly string[];
}

/** A state of the house that is one document and begins with one of the product's own: the team, its policies, who approves what. */
export interface HouseStore<State extends { readonly version: number }, Fact extends { readonly type: string }> {
  read(): Promise<State & Recorded>;
  /** One guarded update: state and facts together, or nothing. False when the version has moved on. */
  save(before: Pick<State, 'version'>, after: Omit<State, 'version'>, facts: readonly Stamped<Fact>[], command: string): Promise<boolean>;
}
