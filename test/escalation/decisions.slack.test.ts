import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { arrangementKinds } from '../../src/arrangements/arrangement-kinds.op.ts';
import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import { supplyKinds } from '../../src/escalation/case-kinds.op.ts';
import { editCase } from '../../src/escalation/edit-case.op.ts';
import { requestDecision } from '../../src/escalation/request-decision.op.ts';
import { vote } from '../../src/escalation/vote.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { worldOf } from '../support/world.ts';

// Monday 23 November 2026; the final notice of each customer is out. Mara and Tom collect, Ines and Sara manage, Paul leads finance.

let desk: LetterDesk;
let people: Record<'mara' | 'ines' | 'sara', PersonOnPage>;

beforeAll(async () => {
  const names = ['PLACED', 'BROKE', 'STOP', 'EDIT', 'LOST', 'BOTH', 'PAID', 'PLAN'];
  const old = { number: 'OLD', name: 'OLD Ltd', due: '2020-10-01' };
  desk = await letterDesk([old, ...names.map((number) => ({ number, name: `${number} Ltd` }))]);
  await desk.later();
  const [mara, ines, sara] = await Promise.all(['U0MARA', 'U0INES', 'U0SARA'].map((id) => desk.person(id)));
  people = { mara: mara!, ines: ines!, sara: sara! };
}, 60_000);
afterAll(async () => {
  expect(desk?.log).toEqual([]);
  await desk?.stop();
});

const change = async (number: string, request: Parameters<typeof changeAccount>[2]) => {
  const result = await changeAccount(desk.stores, accountId(number), request, 'U0MARA', `test:${request.do}:${number}`);
  if (!result.done) throw new Error(result.refused);
};
const caseOf = async (number: string) => (await desk.stores.cases.ofAccount(accountId(number), 1))[0]!.case;

/** Picks from the menu of an account's card; resolves to what Mara is told. */
async function more(number: string, action: string): Promise<string> {
  const { mara } = people;
  const card = await ask(mara, 'C0COLLECT', `/account ${number}`);
  type Menu = { block_id: string; elements?: { action_id: string; option_groups?: { options: { value: string }[] }[] }[] };
  for (const { block_id, elements = [] } of card.blocks as Menu[])
    for (const { action_id, option_groups = [] } of elements) {
      const option = option_groups.flatMap(({ options }) => options).find(({ value }) => value === action);
      if (!option) continue;
      const before = new Set(mara.shown.map(({ ts }) => ts));
      const chosen = { type: 'static_select', selected_option: option };
      await mara.click({ channel: card.channel, ts: card.ts }, block_id, action_id, chosen);
      return said(await mara.message(({ ts, ephemeralTo }) => !before.has(ts) && ephemeralTo === mara.id));
    }
  throw new Error(`there is no ${action} in the menu`);
}

const NOW = Temporal.Instant.from('2026-11-23T09:30:00Z');
const ports = () => {
  const base = worldOf({ ...desk.stores, clock: { now: () => NOW }, holidays: () => new Set<string>() });
  return { ...base, kinds: { ...supplyKinds(base), ...arrangementKinds(base) } };
};

/** Mara asks for a stop of supply, which one person decides; Sara has a copy of the card that no later change redraws. */
async function copyOf(number: string): Promise<PageMessage> {
  const asked = { kind: 'stop-supply' as const, account: accountId(number), entity: 'NWUK', currency: 'GBP', amount: 1_000_00 };
  const words = { reason: `About ${number}.`, reasonCodes: [], about: {} };
  const result = await requestDecision(ports(), { ...asked, ...words }, 'U0MARA', `ask:${number}`);
  if (!result.done) throw new Error(result.refused);
  const { sara } = people;
  const list = await ask(sara, 'C0COLLECT', '/collections decide');
  await press(sara, list, 'case-show', ({ value }) => value?.includes(result.case.id) === true);
  return sara.message(
    (message) =>
      message.ephemeralTo === sara.id && said(message).includes(`asks for a decision`) && said(message).includes(`About ${number}.`),
  );
}

/** What somebody is told who clicks Approve on it. */
async function approve(person: PersonOnPage, card: PageMessage, words: string): Promise<string> {
  await press(person, card, 'case-approve');
  return said(await person.message((message) => message.ephemeralTo === person.id && said(message).includes(words)));
}

it('an account that an agency follows up: no letter, plan or settlement is asked for, and it says where to go', async () => {
  const placed = { do: 'place', id: 'p1', kind: 'agency', partner: 'swift', name: 'Swift', entity: 'NWUK', currency: 'GBP' } as const;
  await change('PLACED', { ...placed, amount: 1_000_00, invoices: ['I-PLACED'], rate: 18_00, courtFees: 0 });
  expect(await more('PLACED', 'account-letter')).toContain(
    'no letter of ours goes out beside theirs. Recall the account first, under Placement…',
  );
  for (const action of ['account-plan', 'account-settlement'])
    expect(await more('PLACED', action)).toContain('goes through them. Nothing was recorded. Write what they agreed under Placement…');
});

it('an insolvent customer and a claim past its limitation get no demand letter', async () => {
  await change('BROKE', { do: 'set-status', status: 'insolvent', reason: 'Gazette of today' });
  expect(await more('BROKE', 'account-letter')).toContain('File the claim with the office holder');
  expect(await more('OLD', 'account-letter')).toContain('Everything that could be demanded is past its limitation period');
});

