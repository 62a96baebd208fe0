import { type Correspondence, whyNotWrite } from '../domain/correspondence.ts';
import type { DraftInvoice } from '../domain/draft.ts';
import { type FactSheet, factSheet, type Matter, NO_HISTORY } from '../domain/facts.ts';
import { untrusted } from '../domain/untrusted.ts';
import { type AccountCase, decideCase, type FollowUpPorts, readAccountDay } from './account-days.ts';
import { copyLinkOf, type DraftContentPorts, type DraftGap, type MailFacts, partiesOf } from './draft-content.ts';
import { copyFiles } from './invoice-copies.ts';
import type { Freshness, OpenItem } from './ports.ts';

export type CorrespondenceMailPorts = FollowUpPorts & DraftContentPorts;

/** The mail as it would be now. */
export interface CorrespondenceMail {
  readonly mail: MailFacts;
  readonly account: AccountCase;
  readonly entity: string;
  readonly freshness: Freshness;
  /** Somebody has contacted the customer today already. */
  readonly contactedToday: boolean;
}

/** What a mail is about, as it is now. */
interface MatterNow {
  readonly entity: string;
  readonly matter: Matter | null;
  /** With what the letter shows of each; minor units. */
  readonly invoices: readonly { readonly item: OpenItem; readonly asked: number }[];
  /** What the customer gave as the reason. */
  readonly reason: string;
}

const MOST_PAYMENTS = 500;

/** Everything such a mail says, from the ledger as it is now; or why it cannot be written, as a sentence. */
export async function correspondenceMail(
  ports: CorrespondenceMailPorts,
  id: string,
  about: Correspondence,
): Promise<CorrespondenceMail | { readonly gone: string }> {
  const found = await readAccountDay(ports, id);
  const account = found?.cases[0];
  if (!found || !account) return { gone: 'The account is not in the ledger any more.' };
  const { reasons } = decideCase(account, found.policies);
  const stopped = whyNotWrite(reasons, about.answers !== null);
  if (stopped) return { gone: stopped };
  const now = await matterNow(ports, account, about);
  if ('gone' in now) return now;
  const [settings, contacts, details] = await Promise.all([
    ports.settings.read(),
    ports.ledger.contacts(id),
    ports.ledger.invoices(id, 500),
  ]);
  const parties = await partiesOf(ports, account, settings, contacts, now.entity, 1);
  if ('gap' in parties) return { gone: GAPS[parties.gap] };
  const { identity, contact, sender } = parties;
  const { row, day } = account;
  const known = new Map(details.filter((invoice) => invoice.entity === now.entity).map((invoice) => [invoice.number, invoice]));
  const facts: FactSheet = factSheet(
    {
      stage: about.kind,
      ...(now.matter ? { matter: now.matter } : {}),
      today: day.today,
      account: { id, name: untrusted(row.name), language: row.language, country: row.country },
      contact: { name: untrusted(contact.name), salutation: null },
      seller: { name: identity.name },
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
      asOf: { at: found.freshness.asOf ?? ports.clock.now(), zone: row.zone || settings.zone },
      finalAuthorised: false,
      attachments: [],
    },
    day.calendar.holidays,
  );
  const mail: MailFacts = {
    facts,
    from: { name: sender.name, address: identity.address },
    to: [{ name: contact.name, address: contact.email }],
    invoices: now.invoices.map((each) => draftInvoice(about, each)),
    statements: [],
    copies:
      about.kind === 'invoice-copy'
        ? copyFiles(now.invoices.map(({ item }) => known.get(item.number) ?? { number: item.number, copy: '' }))
        : [],
  };
  return { mail, account, entity: now.entity, freshness: found.freshness, contactedToday: reasons.includes('contacted-today') };
}

