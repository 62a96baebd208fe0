import type { WebClient } from '@slack/web-api';
import type { World } from '../kernel/world.port.ts';
import type { CommandNames } from '../team/settings.port.ts';
import type { Permission } from '../team/team.ts';
import type { Asker } from './listeners.ts';
import type { PlaceProblem } from './shared-file.ts';

/** The world with Slack in it: what listeners and whatever posts may use. */
export interface SlackWorld extends World {
  readonly client: WebClient;
  /** Id of the workspace that the bot is installed in. */
  readonly homeTeam: string;
  readonly botName: string;
  readonly botUser: string;
  /** One sentence when the asker is no member of ours, else null. */
  readonly membership: (asker: Asker) => Promise<string | null>;
  /** One sentence for people when the asker may not, else null. */
  readonly refusal: (asker: Asker, needed: Permission) => Promise<string | null>;
  /** One sentence when this person cannot be given accounts, else null. */
  readonly assignable: (user: string, asker: Asker) => Promise<string | null>;
  /** One sentence when files cannot be taken in this channel, else null. */
  readonly placeProblem: PlaceProblem;
  /** Gives the local workspace the new command names; null where a person must do it in Slack's app settings. */
  readonly installCommands: ((names: CommandNames) => void) | null;
  /** Lets what waits be posted at once; it would be within seconds anyway. */
  readonly postSoon: () => void;
}
