import type { AccountStore } from '../account/account.port.ts';
import type { Clock } from '../kernel/clock.port.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import type { AttachmentPorts } from '../mails/draft-attachments.op.ts';
import { letterLanguage, letterLocale } from '../mails/letter-language.ts';
import { type ClickRequest, Refused } from '../slack/listeners.ts';
import { sendFile } from '../slack/private-file.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { counted, plain } from '../slack/text.ts';
import { type ReadStatementsPorts, statementsFor } from './read-statements.op.ts';

export interface SendStatementsPorts extends ReadStatementsPorts, Pick<AttachmentPorts, 'statementPdf'> {
  readonly clock: Clock;
  readonly accounts: AccountStore;
}

/** An account's statements as of now, to the asker alone: nothing goes to the customer here. */
export async function sendStatements(
  ports: SendStatementsPorts,
  { asker, client, settings, answer }: ClickRequest,
  account: string,
): Promise<void> {
  const [row, worked, items, freshness] = await Promise.all([
    ports.ledger.account(account),
    ports.accounts.load(account),
    Array.fromAsync(ports.ledger.openItems(account)),
    ports.ledger.freshness(),
  ]);
  if (!row || !worked) throw new Refused(REFUSED['no-such-account']);
  const now = ports.clock.now();
  const zone = zoneOf(row, settings);
  const { language } = letterLanguage(row.language);
  const style = {
    language,
    locale: letterLocale(language, row.country),
    today: dayIn(zone, now),
    asOf: { at: freshness.asOf ?? now, zone },
  };
  const claimed = (await ports.charges.load(account)).charges.claimed;
  const entities = new Set([...items, ...claimed].map(({ entity }) => entity));
  const names: string[] = [];
  for (const entity of entities) {
    for (const statement of await statementsFor(ports, row, entity, settings.senders?.[entity]?.name ?? entity, worked.work.postings)) {
      const { name, bytes } = await ports.statementPdf(statement, style);
      await sendFile(client, asker.user, { name, bytes, title: name, comment: `Statement of ${plain(row.name)}, for you alone.` });
      names.push(name);
    }
  }
  if (names.length === 0) throw new Refused('Nothing is open on this account, so there is no statement.');
  await answer(sentence(`:page_facing_up: ${counted(names.length, 'statement')} in your direct messages: ${names.map(plain).join(', ')}.`));
}
