import type { Renderer } from '../../src/slack/outbound.ts';

/** A parent and two replies. */
export const threeMessages: Renderer = async (payload) => ({
  channel: 'C0COLLECT',
  messages: ['parent', 'first reply', 'second reply'].map((part) => {
    const text = `${payload.name}: ${part}`;
    return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
  }),
});
