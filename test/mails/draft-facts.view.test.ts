import { expect, it } from 'vitest';
import type { Day } from '../../src/kernel/day.ts';
import type { DraftFact } from '../../src/mails/draft.ts';
import { factLine } from '../../src/trail/facts.view.ts';

const sha = 'a'.repeat(64);
const said = (fact: DraftFact, by = 'U0MARA') =>
  factLine({ ...fact, id: 'draft:d1:1', aggregate: 'draft:d1', at: '2026-11-23T09:05:00Z', by, command: 'c' }, 'Europe/London');

it.each<[DraftFact, string]>([
  [
    { type: 'draft-prepared', account: 'a', stage: 'firm', hash: sha, source: 'template' },
    'mail of stage “Firm reminder” drafted from the template',
  ],
  [{ type: 'draft-edited', account: 'a', hash: sha }, 'words of the mail edited'],
  [{ type: 'draft-rewritten', account: 'a', hash: sha, tone: 'formal' }, 'mail written again in another tone: formal'],
  [{ type: 'draft-approved', account: 'a', hash: sha, final: true }, 'mail approved'],
  [{ type: 'draft-approved', account: 'a', hash: sha, final: false }, 'mail approved; a second person decides'],
  [{ type: 'draft-rejected', account: 'a', reason: 'paid by <card>' }, 'mail rejected: paid by &lt;card&gt;'],
  [{ type: 'draft-postponed', account: 'a', until: '2026-12-01' as Day }, 'mail put off until 1 Dec 2026'],
  [
    { type: 'draft-voided', account: 'a', changed: ['The recipients have changed.'] },
    'drafted mail withdrawn: The recipients have changed',
  ],
  [{ type: 'draft-sent-by-hand', account: 'a', on: '2026-11-23' as Day, hash: sha }, 'mail sent by hand on 23 Nov 2026'],
  [
    { type: 'draft-sent', account: 'a', hash: sha, sha256: sha, messageId: '<d1.ab@x.example>' },
    'mail sent: the mail server took it, message id `d1.ab@x.example`',
  ],
  [
    { type: 'send-failed', account: 'a', hash: sha, fence: 1, said: '550 no <mailbox>' },
    'mail not sent: the mail server said “550 no &lt;mailbox&gt;”',
  ],
  [
    { type: 'send-ambiguous', account: 'a', hash: sha, fence: 1, sha256: sha, messageId: '<d1.ab@x.example>' },
    'not known whether the mail was sent: the mail server did not answer, message id `d1.ab@x.example`',
  ],
  [
    { type: 'send-resolved', account: 'a', delivered: false, messageId: '<d1.ab@x.example>' },
    'the mail was not delivered, found out by a person',
  ],
])('a file says of $type what happened', (fact, words) => {
  expect(said(fact)).toBe(`23 Nov 2026, 09:05: ${words}, by <@U0MARA>`);
});

it('a long answer of a mail server is cut', () => {
  expect(said({ type: 'send-failed', account: 'a', hash: sha, fence: 1, said: 'x'.repeat(5000) }, 'clock').length).toBeLessThan(300);
});
