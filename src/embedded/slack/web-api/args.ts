import type { Json } from '../state/model.ts';
import { ApiError, invalidArgument } from './api-error.ts';

/** The arguments of one call, from a form or a JSON body; nested values of a form are JSON text. */
export class Args {
  #values: Json;

  constructor(values: Json) {
    this.#values = values;
  }

  has(name: string): boolean {
    const value = this.#values[name];
    return value !== undefined && value !== null && value !== '';
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object') throw invalidArgument(`must be a string [json-pointer:/${name}]`);
    return String(value);
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw invalidArgument(`missing required field: ${name}`);
    return value;
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(String(this.#values[name]));
  }

  /** A whole number within bounds. @throws ApiError invalid_limit (the name Slack uses for `limit`) or invalid_arguments */
  count(name: string, fallback: number, most: number): number {
    if (!this.has(name)) return fallback;
    const value = Number(this.#values[name]);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw name === 'limit' ? new ApiError('invalid_limit') : invalidArgument(`must be 1 to ${most}: ${name}`);
    return value;
  }

  /** A nested value. @throws ApiError with `error` when a form's text is no JSON */
  json(name: string, error = 'invalid_arguments'): unknown {
    const value = this.#values[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw new ApiError(error);
    }
  }

  list(name: string): string[] {
    const value = this.#values[name];
    const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
    return items.map((item) => String(item).trim()).filter((item) => item !== '');
  }
}

/** One page of items with Slack's cursor. @throws ApiError invalid_cursor */
export function page<T>(items: T[], args: Args, fallback: number, most = 1000): { items: T[]; cursor: string } {
  const limit = args.count('limit', fallback, most);
  const given = args.text('cursor') ?? '';
  const start =
    given === ''
      ? 0
      : Number(
          Buffer.from(given, 'base64')
            .toString()
            .match(/^from:(\d+)$/)?.[1] ?? Number.NaN,
        );
  if (Number.isNaN(start)) throw new ApiError('invalid_cursor');
  const end = start + limit;
  return { items: items.slice(start, end), cursor: end < items.length ? Buffer.from(`from:${end}`).toString('base64') : '' };
}
