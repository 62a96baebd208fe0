import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import type { DroppedFile, FileRequest } from '../../domain/dropped-file.ts';
import { type ChangeFilePorts, changeFile } from '../../operations/change-file.ts';
import {
  type FileFormats,
  type KeptFiles,
  type MappingForm,
  type MappingMemory,
  type PastRuns,
  rejectsOf,
} from '../../operations/file-import-ports.ts';
import type { SettingsStore } from '../../operations/ports.ts';
import { columnBlock, KIND_ACTION, mappingModal } from '../blocks/import-mapping.ts';
import { importRunsReply, RUNS_PAGE } from '../blocks/import-runs.ts';
import { section } from '../blocks/parts.ts';
import { directChannel } from '../direct.ts';
import { type PlaceProblem, sharedFile } from '../dropped-file.ts';
import { uploadFile } from '../files.ts';
import { type ClickRequest, Refused, type Subject } from '../listeners.ts';
import { ACTION, fieldErrors, modal } from '../modals.ts';
import { offerFile } from '../offer-file.ts';
import { REFUSED } from '../refusals.ts';
import { type Reply, sentence } from '../reply.ts';
import { counted, plain } from '../text.ts';

export interface ImportSubjectPorts extends ChangeFilePorts {
  readonly settings: SettingsStore;
  readonly formats: FileFormats;
  readonly mappings: MappingMemory;
  readonly kept: KeptFiles;
  readonly pastRuns: PastRuns;
  readonly placeProblem: PlaceProblem;
  readonly botUser: string;
  readonly cards: { readonly redraw: (id: string) => Promise<void>; readonly postCard: (file: DroppedFile) => Promise<void> };
  /** Looks for jobs now rather than at the next tick. */
  readonly kick: () => void;
}

const reference = z.object({ i: z.string().max(200), v: z.number().int() });
type Reference = z.infer<typeof reference>;

/** A ledger file dropped into Slack, its card and modals, and the list of past imports (F1). Only managers import: it changes every balance. */
export function importSubject(ports: ImportSubjectPorts): Subject {
  /** Decides, then draws the card anew; the asker alone is told of a refusal. */
  const change = async ({ i, v }: Reference, request: FileRequest, by: string) => {
    const result = await changeFile(ports, i, request, by, v);
    if (result.done) ports.kick();
    return result;
  };
  const clicked = async (request: ClickRequest, wanted: FileRequest): Promise<void> => {
    const ref = read(request.value);
    const result = await change(ref, wanted, request.asker.user);
    await ports.cards.redraw(ref.i);
    if (!result.done) throw new Refused(REFUSED[result.refused]);
  };
  const openMapping = (file: DroppedFile, ref: Reference, form: MappingForm) =>
    mappingModal({ carried: ref, headers: file.headers, form, kinds: ports.formats.kinds, fields: ports.formats.fields(form.kind) });
  const runs = async (wanted: number): Promise<Reply> => {
    const { zone } = await ports.settings.read();
    const page = Math.max(0, wanted);
    const found = await ports.pastRuns.page(page * RUNS_PAGE, RUNS_PAGE);
    // The list only grows, but a button may be forged.
    return importRunsReply(found.runs, found.runs.length === 0 ? 0 : page, found.total, zone);
  };

  return {
    events: {
      file_shared: {
        may: 'manage',
        async about({ event, client, asker }) {
          if (asker.user === ports.botUser) return null;
          // When Slack does not let us look, the person is told why rather than left waiting.
          const file = await sharedFile(client, String(event.file_id), asker.channel).catch(() => undefined);
          if (file === null) return null;
          return file ? `Importing “${plain(file.name)}”` : 'Importing a file';
        },
        run: (request) => offerFile(ports, request),
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
        run: async ({ value, replace }) => replace(await runs(z.object({ p: z.number().int() }).parse(JSON.parse(value)).p)),
      },
      'import-rejects': { may: 'manage', run: (request) => sendRejects(ports, request) },
      'import-check': { may: 'manage', run: (request) => clicked(request, { do: 'check' }) },
      'import-go': {
        may: 'manage',
        async run(request) {
          const ref = read(request.value);
          const file = await ports.dropped.load(ref.i);
          const asks = file?.version === ref.v && file.state === 'checked' && file.outcome?.asksToConfirm;
          if (!asks) return clicked(request, { do: 'import', agreedVanished: null });
          await request.client.views.open({ trigger_id: request.triggerId, view: vanishedModal(file, ref) });
        },
      },
      'import-map': {
        may: 'manage',
        async run({ value, client, triggerId }) {
          const ref = read(value);
          const file = await ports.dropped.load(ref.i);
          if (!file) throw new Refused(REFUSED['no-such-file']);
          const form = ports.formats.form(file.headers, file.mapping?.value ?? null);
          await client.views.open({ trigger_id: triggerId, view: openMapping(file, { ...ref, v: file.version }, form) });
        },
      },
      [KIND_ACTION]: {
        may: 'manage',
        async run({ value, client, body }) {
          if (!body.view) return;
          const ref = read(body.view.private_metadata);
          const file = await ports.dropped.load(ref.i);
          if (!file) throw new Refused(REFUSED['no-such-file']);
          const { columns } = ports.formats.form(file.headers, file.mapping?.value ?? null, value);
          const view = openMapping(file, ref, { ...filledIn(body.view, file, ports.formats), kind: value, columns });
          await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
        },
      },
    },
    submits: {
      'import-map': {
        may: 'manage',
        async run({ view, asker, later }) {
          const ref = read(view.private_metadata);
          const file = await ports.dropped.load(ref.i);
          if (!file) return fieldErrors({ kind: REFUSED['no-such-file'] });
          const form = filledIn(view, file, ports.formats);
          const name = ports.formats.sourceName(file.name, file.headers);
          const made = ports.formats.mapping(name, form, file.mapping?.value ?? null);
          const faults = 'faults' in made ? made.faults : unknownColumns(form, file);
          if (Object.keys(faults).length > 0) return fieldErrors(placed(faults, view));
          const value = 'mapping' in made ? made.mapping : null;
          const result = await changeFile(ports, ref.i, { do: 'choose-mapping', name, value }, asker.user, ref.v);
          if (!result.done) return fieldErrors({ kind: REFUSED[result.refused] });
          later(async () => {
            const checked = await change({ i: ref.i, v: ref.v + 1 }, { do: 'check' }, asker.user);
            await ports.cards.redraw(ref.i);
            if (!checked.done) throw new Refused(REFUSED[checked.refused]);
          });
          return undefined;
        },
      },
      'import-vanished': {
        may: 'manage',
        async run({ view, asker, later }) {
          const ref = read(view.private_metadata);
          const { n } = z.object({ n: z.number().int() }).parse(JSON.parse(view.private_metadata));
          const result = await change(ref, { do: 'import', agreedVanished: n }, asker.user);
          later(() => ports.cards.redraw(ref.i));
          if (!result.done) throw new Refused(REFUSED[result.refused]);
          return undefined;
        },
      },
    },
  };
}

