import { setTimeout as wait } from 'node:timers/promises';
import type { KnownBlock, SectionBlock } from '@slack/types';
import { z } from 'zod';
import { changeAccount } from '../account/change-account.op.ts';
import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { contextLine } from '../slack/freshness.ts';
import { Refused, type ShortcutRequest, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { field, modal } from '../slack/modals.ts';
import { sentence } from '../slack/reply.ts';
import { clip, counted, plain } from '../slack/text.ts';
import type { Interaction } from './interaction.ts';
import { enteredInteraction, interactionFields, refusedUnder } from './interaction-form.slack.ts';
import { fileWords, type MessageOnFile, messageOnFile } from './message-on-file.slack.ts';

/** A trigger lives three seconds: the link must not use them up. */
const LINK_MS = 1_000;
const MOST_CHOICES = 100;

const CARRIED = z.object({
  /** Where it is answered. */
  p: z.string().max(40),
  channel: z.string().max(40),
  ts: z.string().max(40),
  author: z.string().max(80),
  permalink: z.string().max(500),
  files: z.array(z.object({ id: z.string().max(20), name: z.string().max(120), size: z.number() })).max(20),
});

/** "Add to an account's file" in the menu of any message. */
export function fileMessageSubject(world: World): Subject {
  return {
    shortcuts: { 'file-message': { may: 'collect', run: (request) => openForm(world, request) } },
    options: {
      'file-account': {
        may: 'collect',
        async run({ text }) {
          const wanted = text.trim().toLowerCase();
          const fits = (await world.ledger.accounts()).filter(
            ({ name, number }) => name.toLowerCase().includes(wanted) || number.toLowerCase().includes(wanted),
          );
          return fits
            .sort((a, b) => (a.name < b.name ? -1 : 1))
            .slice(0, MOST_CHOICES)
            .map(({ id, name, number }) => ({ text: { type: 'plain_text' as const, text: clip(`${name} · ${number}`, 75) }, value: id }));
        },
      },
    },
    submits: { 'file-message': { may: 'collect', run: (request) => file(world, request) } },
  };
}

async function openForm(world: World, { asker, body, client, triggerId, settings }: ShortcutRequest): Promise<void> {
  const message = messageOnFile(body);
  if (message.text === '' && message.files.length === 0)
    throw new Refused('This message holds no words and no files, only buttons or pictures of an app. Nothing was put on file.');
  const link = client.chat.getPermalink({ channel: body.channel.id, message_ts: message.ts }).then((found) => found.permalink ?? '');
  const permalink = await Promise.race([link.catch(() => ''), wait(LINK_MS, '')]);
  // Slack's clock may be ahead of ours, and what has not happened yet is refused.
  const now = world.clock.now().epochMilliseconds;
  const sent = Temporal.Instant.fromEpochMilliseconds(Math.min(now, Math.floor(Number(message.ts) * 1000) || now));
  const { author, ts, files } = message;
  const where = { p: asker.channel, channel: body.channel.id, ts, author, permalink: permalink.slice(0, 500), files };
  const account = field('account', 'Account', {
    type: 'external_select',
    action_id: 'file-account',
    min_query_length: 1,
    placeholder: { type: 'plain_text', text: 'Part of a name or number' },
  });
  const fields = interactionFields({ channel: 'message', on: dayIn(settings.zone, sent), contacts: [] });
  const view = modal('file-message', 'Add to a file', 'Add', where, [...messageBlocks(message), account, ...fields]);
  await client.views.open({ trigger_id: triggerId, view });
}

/** The message as it is kept. Its words travel in the form itself, which Slack gives back unchanged. */
function messageBlocks({ text, cut, author, files: attached, moreFiles }: MessageOnFile): KnownBlock[] {
  const who = /^[UW][A-Z0-9]+$/.test(author) ? `<@${author}>` : plain(author || 'an app');
  const named = attached.map((each) => plain(fileWords(each))).join(', ');
  const notes = [
    ...(cut ? ['Longer than the file takes: what follows is cut off.'] : []),
    ...(named
      ? [
          `:paperclip: Named, not copied; the files stay in Slack: ${named}${moreFiles > 0 ? ` and ${counted(moreFiles, 'more file')}` : ''}`,
        ]
      : []),
  ];
  return [
    contextLine(`Written by ${who}`),
    ...(text === '' ? [] : [{ type: 'section' as const, block_id: 'message', text: { type: 'plain_text' as const, text } }]),
    ...notes.map((each) => contextLine(clip(each, 2000))),
  ];
}

async function file(world: World, request: SubmitRequest) {
  const { view, asker } = request;
  const { files, p, ...source } = readCarried(CARRIED, view.private_metadata);
  const shown = view.blocks.find((block): block is SectionBlock => block.type === 'section' && block.block_id === 'message');
  const account = view.state.values.account?.['file-account']?.selected_option?.value ?? '';
  const interaction: Interaction = {
    ...enteredInteraction(request),
    id: `interaction:${source.channel}:${source.ts}`,
    text: shown?.text?.text ?? '',
    attachments: files,
    source,
  };
  // The same message twice on one file is one entry.
  const command = `message:${source.channel}:${source.ts}`;
  const result = await changeAccount(world, account, { do: 'record-interaction', ...interaction }, asker.user, command);
  if (!result.done) return refusedUnder(result, 'account');
  const { name } = result.account;
  const done = result.again
    ? `This message is on the file of *${plain(name)}* already. Nothing was added.`
    : `:white_check_mark: On the file of *${plain(name)}*, marked ${interaction.marking.replace('-', ' ')}.${files.length > 0 ? ' Its files are named, not copied.' : ''}`;
  request.later(() => request.tell(p, sentence(done)));
  return undefined;
}