const GAPS: Readonly<Record<DraftGap, string>> = {
  'no-recipient': 'Nobody at this customer can be written to: add a contact with an address.',
  'no-sender': 'It is not set how this selling entity writes; an admin does that in the setup of senders.',
  'no-letter': 'There is no letter for this.',
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

async function matterNow(
  ports: CorrespondenceMailPorts,
  { row, work }: AccountCase,
  about: Correspondence,
): Promise<MatterNow | { readonly gone: string }> {
  const items = await Array.fromAsync(ports.ledger.openItems(row.id));
  const of = (entity: string, parts: readonly { readonly invoice: string; readonly amount: number }[]) =>
    parts
      .flatMap(({ invoice, amount }) => {
        const item = items.find((each) => each.entity === entity && each.number === invoice);
        return item && amount > 0 ? [{ item, asked: Math.min(amount, item.open) }] : [];
      })
      .sort((a, b) => (a.item.due < b.item.due ? -1 : 1));
  const sum = (invoices: MatterNow['invoices']) => invoices.reduce((total, { asked }) => total + asked, 0);
  switch (about.kind) {
    case 'promise-confirmation': {
      const promise = work.promises.find(({ id }) => id === about.about);
      if (!promise) return { gone: 'The promise has come to an end.' };
      const { entity, currency, amount, date } = promise;
      const invoices = of(entity, promise.parts);
      if (sum(invoices) < amount) return { gone: 'Less is open by now than was promised.' };
      return { entity, invoices, matter: { amount: { amount, currency }, on: date, instalments: [] }, reason: '' };
    }
    case 'promise-broken': {
      const promise = work.pastPromises.find(({ id }) => id === about.about);
      if (!promise || (promise.outcome !== 'broken' && promise.outcome !== 'partly-kept')) return { gone: 'No such promise was broken.' };
      const { entity, currency, amount, date } = promise;
      let missing = amount - promise.paid;
      const parts = of(
        entity,
        promise.invoices.map((invoice) => ({ invoice, amount: missing })),
      ).map(({ item, asked }) => {
        const part = { item, asked: Math.min(asked, missing) };
        missing -= part.asked;
        return part;
      });
      const invoices = parts.filter(({ asked }) => asked > 0);
      if (invoices.length === 0) return { gone: 'It has been paid meanwhile.' };
      return { entity, invoices, matter: { amount: { amount, currency }, on: date, instalments: [] }, reason: '' };
    }
    case 'dispute-received': {
      const dispute = work.disputes.find(({ id }) => id === about.about);
      if (!dispute || dispute.credit) return { gone: 'The dispute has been decided.' };
      const { entity, currency, amount, invoice, note } = dispute;
      const invoices = of(entity, [{ invoice, amount }]);
      if (sum(invoices) < amount) return { gone: 'Less is open by now than was disputed.' };
      return { entity, invoices, matter: { amount: { amount, currency }, on: null, instalments: [] }, reason: note };
    }
    case 'plan-offer': {
      const plan = work.plans.find(({ id }) => id === about.about);
      if (!plan) return { gone: 'The plan has come to an end.' };
      if (plan.state === 'proposed') return { gone: 'The plan waits for its approval.' };
      const { entity, currency, amount, instalments } = plan;
      const invoices = of(entity, plan.parts);
      if (sum(invoices) < amount) return { gone: 'Less is open by now than the plan covers.' };
      return { entity, invoices, matter: { amount: { amount, currency }, on: null, instalments }, reason: '' };
    }
    case 'invoice-copy': {
      const wanted = about.invoices.map((invoice) => ({ invoice, amount: Number.MAX_SAFE_INTEGER }));
      const invoices = of(about.entity, wanted);
      if (invoices.length < about.invoices.length) return { gone: 'One of these invoices is not open any more.' };
      return { entity: about.entity, invoices, matter: null, reason: '' };
    }
    case 'thanks': {
      const payment = (await ports.ledger.payments(row.id, MOST_PAYMENTS)).find(({ id }) => id === about.about);
      if (!payment || payment.reversed) return { gone: 'The payment is not in the ledger any more.' };
      const { entity, currency, amount, received } = payment;
      return { entity, invoices: [], matter: { amount: { amount, currency }, on: received, instalments: [] }, reason: '' };
    }
  }
}
