import { knownContacts, mailable } from '../account/contact-book.ts';
import type { World } from '../kernel/world.port.ts';
import { customerOf } from '../mails/letter-customer.op.ts';
import { type LetterLanguage, letterLanguage } from '../mails/letter-language.ts';
import { readAccountDays } from './account-days.op.ts';
import { type StartPlan, startPlan } from './plan-starts.op.ts';

/** What stands between an imported ledger and the first mail. Counts are of customers with something open. */
export interface FirstHour {
  readonly accounts: number;
  readonly withoutCollector: number;
  readonly withoutAddress: readonly { readonly number: string; readonly name: string }[];
  /** Selling entities as which nobody writes yet. */
  readonly unsetSenders: readonly string[];
  /** In which language each customer is written to; none for those about whom nothing is known. */
  readonly languages: ReadonlyMap<LetterLanguage, number>;
  readonly languageUnknown: number;
  /** Selling entities of those, which may say a usual language. */
  readonly entitiesWithoutLanguage: readonly string[];
  readonly starts: StartPlan;
  /** Mails that wait for a person, by collector; '' for those of nobody. */
  readonly drafts: ReadonlyMap<string, number>;
}

export async function readFirstHour(world: World): Promise<FirstHour> {
  const [{ cases }, contacts, settings, entities, drafts] = await Promise.all([
    readAccountDays(world),
    world.ledger.allContacts(),
    world.settings.read(),
    world.ledger.entities(),
    world.drafts.open(),
  ]);
  const open = cases.filter(({ day }) => day.items.length > 0);
  const contactsOf = Map.groupBy(contacts, ({ account }) => account);
  const languages = new Map<LetterLanguage, number>();
  const unknown: string[][] = [];
  for (const { row, day } of open) {
    const sold = [...new Set(day.items.map(({ entity }) => entity))];
    const { language, from } = letterLanguage(row, customerOf(row, settings, sold[0]!).usual ?? null);
    if (from === 'nothing') unknown.push(sold);
    else languages.set(language, (languages.get(language) ?? 0) + 1);
  }
  const waiting = new Map<string, number>();
  // Those of the sample outlive it for a while.
  const known = new Set(cases.map(({ row }) => row.id));
  for (const { draft } of drafts)
    if (draft.state === 'waiting' && known.has(draft.account))
      waiting.set(draft.collector ?? '', (waiting.get(draft.collector ?? '') ?? 0) + 1);
  return {
    accounts: open.length,
    withoutCollector: open.filter(({ row }) => row.collector === null).length,
    withoutAddress: open
      .filter(({ row, work }) => mailable(knownContacts(contactsOf.get(row.id) ?? [], work.contacts, row.id)).length === 0)
      .map(({ row: { number, name } }) => ({ number, name })),
    unsetSenders: entities.filter((code) => !settings.senders?.[code]),
    languages,
    languageUnknown: unknown.length,
    entitiesWithoutLanguage: [...new Set(unknown.flat())].sort(),
    starts: startPlan(cases),
    drafts: waiting,
  };
}
