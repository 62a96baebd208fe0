import { afterEach, describe, expect, it } from 'vitest';
import type { AccountRequest } from '../../src/account/account-work.ts';
import { letterStand } from '../../src/escalation/letter-now.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type Contract, type LetterHouse, letterHouse } from '../support/letter-house.ts';

// One invoice of 1,000.00 pounds, due on 15 September 2026; the final notice is out. Monday is 23 November 2026.

let house: LetterHouse;
afterEach(() => house.close());

const onMonday = async (contract: Contract = {}) => {
  house = await letterHouse(contract);
  await house.on('2026-11-23');
  return house;
};

const CALLED_ON_MONDAY: AccountRequest = {
  ...{ do: 'record-contact', entity: 'NWUK', on: day('2026-11-23'), channel: 'call', purpose: 'other' },
  ...{ stage: null, invoices: [], open: ['I-1'] },
};

describe('a demand letter to a company', () => {
  it('Monday: asked for and approved; sent by email as approved; the ladder and the deadline stand on the account', async () => {
    await onMonday();
    expect(await house.ask('2026-12-14')).toBeNull();
    await house.minutes();
    expect(house.sent).toEqual([]);
    expect(await house.approve()).toBe('approved');
    await house.minutes();
    const letter = await house.letterNow();
    expect(house.sent).toEqual([{ to: ['legal@l1.example'], files: letter.content.attachments.map(({ sha256 }) => sha256) }]);
    expect((await house.caseNow()).state).toBe('carried-out');
    const { demands, ladders, lastContact } = await house.work();
    expect(demands).toMatchObject([{ deadline: '2026-12-14', sentOn: '2026-11-23', by: 'email', invoices: ['I-1'] }]);
    expect(ladders[0]).toMatchObject({
      lastMail: '2026-11-23',
      marks: [{ invoice: 'I-1', stage: 'demand-letter', on: '2026-11-23', asked: 100_000 }],
    });
    expect(lastContact).toBe('2026-11-23');
    expect(await house.facts()).toContain('letter-sent');
    expect(await house.ask('2026-12-31')).toMatch(/A demand letter was served on 23 Nov 2026/);
  });

  it('Monday: a second one is asked for while the first is decided, and on Tuesday while it waits to leave: there is one', async () => {
    await onMonday();
    expect(await house.ask('2026-12-14')).toBeNull();
    const first = (await house.caseNow()).id;
    expect(await house.ask('2026-12-16')).toBe('case-open-already');
    await house.change(CALLED_ON_MONDAY);
    expect(await house.approve()).toBe('approved');
    await house.minutes();
    expect(house.sent).toEqual([]);
    expect(await house.ask('2026-12-16')).toBe('case-open-already');
    await house.on('2026-11-24');
    await house.minutes();
    expect(house.sent).toHaveLength(1);
    expect((await house.caseNow()).id).toBe(first);
  });

  it('its deadline is at least fourteen days and seven business days away: Monday the 7th is, Sunday the 6th is not', async () => {
    await onMonday();
    expect(await house.ask('2026-12-06')).toMatch(/at least 14 days and seven business days: 7 Dec 2026 or later/);
    expect(await house.ask('2026-12-07')).toBeNull();
  });

  it('nor may it be a day on which no bank pays: Saturday the 12th is refused with the working day behind it', async () => {
    await onMonday();
    expect(await house.ask('2026-12-12')).toMatch(/2026-12-12 is a weekend or public holiday .* working day: 2026-12-14/);
    expect(await house.ask('2026-12-14')).toBeNull();
  });

  it('all it asked for is paid on Tuesday while a later invoice falls overdue: it cannot be approved, and says why', async () => {
    await onMonday();
    await house.ask('2026-12-14');
    await house.on('2026-11-24');
    await house.pay(100_000);
    await house.owe('I-2', '2026-11-23');
    expect(await house.approve()).toBe('letter-outdated');
    await house.minutes();
    expect(house.sent).toEqual([]);
  });

  it('euros are owed beside the pounds that the step is about: no letter over the euros takes the step', async () => {
    await onMonday();
    await house.owe('E-1', '2026-11-02', 'EUR');
    const stand = await letterStand(house.ports, { account: accountId('L1'), entity: 'NWUK', currency: 'EUR' });
    expect('stop' in stand && stand.stop).toMatch(/only what had a final notice at least ten business days ago/);
    expect(await house.ask('2026-12-14')).toBeNull();
  });

  it('a younger invoice is shown as no part of the demand, and keeps its stage', async () => {
    await onMonday();
    await house.owe('I-2', '2026-11-02', 'GBP');
    expect(await house.ask('2026-12-14')).toBeNull();
    const { content, said } = await house.letterNow();
    expect(content.invoices.map(({ number }) => number)).toEqual(['I-1']);
    expect(content.body).toMatch(/Also open, not part of this demand:\n {2}I-2, due 2 November 2026: £500.00/);
    expect(said?.took).toMatchObject([{ invoice: 'I-1', stage: 'demand-letter', asked: 100_000 }]);
  });

  it('is not asked for while the customer must not be contacted', async () => {
    await onMonday();
    await house.change({ do: 'set-status', status: 'do-not-contact', reason: 'They asked.' });
    expect(await house.ask('2026-12-14')).toMatch(/nobody writes to the customer/);
  });

  it('Monday approved, but somebody called the customer today: it leaves on Tuesday', async () => {
    await onMonday();
    await house.ask('2026-12-14');
    await house.change(CALLED_ON_MONDAY);
    await house.approve();
    await house.minutes();
    expect(house.sent).toEqual([]);
    await house.on('2026-11-24');
    await house.minutes();
    expect(house.sent).toHaveLength(1);
    expect((await house.work()).demands[0]!.sentOn).toBe('2026-11-24');
  });

  it('approved on Friday evening it waits for Monday; a payment on Saturday voids it and says so', async () => {
    await onMonday();
    await house.on('2026-11-27');
    await house.ask('2026-12-21');
    await house.on('2026-11-27', '21:00');
    expect(await house.approve()).toBe('approved');
    await house.minutes();
    expect(house.sent).toEqual([]);
    await house.on('2026-11-28');
    await house.pay(40_000);
    await house.on('2026-11-30');
    await house.minutes();
    expect(house.sent).toEqual([]);
    expect(await house.caseNow()).toMatchObject({
      state: 'void',
      outcome:
        'A payment, promise, dispute or contact has changed what it asks for or whom it goes to. The letter was not sent; ask anew if it is still needed.',
    });
    expect((await house.work()).demands).toEqual([]);
  });

  it.each([
    ['a hold', { do: 'hold', until: day('2026-12-04'), reason: 'Sales asked for time.' }],
    ['an insolvency', { do: 'set-status', status: 'insolvent', reason: 'Gazette of Tuesday.' }],
    ['another kind of customer', { do: 'set-kind', kind: 'sole-trader' }],
  ] as const)('%s between request and approval: nobody can approve it any more', async (_, change) => {
    await onMonday();
    await house.ask('2026-12-14');
    await house.change(change);
    expect(await house.approve()).toBe('letter-outdated');
  });

  it('an edit is a new version: the vote for the one before counts no more, and the editor cannot approve', async () => {
    await onMonday();
    await house.ask('2026-12-14');
    const before = await house.letterNow();
    expect(
      await house.edit((body) => body.replace('We require payment', 'As announced, we require payment'), day('2026-12-16'), 'U0PAUL'),
    ).toBe('saved');
    const after = await house.letterNow();
    expect(after.content.body).toContain('If we have received neither payment nor a reasoned reply by 16 December 2026');
    expect(after.content.attachments[0]!.sha256).not.toBe(before.content.attachments[0]!.sha256);
    expect(await house.approve('U0INES', 1)).toBe('case-changed');
    expect(await house.approve('U0PAUL')).toBe('approver-edited-case');
    expect(await house.approve('U0INES')).toBe('approved');
    await house.minutes();
    expect(house.sent[0]!.files[0]).toBe(after.content.attachments[0]!.sha256);
  });

  it('bank details cannot be written into it, nor a deadline that is too near', async () => {
    await onMonday();
    await house.ask('2026-12-14');
    expect(await house.edit((body) => `${body}\nIBAN DE89 3704 0044 0532 0130 00`, day('2026-12-14'))).toMatch(/bank details/);
    expect(await house.edit((body) => `${body}\nThank you.`, day('2026-12-01'))).toMatch(/at least 14 days/);
  });

  it('with counsel named, it can be approved once counsel has read this very version', async () => {
    await onMonday();
    await house.ask('2026-12-14', { counsel: 'U0TOM' });
    expect(await house.approve()).toBe('counsel-review-missing');
    expect(await house.review('U0INES', 'Fine.')).toBe('counsel-is-another');
    expect(await house.review('U0TOM', 'No objection.')).toBe('recorded');
    expect(await house.edit((body) => body.replace('We require', 'As announced, we require'), day('2026-12-14'))).toBe('saved');
    expect(await house.approve()).toBe('counsel-review-missing');
    expect(await house.review('U0TOM', 'Still no objection.')).toBe('recorded');
    expect(await house.approve()).toBe('approved');
  });

  it('decided so late that the deadline has come too near: it cannot be approved', async () => {
    await onMonday();
    await house.ask('2026-12-07');
    await house.on('2026-11-24');
    expect(await house.approve()).toBe('deadline-too-near');
  });

  it('through its law firm it goes on paper and is marked as posted, never mailed', async () => {
    await onMonday();
    await house.ask('2026-12-14', { firm: 'Pemberton & Lisle LLP' });
    await house.approve();
    await house.minutes();
    expect(house.sent).toEqual([]);
    expect(await house.post({ on: day('2026-11-23'), by: 'courier', tracking: '' })).toBe('tracking-missing');
    expect(await house.post({ on: day('2026-11-24'), by: 'courier', tracking: 'C 1' })).toBe('posted-in-future');
    expect(await house.post({ on: day('2026-11-23'), by: 'courier', tracking: 'C 1' })).toBe('recorded');
    expect((await house.work()).demands).toMatchObject([{ by: 'courier', firm: 'Pemberton & Lisle LLP' }]);
    await house.minutes();
    expect((await house.caseNow()).state).toBe('carried-out');
    expect(await house.facts()).toContain('letter-posted');
  });
});

