import { expect, test } from 'vitest';
import { type AccountRequest, NEW_WORK } from '../../src/account/account-work.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import { day } from '../../src/kernel/day.ts';
import { LONGEST_INTERACTION, type NamedFile } from '../../src/trail/interaction.ts';

const TODAY = day('2026-11-23');
type Asked = Extract<AccountRequest, { do: 'record-interaction' }>;
const meeting = (part: Partial<Asked> = {}): Asked => ({
  do: 'record-interaction',
  id: 'i1',
  channel: 'meeting',
  direction: 'out',
  on: day('2026-11-20'),
  contact: 'c1',
  subject: 'Site visit',
  text: 'They pay when the second pallet is there.',
  marking: 'shareable',
  attachments: [],
  source: null,
  ...part,
});
const decide = (request: AccountRequest, lastContact = NEW_WORK.lastContact) =>
  decideAccount({ ...NEW_WORK, lastContact }, request, 'U0MARA', TODAY, TODAY);
const file = (n: number): NamedFile => ({ id: `F${n}`, name: `${n}.pdf`, size: 1_073_741_824 });

test('what is put on file is one fact with all its words', () => {
  const { do: _, id, ...told } = meeting();
  expect(decide(meeting())).toMatchObject({ facts: [{ type: 'interaction-recorded', interaction: id, ...told }] });
});

test('an outward call, mail, meeting, letter or message counts as contact on its day; a note, an answer and talk among ourselves do not', () => {
  for (const channel of ['call', 'email', 'meeting', 'letter', 'message'] as const)
    expect(decide(meeting({ channel }))).toMatchObject({ work: { lastContact: '2026-11-20' } });
  expect(decide(meeting({ channel: 'note' }))).toMatchObject({ work: { lastContact: null } });
  expect(decide(meeting({ direction: 'in' }))).toMatchObject({ work: { lastContact: null } });
  expect(decide(meeting({ direction: 'internal' }))).toMatchObject({ work: { lastContact: null } });
});

test('a meeting entered later does not hide a newer contact', () => {
  expect(decide(meeting(), day('2026-11-22'))).toMatchObject({ work: { lastContact: '2026-11-22' } });
  expect(decide(meeting(), day('2026-11-19'))).toMatchObject({ work: { lastContact: '2026-11-20' } });
});

test('nothing, too much, or what has not happened yet is refused', () => {
  expect(decide(meeting({ text: ' \n' }))).toEqual({ refused: 'text-missing' });
  expect(decide(meeting({ text: '', attachments: [file(1)] }))).not.toHaveProperty('refused');
  expect(decide(meeting({ text: 'x'.repeat(LONGEST_INTERACTION) }))).not.toHaveProperty('refused');
  expect(decide(meeting({ text: 'x'.repeat(LONGEST_INTERACTION + 1) }))).toEqual({ refused: 'text-too-long' });
  expect(decide(meeting({ subject: 'x'.repeat(151) }))).toEqual({ refused: 'text-too-long' });
  expect(decide(meeting({ on: TODAY }))).not.toHaveProperty('refused');
  expect(decide(meeting({ on: day('2026-11-24') }))).toEqual({ refused: 'happened-in-future' });
  const files = Array.from({ length: 21 }, (_, n) => file(n));
  expect(decide(meeting({ attachments: files.slice(1) }))).not.toHaveProperty('refused');
  expect(decide(meeting({ attachments: files }))).toEqual({ refused: 'too-many-files' });
});

test('a mark is changed by a fact of its own, and nothing else of the account changes', () => {
  const change = {
    do: 'change-marking',
    entry: 'account:1:4',
    from: 'internal',
    to: 'shareable',
    reason: 'agreed',
    mayManage: false,
  } as const;
  expect(decide(change)).toEqual({
    work: NEW_WORK,
    facts: [{ type: 'marking-changed', entry: 'account:1:4', from: 'internal', to: 'shareable', reason: 'agreed' }],
  });
  expect(decide({ ...change, from: 'privileged' })).toEqual({ refused: 'privilege-needs-manager' });
});
