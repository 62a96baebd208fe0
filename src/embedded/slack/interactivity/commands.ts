import { addMember, removeMember } from '../conversation/channels.ts';
import { whisper } from '../conversation/messages.ts';
import type { Unanswered } from '../delivery/transport.ts';
import type { Channel, Json, Person } from '../state/model.ts';
import { ApiError } from '../web-api/api-error.ts';
import { hasApp, type World } from '../world.ts';
import { commandFields } from './payloads.ts';
import { respond } from './respond.ts';

/** @throws nothing: whatever goes wrong is told the person as Slack tells it */
export async function runCommand(world: World, person: Person, channel: Channel, line: string, thread?: string): Promise<void> {
  const [, command, rest] = /^(\/\S*)\s*([\s\S]*)$/.exec(line)!;
  const tell = (text: string) => whisper(world, channel.id, person.id, { text, ...(thread && { threadTs: thread }) }, 'slack');
  if (builtIn(world, person, channel, command!, rest!, tell)) return;
  const declared = world.manifest?.features.slash_commands.find((each) => each.command === command);
  // The app is not installed in another company's workspace, so its commands do not exist for them.
  if (!declared || !hasApp(world, person))
    return void tell(
      `\`${command}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    );
  if (thread) return void tell(`\`${command}\` is not supported in threads. Sorry!`);
  const text = declared.should_escape ? rest! : unescaped(rest!);
  const answer = await world.delivery.send('slash_commands', commandFields(world, person, channel, command!, text.trim()));
  if (!answer.acked) return void tell(`\`${command}\` failed with the error "${failure(answer)}"`);
  if (answer.body === '' || answer.body === undefined) return;
  try {
    respond(
      world,
      { channel: channel.id, person: person.id },
      typeof answer.body === 'string' ? { text: answer.body } : (answer.body as Json),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(`\`${command}\` failed with the error "${error.code}"`);
  }
}

function failure(answer: Unanswered): string {
  if (answer.why === 'timeout') return 'operation_timeout';
  if (answer.why === 'not_connected') return 'dispatch_failed';
  return answer.status >= 500 ? 'http_service_error' : 'http_client_error';
}

/** Without should_escape Slack sends people and channels as they were typed. */
function unescaped(text: string): string {
  return text.replace(/<@[A-Z0-9]+\|([^>]*)>/g, '@$1').replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1');
}

function builtIn(world: World, person: Person, channel: Channel, command: string, text: string, tell: (text: string) => void): boolean {
  if (command !== '/invite' && command !== '/remove') return false;
  const wanted = /^<@([A-Z0-9]+)/.exec(text)?.[1];
  const handle = text.replace(/^@/, '').trim();
  const other = world.store.people().find((each) => each.id === wanted || each.name === handle);
  if (!other || other.deactivated) tell(`There is nobody called ${text || '""'} here.`);
  else if (channel.kind === 'im' || channel.archived) tell(`${command} is of no use here.`);
  else if (command === '/invite') addMember(world, channel, other.id, person.id);
  else removeMember(world, channel, other.id);
  return true;
}