function read(text: string): Reference {
  return reference.parse(JSON.parse(text));
}

function vanishedModal(file: DroppedFile, ref: Reference) {
  const count = file.outcome?.closedVanished ?? 0;
  const text = `:warning: *${counted(count, 'open invoice')}* would be closed because ${count === 1 ? 'it is' : 'they are'} missing from *${plain(file.name)}*. That is more than a fifth of what is open.\nIs the file complete? A closed invoice leaves every list, and nobody is reminded of it any more.`;
  return modal('import-vanished', 'Close so many?', 'Import and close', { ...ref, n: count }, [section(text)]);
}

/** What stands in the modal now. A column is chosen by its place, or typed where there are too many. */
function filledIn(view: Pick<ViewOutput, 'state'>, file: DroppedFile, formats: FileFormats): MappingForm {
  const entry = (block: string) => Object.values(view.state.values[block] ?? {})[0];
  const chosen = (block: string, otherwise: string) => entry(block)?.selected_option?.value ?? otherwise;
  const kind = chosen('kind', '');
  const columns = formats.fields(kind).flatMap(({ name }): [string, string][] => {
    const value = entry(columnBlock(kind, name));
    const header = value?.selected_option ? (file.headers[Number(value.selected_option.value)] ?? '') : typed(value?.value, file);
    return header === '' ? [] : [[name, header]];
  });
  return {
    kind,
    declares: chosen('declares', 'changes'),
    dates: chosen('dates', ''),
    numbers: chosen('numbers', ''),
    currency: entry('currency')?.value ?? '',
    entity: entry('entity')?.value ?? '',
    columns: Object.fromEntries(columns),
  };
}

/** The header as the file writes it, whatever its letters. */
function typed(text: string | null | undefined, { headers }: DroppedFile): string {
  const wanted = (text ?? '').trim();
  return headers.find((header) => header.toLowerCase() === wanted.toLowerCase()) ?? wanted;
}

function unknownColumns({ columns }: MappingForm, { headers }: DroppedFile): Record<string, string> {
  const unknown = Object.entries(columns).filter(([, header]) => !headers.includes(header));
  return Object.fromEntries(unknown.map(([name]) => [name, 'The file has no column with this header.']));
}

/** Faults under the block that shows their field; under the first one when it is not shown. */
function placed(faults: Readonly<Record<string, string>>, { blocks, state }: Pick<ViewOutput, 'blocks' | 'state'>): Record<string, string> {
  const kind = Object.values(state.values.kind ?? {})[0]?.selected_option?.value ?? '';
  const ids = new Set(blocks.map((block) => block.block_id));
  const entries = Object.entries(faults).map(([name, fault]) => {
    const block = [name === 'currency' && state.values.currency?.[ACTION]?.value ? name : columnBlock(kind, name), name].find((id) =>
      ids.has(id),
    );
    return [block ?? 'kind', block ? fault : `${name}: ${fault}`];
  });
  return Object.fromEntries(entries);
}

/** To the asker's direct messages: they hold what the file held of customers. */
async function sendRejects(ports: ImportSubjectPorts, { value, asker, client, answer }: ClickRequest): Promise<void> {
  const { r } = z.object({ r: z.string().max(100) }).parse(JSON.parse(value));
  const bytes = await ports.kept.read(rejectsOf(r), ports.clock.now());
  if (!bytes)
    throw new Refused('The rejected rows of this import are not kept any more (30 days, up to 5 MB). Import the file again to see them.');
  const channel = await directChannel(client, asker.user);
  if (!channel) throw new Refused('I cannot send you direct messages, so I cannot hand over the file.');
  const name = 'rejected-rows.csv';
  await uploadFile(client, { name, bytes, title: name, channel });
  await answer(sentence(`:white_check_mark: ${name} is in your direct messages with me.`));
}
