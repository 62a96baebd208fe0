import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { contentChanges } from '../../src/mails/content-changes.ts';
import { decideDraft } from '../../src/mails/decide-draft.ts';
import { type Draft, type DraftRequest, mayBatch } from '../../src/mails/draft.ts';
import { approvalBasis, type MailContent } from '../../src/mails/mail-content.ts';

const today = day('2026-11-20');
const content: MailContent = {
  from: { name: 'Mara Lind', address: 'mara@northwind.example' },
  to: [{ name: 'A. Larch', address: 'ap@alder.example' }],
  cc: [],
  subject: 'Invoice 1',
  body: 'Dear A. Larch,\n',
  attachments: [],
  invoices: [{ number: '1', currency: 'EUR', residual: 100_00, promised: 0, disputed: 0, asked: 100_00 }],
  apart: [{ why: 'credit', currency: 'EUR', amount: 5_00 }],
};
const draft = (over: Partial<Draft> = {}): Draft => ({
  id: 'd1',
  account: 'a',
  entity: 'UK',
  stage: { key: 'friendly', offset: 3, name: 'Friendly reminder' },
  day: today,
  collector: 'U1',
  content,
  hash: 'h1',
  text: {
    stage: 'friendly',
    language: 'en',
    tone: 'friendly',
    source: 'template',
    whyTemplate: 'no-model',
    checks: [],
    refused: [],
    notices: [],
    promptHash: '',
    model: null,
    tokens: null,
  },
  editors: [],
  notices: [],
  earlier: null,
  secondPerson: false,
  approvals: [],
  state: 'waiting',
  delivery: null,
  notBefore: null,
  closed: '',
  sentOn: null,
  ...over,
});
const decide = (request: DraftRequest, of = draft(), by = 'U1') => decideDraft(of, request, by, today);
const approve = (seen = 'h1', mayApprove = false): DraftRequest => ({
  do: 'approve',
  seen,
  mayApprove,
  at: '2026-11-20T08:00:00Z',
  send: false,
});

describe('an approval', () => {
  it('covers what was seen and nothing else', () => {
    expect(decide(approve('h0'))).toEqual({ refused: 'draft-changed' });
    expect(decide(approve())).toMatchObject({ draft: { state: 'approved', approvals: [{ by: 'U1', hash: 'h1' }] } });
  });

  it('is final: a second click, or a click on something closed, changes nothing', () => {
    expect(decide(approve(), draft({ state: 'approved' }))).toEqual({ refused: 'draft-approved-already' });
    expect(decide(approve(), draft({ state: 'void' }))).toEqual({ refused: 'draft-closed' });
  });

  it('keeps a person’s words beside the draft when it is written again in another tone', () => {
    const edited = draft({ editors: ['U2'] });
    const words = { subject: 's', body: 'b', hash: 'h2' };
    const again = decide({ do: 'rewrite', seen: 'h1', words, text: edited.text }, edited);
    expect(again).toMatchObject({ draft: { content: { body: 'b' }, editors: [], earlier: { by: 'U2', body: content.body } } });
  });

  it('is void when a person edits the words', () => {
    const approved = draft({ state: 'approved', approvals: [{ by: 'U1', at: '', hash: 'h1' }] });
    const words = { subject: 's', body: 'b', hash: 'h2' };
    expect(decide({ do: 'edit', seen: 'h1', words, notices: [] }, approved)).toMatchObject({
      draft: { state: 'waiting', approvals: [], hash: 'h2', editors: ['U1'] },
    });
  });

  it('of a final notice takes two people, the second with the right to approve and no hand in the words', () => {
    const first = draft({ secondPerson: true, approvals: [{ by: 'U1', at: '', hash: 'h1' }], editors: ['U2'] });
    expect(decide(approve(), draft({ secondPerson: true }))).toMatchObject({ draft: { state: 'waiting', approvals: [{ by: 'U1' }] } });
    expect(decide(approve('h1', true), first, 'U1')).toEqual({ refused: 'approver-was-first' });
    expect(decide(approve('h1', true), first, 'U2')).toEqual({ refused: 'approver-edited' });
    expect(decide(approve('h1', false), first, 'U3')).toEqual({ refused: 'approver-needs-role' });
    expect(decide(approve('h1', true), first, 'U3')).toMatchObject({ draft: { state: 'approved' }, facts: [{ final: true }] });
  });

  it('given for older words does not count towards the two', () => {
    const stale = draft({ secondPerson: true, approvals: [{ by: 'U1', at: '', hash: 'h0' }] });
    expect(decide(approve('h1', true), stale, 'U3')).toMatchObject({ draft: { state: 'waiting' }, facts: [{ final: false }] });
  });

  it('covers recipients, words, attachments and balances', () => {
    const basis = JSON.stringify(approvalBasis(content));
    const changes: Partial<MailContent>[] = [
      { to: [{ name: 'A. Larch', address: 'other@alder.example' }] },
      { cc: [{ name: '', address: 'cc@alder.example' }] },
      { subject: 'x' },
      { body: 'x' },
      { attachments: [{ name: 'a.pdf', type: 'application/pdf', sha256: '0', size: 1, shows: '' }] },
      { invoices: [{ ...content.invoices[0]!, residual: 1 }] },
      { invoices: [{ ...content.invoices[0]!, promised: 1 }] },
      { invoices: [{ ...content.invoices[0]!, disputed: 1 }] },
      { apart: [] },
    ];
    for (const change of changes) expect(JSON.stringify(approvalBasis({ ...content, ...change }))).not.toBe(basis);
  });
});

