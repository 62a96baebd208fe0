import { replyRests } from '../account/customer-reply.ts';
import { statementsFor } from '../charges/read-statements.op.ts';
import { type AccountCase, decideAccountCase, readAccountDay } from '../follow-up/account-days.op.ts';
import { zoneOf } from '../kernel/day.ts';
import { untrusted } from '../kernel/untrusted.ts';
import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import { type Correspondence, type InTheWay, whyNotWrite } from './correspondence.ts';
import { type MatterNow, matterNow } from './correspondence-matter.op.ts';
import { addressed, copyLinkOf, type DraftGap, type MailFacts, partiesOf, sellerOf } from './draft-content.op.ts';
import { copyFiles } from './invoice-copies.op.ts';
import { customerOf } from './letter-customer.op.ts';
import { type FactSheet, factSheet, NO_HISTORY } from './letter-facts.ts';
import type { DraftInvoice } from './mail-content.ts';

/** The mail as it would be now. */
export interface CorrespondenceMail {
  readonly mail: MailFacts;
  readonly account: AccountCase;
  readonly entity: string;
  readonly freshness: Freshness;
  /** Somebody has contacted the customer today already. */
  readonly contactedToday: boolean;
}

/** A mail about no invoice in particular is about the account. */
function inTheWay({ work }: AccountCase, now: MatterNow | null): Pick<InTheWay, 'placed' | 'reply'> {
  const items = now?.invoices.map(({ item }) => item) ?? [];
  const placements = work.placements.filter(({ state }) => state !== 'recalled');
  if (items.length === 0) return { placed: placements.length > 0, reply: work.replies.length > 0 };
  return {
    placed: placements.some(({ entity, invoices }) => items.some((item) => item.entity === entity && invoices.includes(item.number))),
    reply: work.replies.some((reply) => items.some((item) => replyRests(reply, item) === 'about')),
  };
}

/** Everything such a mail says, from the ledger as it is now; or why it cannot be written, as a sentence. */
export async function correspondenceMail(
  world: World,
  id: string,
  about: Correspondence,
): Promise<CorrespondenceMail | { readonly gone: string }> {
  const found = await readAccountDay(world, id);
  const account = found?.cases[0];
  if (!found || !account) return { gone: 'The account is not in the ledger any more.' };
  const { reasons } = decideAccountCase(account, found.policies);
  const now = await matterNow(world.ledger, account, about);
  const stopped = whyNotWrite({ reasons, ...inTheWay(account, 'gone' in now ? null : now) }, about.answers !== null);
  if (stopped) return { gone: stopped };
  if ('gone' in now) return now;
  const [settings, contacts, details] = await Promise.all([
    world.settings.read(),
    world.ledger.contacts(id),
    world.ledger.invoices(
      id,
      now.invoices.length,
      now.invoices.map(({ item }) => ({ entity: now.entity, number: item.number })),
    ),
  ]);
  const parties = await partiesOf(world, account, settings, contacts, now.entity, 1);
  if ('gap' in parties) return { gone: GAPS[parties.gap] };
  const { identity, contact, sender } = parties;
  const { row, day, work } = account;
  const statements = about.kind === 'statement-copy' ? await statementsFor(world, row, now.entity, identity.name, work.postings) : [];
  const known = new Map(details.filter((invoice) => invoice.entity === now.entity).map((invoice) => [invoice.number, invoice]));
  const facts: FactSheet = factSheet(
    {
      stage: about.kind,
      ...(now.matter ? { matter: now.matter } : {}),
      today: day.today,
      account: customerOf(row, settings, now.entity),
      contact: addressed(contact),
      seller: sellerOf(identity),
      sender,
      invoices: now.invoices.map(({ item, asked }) => {
        const { purchaseOrder = '', payLink = '', copy = '' } = known.get(item.number) ?? {};
        const { issued, due, open, currency } = item;
        return {
          ...{ number: untrusted(item.number), issued, due, open, asked, currency },
          purchaseOrder: purchaseOrder === '' ? null : untrusted(purchaseOrder),
          payLink: payLink === '' ? null : untrusted(payLink),
          ...copyLinkOf(about.kind, copy),
        };
      }),
      leftOut: [],
      credits: [],
      history: now.reason === '' ? NO_HISTORY : { ...NO_HISTORY, reason: untrusted(now.reason) },
      deadline: null,
      remittance: identity.remittance,
      asOf: { at: found.freshness.asOf ?? world.clock.now(), zone: zoneOf(row, settings) },
      finalAuthorised: false,
      attachments: statements.length > 0 ? ['statement'] : [],
    },
    day.calendar,
  );
  const mail: MailFacts = {
    facts,
    from: { name: sender.name, address: identity.address },
    to: [{ name: contact.name, address: contact.email }],
    invoices: now.invoices.map((each) => draftInvoice(about, each)),
    statements,
    copies:
      about.kind === 'invoice-copy'
        ? copyFiles(now.invoices.map(({ item }) => known.get(item.number) ?? { number: item.number, copy: '' }))
        : [],
  };
  return { mail, account, entity: now.entity, freshness: found.freshness, contactedToday: reasons.includes('contacted-today') };
}

const GAPS: Readonly<Record<DraftGap, string>> = {
  'payee-account': 'An e-invoice among the copies names a bank account that two people have not confirmed as ours.',
  'no-recipient': 'Nobody at this customer can be written to: add a contact with an address.',
  'no-sender': 'It is not set how this selling entity writes; an admin does that in the setup of senders.',
  'no-letter': 'There is no letter for this.',
  'amounts-too-large':
    'The amounts of this customer are too large to add up. Correct the largest invoice in the accounting system and import it again.',
  'no-collector': 'Nobody has this account who could sign the mail. Assign it first.',
};

function draftInvoice({ kind }: Correspondence, { item, asked }: MatterNow['invoices'][number]): DraftInvoice {
  const { number, currency, open: residual } = item;
  return {
    ...{ number, currency, residual, asked },
    promised: kind === 'promise-confirmation' ? asked : 0,
    disputed: kind === 'dispute-received' ? asked : 0,
  };
}
