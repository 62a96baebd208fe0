import { compare } from './compare.ts';
import { keyOf } from './keys.ts';
import { add, type BsonNumber, isNumber, toNumber } from './numbers.ts';
import { double } from './values.ts';

interface Running {
  add(value: unknown): void;
  result(): unknown;
}

/** What `$group` gathers, each started anew per group. Missing values are undefined. */
export const accumulators: Record<string, () => Running> = {
  $sum: () => {
    let sum: BsonNumber = 0;
    return {
      add: (value) => {
        if (isNumber(value)) sum = add(sum, value);
      },
      result: () => sum,
    };
  },
  $avg: () => {
    let sum = 0;
    let count = 0;
    return {
      add: (value) => {
        if (!isNumber(value)) return;
        sum += toNumber(value);
        count++;
      },
      result: () => (count === 0 ? null : double(sum / count)),
    };
  },
  $count: () => {
    let count = 0;
    return { add: () => count++, result: () => count };
  },
  $min: () => extreme((difference) => difference < 0),
  $max: () => extreme((difference) => difference > 0),
  $first: () => {
    let first: unknown;
    let seen = false;
    return {
      add: (value) => {
        if (!seen) first = value ?? null;
        seen = true;
      },
      result: () => first,
    };
  },
  $last: () => {
    let last: unknown;
    return {
      add: (value) => {
        last = value ?? null;
      },
      result: () => last,
    };
  },
  $push: () => {
    const values: unknown[] = [];
    return {
      add: (value) => {
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  },
  $addToSet: () => {
    const values = new Map<string, unknown>();
    return {
      add: (value) => {
        if (value !== undefined && !values.has(keyOf(value))) values.set(keyOf(value), value);
      },
      result: () => [...values.values()],
    };
  },
};

function extreme(wins: (difference: number) => boolean): Running {
  let best: unknown = null;
  return {
    add: (value) => {
      if (value !== undefined && value !== null && (best === null || wins(compare(value, best)))) best = value;
    },
    result: () => best,
  };
}