describe('what stands in the way of a demand letter', () => {
  const why = async (contract: Contract, deadline = '2027-01-29') => (await onMonday(contract)).ask(deadline);

  it('nobody has said what kind of customer it is', async () =>
    expect(await why({ kind: 'unknown' })).toMatch(/kind of customer is missing.* Set it/));
  it('the governing law is not on file', async () => expect(await why({ law: null })).toMatch(/Agreement…/));
  it('the law has no limitation period listed', async () =>
    expect(await why({ law: 'other' })).toMatch(
      /Ask counsel until when .* a manager records the date with its source .* and the step goes on/,
    ));
  it('the contract does not say how notice is served', async () =>
    expect(await why({ notice: null })).toMatch(/How notice is given, or the customer’s address/));
  it('a sole trader under UK law whose notice goes by email: the letter goes on paper', async () =>
    expect(await why({ kind: 'sole-trader' })).toMatch(/postal address/));
  it('the claim is past its limitation period', async () =>
    expect(await why({ law: 'DE', due: '2022-12-31' })).toMatch(/limitation period/));
});

describe('an account that an agency follows up', () => {
  const placed = { do: 'place', id: 'p1', kind: 'agency', partner: 'swift', name: 'Swift', entity: 'NWUK', currency: 'GBP' } as const;
  const place = () => house.change({ ...placed, amount: 1_000_00, invoices: ['I-1'], rate: 18_00, courtFees: 0 });

  it('gets no demand letter of ours before somebody recalls it', async () => {
    await onMonday();
    await place();
    expect(await house.ask('2026-12-14')).toMatch(/no letter of ours goes out beside theirs\. Recall the account first/);
    await house.change({ do: 'recall-placement', id: 'p1', note: 'They found nobody.' });
    expect(await house.ask('2026-12-14')).toBeNull();
  });

  it('placed between approval and sending: the letter stays here, and the decision says so', async () => {
    await onMonday();
    await house.on('2026-11-27');
    await house.ask('2026-12-21');
    await house.on('2026-11-27', '21:00');
    await house.approve();
    await house.minutes();
    await place();
    await house.on('2026-11-30');
    await house.minutes();
    expect(house.sent).toEqual([]);
    expect(await house.caseNow()).toMatchObject({
      state: 'void',
      outcome: expect.stringMatching(/agency or a law firm .* The letter was not sent/),
    });
    expect((await house.work()).demands).toEqual([]);
  });

  it('rests what we would agree with the customer or tell them; what happened is recorded', async () => {
    await onMonday();
    await place();
    const plan = { id: 'pl', entity: 'NWUK', currency: 'GBP', amount: 1_000_00, agreedWith: 'AP', accelerates: false } as const;
    const offer = { id: 'o', kind: 'settlement', entity: 'NWUK', currency: 'GBP', pay: 900_00, until: day('2026-12-01') } as const;
    const mandate = { id: 'm', negotiator: 'U0TOM', off: 10_00, most: {}, longest: 30, until: day('2026-12-31') } as const;
    const rest = { invoices: [], needsApproval: false } as const;
    await expect(house.change({ do: 'record-plan', ...plan, ...rest, instalments: [] })).rejects.toThrow('account-placed');
    await expect(house.change({ do: 'make-offer', ...offer, ...rest })).rejects.toThrow('account-placed');
    await expect(house.change({ do: 'give-mandate', ...mandate })).rejects.toThrow('account-placed');
    await house.change({ do: 'record-reply', id: 'r', kind: 'other', received: day('2026-11-23') });
    expect((await house.work()).replies).toHaveLength(1);
  });
});

