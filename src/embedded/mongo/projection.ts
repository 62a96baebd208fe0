import { StoreError, unsupported } from './errors.ts';
import { isNumber, toNumber } from './numbers.ts';
import { resolve } from './paths.ts';
import { type Doc, isDoc } from './values.ts';

type Tree = Map<string, Tree | null>;

/**
 * Compiles `{ field: 1 }`, `{ field: 0 }` (dotted too, not both kinds but for _id) and `{ name: '$path' }`.
 * Everything else a projection can hold is refused by name.
 */
export function compileProjection(spec: Doc | undefined): (doc: Doc) => Doc {
  if (spec === undefined || Object.keys(spec).length === 0) return (doc) => doc;
  const included: string[] = [];
  const excluded: string[] = [];
  const renamed: [name: string, path: string[]][] = [];
  for (const [field, value] of Object.entries(spec)) {
    if (typeof value === 'string' && /^\$[^$]/.test(value) && !field.includes('.')) renamed.push([field, value.slice(1).split('.')]);
    else if (isSwitch(value) && !field.split('.').some((part) => part === '' || part.startsWith('$')))
      (isOn(value) ? included : excluded).push(field);
    else throw unsupported(`the projection { ${field}: ${isDoc(value) ? (Object.keys(value)[0] ?? '{}') : JSON.stringify(value)} }`);
  }
  const excludedFields = excluded.filter((field) => field !== '_id');
  if (included.some((field) => field !== '_id') || renamed.length > 0 || (included.length > 0 && excludedFields.length === 0)) {
    if (excludedFields.length > 0)
      throw new StoreError(31254, 'Location31254', `Cannot do exclusion on field ${excludedFields[0]} in inclusion projection`);
    const tree = treeOf(excluded.includes('_id') || spec._id !== undefined ? included : ['_id', ...included]);
    return (doc) => {
      const result = include(doc, tree);
      for (const [name, path] of renamed) {
        const value = resolve(doc, path);
        if (value !== undefined) result[name] = value;
      }
      return result;
    };
  }
  const tree = treeOf(excluded);
  return (doc) => exclude(doc, tree);
}

const isSwitch = (value: unknown): boolean => typeof value === 'boolean' || isNumber(value);
const isOn = (value: unknown): boolean => (isNumber(value) ? toNumber(value) !== 0 : value === true);

function treeOf(fields: string[]): Tree {
  const root: Tree = new Map();
  for (const field of fields) {
    const parts = field.split('.');
    let node = root;
    for (const [depth, part] of parts.entries()) {
      const known = node.get(part);
      const last = depth === parts.length - 1;
      if (known === null || (last && known)) throw new StoreError(31249, 'Location31249', `Path collision at ${field}`);
      const next: Tree | null = last ? null : (known ?? new Map());
      node.set(part, next);
      if (next) node = next;
    }
  }
  return root;
}

function include(doc: Doc, tree: Tree): Doc {
  const result: Doc = {};
  for (const field of Object.keys(doc)) {
    const below = tree.get(field);
    if (below === undefined) continue;
    const value = below === null ? doc[field] : includeBelow(doc[field], below);
    if (value !== undefined) result[field] = value;
  }
  return result;
}

function includeBelow(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => includeBelow(item, tree)).filter((item) => item !== undefined);
  return isDoc(value) ? include(value, tree) : undefined;
}

function exclude(doc: Doc, tree: Tree): Doc {
  const result: Doc = {};
  for (const field of Object.keys(doc)) {
    const below = tree.get(field);
    if (below !== null) result[field] = below ? excludeBelow(doc[field], below) : doc[field];
  }
  return result;
}

function excludeBelow(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => excludeBelow(item, tree));
  return isDoc(value) ? exclude(value, tree) : value;
}
