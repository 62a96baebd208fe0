import { dividedOf } from '../arrangements/record-promise.op.ts';
import { type Explanation, explainAccount } from '../follow-up/explain-account.op.ts';
import type { PolicyStage } from '../follow-up/policy.ts';
import { daysBetween } from '../kernel/day.ts';
import type { Money } from '../kernel/money.ts';
import { untrusted } from '../kernel/untrusted.ts';
import type { World } from '../kernel/world.port.ts';
import { letterLanguage } from '../mails/letter-language.ts';
import type { OurPerson } from '../team/team.port.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { CallScript } from './call-script.ts';
import { callable, type KnownContact, knownContacts } from './contact-book.ts';
import { contactHistory } from './contact-history.op.ts';

/** All that somebody needs before dialling. */
export interface CallBrief {
  readonly explanation: Explanation;
  /** The call that the policy asks for today, or null. */
  readonly due: PolicyStage | null;
  /** In order; do-not-contact is kept apart. */
  readonly contacts: readonly KnownContact[];
  readonly callable: readonly KnownContact[];
  /** Null when nothing may be asked for. */
  readonly script: CallScript | null;
  /** Newest first. */
  readonly recorded: readonly RecordedFact[];
}

const RECORDED = 60;

/** Null when there is no such account. `caller` is whoever opens the card. */
export async function readCallBrief(world: World, id: string, caller: OurPerson | null): Promise<CallBrief | null> {
  const [explanation, rows, recorded, settings] = await Promise.all([
    explainAccount(world, id),
    world.ledger.contacts(id),
    world.timeline.latest(`account:${id}`, RECORDED),
    world.settings.read(),
  ]);
  if (!explanation) return null;
  const { decision, row, work } = explanation;
  const due = decision.action?.stage.channel === 'call' ? decision.action.stage : null;
  const contacts = knownContacts(rows, work.contacts, id);
  const entity = callEntity(explanation);
  const asked = askedOnCall(explanation, entity);
  const { brokenPromises, lastContact } = contactHistory(work, entity, recorded);
  const script =
    asked.invoices.length === 0
      ? null
      : world.scripts({
          byManager: due?.approval === 'manager',
          language: letterLanguage(row, settings.terms?.[entity]?.language ?? null).language,
          country: row.country,
          caller: caller?.name ?? '',
          seller: settings.senders?.[entity]?.name ?? (settings.company || entity),
          invoices: asked.invoices.map((number) => untrusted(number)),
          totals: asked.totals,
          oldestDays: asked.oldestDays,
          brokenPromise: brokenPromises[0] ?? null,
          lastContact,
        });
  return { explanation, due, contacts, callable: callable(contacts), script, recorded };
}

/** Whose invoices are spoken of: those of today's call, else of the entity with the oldest that is past due. */
export function callEntity({ decision, row, day: { items } }: Explanation): string {
  if (decision.action) return decision.action.entity;
  const [oldest] = [...items].sort((a, b) => (a.due < b.due ? -1 : 1));
  return oldest?.entity ?? row.entity;
}

/** What of an entity's invoices is past due and neither promised, disputed nor planned; today's action where there is one. */
function askedOnCall(explanation: Explanation, entity: string): { invoices: string[]; totals: Money[]; oldestDays: number } {
  const { today } = explanation.day;
  const late = dividedOf(explanation)
    .filter(({ item, ask }) => item.entity === entity && item.due < today && ask > 0)
    .sort((a, b) => (a.item.due < b.item.due ? -1 : 1));
  const sums = new Map<string, number>();
  for (const { item, ask } of late) sums.set(item.currency, (sums.get(item.currency) ?? 0) + ask);
  return {
    invoices: late.map(({ item }) => item.number),
    totals: [...sums].map(([currency, amount]) => ({ amount, currency })),
    oldestDays: late[0] ? daysBetween(late[0].item.due, today) : 0,
  };
}
