import { interactiveElements } from '../block-kit/check.ts';
import { findMessage } from '../conversation/messages.ts';
import { slackMessage, slackView } from '../conversation/slack-shapes.ts';
import { RequestUrl } from '../delivery/request-url.ts';
import type { Answer, Unanswered } from '../delivery/transport.ts';
import type { Channel, Json, Message, Person, StateValues, View } from '../state/model.ts';
import { appName, type World } from '../world.ts';
import { channelRef, interaction } from './payloads.ts';
import { Problem } from './problem.ts';
import { stateValues, valueMember } from './state-values.ts';

export type Place = { channel: string; ts: string } | { view: string };
type Found = { view: View } | { channel: Channel; message: Message };

/** Where a person clicked: a view they have open or a message of the app they can see. @throws Problem */
function place(world: World, person: Person, from: Place): Found {
  if ('view' in from) {
    const view = [...world.modals.of(person.id), world.store.home(person.id)].find((each) => each?.id === from.view);
    if (!view) throw new Problem('This view is no longer open.');
    return { view };
  }
  const channel = world.store.channel(from.channel);
  const message = findMessage(world, from.channel, from.ts, person.id);
  if (!channel?.members.includes(person.id) || !message) throw new Problem('This message is no longer there.');
  if (!message.byApp) throw new Problem('Only messages of an app have buttons.');
  return { channel, message };
}

/** The element of a block by the action_id the page names. @throws Problem */
function elementIn(blocks: Json[], blockId: string, drawn: unknown): Json {
  const actionId = (drawn as Json | null)?.action_id;
  const block = blocks.find((each) => each.block_id === blockId);
  const found = block && interactiveElements(block).find(({ element }) => element.action_id === actionId);
  if (!found) throw new Problem('This button is no longer there.');
  return found.element;
}

/** The members of an interaction that say where it happened, with a trigger for what comes next. */
function whereabouts(world: World, person: Person, found: Found, entered: StateValues): Json {
  if ('view' in found) {
    return {
      container: { type: 'view', view_id: found.view.id },
      trigger_id: world.triggers.issue(person.id, found.view.type === 'modal' ? found.view.id : undefined),
      view: slackView(world, found.view),
    };
  }
  const { channel, message } = found;
  const ephemeral = message.ephemeralTo !== undefined;
  const thread = message.threadTs ? { thread_ts: message.threadTs } : {};
  return {
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral, ...thread },
    trigger_id: world.triggers.issue(person.id),
    channel: channelRef(channel),
    // Slack leaves the message out when only one person could see it.
    ...(!ephemeral && { message: slackMessage(world, message) }),
    state: { values: stateValues(message.blocks ?? [], entered) },
    response_url: world.responseUrls.issue(channel.id, person.id, message.ts),
  };
}

function actionOf(element: Json, block: string, value: unknown): Json {
  const { type, action_id, text, value: own, style } = element;
  const common = { type, action_id, block_id: block, action_ts: (Date.now() / 1000).toFixed(6) };
  if (type === 'button') return { ...common, text, ...(own !== undefined && { value: own }), ...(style !== undefined && { style }) };
  const chosen = (value ?? {}) as Json;
  const member = type === 'overflow' ? 'selected_option' : valueMember(type)!;
  return { ...common, [member]: chosen[member] ?? null };
}

/** A click or a choice in a message or view, delivered as block_actions. @throws Problem when there is nothing to click */
export async function click(
  world: World,
  person: Person,
  input: { from: Place; block: string; element: unknown; value?: unknown; state?: StateValues },
): Promise<void> {
  let found = place(world, person, input.from);
  const blocks = 'view' in found ? found.view.blocks : (found.message.blocks ?? []);
  const element = elementIn(blocks, input.block, input.element);
  const entered: StateValues = { ...input.state };
  if (valueMember(element.type) !== undefined && input.value)
    entered[input.block] = { ...entered[input.block], [String(element.action_id)]: input.value as Json };
  if ('view' in found) found = { view: remember(world, found.view, entered) };
  const payload = {
    ...interaction(world, person, 'block_actions'),
    ...whereabouts(world, person, found, entered),
    actions: [actionOf(element, input.block, input.value)],
  };
  const answer = await world.delivery.send('interactive', payload);
  if (!answer.acked) throw new Problem(unanswered(world, answer));
}

/** Keeps what was entered in an open view. */
export function remember(world: World, view: View, entered: StateValues): View {
  const merged = Object.entries(entered).map(([block, values]) => [block, { ...view.values[block], ...values }]);
  const values = stateValues(view.blocks, { ...view.values, ...Object.fromEntries(merged) });
  if (view.type === 'modal') return world.modals.keep(view, values);
  world.store.saveHome({ ...view, values });
  return { ...view, values };
}

/** What Slack shows beside a button whose app did not take the click. */
export function unanswered(world: World, answer: Unanswered): string {
  const name = appName(world);
  if (answer.why === 'timeout') return `${name} did not respond. Operation timed out: apps need to respond within 3 seconds.`;
  return answer.why === 'status'
    ? `${name} responded with status code ${answer.status}.`
    : `${name} is not connected. Try again when it is running.`;
}

/**
 * Over HTTP Slack asks for options at the Options Load URL alone, and without one shows "No results found" and asks nobody
 * (github.com/slackapi/bolt-js/issues/1479, github.com/slackapi/java-slack-sdk/issues/1139); over a socket it needs none. Null: nobody is asked.
 */
function askForOptions(world: World, payload: Json): Promise<Answer> | null {
  const { transport } = world.delivery;
  if (!(transport instanceof RequestUrl) || !world.manifest) return world.delivery.send('interactive', payload);
  const url = world.manifest.settings.interactivity?.message_menu_options_url;
  return url === undefined ? null : transport.sendTo(url, 'interactive', payload);
}

/** Options of an external select for what was typed so far. @throws Problem when the app gives none in time */
export async function suggest(
  world: World,
  person: Person,
  input: { from: Place; block: string; element: unknown; text: string },
): Promise<{ options: Json[] }> {
  const found = place(world, person, input.from);
  const element = elementIn('view' in found ? found.view.blocks : (found.message.blocks ?? []), input.block, input.element);
  const { trigger_id: _trigger, response_url: _url, state: _state, ...where } = whereabouts(world, person, found, {});
  const asked = { action_id: element.action_id, block_id: input.block, value: input.text };
  const answer = await askForOptions(world, { ...interaction(world, person, 'block_suggestion'), ...where, ...asked });
  if (answer === null) return { options: [] };
  if (!answer.acked) throw new Problem(unanswered(world, answer));
  const body = answer.body as { options?: Json[]; option_groups?: { options: Json[] }[] };
  return { options: body?.options ?? body?.option_groups?.flatMap((group) => group.options) ?? [] };
}
