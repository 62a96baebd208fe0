import { expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { answersFromData } from '../../src/escalation/six-questions.ts';
import { day } from '../../src/kernel/day.ts';

const director = { id: 'c1', account: 'a', name: 'Imogen Larch', email: '', phone: '', role: 'director' };
const known = (work: object, lastReply: string | null = null) => ({
  work: { ...NEW_WORK, ...work },
  contacts: [director as never],
  pattern: null,
  lastReply: lastReply === null ? null : day(lastReply),
});

it('writes its days as the team reads them', () => {
  const answers = answersFromData(known({ lastContact: day('2026-11-03') }));
  expect(answers['decision-maker']).toBe('Imogen Larch, director; last contact with the account on 3 Nov 2026');
  expect(answers.response).toBe('None recorded; last contacted on 3 Nov 2026');
  expect(answersFromData(known({}, '2026-10-31')).response).toBe('Yes, last on 31 Oct 2026');
});

it('names a status in words', () => {
  const trouble = { status: 'ceased-trading' as const, statusReason: 'Gazette of today' };
  expect(answersFromData(known(trouble)).trouble).toBe('Status of the account: ceased trading. Gazette of today');
});
