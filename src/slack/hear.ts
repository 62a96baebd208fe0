import type { App, MessageShortcut, RespondArguments, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { CommandNames } from '../team/settings.port.ts';
import { placeIn, tellPrivately } from './direct.ts';
import type { Guard } from './guard.ts';
import { type Asker, type Listeners, Refused } from './listeners.ts';
import { type Reply, sentence } from './reply.ts';
import { clip } from './text.ts';

/** Slack's client and response URLs: everything that is said in answer to a request goes through here. */
export interface Door {
  readonly client: WebClient;
  readonly respond: (respond: RespondFn, message: RespondArguments) => Promise<void>;
}

/** A button, form or entry that no listener knows any more. */
export const OLD_BUTTON =
  'This button belongs to an older message and does nothing any more. Nothing was changed. Ask for the list or card again to get current buttons.';

export const teller = (client: WebClient, user: string) => (place: string, reply: Reply) => tellPrivately(client, user, place, reply);

/** A response URL serves five times within thirty minutes; after that Slack answers 404, and the person is told another way. */
export async function respondOr(elsewhere: () => Promise<void>, answer: () => Promise<void>): Promise<void> {
  try {
    await answer();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
    await elsewhere();
  }
}

export function hearCommands(app: App, listeners: Listeners, guard: Guard, door: Door): void {
  app.command(/.*/, async ({ command, ack, respond }) => {
    await ack();
    const asker: Asker = { user: command.user_id, team: command.team_id, channel: command.channel_id };
    const tell = teller(door.client, asker.user);
    const answer = (reply: Reply) =>
      respondOr(
        () => tell(asker.channel, reply),
        () => door.respond(respond, { response_type: 'ephemeral', ...reply }),
      );
    await guard.run({ user: asker.user, answer, again: 'Type the command again.' }, async (settings, permitted) => {
      const base = { asker, client: door.client, settings, triggerId: command.trigger_id, answer, tell };
      const name = command.command.slice(1);
      const key = commandKey(settings.commands, name) ?? (settings.formerCommands && commandKey(settings.formerCommands, name));
      const text = command.text.trim();
      if (key !== 'collections') {
        const listener = key && listeners.commands[key];
        if (listener) return permitted(listener, { ...base, text });
        return answer(sentence(`The command \`/${name}\` is not set up for this bot. Try \`/${settings.commands.collections} help\`.`));
      }
      const [word = '', ...rest] = text.split(/\s+/);
      const part = listeners.parts[word.toLowerCase() || 'help'];
      if (part) return permitted(part, { ...base, text: rest.join(' ') });
      const known = Object.keys(listeners.parts).sort().join(', ');
      return answer(sentence(`I do not know that part of \`/${name}\`. Known: ${known}. For example: \`/${name} help\`.`));
    });
  });
}

function commandKey(names: CommandNames, typed: string): keyof CommandNames | undefined {
  return (Object.keys(names) as (keyof CommandNames)[]).find((each) => names[each] === typed);
}

/** A message's menu. */
export function hearShortcuts(app: App, listeners: Listeners, guard: Guard, door: Door): void {
  app.shortcut<MessageShortcut>({ callback_id: /.*/, type: 'message_action' }, async ({ shortcut: body, ack, respond }) => {
    await ack();
    const { thread_ts: thread, ts } = body.message as { thread_ts?: string; ts?: string };
    const inThread = thread !== undefined && thread !== ts;
    const channel = placeIn(body.channel.id, inThread ? thread : undefined);
    const asker: Asker = { user: body.user.id, team: body.user.team_id ?? body.team?.id ?? '', channel };
    const tell = teller(door.client, asker.user);
    const answer = inThread
      ? (reply: Reply) => tell(channel, reply)
      : (reply: Reply) =>
          respondOr(
            () => tell(channel, reply),
            () => door.respond(respond, { response_type: 'ephemeral', replace_original: false, ...reply }),
          );
    await guard.run({ user: asker.user, answer, again: 'Choose it from the message’s menu again.' }, async (settings, permitted) => {
      const listener = listeners.shortcuts[body.callback_id];
      if (!listener) throw new Refused(OLD_BUTTON);
      return permitted(listener, { asker, client: door.client, settings, triggerId: body.trigger_id, answer, tell, body });
    });
  });
}

/** Slack waits three seconds for the choices of a select; nothing else would show them. */
const OPTIONS_MS = 2_400;

/** Choices of a select while one types. */
export function hearOptions(app: App, listeners: Listeners, guard: Guard, door: Door): void {
  app.options(/.*/, async ({ body, ack }) => {
    const asker: Asker = { user: body.user.id, team: body.team?.id ?? '', channel: '' };
    let problem = '';
    const answer = async ({ text }: Reply) => {
      problem = text;
    };
    const asked = { user: asker.user, answer, again: 'Type again.', patience: OPTIONS_MS };
    const found = await guard.run(asked, async (settings, permitted) => {
      const listener = listeners.options[body.action_id];
      const request = {
        asker,
        client: door.client,
        settings,
        triggerId: '',
        answer,
        tell: teller(door.client, asker.user),
        text: body.value,
        carried: body.view?.private_metadata ?? '',
      };
      return listener ? permitted(listener, request) : [];
    });
    // There is no other place for a refusal than the list itself.
    const refused = { text: { type: 'plain_text' as const, text: clip(problem, 75) }, value: 'refused' };
    await ack({ options: found ?? [refused] });
  });
}
