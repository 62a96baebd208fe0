/** Somebody at a customer who wants to be forgotten. */
export interface PersonToErase {
  /** Contact id. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** Of an office holder; left out: none is known. */
  readonly address?: string;
}

/** Says that, by whom and why; nothing of the person but an id that leads nowhere any more. */
export type ErasureFact = { readonly type: 'person-erased'; readonly contact: string; readonly reason: string };

export const ERASED = '[erased]';
/** A shorter name is part of other words. */
const SHORTEST = 4;

const marksOf = ({ name, email, phone, address = '' }: PersonToErase) =>
  [address, email, phone, name].map((mark) => mark.trim()).filter((mark) => mark.length >= SHORTEST);

/** Whether a value names the person anywhere, by id, name, address or number, in any case. */
export function mentions(value: unknown, person: PersonToErase): boolean {
  const marks = marksOf(person).map((mark) => mark.toLowerCase());
  const inside = (each: unknown): boolean => {
    if (typeof each === 'string') return each === person.id || marks.some((mark) => each.toLowerCase().includes(mark));
    if (Array.isArray(each)) return each.some(inside);
    return typeof each === 'object' && each !== null && Object.values(each).some(inside);
  };
  return inside(value);
}

/** The value with every such mention replaced; ids stay, since they lead nowhere. */
export function withoutPerson<T>(value: T, person: PersonToErase): T {
  const marks = marksOf(person).map((mark) => new RegExp(RegExp.escape(mark), 'gi'));
  const clean = (each: unknown): unknown => {
    if (typeof each === 'string') return marks.reduce((text, mark) => text.replace(mark, ERASED), each);
    if (Array.isArray(each)) return each.map(clean);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(value) as T;
}
