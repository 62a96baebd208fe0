import type { Json, Person, Team } from '../state/model.ts';
import type { World } from '../world.ts';

/** Another company's workspace, as seen through a shared channel. */
const OTHER_DOMAIN = 'contoso';

function named(world: World, id: string): Json {
  const team: Team | undefined = [world.team, ...(world.organisation?.teams ?? [])].find((each) => each.id === id);
  const enterprise = world.organisation && team ? { enterprise_id: world.organisation.id, enterprise_name: world.organisation.name } : {};
  return { id, domain: team?.domain ?? OTHER_DOMAIN, ...enterprise };
}

/**
 * The workspaces that a click, form, shortcut or question for options names.
 * - `user.team_id` is always one and the same workspace of a person who belongs to several (github.com/slackapi/bolt-js/issues/1875), and in a
 *   shared channel their own company's (github.com/slackapi/java-slack-sdk/issues/1041).
 * - `team` is the app's workspace for clicks (the same issue) and the person's own for forms (github.com/slackapi/bolt-js/issues/1614); it is
 *   null when the app is installed for a whole organisation (@slack/bolt App.js buildSource; slackapi/deno-slack-runtime issue 65).
 */
export function interactionOrigin(world: World, person: Person, type: string): Json & { user_team: string } {
  const { organisation } = world;
  const ofPerson = person.kind === 'external' || (organisation !== null && type.startsWith('view_'));
  return {
    user_team: person.teamId,
    team: organisation?.orgWide ? null : named(world, ofPerson ? person.teamId : world.team.id),
    enterprise: organisation && { id: organisation.id, name: organisation.name },
    is_enterprise_install: organisation?.orgWide ?? false,
  };
}

/** A slash command names the workspace it was typed in (github.com/slackapi/bolt-js/issues/1875). */
export function commandOrigin(world: World, person: Person): Json {
  const { organisation } = world;
  const id = organisation?.orgWide && !person.enterprise?.teams.includes(world.team.id) ? person.teamId : world.team.id;
  const { id: team_id, domain: team_domain, ...enterprise } = named(world, id);
  return { team_id, team_domain, ...enterprise, is_enterprise_install: String(organisation?.orgWide ?? false) };
}
