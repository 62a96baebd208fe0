import { type Doc, isDoc } from './values.ts';

/** The parts of dotted paths are split once, when a filter, projection or index is compiled. */
export type Path = readonly string[];

const isIndex = (part: string): boolean => /^\d+$/.test(part);

/**
 * Calls `test` for every value a query on the path looks at, walking into the elements of arrays; true as soon as one call is.
 * With `elements`, an array at the end of the path is looked at both as a whole and element by element. `atScalar` is called for each element
 * on the way that is no document: queries pass over it, an index and a sort see null there.
 */
export function visit(
  value: unknown,
  path: Path,
  test: (value: unknown) => boolean,
  elements: boolean,
  atScalar: () => boolean = () => false,
  depth = 0,
): boolean {
  if (depth === path.length) return test(value) || (elements && Array.isArray(value) && value.some(test));
  const part = path[depth]!;
  if (Array.isArray(value)) {
    const numbered = isIndex(part) && Number(part) < value.length;
    if (numbered && visit(value[Number(part)], path, test, elements, atScalar, depth + 1)) return true;
    return value.some((item) => (isDoc(item) ? visit(item, path, test, elements, atScalar, depth) : !numbered && atScalar()));
  }
  if (!isDoc(value)) return test(undefined);
  return visit(Object.hasOwn(value, part) ? value[part] : undefined, path, test, elements, atScalar, depth + 1);
}

/**
 * What an index, `distinct` or a sort sees under the path, arrays taken apart, and whether it may be more than one value. Never empty:
 * what is missing counts as `absent`, an empty array as undefined.
 */
export function leaves(doc: Doc, path: Path, absent: null | undefined): { values: unknown[]; many: boolean } {
  const [first] = path;
  const direct = path.length === 1 && Object.hasOwn(doc, first!) ? doc[first!] : undefined;
  if (direct !== undefined && !Array.isArray(direct)) return { values: [direct], many: false };
  const values: unknown[] = [];
  let many = false;
  const collect = (value: unknown) => {
    values.push(value ?? (value === null ? null : absent));
    return false;
  };
  visit(doc, path, collect, false, () => {
    many = true;
    return collect(undefined);
  });
  const flat = values.flatMap((value) => {
    if (!Array.isArray(value)) return [value];
    many = true;
    return value.length > 0 ? value : [undefined];
  });
  if (flat.length !== 1) many = true;
  return { values: flat.length > 0 ? flat : [absent], many };
}

/** The value at a path whose array steps are all written as numbers; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (Array.isArray(value)) value = isIndex(part) ? value[Number(part)] : undefined;
    else value = isDoc(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/** What "$a.b" means in a pipeline: arrays on the way become arrays of what their elements hold. */
export function resolve(value: unknown, path: Path, depth = 0): unknown {
  if (depth === path.length) return value;
  if (Array.isArray(value)) return value.map((item) => resolve(item, path, depth)).filter((item) => item !== undefined);
  const part = path[depth]!;
  return isDoc(value) && Object.hasOwn(value, part) ? resolve(value[part], path, depth + 1) : undefined;
}