it('a button of a decided request decides nothing, and shows how it was decided', async () => {
  const copy = await copyOf('STOP');
  const { id } = await caseOf('STOP');
  await vote(ports(), id, { vote: 'reject', reason: 'They pay on Friday.', seen: 1 }, 'U0INES');
  const told = await approve(people.sara, copy, 'This has been decided or closed meanwhile. Nothing was changed.');
  expect(told).toContain('Rejected by <@U0INES>');
  expect(told).toContain('They pay on Friday.');
  expect((await caseOf('STOP')).votes).toHaveLength(1);
});

it('a card of an older version decides nothing, and the current one stands in its place', async () => {
  const copy = await copyOf('EDIT');
  const { id } = await caseOf('EDIT');
  const edit = { amount: 900_00, reason: 'About EDIT, with less.', reasonCodes: [], answers: {} };
  expect(await editCase(ports(), id, edit, 1, 'U0MARA', 'edit')).toMatchObject({ done: true });
  const told = await approve(people.sara, copy, 'The request was edited since this card was drawn. Nothing was decided');
  expect(told).toContain('About EDIT, with less.');
  expect((await caseOf('EDIT')).votes).toEqual([]);
});

it('an approver who lost the role, or is marked as away, decides nothing', async () => {
  const team = (request: Parameters<typeof changeTeam>[1]) => changeTeam(ports(), request, 'U0ALEX', `team:${JSON.stringify(request)}`);
  const copy = await copyOf('LOST');
  await team({ do: 'set-roles', user: 'U0SARA', roles: ['collector'] });
  await approve(people.sara, copy, 'To decide this needs the role manager or finance lead. Nothing was decided.');
  await team({ do: 'set-roles', user: 'U0SARA', roles: ['manager'] });
  await team({ do: 'set-absence', user: 'U0SARA', absence: { from: day('2026-11-23'), to: day('2026-11-27'), cover: 'U0TOM' } });
  await approve(people.sara, copy, 'You are marked as away, and whoever covers for you decides.');
  await team({ do: 'set-absence', user: 'U0SARA', absence: null });
  expect((await caseOf('LOST')).votes).toEqual([]);
});

it('of two who approve at the same moment one decides, and the other is told so', async () => {
  const copy = await copyOf('BOTH');
  const { ines, sara } = people;
  const list = await ask(ines, 'C0COLLECT', '/collections decide');
  const { id } = await caseOf('BOTH');
  await press(ines, list, 'case-show', ({ value }) => value?.includes(id) === true);
  const own = await ines.message((message) => message.ephemeralTo === ines.id && said(message).includes('About BOTH.'));
  await Promise.all([press(sara, copy, 'case-approve'), press(ines, own, 'case-approve')]);
  const late = 'This has been decided or closed meanwhile. Nothing was changed.';
  await expect
    .poll(() => [...sara.shown, ...ines.shown].filter((each) => said(each).includes(late) && said(each).includes('About BOTH.')).length, {
      timeout: 15_000,
    })
    .toBe(1);
  const decided = await caseOf('BOTH');
  expect(decided.votes).toHaveLength(1);
  expect(['approved', 'carried-out']).toContain(decided.state);
});

it('a payment after the request: the approval is refused and says what to do', async () => {
  const copy = await copyOf('PAID');
  await desk.pay('PAID', 400_00);
  const told = await approve(people.sara, copy, 'have changed since it was asked, for example by a payment. Nothing was decided.');
  expect(told).toContain('withdraw it');
  expect((await caseOf('PAID')).votes).toEqual([]);
});

it('the amount of a plan cannot be edited down so that fewer people decide: only the words can', async () => {
  const plan = {
    id: 'plan:1',
    entity: 'NWUK',
    currency: 'GBP',
    amount: 1_000_00,
    agreedWith: 'AP',
    accelerates: false,
    needsApproval: true,
  } as const;
  const instalments = [{ agreed: day('2026-12-15'), date: day('2026-12-15'), amount: 1_000_00 }];
  const invoices = [{ invoice: 'I-PLAN', open: 1_000_00, free: 1_000_00 }];
  await change('PLAN', { do: 'record-plan', ...plan, instalments, invoices });
  const common = { account: accountId('PLAN'), entity: 'NWUK', currency: 'GBP', amount: 1_000_00, reasonCodes: [] };
  const asked = { ...common, kind: 'plan' as const, reason: 'About PLAN.', about: { arrangement: 'plan:1' } };
  expect(await requestDecision(ports(), asked, 'U0MARA', 'ask:PLAN')).toMatchObject({ done: true });
  const { id } = await caseOf('PLAN');
  const less = { amount: 1_00, reason: 'Less.', reasonCodes: [], answers: {} };
  expect(await editCase(ports(), id, less, 1, 'U0MARA', 'edit:PLAN')).toEqual({ done: false, refused: 'case-amount-fixed' });
  const { mara } = people;
  const list = await ask(mara, 'C0COLLECT', '/collections decide');
  await press(mara, list, 'case-show', ({ value }) => value?.includes(id) === true);
  const card = await mara.message(
    (message) => message.ephemeralTo === mara.id && said(message).includes('About PLAN.') && said(message).includes('asks for a decision'),
  );
  await press(mara, card, 'case-edit');
  const form = await mara.modal();
  expect(JSON.stringify(form.blocks)).toContain('*£1,000.00*, which follows from what is decided.');
  expect(form.blocks.some((block) => (block as { block_id?: string }).block_id === 'amount')).toBe(false);
});
