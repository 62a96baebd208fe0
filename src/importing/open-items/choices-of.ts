import type { Mapping } from '../mapping.ts';
import { OPEN_FIELDS, type OpenField, plainWord } from './field-words.ts';
import { findHeader } from './layout.ts';
import type { Choices } from './reading.ts';
import type { SheetRow } from './sheet.ts';

/** A mapping as the reader of lists takes it: columns by where they stand in this file. A header that the file lacks is left to the reader. */
export function choicesOf({ choices = {}, columns, optionalColumns, fixed, defaults }: Mapping, rows: readonly SheetRow[]): Choices {
  const header = findHeader({ rows, origin: 'text', evidence: [] }, choices.headerRow)?.cells.map(plainWord) ?? [];
  const places: Partial<Record<OpenField, number>> = {};
  for (const [field, name] of Object.entries({ ...optionalColumns, ...columns })) {
    const at = header.indexOf(plainWord(name));
    if (at >= 0 && OPEN_FIELDS.some((known) => known === field)) places[field as OpenField] = at;
  }
  const currency = fixed.currency ?? defaults.currency;
  const entity = fixed.entity ?? defaults.entity;
  const said = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined)) as Choices;
  return { ...said, columns: places, ...(currency ? { currency } : {}), ...(entity ? { entity } : {}) };
}
