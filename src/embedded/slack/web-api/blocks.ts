import { checkMessageBlocks, checkView } from '../block-kit/check.ts';
import type { Json } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { type Method, method } from './method.ts';

/** Each argument with the code that answers a fault in it, and how far into our own pointers its root lies. */
const SUBJECTS = {
  blocks: { error: 'invalid_blocks', root: '/blocks', check: checkMessageBlocks },
  message: { error: 'invalid_message', root: '', check: (value: unknown) => checkMessageBlocks((value as Json | null)?.blocks ?? []) },
  view: { error: 'invalid_view', root: '/view', check: checkView },
} as const;

const POINTED = /^(.*) \[json-pointer:(.*)\]$/s;

/**
 * Slack's own validator (docs.slack.dev/reference/methods/blocks.validate): exactly one of three arguments; a fault has pointer, code and message, and
 * a pointer into blocks begins at their array. The docs name one code, and say of limits only that special ones apply.
 */
function validate(_: unknown, args: Args): Json {
  const given = Object.keys(SUBJECTS).filter((name) => args.has(name)) as (keyof typeof SUBJECTS)[];
  const [name] = given;
  if (given.length !== 1 || !name) {
    const messages = ['must provide exactly one of `blocks`, `view`, or `message`'];
    throw new ApiError('invalid_arguments', { response_metadata: { messages } });
  }
  const { error, root, check } = SUBJECTS[name];
  try {
    check(args.json(name));
    return {};
  } catch (refused) {
    if (!(refused instanceof ApiError)) throw refused;
    const faults = (refused.detail.errors ?? [refused.code]) as string[];
    const errors = faults.map((fault) => {
      const [, message = fault, pointer = root] = POINTED.exec(fault) ?? [];
      return { code: 'failed_constraint', message, pointer: pointer.startsWith(root) ? pointer.slice(root.length) : pointer };
    });
    throw new ApiError(error, { errors });
  }
}

export const BLOCK_METHODS: Record<string, Method> = { 'blocks.validate': method(null, [], validate) };
