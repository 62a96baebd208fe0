import type { TrailEntry } from '../../src/store/trail.ts';
import type { TrailLine } from '../../src/store/verify-trail.ts';

/** What somebody with access to the store might do, and the first entry that is wrong then; `anchored`: it shows only against the noted head. */
export interface Damage {
  readonly name: string;
  readonly lines: TrailLine[];
  readonly wrong: number;
  readonly anchored?: true;
}

type Hash = (previous: string, entry: TrailEntry) => string;

/** A number from 0 up to `below`. */
type Chance = (below: number) => number;

const withEntry = (line: TrailLine, part: Partial<TrailEntry>): TrailLine => ({
  ...line,
  document: { ...line.document, entry: { ...line.document.entry, ...part } },
});

/** One random damage to a whole trail; its lines are copies. `at` counts from 0, entries from 1. */
export function damage(whole: readonly TrailLine[], chance: Chance, hash: Hash): Damage {
  const at = chance(whole.length - 1);
  const kinds = [edited, deleted, swapped, inserted, retold, cutOff, rewritten];
  return kinds[chance(kinds.length)]!(whole, at, chance, hash);
}

function edited(whole: readonly TrailLine[], at: number, chance: Chance): Damage {
  const line = whole[at]!;
  const { document, body } = line;
  const flipped = (hex: string) => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`;
  const changes: [string, TrailLine][] = [
    ['who', withEntry(line, { by: 'U0NOBODY' })],
    ['when', withEntry(line, { at: '2020-01-01T00:00:00Z' })],
    ['what', withEntry(line, { type: 'unheard-of' })],
    ['command', withEntry(line, { command: 'another' })],
    ['digest', withEntry(line, { body: flipped(document.entry.body) })],
    ['hash', { ...line, document: { ...document, hash: flipped(document.hash) } }],
    ['link', { ...line, document: { ...document, previous: flipped(document.previous) } }],
    ['fact', { ...line, document: { ...document, fact: `${document.fact}0` } }],
    ...(body
      ? ([
          ['text', { ...line, body: { ...body, body: { ...body.body, more: 'than was said' } } }],
          ['salt', { ...line, body: { ...body, salt: flipped(body.salt) } }],
        ] as [string, TrailLine][])
      : []),
  ];
  const [name, changed] = changes[chance(changes.length)]!;
  return { name: `edited ${name}`, lines: whole.with(at, changed), wrong: at + 1 };
}

function deleted(whole: readonly TrailLine[], at: number): Damage {
  return { name: 'deleted', lines: whole.toSpliced(at, 1), wrong: at + 1 };
}

function swapped(whole: readonly TrailLine[], at: number, chance: Chance): Damage {
  const other = at + 1 + chance(whole.length - at - 1);
  return { name: 'swapped', lines: whole.with(at, whole[other]!).with(other, whole[at]!), wrong: at + 1 };
}

/** A copy of another entry, or one made up that follows from the entry before with a right hash of its own. */
function inserted(whole: readonly TrailLine[], at: number, chance: Chance, hash: Hash): Damage {
  const from = chance(whole.length);
  if (chance(2) === 0) return { name: 'inserted copy', lines: whole.toSpliced(at, 0, whole[from]!), wrong: from === at ? at + 2 : at + 1 };
  const { document } = whole[at]!;
  const aggregate = 'account:made-up';
  const entry = { ...document.entry, aggregate, fact: `${aggregate}:1` };
  const forged = { document: { ...document, fact: entry.fact, entry, hash: hash(document.previous, entry) } };
  // The forged one stands right in its place; the one that stood there does not follow any more.
  return { name: 'inserted forgery', lines: whole.toSpliced(at, 0, forged), wrong: at + 2 };
}

/** An entry written anew with its right hash: the next one does not follow from it. */
function retold(whole: readonly TrailLine[], at: number, _: Chance, hash: Hash): Damage {
  const changed = withEntry(whole[at]!, { by: 'U0NOBODY' });
  const { document } = changed;
  const line = { ...changed, document: { ...document, hash: hash(document.previous, document.entry) } };
  return { name: 'retold', lines: whole.with(at, line), wrong: at + 2 };
}

function cutOff(whole: readonly TrailLine[], at: number): Damage {
  return { name: 'cut off', lines: whole.slice(0, at + 1), wrong: at + 2, anchored: true };
}

/** One entry changed and every hash behind it made right again: only the noted head tells. */
function rewritten(whole: readonly TrailLine[], at: number, _: Chance, hash: Hash): Damage {
  let previous = whole[at]!.document.previous;
  const rest = whole.slice(at).map((line, index) => {
    const { document } = index === 0 ? withEntry(line, { by: 'U0NOBODY' }) : line;
    const again = { ...document, previous, hash: hash(previous, document.entry) };
    previous = again.hash;
    return { ...line, document: again };
  });
  return { name: 'rewritten', lines: [...whole.slice(0, at), ...rest], wrong: whole.length, anchored: true };
}
