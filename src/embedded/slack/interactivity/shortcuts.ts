import { findMessage } from '../conversation/messages.ts';
import { slackMessage } from '../conversation/slack-shapes.ts';
import type { Json, Person } from '../state/model.ts';
import { hasApp, type World } from '../world.ts';
import { unanswered } from './actions.ts';
import { channelRef, interaction } from './payloads.ts';
import { Problem } from './problem.ts';

/** Runs a shortcut on a message, or a global one. @throws Problem when there is no such shortcut or the app did not take it */
export async function runShortcut(
  world: World,
  person: Person,
  input: { callbackId: string; channel: string; ts?: string },
): Promise<void> {
  const type = input.ts === undefined ? 'global' : 'message';
  const declared = world.manifest?.features.shortcuts.find((each) => each.callback_id === input.callbackId && each.type === type);
  if (!declared || !hasApp(world, person)) throw new Problem('There is no such shortcut.');
  const common = { callback_id: input.callbackId, trigger_id: world.triggers.issue(person.id), action_ts: (Date.now() / 1000).toFixed(6) };
  const payload = input.ts === undefined ? interaction(world, person, 'shortcut') : onMessage(world, person, input.channel, input.ts);
  const answer = await world.delivery.send('interactive', { ...payload, ...common });
  if (!answer.acked) throw new Problem(unanswered(world, answer));
}

function onMessage(world: World, person: Person, channelId: string, ts: string): Json {
  const channel = world.store.channel(channelId);
  const message = findMessage(world, channelId, ts, person.id);
  if (!channel?.members.includes(person.id) || !message) throw new Problem('This message is no longer there.');
  if (message.ephemeralTo !== undefined) throw new Problem('Shortcuts do not work on messages only you can see.');
  return {
    ...interaction(world, person, 'message_action'),
    message_ts: ts,
    channel: channelRef(channel),
    message: slackMessage(world, message),
    response_url: world.responseUrls.issue(channel.id, person.id, ts),
  };
}
