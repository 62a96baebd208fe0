import { compare } from './compare.ts';
import { badValue, unsupported } from './errors.ts';
import { isNumber, toNumber } from './numbers.ts';
import { leaves, type Path } from './paths.ts';
import { type Doc, isDoc } from './values.ts';

export interface SortField {
  readonly name: string;
  readonly path: Path;
  readonly direction: 1 | -1;
}

/** Reads `{ field: 1 | -1, … }`. */
export function sortFields(spec: unknown): SortField[] {
  if (!isDoc(spec)) throw badValue('A sort must be a document');
  return Object.entries(spec).map(([name, value]) => {
    if (isDoc(value)) throw unsupported(`the sort { ${name}: ${Object.keys(value)[0]} }`);
    const direction = isNumber(value) ? toNumber(value) : 0;
    if (direction !== 1 && direction !== -1) throw badValue('$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { name, path: name.split('.'), direction };
  });
}

/** A stable sort. Of an array the smallest (descending: the largest) element counts; what is missing counts as null. */
export function sortDocs(docs: Doc[], fields: readonly SortField[]): Doc[] {
  const keyed = docs.map((doc) => ({ doc, keys: sortKeys(doc, fields) }));
  keyed.sort((a, b) => {
    for (const [i, field] of fields.entries()) {
      const difference = compare(a.keys[i], b.keys[i]);
      if (difference !== 0) return difference * field.direction;
    }
    return 0;
  });
  return keyed.map((item) => item.doc);
}

function sortKeys(doc: Doc, fields: readonly SortField[]): unknown[] {
  let arrays = 0;
  const keys = fields.map(({ path, direction }) => {
    const { values, many } = leaves(doc, path, null);
    if (!many) return values[0];
    arrays++;
    return values.reduce((best, value) => (direction * compare(value, best) < 0 ? value : best));
  });
  if (arrays > 1) throw badValue('cannot sort with keys that are parallel arrays');
  return keys;
}
