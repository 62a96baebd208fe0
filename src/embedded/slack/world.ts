import type { Delivery } from './delivery/delivery.ts';
import type { Faults } from './faults.ts';
import type { Modals } from './interactivity/modals.ts';
import type { ResponseUrls } from './interactivity/response-urls.ts';
import type { Triggers } from './interactivity/triggers.ts';
import type { Outage } from './outage.ts';
import type { PageKeys } from './page-server/page-keys.ts';
import type { Pages } from './page-server/pages.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Manifest } from './state/manifest.ts';
import type { AppIdentity, Channel, Message, Organisation, Person, Team } from './state/model.ts';
import type { Store } from './state/store.ts';
import type { Timing } from './timing.ts';

export interface Credentials {
  botToken: string;
  appToken: string;
  signingSecret: string;
}

/** Everything one running workspace consists of; passed to whatever acts on it. */
export interface World {
  /** The workspace in which the app is installed. */
  team: Team;
  /** Of which the workspace is a part; null outside Enterprise Grid. */
  organisation: Organisation | null;
  app: AppIdentity;
  credentials: Credentials;
  /** http://127.0.0.1:port without a slash at the end. */
  baseUrl: string;
  store: Store;
  /** Public channels nobody of the team is in, as a large company has by the thousand; the page does not show them. */
  crowd: readonly Channel[];
  /** Messages shown to one person, by channel/ts: in memory only, as Slack forgets them on reload. */
  ephemerals: Map<string, Message>;
  manifest: Manifest | null;
  scopes: Set<string>;
  timing: Timing;
  limits: RateLimits;
  faults: Faults;
  outage: Outage;
  /** Why Slack refuses a token for the time being, by its kind. */
  refused: { bot?: string; app?: string };
  /** The switch in the app's settings. */
  socketModeOn: boolean;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  modals: Modals;
  pages: Pages;
  keys: PageKeys;
  delivery: Delivery;
  /** The next message's ts, always later than any before. */
  nextTs: () => string;
}

export function appName(world: World): string {
  return world.manifest?.display_information.name ?? world.store.person(world.app.botUser)?.realName ?? 'Arrears';
}

/** Whether the app exists where this person works: its commands and shortcuts are offered in the workspaces it is installed in alone. */
export function hasApp(world: World, person: Person): boolean {
  if (person.kind === 'external') return false;
  return world.organisation?.orgWide === true || (person.enterprise?.teams.includes(world.team.id) ?? true);
}