describe('a demand letter to a sole trader under UK law', () => {
  const paper: Contract = { kind: 'sole-trader', notice: { method: 'registered-post', address: '7 Weir Lane\nHebden Bridge HX7 8DG' } };

  it('gives thirty days: the 22nd of December is too early, the 23rd is not', async () => {
    await onMonday(paper);
    expect(await house.ask('2026-12-22')).toMatch(/has 30 days to reply/);
    expect(await house.ask('2026-12-23')).toBeNull();
    expect((await house.letterNow()).content.body).toContain('the Information Sheet explains how to reply');
  });

  it('Monday approved; a reply on Tuesday is answered before it is posted', async () => {
    await onMonday(paper);
    await house.ask('2027-01-15');
    await house.approve();
    await house.on('2026-11-24');
    await house.change({ do: 'record-reply', id: 'r', kind: 'other', received: day('2026-11-24') });
    const posted = { on: day('2026-11-24'), by: 'registered-post', tracking: 'RN 1' } as const;
    expect(await house.post(posted)).toBe('letter-reply-waiting');
    await house.change({ do: 'answer-reply', id: 'r', how: 'call' });
    expect(await house.post(posted)).toBe('recorded');
  });

  it('Monday approved; a payment on Tuesday: it cannot be marked as posted any more', async () => {
    await onMonday(paper);
    await house.ask('2027-01-15');
    await house.approve();
    await house.on('2026-11-24');
    await house.pay(100_00);
    expect(await house.post({ on: day('2026-11-24'), by: 'registered-post', tracking: 'RN 1' })).toBe('case-basis-changed');
    await house.minutes();
    expect((await house.caseNow()).state).toBe('void');
  });
});

