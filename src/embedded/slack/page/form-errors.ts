import type { AnyBlock, InputBlock } from '@slack/types';
import { blockIdOf, type ElementJson, type Entries, entryKey, heldValue, initialValue } from './form-state.ts';

/** What Slack's client refuses before anything is sent, by block_id, in its words. Empty when the form may go. */
export function formErrors(blocks: readonly AnyBlock[], entries: Entries): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [index, block] of blocks.entries()) {
    if (block.type !== 'input') continue;
    const input = block as InputBlock;
    const element = input.element as unknown as ElementJson;
    const blockId = blockIdOf(block, index);
    const held = heldValue(entries.get(entryKey(blockId, element)) ?? initialValue(element) ?? {});
    const problem = held === null ? missing(input) : wrong(element, held);
    if (problem) errors[blockId] = problem;
  }
  return errors;
}

const missing = (input: InputBlock): string | null => (input.optional ? null : 'Please complete this required field.');

function wrong(element: ElementJson, held: unknown): string | null {
  if (typeof held !== 'string') return null;
  switch (element.type) {
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(held) ? null : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/i.test(held) ? null : 'Please enter a valid URL, starting with http:// or https://.';
    case 'number_input':
      return wrongNumber(element, held);
    case 'plain_text_input':
      return wrongLength(element, held);
    default:
      return null;
  }
}

function wrongNumber(element: ElementJson, held: string): string | null {
  if (!/^-?\d+(\.\d+)?$/.test(held)) return 'Please enter a number.';
  if (!element.is_decimal_allowed && held.includes('.')) return 'Please enter a whole number.';
  if (element.min_value !== undefined && Number(held) < Number(element.min_value)) return `Please enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && Number(held) > Number(element.max_value)) return `Please enter ${element.max_value} or less.`;
  return null;
}

function wrongLength(element: ElementJson, held: string): string | null {
  const { min_length: min, max_length: max } = element as { min_length?: number; max_length?: number };
  if (min !== undefined && held.length < min) return `Please enter at least ${min} characters.`;
  const over = max === undefined ? 0 : held.length - max;
  if (over > 0) return `This is ${over === 1 ? '1 character' : `${over} characters`} too long.`;
  return null;
}
