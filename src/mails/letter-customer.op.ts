import { untrusted } from '../kernel/untrusted.ts';
import type { AccountRow } from '../ledger/ledger.port.ts';
import type { Settings } from '../team/settings.port.ts';
import type { FactSources } from './letter-facts.ts';

/** Who is written to, and in which language our company writes where theirs is not known. */
export function customerOf({ id, name, language, country }: AccountRow, settings: Settings, entity: string): FactSources['account'] {
  return { id, name: untrusted(name), language, country, usual: settings.terms?.[entity]?.language ?? null };
}
