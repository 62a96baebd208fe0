import { type Day, day } from '../kernel/day.ts';

/** The day in a file's name, such as 2026-11-30 or 20261130 or 30.11.2026; null where there is none. */
export function dayInName(name: string): Day | null {
  const iso = /(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(name);
  const turned = /(?<!\d)(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.](20\d\d)(?!\d)/.exec(name);
  const [year, month, on] = iso ? iso.slice(1) : turned ? turned.slice(1).reverse() : [];
  try {
    return day(`${year}-${month}-${on}`);
  } catch {
    return null;
  }
}

/** Equal for files whose names differ by digits alone. */
export const seriesOf = (name: string): string => name.toLowerCase().replaceAll(/\d+/g, '0');
