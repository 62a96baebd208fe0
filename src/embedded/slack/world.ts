import type { Delivery } from './delivery/delivery.ts';
import type { Events } from './delivery/events.ts';
import type { Faults } from './faults.ts';
import type { Modals } from './interactivity/modals.ts';
import type { ResponseUrls } from './interactivity/response-urls.ts';
import type { Triggers } from './interactivity/triggers.ts';
import type { Outage } from './outage.ts';
import type { Pages } from './page-server/pages.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Manifest } from './state/manifest.ts';
import type { AppIdentity, Message, Person, Team } from './state/model.ts';
import type { Store } from './state/store.ts';
import type { Timing } from './timing.ts';

export interface Credentials {
  botToken: string;
  appToken: string;
  signingSecret: string;
}

/** Everything one running workspace consists of; passed to whatever acts on it. */
export interface World {
  team: Team;
  app: AppIdentity;
  credentials: Credentials;
  /** http://127.0.0.1:port without a slash at the end. */
  baseUrl: string;
  store: Store;
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
  delivery: Delivery;
  events: Events;
  /** The next message's ts, always later than any before. */
  nextTs: () => string;
}

export function appName(world: World): string {
  return world.manifest?.display_information.name ?? world.store.person(world.app.botUser)?.realName ?? 'Arrears';
}

export function teamOf(world: World, person: Person): { id: string; domain: string } {
  // In a shared channel Slack names the clicker's own workspace, not the one the app is installed in.
  return person.kind === 'external' ? { id: person.teamId, domain: 'contoso' } : { id: world.team.id, domain: world.team.domain };
}
