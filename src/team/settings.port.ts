import type { StandardTermsFact, StandardTermsOf } from '../charges/terms.ts';
import type { Stamped } from '../kernel/fact.ts';
import type { Recorded } from '../kernel/house-store.port.ts';
import type { PayeesOf } from '../mails/payee.ts';
import type { SenderIdentity } from '../mails/sender.ts';
import type { SettingsFact } from '../trail/fact-table.ts';

/** What the team set: where and when it works. One document, versioned. */
export interface Settings {
  readonly version: number;
  /** Name or id of the team's channel. */
  readonly digestChannel: string;
  /** Local hour 0-23. */
  readonly digestHour: number;
  /** IANA zone of the company's day. */
  readonly zone: string;
  /** Our name as customers know it. */
  readonly company: string;
  /** ISO 3166-1 alpha-2; whose public holidays are the team's days off. */
  readonly country: string;
  /** ISO 3166-2 subdivision without the country, or ''. */
  readonly region: string;
  /** Names of the slash commands without the slash: another app may own /account. */
  readonly commands: CommandNames;
  /** The names before the last change: they answer too, until Slack's own settings have followed. */
  readonly formerCommands?: CommandNames;
  /** Id of the channel where decisions are asked for; '' while none is set. */
  readonly escalationsChannel?: string;
  /** How each selling entity writes, by its code; an entity without one writes to nobody. */
  readonly senders?: Readonly<Record<string, SenderIdentity>>;
  /** Bank accounts of each selling entity, by its code. */
  readonly payees?: PayeesOf;
  /** Standard terms of each selling entity, by its code. */
  readonly terms?: StandardTermsOf;
}

export interface CommandNames {
  readonly overdue: string;
  readonly account: string;
  readonly collections: string;
}

export interface SettingsStore {
  /** The stored settings; the given defaults are written first when there are none. */
  load(defaults: Omit<Settings, 'version'>): Promise<Settings>;
  read(): Promise<Settings>;
  /** False when the version has moved on. */
  save(
    before: Settings,
    after: Omit<Settings, 'version'>,
    facts: readonly Stamped<SettingsFact | StandardTermsFact>[],
    command: string,
  ): Promise<boolean>;
  /** Apart from the settings, which have `commands` of their own. */
  recorded(): Promise<Recorded>;
}