describe('limitation periods', () => {
  const until = (law: 'UK' | 'other', on: string, invoices: readonly string[]): AccountRequest => ({
    ...{ do: 'record-limitation', id: `${on} ${invoices}`, law },
    entered: {
      kind: 'until',
      entity: 'NWUK',
      invoices,
      on: day(on),
      through: null,
      source: 'Letter of counsel of 3 November',
      evidence: '',
    },
  });
  const numbers = async () => (await house.letterNow()).content.invoices.map(({ number }) => number);

  it('a time-barred invoice is left out, the customer is not told so, and the other goes on', async () => {
    await onMonday({ older: '2020-11-22' });
    await house.owe('I-9', '2020-11-20', 'GBP');
    expect(await house.ask('2026-12-14')).toBeNull();
    const { content } = await house.letterNow();
    expect(await numbers()).toEqual(['I-1']);
    // Nor is the one shown as open that never had a notice.
    expect(content.body).not.toMatch(/I-0|I-9|Also open|limitation/);
    expect(content.apart).toEqual([]);
    expect(await house.approve()).toBe('approved');
    await house.minutes();
    expect((await house.work()).demands).toMatchObject([{ invoices: ['I-1'] }]);
  });

  it('its last day still counts: due six years ago tomorrow it is demanded, and near its end', async () => {
    await onMonday({ older: '2020-11-23' });
    const stand = await letterStand(house.ports, { account: accountId('L1'), entity: 'NWUK', currency: 'GBP' });
    expect('near' in stand && [stand.near, stand.barred]).toMatchObject([[{ number: 'I-0', end: { until: '2026-11-23' } }], []]);
    expect(await house.ask('2026-12-14')).toBeNull();
    expect((await numbers()).sort()).toEqual(['I-0', 'I-1']);
  });

  it('it ends while people decide: the letter is outdated, and nothing leaves', async () => {
    await onMonday({ older: '2020-11-23' });
    await house.ask('2026-12-14');
    await house.on('2026-11-24');
    expect(await house.approve()).toBe('letter-outdated');
    await house.minutes();
    expect(house.sent).toEqual([]);
  });

  it('a part payment in the ledger begins the time again in England', async () => {
    await onMonday({ due: '2020-03-01' });
    expect(await house.ask('2026-12-14')).toMatch(/Everything that could be demanded is past its limitation period/);
    await house.pay(20_000, '2023-05-05');
    expect(await house.ask('2026-12-14')).toBeNull();
  });

  it('under a law that is not listed the step asks for the date, and goes on with it', async () => {
    await onMonday({ law: 'other', older: '2026-09-14' });
    expect(await house.ask('2026-12-14')).toMatch(/no limitation period is listed/);
    await house.change(until('other', '2027-03-31', ['I-1']));
    expect(await house.ask('2026-12-14')).toMatch(/no limitation period is listed/);
    await house.change(until('other', '2026-11-22', ['I-0']));
    expect(await house.ask('2026-12-14')).toBeNull();
    expect(await numbers()).toEqual(['I-1']);
    expect(await house.facts()).toContain('limitation-recorded');
  });

  it('counsel’s date goes before the list', async () => {
    await onMonday();
    await house.change(until('UK', '2026-11-22', ['I-1']));
    expect(await house.ask('2026-12-14')).toMatch(/past its limitation period/);
  });
});
