import { z } from 'zod';
import { readCarried } from '../slack/carried.ts';
import { directChannel } from '../slack/direct.ts';
import { uploadFile } from '../slack/files.ts';
import { type ClickRequest, Refused, type Subject } from '../slack/listeners.ts';
import { modal } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { sharedFile } from '../slack/shared-file.ts';
import { counted, plain } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { changeFile } from './change-file.op.ts';
import { asksOnceMore, type DroppedFile, type FileRequest } from './dropped-file.ts';
import { rejectsOf } from './dropped-files.port.ts';
import { doubtsInWords } from './import-card.view.ts';
import { importRunsReply, RUNS_PAGE } from './import-runs.view.ts';
import { offerFile } from './offer-file.slack.ts';

export interface ImportSubjectNeeds extends SlackWorld {
  readonly cards: { readonly redraw: (id: string) => Promise<void>; readonly postCard: (file: DroppedFile) => Promise<void> };
  /** Looks for jobs now rather than at the next tick. */
  readonly kick: () => void;
}

const reference = z.object({ i: z.string().max(200), v: z.number().int() });
export type Reference = z.infer<typeof reference>;

/** A ledger file dropped into Slack, its card and modals, and the list of past imports. Only managers import: it changes every balance. */
export function importSubject(world: ImportSubjectNeeds): Subject {
  /** Decides, then draws the card anew; the asker alone is told of a refusal. */
  const change = async ({ i, v }: Reference, request: FileRequest, by: string) => {
    const result = await changeFile(world, i, request, by, v);
    if (result.done) world.kick();
    return result;
  };
  const clicked = async (request: ClickRequest, wanted: FileRequest): Promise<void> => {
    const ref = readReference(request.value);
    const result = await change(ref, wanted, request.asker.user);
    await world.cards.redraw(ref.i);
    if (!result.done) throw new Refused(REFUSED[result.refused]);
  };
  const runs = async (wanted: number): Promise<Reply> => {
    const { zone } = await world.settings.read();
    const page = Math.max(0, wanted);
    const found = await world.pastRuns.page(page * RUNS_PAGE, RUNS_PAGE);
    // The list only grows, but a button may be forged.
    return importRunsReply(found.runs, found.runs.length === 0 ? 0 : page, found.total, zone);
  };

  return {
    events: {
      file_shared: {
        may: 'manage',
        async about({ event, client, asker }) {
          if (asker.user === world.botUser) return null;
          // When Slack does not let us look, the person is told why rather than left waiting.
          const file = await sharedFile(client, String(event.file_id), asker.channel).catch(() => undefined);
          if (file === null) return null;
          return file ? `Importing “${plain(file.name)}”` : 'Importing a file';
        },
        run: (request) => offerFile(world, request),
      },
    },
    parts: {
      import: {
        may: 'manage',
        usage: 'import',
        help: 'past imports and the rows they rejected; to import, drop a CSV or XLSX file into a channel',
        async run({ text, answer, settings }) {
          if (text !== '')
            throw new Refused(
              `\`/${settings.commands.collections} import\` takes nothing behind it: it lists past imports. To import, drop a CSV or XLSX file into a channel I am in.`,
            );
          await answer(await runs(0));
        },
      },
    },
    clicks: {
      'import-runs': {
        may: 'manage',
        run: async ({ value, replace }) => replace(await runs(readCarried(z.object({ p: z.number().int() }), value).p)),
      },
      'import-rejects': { may: 'manage', run: (request) => sendRejects(world, request) },
      'import-check': { may: 'manage', run: (request) => clicked(request, { do: 'check' }) },
      'import-go': {
        may: 'manage',
        async run(request) {
          const ref = readReference(request.value);
          const file = await world.dropped.load(ref.i);
          const asks = file?.version === ref.v && file.state === 'checked' && asksOnceMore(file.outcome);
          if (!asks) return clicked(request, { do: 'import', agreedVanished: null });
          await request.client.views.open({ trigger_id: request.triggerId, view: vanishedModal(file, ref) });
        },
      },
    },
    submits: {
      'import-vanished': {
        may: 'manage',
        async run({ view, asker, later }) {
          const ref = readReference(view.private_metadata);
          const { n } = readCarried(z.object({ n: z.number().int() }), view.private_metadata);
          const result = await change(ref, { do: 'import', agreedVanished: n }, asker.user);
          later(() => world.cards.redraw(ref.i));
          if (!result.done) throw new Refused(REFUSED[result.refused]);
          return undefined;
        },
      },
    },
  };
}

export function readReference(text: string): Reference {
  return readCarried(reference, text);
}

/** What speaks against the import, once more before it is done. */
function vanishedModal({ name, outcome }: DroppedFile, ref: Reference) {
  const { closedVanished = 0, asksToConfirm = false, doubts = [] } = outcome ?? {};
  const closes = `:warning: *${counted(closedVanished, 'open invoice')}* would be closed because ${closedVanished === 1 ? 'it is' : 'they are'} missing from *${plain(name)}*. That is more than a fifth of what is open.\nIs the file complete? A closed invoice leaves every list, and nobody is reminded of it any more.`;
  const blocks = [
    ...(doubts.length > 0 ? [section(`*${plain(name)}*\n${doubtsInWords(doubts)}`)] : []),
    ...(asksToConfirm ? [section(closes)] : []),
  ];
  const [title, submit] = asksToConfirm ? ['Close so many?', 'Import and close'] : ['Import all the same?', 'Import'];
  return modal('import-vanished', title!, submit!, { ...ref, n: closedVanished }, blocks);
}

/** To the asker's direct messages: they hold what the file held of customers. */
async function sendRejects(world: ImportSubjectNeeds, { value, asker, client, answer }: ClickRequest): Promise<void> {
  const { r } = readCarried(z.object({ r: z.string().max(100) }), value);
  const bytes = await world.kept.read(rejectsOf(r), world.clock.now());
  if (!bytes)
    throw new Refused('The rejected rows of this import are not kept any more (30 days, up to 5 MB). Import the file again to see them.');
  const channel = await directChannel(client, asker.user);
  if (!channel) throw new Refused('I cannot send you direct messages, so I cannot hand over the file.');
  const name = 'rejected-rows.csv';
  await uploadFile(client, { name, bytes, title: name, channel });
  await answer(sentence(`:white_check_mark: ${name} is in your direct messages with me.`));
}
