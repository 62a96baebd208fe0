import { slackUser } from '../conversation/slack-shapes.ts';
import type { World } from '../world.ts';
import { appName } from '../world.ts';
import { ApiError } from './api-error.ts';
import { page } from './args.ts';
import { listedTeam, personNamed } from './lookup.ts';
import { type Method, method } from './method.ts';

function shown(world: World, person: Parameters<typeof slackUser>[0]) {
  const user = slackUser(person);
  // Slack leaves the address out unless users:read.email is granted too.
  if (!world.scopes.has('users:read.email')) delete (user.profile as { email?: string }).email;
  return user;
}

export const PEOPLE_METHODS: Record<string, Method> = {
  'users.info': method(4, ['users:read'], (world, args) => ({ user: shown(world, personNamed(world, args.required('user'))) })),
  'users.list': method(2, ['users:read'], (world, args) => {
    const team = listedTeam(world, args);
    const people = world.store.people().filter((each) => each.enterprise?.teams.includes(team) ?? team === world.team.id);
    const { items, cursor } = page(people, args, 1000);
    return { members: items.map((each) => shown(world, each)), response_metadata: { next_cursor: cursor } };
  }),
  'users.lookupByEmail': method(3, ['users:read.email'], (world, args) => {
    const email = args.required('email').toLowerCase();
    // Slack answers users_not_found here, in the plural, also for a deactivated account.
    const person = world.store.people().find((each) => each.email.toLowerCase() === email && !each.deactivated && each.kind !== 'external');
    if (!person) throw new ApiError('users_not_found');
    return { user: shown(world, person) };
  }),
  'team.info': method(3, ['team:read'], (world) => ({ team: { ...world.team, email_domain: '', icon: {}, url: `${world.baseUrl}/` } })),
  'bots.info': method(3, ['users:read'], (world, args) => {
    if (args.text('bot') !== world.app.botId) throw new ApiError('bot_not_found');
    return {
      bot: {
        id: world.app.botId,
        app_id: world.app.appId,
        user_id: world.app.botUser,
        name: appName(world),
        deleted: false,
        updated: 0,
        icons: {},
      },
    };
  }),
};
