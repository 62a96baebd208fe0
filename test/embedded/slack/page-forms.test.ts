import type { AnyBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { formErrors } from '../../../src/embedded/slack/page/form-errors.ts';
import { entryKey, stateOf } from '../../../src/embedded/slack/page/form-state.ts';
import { applyEvent, type ClientState } from '../../../src/embedded/slack/page/state.ts';
import type { PageMessage } from '../../../src/embedded/slack/page-protocol.ts';

const input = (element: Record<string, unknown>, extra = {}): AnyBlock =>
  ({
    type: 'input',
    block_id: 'b',
    label: { type: 'plain_text', text: 'L' },
    element: { action_id: 'a', ...element },
    ...extra,
  }) as AnyBlock;

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

describe('the state that a form sends', () => {
  it.each([
    [{ type: 'plain_text_input' }, { type: 'plain_text_input', value: null }],
    [
      { type: 'number_input', is_decimal_allowed: false, initial_value: '3' },
      { type: 'number_input', value: '3' },
    ],
    [
      { type: 'static_select', initial_option: option('x') },
      { type: 'static_select', selected_option: option('x') },
    ],
    [{ type: 'multi_static_select' }, { type: 'multi_static_select', selected_options: [] }],
    [
      { type: 'users_select', initial_user: 'U1' },
      { type: 'users_select', selected_user: 'U1' },
    ],
    [{ type: 'conversations_select' }, { type: 'conversations_select', selected_conversation: null }],
    [
      { type: 'datepicker', initial_date: '2026-11-23' },
      { type: 'datepicker', selected_date: '2026-11-23' },
    ],
    [{ type: 'timepicker' }, { type: 'timepicker', selected_time: null }],
    [
      { type: 'checkboxes', initial_options: [option('x')] },
      { type: 'checkboxes', selected_options: [option('x')] },
    ],
    [{ type: 'radio_buttons' }, { type: 'radio_buttons', selected_option: null }],
    [{ type: 'file_input' }, { type: 'file_input', files: [] }],
  ])('starts with what the element says: %j', (element, value) => {
    expect(stateOf([input(element)], new Map())).toEqual({ b: { a: value } });
  });

  it('holds what was entered, of accessories and containers too, and no buttons', () => {
    const select = { type: 'static_select', action_id: 's' };
    const blocks = [
      { type: 'section', block_id: 'one', accessory: select },
      {
        type: 'container',
        block_id: 'two',
        child_blocks: [{ type: 'actions', block_id: 'in', elements: [select, { type: 'button', action_id: 'go' }] }],
      },
    ] as unknown as AnyBlock[];
    const picked = { type: 'static_select', selected_option: option('x') };
    expect(stateOf(blocks, new Map([[entryKey('in', select), picked]]))).toEqual({
      one: { s: { type: 'static_select', selected_option: null } },
      in: { s: picked },
    });
  });
});

describe('what is refused before it is sent', () => {
  const errorsOf = (element: Record<string, unknown>, value: unknown, extra = {}) =>
    formErrors([input(element, extra)], new Map([['b/a', { type: element.type, ...(value as object) }]]));
  it.each([
    [{ type: 'plain_text_input' }, { value: null }, 'Please complete this required field.'],
    [{ type: 'multi_users_select' }, { selected_users: [] }, 'Please complete this required field.'],
    [{ type: 'email_text_input' }, { value: 'mara' }, 'Please enter a valid email address.'],
    [{ type: 'url_text_input' }, { value: 'javascript:x' }, 'Please enter a valid URL, starting with http:// or https://.'],
    [{ type: 'number_input' }, { value: '1.5' }, 'Please enter a whole number.'],
    [{ type: 'number_input' }, { value: 'ten' }, 'Please enter a number.'],
    [{ type: 'number_input', min_value: '10' }, { value: '9' }, 'Please enter 10 or more.'],
    [{ type: 'number_input', max_value: '10' }, { value: '11' }, 'Please enter 10 or less.'],
    [{ type: 'plain_text_input', min_length: 3 }, { value: 'ab' }, 'Please enter at least 3 characters.'],
    [{ type: 'plain_text_input', max_length: 3 }, { value: 'abcd' }, 'This is 1 character too long.'],
  ])('%j with %j', (element, value, problem) => {
    expect(errorsOf(element, value)).toEqual({ b: problem });
  });

  it.each([
    [{ type: 'plain_text_input' }, { value: null }, { optional: true }],
    [{ type: 'number_input', is_decimal_allowed: true, min_value: '1', max_value: '2' }, { value: '2' }, {}],
    [{ type: 'plain_text_input', min_length: 3, max_length: 3 }, { value: 'abc' }, {}],
    [{ type: 'email_text_input' }, { value: 'a@b.example' }, {}],
  ])('lets %j with %j pass', (element, value, extra) => {
    expect(errorsOf(element, value, extra)).toEqual({});
  });
});

describe('what the server tells', () => {
  const message = (ts: string, extra: Partial<PageMessage> = {}): PageMessage => ({
    channel: 'C1',
    ts,
    user: 'U1',
    text: ts,
    replyCount: 0,
    replyUsers: [],
    edited: false,
    ...extra,
  });
  const state = (...messages: PageMessage[]) =>
    ({ snapshot: { channels: [] }, lists: new Map([['C1', { messages, complete: true }]]), notices: [] }) as unknown as ClientState;
  const shown = (after: ClientState, key = 'C1') => after.lists.get(key)?.messages.map((each) => each.text);

  it('a message takes its place by time, once', () => {
    const once = applyEvent(state(message('1.0'), message('3.0')), { type: 'message', message: message('2.0') });
    expect(shown(applyEvent(once, { type: 'message', message: message('2.0') }))).toEqual(['1.0', '2.0', '3.0']);
  });

  it('a reply stays out of the channel and waits in its thread', () => {
    const before = state(message('1.0'));
    const lists = new Map(before.lists).set('C1/1.0', { messages: [message('1.0')], complete: true });
    const after = applyEvent({ ...before, lists }, { type: 'message', message: message('2.0', { threadTs: '1.0' }) });
    expect([shown(after), shown(after, 'C1/1.0')]).toEqual([['1.0'], ['1.0', '2.0']]);
  });

  it('a deleted message is gone', () => {
    expect(shown(applyEvent(state(message('1.0'), message('2.0')), { type: 'message-deleted', channel: 'C1', ts: '1.0' }))).toEqual([
      '2.0',
    ]);
  });

  it('the same notice is shown once', () => {
    const twice = applyEvent(applyEvent(state(), { type: 'notice', text: 'n' }), { type: 'notice', text: 'n' });
    expect(twice.notices.map((notice) => notice.text)).toEqual(['n']);
  });
});
