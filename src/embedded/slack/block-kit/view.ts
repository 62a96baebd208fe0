import { z } from 'zod';
import { anyBlock } from './blocks.ts';
import { plain } from './composition.ts';
import { LIMITS } from './limits.ts';

const view = {
  blocks: z.array(anyBlock).max(LIMITS.viewBlocks),
  private_metadata: z.string().max(LIMITS.privateMetadata).optional(),
  callback_id: z.string().max(LIMITS.id).optional(),
  external_id: z.string().max(LIMITS.id).optional(),
};

const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...view,
    title: plain(LIMITS.viewTitle),
    close: plain(LIMITS.viewTitle).optional(),
    submit: plain(LIMITS.viewTitle).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine((value) => value.submit !== undefined || value.blocks.every((each) => each.type !== 'input'), {
    path: ['submit'],
    message: '`submit` is required when an `input` block is in the `blocks` array',
  });

export const anyView = z.discriminatedUnion('type', [modal, z.strictObject({ type: z.literal('home'), ...view })]);
export const messageBlocks = z.array(anyBlock).max(LIMITS.messageBlocks);
