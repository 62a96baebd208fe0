import type { Button, KnownBlock } from '@slack/types';

/** A message ready for Slack. `text` is what notifications and screen readers get. */
export interface Reply {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** One paragraph of mrkdwn. Values from data must be escaped by the caller. */
export function sentence(mrkdwn: string): Reply {
  return { text: mrkdwn, blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text: mrkdwn } }] };
}

/** A paragraph with what can be done about it. */
export function withButtons(mrkdwn: string, elements: Button[]): Reply {
  const { text, blocks } = sentence(mrkdwn);
  return { text, blocks: [...blocks, { type: 'actions', elements }] };
}
