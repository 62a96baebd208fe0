import type { Contact } from '../account/account.ts';
import { knownContacts, mailable } from '../account/contact-book.ts';
import { contactHistory, stepsSoFar } from '../account/contact-history.op.ts';
import { type Charge, leftOf } from '../charges/charges.ts';
import { claimedFrom, statementsFor } from '../charges/read-statements.op.ts';
import type { Statement } from '../charges/statement.ts';
import type { AccountCase } from '../follow-up/account-days.op.ts';
import type { FollowUpAction } from '../follow-up/follow-up.ts';
import type { PlannedAccount } from '../follow-up/plan-day.op.ts';
import { wasMissing } from '../invoices/was-missing.op.ts';
import { type Day, zoneOf } from '../kernel/day.ts';
import { addTo, isExact, type Money } from '../kernel/money.ts';
import { type Untrusted, untrusted } from '../kernel/untrusted.ts';
import type { World } from '../kernel/world.port.ts';
import type { Invoice } from '../ledger/invoice.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import type { Settings } from '../team/settings.port.ts';
import type { OurPerson } from '../team/team.port.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { type CopyFile, copyFiles } from './invoice-copies.op.ts';
import { invoiceCopy } from './invoice-copy.ts';
import { customerOf } from './letter-customer.op.ts';
import {
  CHARGE_STAGES,
  COPY_STAGES,
  DEADLINE_STAGES,
  deadlineFrom,
  type FactSheet,
  factSheet,
  type LeftOut,
  type LetterKind,
  STATEMENT_STAGES,
} from './letter-facts.ts';
import type { DraftInvoice, MailAddress, MailAttachment, MailContent, ShownPart } from './mail-content.ts';
import type { MailLayout } from './mail-html.ts';
import { copiedTo, isAbout, letterOf, partsOf, shownOf, takenLetters } from './mail-parts.op.ts';
import type { SenderIdentity } from './sender.ts';

/** Why a mail that is due cannot be drafted; each is told with what to do. */
export type DraftGap = 'payee-account' | 'no-recipient' | 'no-sender' | 'no-letter' | 'no-collector' | 'amounts-too-large';

export interface MailFacts {
  readonly facts: FactSheet;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  /** Contacts of other stages that the mail takes along. */
  readonly cc?: readonly MailAddress[];
  readonly invoices: readonly DraftInvoice[];
  /** What it shows besides. */
  readonly parts?: readonly ShownPart[];
  /** What goes with the mail, one a currency. */
  readonly statements: readonly Statement[];
  /** Files of invoices that go with it, as the ledger names them. */
  readonly copies: readonly CopyFile[];
}

/** What a demand letter has of its own: its day and deadline, and the mail address where notice is served; '' on paper. */
export interface FormalTerms {
  readonly day: Day;
  readonly deadline: Day;
  readonly terms: NonNullable<FactSheet['formalTerms']> | null;
  readonly address: string;
}

