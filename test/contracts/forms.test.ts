import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { compose, type Running } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { checkView } from '../../src/embedded/slack/block-kit/check.ts';
import { supplyKinds } from '../../src/escalation/case-kinds.op.ts';
import { letterPostedForm, letterReviewForm } from '../../src/escalation/letter-form.slack.ts';
import { requestDecision } from '../../src/escalation/request-decision.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { createLog } from '../../src/log.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { order, signIn } from '../embedded/slack/sign-in.ts';
import { letterDesk } from '../support/letter-desk.ts';
import { pressAll } from '../support/press-all.ts';
import { fillWithSample } from '../support/sample-folder.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { worldOf } from '../support/world.ts';

const CHANNEL = 'C0COLLECT';
const ACCOUNTS = ['Wolkenheim Elektro GmbH', 'De Scheve Molen Kaas B.V.', 'Otterby Joinery LLP', 'Hobbington Lifts plc'];
const PATIENCE = 300_000;

const forms = new Set<string>();
const seen = (shown: unknown) => {
  const { callback_id, submit } = (shown as { payload: { callback_id?: string; submit?: unknown } }).payload;
  // What only shows something is sent by nobody.
  if (callback_id && submit) forms.add(callback_id);
};
subscribe('slack-workspace:shown', seen);
afterAll(() => void unsubscribe('slack-workspace:shown', seen));
beforeEach(() => forms.clear());

