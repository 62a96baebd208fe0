import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { readCarried } from '../slack/carried.ts';
import { channelProblem, findChannel } from '../slack/destination.ts';
import type { Subject, SubmitRequest } from '../slack/listeners.ts';
import { channelField, choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { escaped, firstOf } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { changeSettings, type SettingsChange } from './change-settings.op.ts';
import { guestsIn } from './guests.slack.ts';
import type { CommandNames, Settings } from './settings.port.ts';

/** /collections setup: where and when the team works. */
export function setupSubject(world: SlackWorld): Subject {
  return {
    parts: {
      setup: {
        may: 'admin',
        usage: 'setup',
        help: 'channels, hour, time zone, company, holidays, command names',
        async run({ client, triggerId, asker, settings }) {
          // The form has room for ids only; what was set by name before the first setup is looked up.
          const opened = await client.views.open({ trigger_id: triggerId, view: loading(asker.channel) });
          const channel = await findChannel(client, settings.digestChannel).catch(() => null);
          await client.views.update({ view_id: opened.view!.id!, view: form(settings, channel?.id ?? null, asker.channel) });
        },
      },
    },
    submits: {
      setup: {
        may: 'admin',
        async run(request) {
          const { c } = readCarried(z.object({ c: z.string().max(40) }), request.view.private_metadata);
          const wanted = readForm(request);
          const problems = await channelFaults(request.client, wanted, world.botName);
          if (Object.keys(problems).length > 0) return fieldErrors(problems);
          const result = await changeSettings(world, wanted, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors(result.faults ?? { digestChannel: REFUSED['changed-meanwhile'] });
          const { settings, before } = result;
          const renamed = JSON.stringify(before.commands) !== JSON.stringify(settings.commands);
          if (renamed) world.installCommands?.(settings.commands);
          request.later(async () => {
            const guests = await guestsIn(request.client, settings.digestChannel);
            await request.tell(c, sentence(saved(settings, renamed && world.installCommands === null, guests)));
          });
          return undefined;
        },
      },
    },
  };
}

function saved(settings: Settings, byHand: boolean, guests: readonly string[]): string {
  const hour = `${String(settings.digestHour).padStart(2, '0')}:00`;
  const lines = [
    `:white_check_mark: Saved. The digest goes to <#${settings.digestChannel}> on business days at ${hour} (${escaped(settings.zone)}).`,
  ];
  if (guests.length > 0) {
    const who = firstOf(
      guests.map((user) => `<@${user}>`),
      10,
    );
    lines.push(
      `:warning: Guests read this channel: ${who}. The digest shows customers’ balances. Remove them from the channel, or choose another one.`,
    );
  }
  if (byHand) {
    lines.push(
      'The command names have changed, and Slack does not know yet. Run `npm run manifest`, open api.slack.com/apps → Arrears → *App Manifest*, paste what it printed, *Save Changes*, and reinstall when Slack asks. Until then the old names go on working.',
    );
  }
  return lines.join('\n');
}

const title = { type: 'plain_text' as const, text: 'Setup' };

function loading(channel: string) {
  return {
    type: 'modal' as const,
    title,
    private_metadata: JSON.stringify({ c: channel }),
    blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, verbatim: true, text: 'Reading the settings…' } }],
  };
}

function form(settings: Settings, digestChannel: string | null, channel: string) {
  const hours = Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`]));
  const name = (key: keyof CommandNames, label: string, hint?: string) =>
    textField(key, label, { initial: settings.commands[key], max: 31, ...(hint ? { hint } : {}) });
  return modal('setup', 'Setup', 'Save', { c: channel }, [
    channelField('digestChannel', 'Channel of the daily digest', digestChannel, {
      hint: `Invite the bot there first: /invite @ and its name.`,
    }),
    channelField('escalationsChannel', 'Channel for decisions', settings.escalationsChannel || null, {
      hint: 'Escalations are approved there. May be the same.',
      optional: true,
    }),
    choiceField('digestHour', 'Hour of the digest', hours, String(settings.digestHour)),
    textField('zone', 'Time zone', { initial: settings.zone, max: 60, hint: 'For example Europe/Berlin.' }),
    textField('company', 'Company, as customers know it', { initial: settings.company, max: 100, optional: true }),
    textField('country', 'Country of your public holidays', { initial: settings.country, max: 2, hint: 'Two letters: GB, DE, US.' }),
    textField('region', 'Region of your public holidays', {
      initial: settings.region,
      max: 6,
      optional: true,
      hint: 'For example BY for Bavaria. Empty: the whole country’s only.',
    }),
    name('overdue', 'Command for lists', 'Without the slash. Change a name only where another app owns it.'),
    name('account', 'Command for one account'),
    name('collections', 'Command for everything else'),
  ]);
}

function readForm(request: SubmitRequest): SettingsChange {
  const text = (name: string) => entered(request, name).trim();
  return {
    digestChannel: entered(request, 'digestChannel'),
    escalationsChannel: entered(request, 'escalationsChannel'),
    digestHour: Number(text('digestHour')),
    zone: text('zone'),
    company: text('company'),
    country: text('country').toUpperCase(),
    region: text('region').toUpperCase(),
    commands: { overdue: text('overdue'), account: text('account'), collections: text('collections') },
  };
}

/** Field errors for channels the bot cannot use, in terms of what to click. */
async function channelFaults(client: WebClient, wanted: SettingsChange, bot: string): Promise<Record<string, string>> {
  const faults: Record<string, string> = {};
  for (const name of ['digestChannel', 'escalationsChannel'] as const) {
    if (wanted[name] === '') continue;
    const problem = channelProblem(await findChannel(client, wanted[name]), wanted[name], bot);
    if (problem) faults[name] = problem;
  }
  return faults;
}
