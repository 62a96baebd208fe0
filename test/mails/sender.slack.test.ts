import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { invoice, source } from '../support/ledger-place.ts';

const CHANNEL = 'C0COLLECT';
let bot: Bot;
let alex: PersonOnPage;
beforeAll(async () => {
  bot = await startBot({
    env: { SAMPLE_LEDGER: 'no' },
    async prepare(stores) {
      // As a list of invoices brings them: the customer names no selling entity, its invoices do.
      const owed = { account: 'C1', currency: 'EUR', total: 10_000, issued: day('2026-09-01'), due: day('2026-10-01') };
      const rows = [
        { kind: 'account' as const, account: { number: 'C1', name: 'Wolkenheim Elektro GmbH' } },
        invoice('I-1', { ...owed, entity: '1000' }),
        invoice('I-2', { ...owed, entity: '2000' }),
      ];
      await importLedger(stores, { source: source(rows), dryRun: false, confirmVanished: false, sample: false });
      const members = [{ user: 'U0ALEX', roles: ['admin' as const], absence: null }];
      await stores.team.save(await stores.team.read(), { members, rules: [] }, [], 'test');
    },
  });
  alex = await bot.person('U0ALEX');
});
afterAll(() => bot.stop());

const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const SENDER = {
  name: text('Northwind GmbH'),
  address: text('ar@northwind.example'),
  remittance: text('zahlung@northwind.example'),
  phone: text('+49 30 5555 0100'),
};

test('every selling entity that an invoice names can be given a sender, one behind the other', async () => {
  const listed = JSON.stringify(await ask(alex, CHANNEL, '/collections sender'));
  expect(listed).toContain('*1000*: :warning: not set');
  expect(listed).toContain('*2000*: :warning: not set');
  await alex.command(CHANNEL, '/collections sender 1000');
  const first = await alex.modal(1, (view) => view.title === 'Sender 1000');
  expect(await alex.submit(first.id, SENDER as never)).toMatchObject({ ok: true });
  const told = await alex.message((each) => JSON.stringify(each).includes('Not set yet: 2000.'));
  await press(alex, told, 'sender-open');
  const second = await alex.modal(1, (view) => view.title === 'Sender 2000');
  expect(await alex.submit(second.id, SENDER as never)).toMatchObject({ ok: true });
  const last = await alex.message((each) => JSON.stringify(each).includes('2000 now writes as Northwind GmbH'));
  expect(JSON.stringify(last)).not.toContain('Not set yet');
});

test('an entity that nothing names is refused with those that are', async () => {
  expect(JSON.stringify(await ask(alex, CHANNEL, '/collections sender 3000'))).toContain(
    'No invoice and no customer names a selling entity 3000. Known are: 1000, 2000.',
  );
});
