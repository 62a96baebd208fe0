import type { z } from 'zod';
import { Refused } from './listeners.ts';

/** What a button or a form carries, as it was written there. Throws Refused for anything else: it may be of an older version, or of nobody's making. */
export function readCarried<T>(shape: z.ZodType<T>, text: string): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new Refused('I cannot read this button or form: it may be from an older version of me. Nothing was changed. Open it again.');
  }
}

/** What a button carries, read back from Slack; null when it is no JSON. To be checked by a schema. */
export function anyCarried(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
