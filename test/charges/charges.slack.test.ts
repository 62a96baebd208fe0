import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageMessage, PageState } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-23T10:00:00Z') };
const CHANNEL = 'C0COLLECT';
let bot: Bot;
let ines: PersonOnPage;
let shown: PageMessage;

const text = (value: string) => ({ value: { type: 'plain_text_input', value } });

/** What is shown of interest and fees after something was done. */
async function after(act: () => Promise<unknown>): Promise<PageMessage> {
  const before = new Set(ines.shown.map(({ ts }) => ts));
  await act();
  return ines.message((message) => !before.has(message.ts) && said(message).includes('Interest and fees'));
}

async function form(action: string) {
  await press(ines, shown, action);
  return ines.modal(1);
}

const entering = async (action: string, state: PageState) => ines.submit((await form(action)).id, state);

beforeAll(async () => {
  bot = await startBot({ clock });
  ines = await bot.person('U0INES');
  const card = await ask(ines, CHANNEL, '/account C1002');
  const menu = (card.blocks as { block_id: string; elements?: { action_id: string }[] }[])
    .flatMap(({ block_id, elements = [] }) => elements.map(({ action_id }) => ({ block_id, action_id })))
    .find(({ action_id }) => action_id.startsWith('account-more:'))!;
  const chosen = {
    type: 'static_select',
    selected_option: { value: 'account-charges', text: { type: 'plain_text', text: 'Interest and fees…' } },
  };
  shown = await after(() => ines.click({ channel: card.channel, ts: card.ts }, menu.block_id, menu.action_id, chosen));
  const view = await form('charge-cost');
  shown = await after(async () =>
    expect(
      await ines.submit(view.id, {
        amount: text('GBP 381.47'),
        purpose: text('tracing'),
        invoice: {
          value: { type: 'static_select', selected_option: { value: '-', text: { type: 'plain_text', text: 'The whole account' } } },
        },
        document: text(''),
      }),
    ).toEqual({ ok: true }),
  );
});
afterAll(() => bot.stop());

it.each(['3,50', '1.250,00', '12,5'])('%s as the amount to waive or as paid is refused and changes nothing', async (typed) => {
  for (const action of ['charge-waive', 'charge-paid']) {
    const answer = await entering(action, { amount: text(typed), ...(action === 'charge-waive' ? { reason: text('agreed') } : {}) });
    expect(answer).toMatchObject({ errors: { amount: `“${typed}” is not an amount in GBP. Type it like 125.00.` } });
    await ines.act({ do: 'close', view: (await ines.modal(1)).id });
    await ines.noModal();
  }
});

it('3.50 waives 3.50', async () => {
  const view = await form('charge-waive');
  const now = await after(() => ines.submit(view.id, { amount: text('3.50'), reason: text('agreed') }));
  expect(said(now)).toContain('£377.97');
});
