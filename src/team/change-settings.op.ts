import type { HolidayPlaces } from '../kernel/clock.port.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { SettingsFact } from '../trail/fact-table.ts';
import type { CommandNames, Settings } from './settings.port.ts';

/** What an admin may set. */
export type SettingsChange = Pick<Settings, 'digestChannel' | 'digestHour' | 'zone' | 'company' | 'country' | 'region' | 'commands'> & {
  readonly escalationsChannel: string;
};

/** A sentence per field that cannot be taken; nothing was changed. */
export type SettingsFaults = Partial<Record<keyof SettingsChange | keyof CommandNames, string>>;

export type ChangeSettingsResult =
  | { readonly done: true; readonly settings: Settings; readonly before: Settings }
  | { readonly done: false; readonly faults: SettingsFaults }
  | { readonly done: false; readonly faults?: undefined; readonly refused: 'changed-meanwhile' };

/** Writes the settings once, with what changed as a fact. A repeated command does nothing. The caller has authorized `by`. */
export async function changeSettings(
  world: Pick<World, 'clock' | 'settings' | 'places'>,
  wanted: SettingsChange,
  by: string,
  command: string,
): Promise<ChangeSettingsResult> {
  const faults = faultsOf(wanted, world.places);
  if (Object.keys(faults).length > 0) return { done: false, faults };
  const written = await writeOnce({
    ...{ aggregate: 'settings', by, command, now: world.clock.now() },
    load: async () => ({ settings: await world.settings.read(), ...(await world.settings.recorded()) }),
    decide: ({ settings }) => {
      const changes = changesOf(settings, wanted);
      const { version: _, ...kept } = settings;
      const settingsThen = { ...kept, ...wanted, ...(changes.commands ? { formerCommands: settings.commands } : {}) };
      const nothing = Object.keys(changes).length === 0;
      return { settingsThen, facts: nothing ? [] : [{ type: 'settings-changed', changes } satisfies SettingsFact] };
    },
    save: async ({ settings }, { settingsThen, facts: changed }, facts) =>
      changed.length === 0 || world.settings.save(settings, settingsThen, facts, command),
  });
  if (!written.done) return { done: false, refused: 'changed-meanwhile' };
  const { settings: before } = written.stored;
  const after = written.decision?.facts.length ? { ...written.decision.settingsThen, version: before.version + 1 } : before;
  return { done: true, settings: after, before };
}

function changesOf(before: Settings, wanted: SettingsChange): SettingsFact['changes'] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? '') === JSON.stringify(b);
  return Object.fromEntries(
    (Object.keys(wanted) as (keyof SettingsChange)[])
      .filter((name) => !same(before[name], wanted[name]))
      .map((name) => [name, { from: before[name] ?? '', to: wanted[name] }]),
  );
}

/** Slack's rule for command names; its own commands cannot be taken. */
const COMMAND = /^[a-z0-9_-]{1,31}$/;

function faultsOf(wanted: SettingsChange, places: HolidayPlaces): SettingsFaults {
  const faults: SettingsFaults = {};
  if (!Number.isInteger(wanted.digestHour) || wanted.digestHour < 0 || wanted.digestHour > 23) faults.digestHour = 'An hour from 0 to 23.';
  if (!isZone(wanted.zone)) faults.zone = 'No such time zone. Use a name such as Europe/Berlin or America/New_York.';
  if (!places.country(wanted.country))
    faults.country = 'No public holidays are known for this country. Use its two letters, such as GB or DE.';
  const regions = places.regions(wanted.country);
  if (!faults.country && wanted.region !== '' && !regions.includes(wanted.region)) {
    faults.region =
      regions.length === 0
        ? 'This country has no regions with holidays of their own: leave it empty.'
        : `One of: ${regions.join(', ')}; or empty.`;
  }
  for (const [key, name] of Object.entries(wanted.commands) as [keyof CommandNames, string][]) {
    if (!COMMAND.test(name)) faults[key] = 'Small letters, digits, - and _, at most 31, without the slash.';
    else if (Object.values(wanted.commands).filter((other) => other === name).length > 1)
      faults[key] = 'Each command needs a name of its own.';
  }
  return faults;
}

/** IANA names only: offsets such as +02:00 know no summer time. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
