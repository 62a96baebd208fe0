import type { WorkedAccount } from '../account/account.port.ts';
import { disputedOf } from '../arrangements/dispute.ts';
import { interestStop } from '../escalation/insolvency.ts';
import { policyFor } from '../follow-up/policies.ts';
import { type Day, dayIn, zoneOf } from '../kernel/day.ts';
import { calendarAround, type WorkingDays } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Invoice } from '../ledger/invoice.ts';
import type { AccountRow } from '../ledger/ledger.port.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { Charges } from './charges.ts';
import { type ClaimableDebt, claimableDebt, type SentReminder } from './claimable.ts';
import { rateTable } from './interest-rates.ts';
import { ruleOf } from './law-rules.ts';
import { ledgerOn } from './ledger-on.ts';
import { type Terms, termsIn } from './terms.ts';

export interface AccountCharges {
  readonly worked: WorkedAccount;
  readonly row: AccountRow;
  readonly today: Day;
  readonly charges: Charges;
  /** What holds with each selling company that has something overdue. */
  readonly terms: ReadonlyMap<string, Terms>;
  /** Of any day, whether due or not. */
  readonly open: readonly Invoice[];
  /** Overdue ones, the oldest first. */
  readonly debts: readonly ClaimableDebt[];
}

/** More than this of one account is not read; the open invoices and the newest payments come first. */
const MOST_INVOICES = 20_000;
const MOST_RECEIPTS = 5000;
const MOST_FACTS = 1000;

/**
 * Everything about one account's interest and fees as of now; null when there is no such account. `inBusiness` as in InterestTerms. With `opening`, the
 * day on which insolvency proceedings over the customer were opened, as of its evening: interest stops there.
 */
export async function readCharges(
  world: World,
  account: string,
  inBusiness = false,
  opening: Day | null = null,
): Promise<AccountCharges | null> {
  const [row, worked, settings] = await Promise.all([world.ledger.account(account), world.accounts.load(account), world.settings.read()]);
  if (!row || !worked) return null;
  const [allInvoices, allPayments, allCreditNotes, stored, rates, policies, facts] = await Promise.all([
    world.ledger.invoices(account, MOST_INVOICES),
    world.ledger.payments(account, MOST_RECEIPTS),
    world.ledger.creditNotes(account, MOST_RECEIPTS),
    world.charges.load(account),
    world.rates.read(),
    world.policies.read(),
    world.timeline.latest(`account:${account}`, MOST_FACTS),
  ]);
  const today = opening ?? dayIn(zoneOf(row, settings), world.clock.now());
  const ledger = { invoices: allInvoices, payments: allPayments, creditNotes: allCreditNotes };
  const { invoices, payments, creditNotes } = opening === null ? ledger : ledgerOn(ledger, opening);
  const { agreement, disputes, kind, policy, insolvencies } = worked.work;
  const letters = new Map(policyFor(policies, policy, row.segment).stages.map((stage) => [stage.key, stage.template]));
  const circumstances = {
    kind: kind ?? row.kind,
    inBusiness,
    today,
    charges: stored.charges,
    rates: rateTable(rates.added),
    reminders: remindersIn(facts, letters),
    payments,
    creditNotes,
  };
  const calendars = new Map<string, WorkingDays>();
  const calendar = (country: string | null): WorkingDays | null => {
    if (country === null) return null;
    const known = calendars.get(country) ?? calendarOf(world, country, row, invoices, today);
    calendars.set(country, known);
    return known;
  };
  const open = invoices.filter((invoice) => invoice.open > 0 && !invoice.cancelled);
  const debts = open
    .filter(({ due }) => due < today)
    .sort((a, b) => (a.due < b.due ? -1 : 1))
    .map((invoice) => {
      // A dispute recorded here and in the ledger is the same one.
      const contested = Math.max(invoice.disputed, disputedOf(disputes, invoice.entity, invoice.number));
      const terms = termsIn(settings, agreement, invoice.entity);
      return claimableDebt(invoice, Math.min(invoice.open, contested), {
        ...circumstances,
        agreement: terms,
        calendar: calendar((terms.law && ruleOf(terms.law)?.daysOff) || null),
        opened: interestStop([...insolvencies, ...(opening === null ? [] : [{ opened: opening }])], invoice.issued),
      });
    });
  const terms = new Map([row.entity, ...debts.map(({ entity }) => entity)].map((entity) => [entity, termsIn(settings, agreement, entity)]));
  return { worked, row, today, charges: stored.charges, terms, open, debts };
}

/** Days off in the country of the law, and of the customer's region there, around the years of the open invoices. */
function calendarOf({ holidays }: World, country: string, row: AccountRow, invoices: readonly Invoice[], today: Day): WorkingDays {
  const first = invoices.reduce((least, { due, open }) => (open > 0 && due < least ? due : least), today);
  const years = Number(today.slice(0, 4)) - Number(first.slice(0, 4));
  return calendarAround(holidays, { country, region: row.country === country ? row.region : '' }, first, years + 1);
}

/** Newest first. A call or a task is no reminder. A stage that has left the policy is known by its key. */
function remindersIn(facts: readonly RecordedFact[], letters: ReadonlyMap<string, string>): SentReminder[] {
  const written = facts.filter(({ type, purpose, channel }) => {
    return type === 'contact-made' && purpose === 'stage' && (channel === 'email' || channel === 'letter');
  });
  return written.map(({ entity, stage, invoices, on }) => ({
    entity: String(entity),
    stage: String(stage),
    letter: letters.get(String(stage)) || String(stage),
    invoices: (invoices ?? []) as readonly string[],
    on: String(on) as Day,
  }));
}
