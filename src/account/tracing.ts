import type { Day } from '../kernel/day.ts';
import { type AddedContact, addedProblem, type ContactBook, type ContactRefusal } from './contact-book.ts';
import type { Moment } from './moment.ts';

/** Where people look for a customer who cannot be reached. */
export const TRACING_SOURCES = ['register', 'website', 'switchboard', 'account-owner', 'former-contact', 'credit-agency', 'other'] as const;
export type TracingSource = (typeof TRACING_SOURCES)[number];

export interface TracingStep {
  readonly source: TracingSource;
  readonly result: string;
  /** Minor units; 0: it cost nothing. */
  readonly cost: number;
  readonly currency: string;
  readonly on: Day;
  readonly by: string;
}

/** `step`: which of the steps tried found them, from 1; a button is about that one and no other. */
export type FoundContact = AddedContact & { readonly step: number };

/** The task to find somebody who answers: opened when mail bounces and calls fail. */
export interface Tracing {
  readonly opened: Day;
  readonly tried: readonly TracingStep[];
  /** Waits for a person to say that this is the right one. */
  readonly found: FoundContact | null;
}

/** Which search, and which of its steps: a button of an older one adds nobody. */
export interface FoundRef {
  readonly opened: Day;
  readonly step: number;
}

export type TracingRequest =
  | {
      readonly do: 'trace';
      readonly source: TracingSource;
      readonly result: string;
      readonly cost: number;
      readonly currency: string;
      /** Somebody to be confirmed, or null. */
      readonly found: Omit<AddedContact, 'source'> | null;
    }
  /** The contact enters the file under this id. */
  | ({ readonly do: 'confirm-found'; readonly id: string } & FoundRef)
  | ({ readonly do: 'drop-found' } & FoundRef)
  | { readonly do: 'end-tracing'; readonly reason: string };

export type TracingFact =
  | { readonly type: 'tracing-opened'; readonly bounced: number; readonly failedCalls: number }
  | ({ readonly type: 'tracing-step' } & Omit<TracingStep, 'on' | 'by'>)
  | ({ readonly type: 'contact-found'; readonly step: number } & AddedContact)
  | ({ readonly type: 'contact-added'; readonly contact: string } & AddedContact)
  | { readonly type: 'found-dropped'; readonly name: string }
  | { readonly type: 'tracing-ended'; readonly reason: string };

export type TracingRefusal = 'not-tracing' | 'nothing-found' | 'reason-missing' | 'amount-not-positive' | ContactRefusal;

export interface Traced {
  readonly tracing: Tracing | null;
  readonly book: ContactBook;
  readonly facts: readonly TracingFact[];
}

/** Opens once: while one is open, or while nothing has failed since the last one ended, there is no second. */
const CALLS_FAILED = 2;

export function opensTracing(book: ContactBook, failedCalls: number, tracing: Tracing | null, ended: Day | null): TracingFact | null {
  const bounced = book.filter((note) => note.bounced && (ended === null || note.bounced.on > ended)).length;
  if (tracing || bounced === 0 || failedCalls < CALLS_FAILED) return null;
  return { type: 'tracing-opened', bounced, failedCalls };
}

export function decideTracing(
  tracing: Tracing | null,
  book: ContactBook,
  request: TracingRequest,
  { by, today }: Moment,
): Traced | { readonly refused: TracingRefusal } {
  if (!tracing) return { refused: 'not-tracing' };
  switch (request.do) {
    case 'trace': {
      const { source, result, cost, currency, found } = request;
      if (result.trim() === '') return { refused: 'reason-missing' };
      if (!Number.isSafeInteger(cost) || cost < 0) return { refused: 'amount-not-positive' };
      const contact = found && { ...found, source };
      const problem = contact && addedProblem(contact);
      if (problem) return { refused: problem };
      const tried = [...tracing.tried, { source, result, cost, currency, on: today, by }];
      const facts: TracingFact[] = [{ type: 'tracing-step', source, result, cost, currency }];
      const step = tried.length;
      if (contact) facts.push({ type: 'contact-found', step, ...contact });
      return { tracing: { ...tracing, tried, found: contact ? { ...contact, step } : tracing.found }, book, facts };
    }
    case 'confirm-found': {
      if (!isAbout(request, tracing)) return { refused: 'nothing-found' };
      const { step: _, ...added } = tracing.found;
      return {
        tracing: null,
        // Whoever was found is the one to write to from now on.
        book: [...book, { id: request.id, added, rank: 0 }],
        facts: [
          { type: 'contact-added', contact: request.id, ...added },
          { type: 'tracing-ended', reason: '' },
        ],
      };
    }
    case 'drop-found':
      if (!isAbout(request, tracing)) return { refused: 'nothing-found' };
      return { tracing: { ...tracing, found: null }, book, facts: [{ type: 'found-dropped', name: tracing.found.name }] };
    case 'end-tracing':
      if (request.reason.trim() === '') return { refused: 'reason-missing' };
      return { tracing: null, book, facts: [{ type: 'tracing-ended', reason: request.reason }] };
  }
}

function isAbout({ opened, step }: FoundRef, tracing: Tracing): tracing is Tracing & { readonly found: FoundContact } {
  return tracing.opened === opened && tracing.found?.step === step;
}
