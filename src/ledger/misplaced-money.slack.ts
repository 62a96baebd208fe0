import { z } from 'zod';
import { accountCards } from '../account/account-cards.slack.ts';
import { readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject } from '../slack/listeners.ts';
import type { SlackWorld } from '../slack/world.ts';
import { placeReceipts, placingOf } from './place-receipts.op.ts';

/** Of one customer, more than a card shows. */
const MOST = 100;
const about = z.looseObject({ r: z.string().max(100), n: z.string().max(100) });

/** Whether money under another customer or in another currency pays an invoice: said on the account's card, as after an import. */
export function misplacedMoneySubject(world: SlackWorld): Subject {
  const cards = accountCards(world);
  const said = (pays: boolean) => async (request: ClickRequest) => {
    const from = await cards.current(request);
    if (!from) return;
    const { r, n } = readCarried(about, request.value);
    const found = (await world.intake.misplaced(MOST, from.ref.a)).find((each) => each.receipt === r && each.invoice === n);
    if (!found) throw new Refused('Somebody has said meanwhile what this money is. Nothing was changed.');
    const placed = await placeReceipts(world, [placingOf(found, pays)], request.asker.user);
    if ('since' in placed) throw new Refused('An import is being applied. Nothing was changed. Try again when it is done.');
    const done = pays
      ? `:white_check_mark: ${found.number} pays ${found.invoiceNumber}.`
      : `:white_check_mark: ${found.number} is kept apart; ${found.invoiceNumber} is asked for again.`;
    await request.replace(await cards.card(from.ref.a, request.asker, done));
  };
  return {
    clicks: {
      'money-pays': { may: 'manage', run: said(true) },
      'money-apart': { may: 'manage', run: said(false) },
    },
  };
}
