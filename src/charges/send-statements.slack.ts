import { dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';

import { letterLanguage, letterLocale } from '../mails/letter-language.ts';
import { type ClickRequest, Refused } from '../slack/listeners.ts';
import { sendFile } from '../slack/private-file.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { counted, plain } from '../slack/text.ts';
import { statementsFor } from './read-statements.op.ts';

/** An account's statements as of now, to the asker alone: nothing goes to the customer here. */
export async function sendStatements(world: World, { asker, client, settings, answer }: ClickRequest, account: string): Promise<void> {
  const [row, worked, items, freshness] = await Promise.all([
    world.ledger.account(account),
    world.accounts.load(account),
    world.ledger.openItems(account),
    world.ledger.freshness(),
  ]);
  if (!row || !worked) throw new Refused(REFUSED['no-such-account']);
  const now = world.clock.now();
  const zone = zoneOf(row, settings);
  const styleOf = (entity: string) => {
    const { language } = letterLanguage(row, settings.terms?.[entity]?.language ?? null);
    return {
      language,
      locale: letterLocale(language, row.country),
      today: dayIn(zone, now),
      asOf: { at: freshness.asOf ?? now, zone },
    };
  };
  const claimed = (await world.charges.load(account)).charges.claimed;
  const entities = new Set([...items, ...claimed].map(({ entity }) => entity));
  const names: string[] = [];
  for (const entity of entities) {
    for (const statement of await statementsFor(world, row, entity, settings.senders?.[entity]?.name ?? entity, worked.work.postings)) {
      const { name, bytes } = await world.statementPdf(statement, styleOf(entity));
      await sendFile(client, asker.user, { name, bytes, title: name, comment: `Statement of ${plain(row.name)}, for you alone.` });
      names.push(name);
    }
  }
  if (names.length === 0) throw new Refused('Nothing is open on this account, so there is no statement.');
  await answer(sentence(`:page_facing_up: ${counted(names.length, 'statement')} in your direct messages: ${names.map(plain).join(', ')}.`));
}
