import type { ViewOutput } from '@slack/bolt';
import { Refused, type Subject } from '../slack/listeners.ts';
import { ACTION, fieldErrors } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { changeFile } from './change-file.op.ts';
import type { DroppedFile } from './dropped-file.ts';
import type { FileFormats, MappingForm } from './dropped-files.port.ts';
import { type ImportSubjectNeeds, type Reference, readReference } from './import.slack.ts';
import { columnBlock, generalBlock, KIND_ACTION, mappingModal } from './import-mapping.view.ts';

/** The modal in which a person says what a dropped file is; a dry run follows at once. */
export function importMappingSubject(world: ImportSubjectNeeds): Subject {
  const openMapping = (file: DroppedFile, ref: Reference, form: MappingForm) =>
    mappingModal({ carried: ref, headers: file.headers, form, kinds: world.formats.kinds, fields: world.formats.fields(form.kind) });

  return {
    clicks: {
      'import-map': {
        may: 'manage',
        async run({ value, client, triggerId }) {
          const ref = readReference(value);
          const file = await world.dropped.load(ref.i);
          if (!file) throw new Refused(REFUSED['no-such-file']);
          const form = world.formats.form(file.headers, file.mapping?.value ?? null);
          await client.views.open({ trigger_id: triggerId, view: openMapping(file, { ...ref, v: file.version }, form) });
        },
      },
      [KIND_ACTION]: {
        may: 'manage',
        async run({ value, client, body }) {
          if (!body.view) return;
          const ref = readReference(body.view.private_metadata);
          const file = await world.dropped.load(ref.i);
          if (!file) throw new Refused(REFUSED['no-such-file']);
          const fresh = world.formats.form(file.headers, file.mapping?.value ?? null, value);
          // How dates and amounts were chosen for another kind says nothing of a list, nor the other way round.
          const shown = body.view.blocks.map(({ block_id }) => block_id);
          const general = shown.includes(generalBlock(value, 'dates')) ? {} : generalOf(fresh);
          const entered = filledIn(body.view, file, world.formats, shown.includes('dates') ? 'invoices' : 'open-items');
          const view = openMapping(file, ref, { ...entered, ...general, kind: value, columns: fresh.columns });
          await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
        },
      },
    },
    submits: {
      'import-map': {
        may: 'manage',
        async run({ view, asker, later }) {
          const ref = readReference(view.private_metadata);
          const file = await world.dropped.load(ref.i);
          if (!file) return fieldErrors({ kind: REFUSED['no-such-file'] });
          const form = filledIn(view, file, world.formats);
          const name = world.formats.sourceName(file.name, file.headers);
          const made = world.formats.mapping(name, form, file.mapping?.value ?? null);
          const faults = 'faults' in made ? made.faults : unknownColumns(form, file);
          if (Object.keys(faults).length > 0) return fieldErrors(placed(faults, view));
          const value = 'mapping' in made ? made.mapping : null;
          const result = await changeFile(world, ref.i, { do: 'choose-mapping', name, value }, asker.user, ref.v);
          if (!result.done) return fieldErrors({ kind: REFUSED[result.refused] });
          later(async () => {
            const checked = await changeFile(world, ref.i, { do: 'check' }, asker.user, ref.v + 1);
            if (checked.done) world.kick();
            await world.cards.redraw(ref.i);
            if (!checked.done) throw new Refused(REFUSED[checked.refused]);
          });
          return undefined;
        },
      },
    },
  };
}

function generalOf({ declares, dates, numbers }: MappingForm): Pick<MappingForm, 'declares' | 'dates' | 'numbers'> {
  return { declares, dates, numbers };
}

/** What stands in the modal now, which was drawn for `drawn`. A column is chosen by its place, or typed where there are too many. */
function filledIn(view: Pick<ViewOutput, 'state'>, file: DroppedFile, formats: FileFormats, drawn?: string): MappingForm {
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
    declares: chosen(generalBlock(drawn ?? kind, 'declares'), 'changes'),
    dates: chosen(generalBlock(drawn ?? kind, 'dates'), ''),
    numbers: chosen(generalBlock(drawn ?? kind, 'numbers'), ''),
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
