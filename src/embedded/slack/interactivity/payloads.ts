import type { Channel, Json, Person } from '../state/model.ts';
import { teamOf, type World } from '../world.ts';
import { Problem } from './problem.ts';

const VERIFICATION_TOKEN = 'local-verification-token';

/** What every interactive payload carries. @throws Problem when the manifest does not switch interactivity on */
export function interaction(world: World, person: Person, type: string): Json {
  if (world.manifest && world.manifest.settings.interactivity?.is_enabled !== true)
    throw new Problem('This app is not configured to handle interactive responses (settings.interactivity.is_enabled in its manifest).');
  const team = teamOf(world, person);
  return {
    type,
    team,
    user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
    api_app_id: world.app.appId,
    token: VERIFICATION_TOKEN,
    enterprise: null,
    is_enterprise_install: false,
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
  const team = teamOf(world, person);
  return {
    token: VERIFICATION_TOKEN,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: world.app.appId,
    is_enterprise_install: 'false',
    response_url: world.responseUrls.issue(world, channel.id, person.id),
    trigger_id: world.triggers.issue(person.id),
  };
}
