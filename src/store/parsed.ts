import type { z } from 'zod';

/**
 * A stored state as its shape has it: what does not fit is neither read nor written, so that a fault shows where it is made and not months later.
 * The error names places, never what stands in them.
 */
export function parsed<T>(shape: z.ZodType<T>, name: string, state: unknown): T {
  const result = shape.safeParse(state);
  if (result.success) return result.data;
  const places = result.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} (${code})`);
  throw new Error(`${name} is not as it must be: ${places.join(', ')}`);
}