/** Everything a due mail says, from the ledger as it is now; the words come from the drafter. */
export async function mailFacts(
  world: World,
  planned: PlannedAccount,
  action: FollowUpAction,
  freshness: Freshness,
  formal: FormalTerms | null = null,
): Promise<MailFacts | { gap: DraftGap }> {
  const stage = formal ? 'demand-letter' : letterOf(action);
  if (!stage) return { gap: 'no-letter' };
  if (!action.totals.every(({ asked, credit }) => isExact(asked) && isExact(credit))) return { gap: 'amounts-too-large' };
  const [settings, contacts, invoices, recorded, charges] = await Promise.all([
    world.settings.read(),
    world.ledger.contacts(planned.row.id),
    world.ledger.invoices(
      planned.row.id,
      action.said.named.length,
      action.said.named.map((number) => ({ entity: action.entity, number })),
    ),
    world.timeline.latest(`account:${planned.row.id}`, 100),
    claimedFrom(world.charges, planned.row.id, action.entity),
  ]);
  const parties = await partiesOf(world, planned, settings, contacts, action.entity, action.stage.contact, formal !== null);
  if ('gap' in parties) return parties;
  const { identity, contact, sender } = parties;
  const today = formal?.day ?? planned.day.today;
  const { calendar } = planned.day;
  const details = new Map(invoices.filter((invoice) => invoice.entity === action.entity).map((invoice) => [invoice.number, invoice]));
  const asOf = freshness.asOf ?? world.clock.now();
  const letters = takenLetters(planned, action, stage);
  const statements = letters.some((each) => STATEMENT_STAGES.has(each.letter))
    ? await statementsFor(world, planned.row, action.entity, identity.name, planned.work.postings)
    : [];
  const facts = factSheet(
    {
      ...{ stage, today },
      account: customerOf(planned.row, settings, action.entity),
      contact: addressed(contact),
      seller: sellerOf(identity),
      sender,
      invoices: invoiceFacts(action, stage, details),
      leftOut: leftOutOf(action),
      ...shownOf(action),
      charges: CHARGE_STAGES.has(stage) ? sumsOf(charges.filter((charge) => isAbout(charge, action))) : [],
      credits: action.totals.filter((total) => total.credit > 0).map(({ credit, currency }) => ({ amount: credit, currency })),
      history: historyOf(planned, action, recorded, formal),
      deadline: formal?.deadline ?? (DEADLINE_STAGES.has(stage) ? deadlineFrom(today, calendar) : null),
      ...(await whatIsMissing(world, planned, settings, action, stage)),
      formalTerms: formal?.terms ?? null,
      demandFollows: planned.policy.stages.some(({ proposes }) => proposes.includes('demand-letter')),
      remittance: identity.remittance,
      asOf: { at: asOf, zone: zoneOf(planned.row, settings) },
      finalAuthorised: action.stage.approval === 'second-person' && planned.policy.stages.at(-1)?.key !== action.stage.key,
      attachments: statements.length > 0 ? ['statement'] : [],
    },
    calendar,
  );
  return {
    facts,
    from: { name: sender.name, address: identity.address },
    to: formal ? serviceAddress(formal, contact) : [{ name: contact.name, address: contact.email }],
    cc: formal ? [] : copiedTo(planned, contacts, action, contact),
    invoices: invoicesOf(action),
    parts: partsOf(action),
    statements,
    copies: copyFiles(
      letters
        .filter(({ letter }) => COPY_STAGES.has(letter))
        .flatMap(({ invoices: numbers }) => numbers.map((number) => details.get(number) ?? { number, copy: '' })),
    ),
  };
}

/** Letters that ask for the first time after the due date. */
const FIRST_REMINDERS: ReadonlySet<LetterKind> = new Set(['friendly', 'plain']);

async function whatIsMissing(
  world: World,
  planned: PlannedAccount,
  settings: Settings,
  { entity, invoices }: FollowUpAction,
  stage: LetterKind,
): Promise<{ readonly missing?: boolean }> {
  const numbers = invoices.map(({ number }) => number);
  return FIRST_REMINDERS.has(stage) && (await wasMissing(world, planned, settings, entity, numbers)) ? { missing: true } : {};
}

export function copyLinkOf(stage: LetterKind, copy = ''): { readonly copyLink?: Untrusted } {
  const found = COPY_STAGES.has(stage) ? invoiceCopy(copy) : null;
  return found && 'link' in found ? { copyLink: untrusted(found.link) } : {};
}

export const sellerOf = ({ name, postal }: SenderIdentity): FactSheet['seller'] => (postal ? { name, postal } : { name });

/** A formal demand also says what was done before it. */
function historyOf(
  { work }: PlannedAccount,
  { entity, said }: FollowUpAction,
  recorded: readonly RecordedFact[],
  formal: FormalTerms | null,
) {
  const history = contactHistory(work, entity, recorded);
  return formal ? { ...history, steps: stepsSoFar(entity, said.named, recorded) } : history;
}

/** Addressed as the ledger says; no form of address is made of a name. */
export const addressed = ({ name, salutation }: Pick<Contact, 'name' | 'salutation'>): FactSheet['contact'] => ({
  name: untrusted(name),
  salutation: salutation ? untrusted(salutation) : null,
});

interface Parties {
  readonly identity: SenderIdentity;
  readonly contact: Pick<Contact, 'name' | 'email' | 'salutation'>;
  readonly sender: OurPerson;
}

