import { expect, test } from 'vitest';
import { discussionReply } from '../../src/escalation/case-discussion.view.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';

const said = (n: number, text = `line ${n}`) => ({
  id: `C:${n}`,
  by: 'U0INES',
  at: `2026-11-23T09:${String(n).padStart(2, '0')}:00Z`,
  text: untrusted(text),
});

test('what was said stands with its author and time, and nothing in it acts as markup', () => {
  const { blocks } = discussionReply([said(5, 'Ask <!channel> & wait')], 'Europe/London');
  expect(JSON.stringify(blocks)).toContain('<@U0INES>, Mon, 23 Nov 2026, 09:05');
  expect(JSON.stringify(blocks)).not.toContain('<!channel>');
});

test('of a long discussion the last messages are shown, within the limits of a message', () => {
  const { text, blocks } = discussionReply(
    Array.from({ length: 40 }, (_, n) => said(n, `${n} ${'x'.repeat(5_000)}`)),
    'Europe/London',
  );
  expect(text).toBe('Discussion: 40 messages');
  expect(blocks).toHaveLength(16);
  expect(JSON.stringify(blocks).length).toBeLessThan(13_200);
  expect(JSON.stringify(blocks.at(-1))).toContain('39 x');
});

test('an edit and a deletion stand beside what was said first', () => {
  const edit = { ...said(6, 'At most 20 %'), changes: { id: 'C:5', how: 'edited' as const } };
  const gone = { ...said(7, ''), changes: { id: 'C:5', how: 'deleted' as const } };
  const { text, blocks } = discussionReply([said(5, 'At most 10 %'), edit, gone], 'Europe/London');
  expect(text).toBe('Discussion: 1 message');
  const shown = JSON.stringify(blocks);
  expect(shown).toContain('1 message in the thread of this decision, with what was changed later');
  expect(shown).toContain('At most 10 %');
  expect(shown).toContain('_changed the message of Mon, 23 Nov 2026, 09:05 to_\\nAt most 20 %');
  expect(shown).toContain('_the message of Mon, 23 Nov 2026, 09:05 was deleted in Slack; it stays here_');
});

test('a silent thread says so', () => {
  expect(discussionReply([], 'Europe/London').text).toContain('Nothing was said');
});