const stops: (() => unknown)[] = [];
let bot: Running;
beforeAll(async () => {
  const folder = await tempFolder(stops);
  await fillWithSample(folder);
  const config = readConfig({ DATA_DIR: folder, WORKSPACE_PORT: '0' });
  bot = await compose(config, { log: createLog('silent'), onDeath: () => {} });
  stops.push(() => bot.stop());
  expect((await order(await signIn(bot.page!()), { do: 'limits', limits: 'off' })).ok).toBe(true);
  await bot.tick();
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

const strangers = () => [...forms].filter((name) => !(name in bot.listeners.submits));

test.each(['U0MARA', 'U0INES', 'U0ALEX'])(
  'whatever %s is shown can be pressed, and every form that opens is one the bot listens to',
  async (user) => {
    const person = await PersonOnPage.open(bot.page!(), user);
    stops.push(() => person.close());
    const parts = Object.keys(bot.listeners.parts).map((part) => `/collections ${part}`);
    const pressed = await pressAll(person, CHANNEL, [...ACCOUNTS.map((name) => `/account ${name}`), '/overdue', ...parts]);
    expect(pressed.size).toBeGreaterThan(20);
    expect(forms.size).toBeGreaterThan(10);
    expect(strangers()).toEqual([]);
  },
  PATIENCE,
);

test(
  'so can what stands on accounts on hold, with a plan, an offer, a negotiator, a search for a contact, charges and requests',
  async () => {
    const numbers = ['HOLD', 'PLAN', 'OFFER', 'NEGO', 'TRACE', 'CLAIM', 'STOP', 'SOLE', 'INSO'];
    const desk = await letterDesk(
      numbers.map((number) => ({ number, name: `${number} Ltd`, ...(number === 'SOLE' && { kind: 'sole-trader' as const }) })),
    );
    stops.push(() => desk.stop());
    const change = async (number: string, request: Parameters<typeof changeAccount>[2]) => {
      const result = await changeAccount(desk.stores, accountId(number), request, 'U0INES', `forms:${number}:${JSON.stringify(request)}`);
      if (!result.done) throw new Error(`${number}: ${result.refused}`);
    };
    const of = (number: string) => ({
      entity: 'NWUK',
      currency: 'GBP',
      invoices: [{ invoice: `I-${number}`, open: 100_000, free: 100_000 }],
    });
    await change('HOLD', { do: 'hold', until: day('2026-12-04'), reason: 'Sales asked for time.' });
    const instalments = (['2026-12-18', '2027-01-18'] as const).map((date) => ({ agreed: day(date), date: day(date), amount: 50_000 }));
    const plan = { id: 'plan1', amount: 100_000, instalments, agreedWith: 'Imogen Larch', needsApproval: false, accelerates: false };
    await change('PLAN', { do: 'record-plan', ...of('PLAN'), ...plan });
    const invoices = of('OFFER').invoices.map((each) => ({ ...each, paid: 0 }));
    const offer = {
      id: 'offer1',
      kind: 'settlement' as const,
      pay: 80_000,
      until: day('2026-12-20'),
      needsApproval: false,
      underMandate: false,
    };
    await change('OFFER', { do: 'make-offer', ...of('OFFER'), ...offer, invoices });
    const mandate = { id: 'm1', negotiator: 'U0TOM', off: 20_00, most: { GBP: 10_000_00 }, longest: 90, until: day('2027-01-28') };
    await change('NEGO', { do: 'give-mandate', ...mandate });
    await change('TRACE', { do: 'mark-bounced', contact: 'larch', email: 'ap@trace.example' });
    const call = { entity: 'NWUK', contact: 'larch', name: 'Imogen Larch', phone: '+44 20 7946 0123', reason: null, note: '', stage: null };
    const nobody = { ...call, do: 'log-call' as const, outcome: 'no-answer' as const, invoices: [], open: ['I-TRACE'], agreed: null };
    await change('TRACE', nobody);
    await change('TRACE', { ...nobody, outcome: 'wrong-number' });
    const found = { name: 'Piet Quay', email: 'quay@trace.example', phone: '', role: 'director' };
    await change('TRACE', { do: 'trace', source: 'register', result: 'Names a director.', cost: 1200, currency: 'GBP', found });
    await change('INSO', { do: 'set-status', status: 'insolvent', reason: 'Gazette of today.' });
    const file = { procedure: 'Administration', court: '', reference: '', holder: { name: 'Jane Roe', email: '', address: '' } };
    const entered = { ...file, opened: day('2026-11-03'), deadline: day('2026-12-07'), retention: 'no' as const, goods: '', lookBack: 6 };
    const owed = { interest: 0, why: '', owedFrom: day('2026-10-10'), owedLast: day('2026-10-10') };
    const claimed = [{ entity: 'NWUK', currency: 'GBP', invoices: 1, open: 100_000, ...owed }];
    await change('INSO', { do: 'open-insolvency', id: 'i1', entered, claim: claimed });
    const base = worldOf({
      ...desk.stores,
      clock: { now: () => Temporal.Instant.from('2026-11-23T09:30:00Z') },
      holidays: () => new Set<string>(),
    });
    const stop = { kind: 'stop-supply' as const, account: accountId('STOP'), entity: 'NWUK', currency: 'GBP', amount: 100_000 };
    const asked = { ...stop, reason: 'No payment in sight.', reasonCodes: [], about: {} };
    expect((await requestDecision(worldOf({ ...base, kinds: supplyKinds(base) }), asked, 'U0MARA', 'forms:stop')).done).toBe(true);
    await desk.later();
    for (const user of ['U0MARA', 'U0INES', 'U0ALEX']) {
      const person = await desk.person(user);
      const pressed = await pressAll(person, CHANNEL, [
        ...numbers.map((number) => `/account ${number}`),
        '/collections sender NWUK',
        '/collections decide',
        '/collections evidence PLAN',
      ]);
      expect(pressed.size).toBeGreaterThan(10);
    }
    expect([...forms]).toEqual(
      expect.arrayContaining([
        'account-plan-cancel',
        'case-withdraw',
        'account-offer-withdraw',
        'account-mandate-end',
        'tracing-end',
        'account-insolvency',
        'insolvency-filed',
        'insolvency-dividend',
        'insolvency-close',
        'sender',
      ]),
    );
    expect(strangers()).toEqual([]);
  },
  PATIENCE,
);

test('the forms of a letter on paper and of counsel’s review are taken', () => {
  const letter = { service: { method: 'registered-post', address: 'Quay Street 4' }, preAction: true };
  checkView(letterReviewForm({ c: 'case1' }));
  checkView(letterPostedForm(letter as never, day('2026-11-23'), { c: 'case1' }));
  expect([...forms]).toEqual(['letter-review', 'letter-posted']);
});
