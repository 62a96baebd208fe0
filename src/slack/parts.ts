import type { Button, SectionBlock } from '@slack/types';
import { clip } from './text.ts';

/** A paragraph of mrkdwn, cut at Slack's limit. Values from data must be escaped by the caller. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: clip(text, 3000) } };
}

/** `key` tells buttons of one action apart, since Slack wants action ids unique within a block. */
export function button(action: string, key: string, label: string, value: object): Button {
  return {
    type: 'button',
    action_id: `${action}:${key}`,
    text: { type: 'plain_text', text: clip(label, 75) },
    value: JSON.stringify(value),
  };
}

/** Previous and next where there are such pages; `value`: what the button of a page carries. Pages from 0. */
export function pageButtons(action: string, page: number, pages: number, value: (page: number) => object): Button[] {
  return [
    ...(page > 0 ? [button(action, 'previous', 'Previous', value(page - 1))] : []),
    ...(page < pages - 1 ? [button(action, 'next', 'Next', value(page + 1))] : []),
  ];
}
