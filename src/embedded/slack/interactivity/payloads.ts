import type { Channel, Json, Person } from '../state/model.ts';
import type { World } from '../world.ts';
import { commandOrigin, interactionOrigin } from './origins.ts';
import { Problem } from './problem.ts';

const VERIFICATION_TOKEN = 'local-verification-token';

/** What every interactive payload carries. @throws Problem when the manifest does not switch interactivity on */
export function interaction(world: World, person: Person, type: string): Json {
  if (world.manifest && world.manifest.settings.interactivity?.is_enabled !== true)
    throw new Problem('This app is not configured to handle interactive responses (settings.interactivity.is_enabled in its manifest).');
  const { user_team, ...origin } = interactionOrigin(world, person, type);
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: user_team },
    api_app_id: world.app.appId,
    token: VERIFICATION_TOKEN,
    ...origin,
  };
}

export function channelRef(channel: Channel): Json {
  return { id: channel.id, name: channelName(channel) };
}

function channelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'channel' ? channel.name : 'privategroup';
}

/** The form fields of a slash command. */
export function commandFields(world: World, person: Person, channel: Channel, command: string, text: string): Json {
  return {
    token: VERIFICATION_TOKEN,
    ...commandOrigin(world, person),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: world.app.appId,
    response_url: world.responseUrls.issue(channel.id, person.id),
    trigger_id: world.triggers.issue(person.id),
  };
}
