import type { OutgoingMessage, Renderer } from '../slack/outbound.ts';
import type { PostedAnchor } from './post-anchor.op.ts';

/** What the anchor is for, and the command that checks it. */
function anchorMessage({ seq, hash }: PostedAnchor): OutgoingMessage {
  const text =
    `:link: *Anchor of the paper trail*: entry ${seq.toLocaleString('en-GB')}.\n` +
    'If anybody later changes, takes out or cuts off what was recorded up to here, this does not fit any more. To check:\n' +
    `\`\`\`npm run verify-trail -- --anchor ${seq}:${hash}\`\`\``;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text } }] };
}

export const anchorRenderer: Renderer = async (payload) => {
  const anchor = payload as unknown as PostedAnchor;
  return { channel: anchor.channel, thread: anchor.thread, messages: [anchorMessage(anchor)] };
};
