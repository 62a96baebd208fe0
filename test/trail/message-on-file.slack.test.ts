import type { MessageShortcut } from '@slack/bolt';
import { expect, test } from 'vitest';
import { fileWords, messageOnFile } from '../../src/trail/message-on-file.slack.ts';

const read = (message: object) => messageOnFile({ message } as Pick<MessageShortcut, 'message'>);

test('Slack’s markup is kept as people read it', () => {
  const text =
    'Call <@U0TOM|tom> in <#C1|sales> &lt;now&gt; &amp; see <https://example.com/a|the plan>, <mailto:a@b.example|a@b.example> <!here>';
  expect(read({ text, user: 'U0MARA', ts: '1.1' })).toMatchObject({
    text: 'Call @tom in #sales <now> & see the plan (https://example.com/a), a@b.example (mailto:a@b.example) @here',
    author: 'U0MARA',
    cut: false,
  });
});

test('what is longer than the file takes is cut, and says so', () => {
  expect(read({ text: 'x'.repeat(3000), ts: '1.1' })).toMatchObject({ cut: false });
  const long = read({ text: 'x'.repeat(3001), ts: '1.1' });
  expect(long).toMatchObject({ cut: true });
  expect(long.text).toHaveLength(3000);
});

test('a file of a gigabyte is named with its size; of many files the first ten are', () => {
  const files = Array.from({ length: 12 }, (_, n) => ({ id: `F${n}`, name: `part ${n}.zip`, size: 1_073_741_824 }));
  const { files: named, moreFiles } = read({ text: '', ts: '1.1', files });
  expect([named.length, moreFiles]).toEqual([10, 2]);
  expect(fileWords(named[0]!)).toBe('part 0.zip (1.1 GB)');
  expect(fileWords({ id: 'F', name: 'a', size: 999 })).toBe('a (999 bytes)');
  expect(fileWords({ id: 'F', name: 'a', size: 1000 })).toBe('a (1.0 kB)');
});

test('names of files fit into the form whatever they are made of', () => {
  const files = Array.from({ length: 12 }, () => ({ id: 'F'.repeat(40), name: '"\\\u0000'.repeat(100), size: 1 }));
  const { files: named } = read({ text: '', ts: '1.1', files });
  expect(JSON.stringify(named).length).toBeLessThan(2_300);
  expect(named[0]!.name).not.toMatch(/\p{C}/u);
});

test('a message of an app, or with fields of another kind, is read all the same', () => {
  expect(read({ bot_id: 'B1', username: 'Northwind Tickets', text: 'closed', ts: '1.1' })).toMatchObject({ author: 'Northwind Tickets' });
  expect(read({ text: 7, ts: null, files: [{ id: 3, size: -1 }], user: 4 })).toMatchObject({
    text: '',
    author: '',
    files: [{ id: '', name: 'a file without a name', size: 0 }],
  });
});