describe('a draft', () => {
  it('is rejected with a reason, for good', () => {
    expect(decide({ do: 'reject', reason: ' ' })).toEqual({ refused: 'reason-missing' });
    expect(decide({ do: 'reject', reason: 'they called' })).toMatchObject({ draft: { state: 'rejected', closed: 'they called' } });
  });

  it('can wait until a later day', () => {
    expect(decide({ do: 'postpone', until: today })).toEqual({ refused: 'day-not-in-future' });
    expect(decide({ do: 'postpone', until: day('2026-11-23') })).toMatchObject({ draft: { notBefore: '2026-11-23', state: 'waiting' } });
  });

  it('sent by hand must have been approved, and not in the future', () => {
    const sent = (on: string): DraftRequest => ({ do: 'sent-by-hand', seen: 'h1', on: day(on) });
    expect(decide(sent('2026-11-20'))).toEqual({ refused: 'draft-not-approved' });
    expect(decide(sent('2026-11-21'), draft({ state: 'approved' }))).toEqual({ refused: 'sent-in-future' });
    expect(decide(sent('2026-11-19'), draft({ state: 'approved' }))).toMatchObject({ draft: { state: 'sent', sentOn: '2026-11-19' } });
  });

  it('may be approved in a batch only as the unedited template of the note or first reminder', () => {
    expect(mayBatch(draft())).toBe(true);
    expect(mayBatch(draft({ editors: ['U1'] }))).toBe(false);
    expect(mayBatch(draft({ notices: ['This mail had been approved.'] }))).toBe(false);
    expect(mayBatch(draft({ text: { ...draft().text, notices: ['There are no letters in this language.'] } }))).toBe(false);
    expect(mayBatch(draft({ text: { ...draft().text, source: 'model' } }))).toBe(false);
    expect(mayBatch(draft({ text: { ...draft().text, stage: 'firm' } }))).toBe(false);
  });

  it('says what changed', () => {
    expect(contentChanges(content, { ...content, invoices: [{ ...content.invoices[0]!, residual: 50_00 }] })).toEqual([
      'The balance of invoice 1 has changed.',
    ]);
    expect(contentChanges(content, { ...content, invoices: [] })).toEqual(['Invoice 1 is no longer asked for.']);
    expect(contentChanges(content, content)).toEqual([]);
    const credited = { ...content, apart: [{ why: 'credit' as const, currency: 'EUR', amount: 6_00 }] };
    expect(contentChanges(content, credited)).toEqual([
      'Credit on the account, or what is promised, disputed, planned or claimed besides, has changed.',
    ]);
  });
});