/** Who writes to whom: the account's collector, for the selling entity, to the contact of this rank or the last one. */
export async function partiesOf(
  world: Pick<World, 'people'>,
  { row, work }: Pick<AccountCase, 'row' | 'work'>,
  settings: Settings,
  contacts: readonly Contact[],
  entity: string,
  rank: number,
  notice = false,
): Promise<Parties | { readonly gap: DraftGap }> {
  const identity = settings.senders?.[entity];
  if (!identity) return { gap: 'no-sender' };
  const known = knownContacts(contacts, work.contacts, row.id);
  const able = mailable(known);
  // Notice goes to the contract's address, whoever is known there.
  const contact = able[Math.min(rank, able.length) - 1] ?? (notice ? (known[0] ?? NOBODY) : undefined);
  if (!contact) return { gap: 'no-recipient' };
  const person = row.collector ? await world.people(row.collector) : null;
  if (!person?.name) return { gap: 'no-collector' };
  return { identity, contact, sender: { name: person.name, phone: person.phone || identity.phone, email: identity.address } };
}

const NOBODY: Pick<Contact, 'name' | 'email'> = { name: '', email: '' };

const serviceAddress = ({ address }: FormalTerms, { name }: Pick<Contact, 'name'>): MailAddress[] =>
  address === '' ? [] : [{ name, address }];

function sumsOf(charges: readonly Charge[]): Money[] {
  const sums = new Map<string, number>();
  for (const charge of charges) addTo(sums, { amount: leftOf(charge), currency: charge.currency });
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}

/** `layout` null: text alone, as a mail was written before there was HTML. */
export function mailContent(
  { facts, from, to, cc = [], invoices, parts = [] }: MailFacts,
  words: { readonly subject: string; readonly body: string },
  attachments: readonly MailAttachment[],
  layout: MailLayout | null = { version: 1, house: facts.seller.name },
): MailContent {
  const credits = facts.credits.map((money) => ({ why: 'credit' as const, money }));
  const claimed = (facts.charges ?? []).map((money) => ({ why: 'claimed' as const, money }));
  const apart = [...credits, ...facts.leftOut, ...claimed].map(({ why, money: { currency, amount } }) => ({ why, currency, amount }));
  return {
    from,
    to,
    cc,
    subject: words.subject,
    body: words.body,
    attachments,
    invoices,
    apart,
    ...(parts.length > 0 ? { parts } : {}),
    ...(layout ? { layout } : {}),
  };
}

function invoiceFacts(action: FollowUpAction, stage: LetterKind, details: ReadonlyMap<string, Invoice>): FactSheet['invoices'] {
  return action.invoices.map(({ number, issued, due, open, asked, currency }) => {
    const detail = details.get(number);
    return {
      number: untrusted(number),
      issued,
      due,
      open,
      asked,
      currency,
      ...(detail ? { total: detail.total } : {}),
      purchaseOrder: detail?.purchaseOrder ? untrusted(detail.purchaseOrder) : null,
      payLink: detail?.payLink ? untrusted(detail.payLink) : null,
      ...copyLinkOf(stage, detail?.copy),
    };
  });
}

function leftOutOf(action: FollowUpAction): LeftOut[] {
  const sums = new Map<string, { why: LeftOut['why']; money: { amount: number; currency: string } }>();
  for (const part of action.leftOut) {
    const { why } = part;
    const key = `${why} ${part.currency}`;
    const before = sums.get(key)?.money.amount ?? 0;
    sums.set(key, { why, money: { amount: before + part.amount, currency: part.currency } });
  }
  return [...sums.values()];
}

function invoicesOf(action: FollowUpAction): DraftInvoice[] {
  const resting = (number: string, why: string) =>
    action.leftOut.filter((part) => part.invoice === number && part.why === why).reduce((sum, part) => sum + part.amount, 0);
  return action.invoices.map(({ number, currency, open, asked }) => ({
    number,
    currency,
    residual: open,
    promised: resting(number, 'promised'),
    disputed: resting(number, 'disputed'),
    asked,
  }));
}
