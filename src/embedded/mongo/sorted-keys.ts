const BLOCK = 512;

/**
 * The keys of one index in order, for range scans. Sorting waits until the first scan asks, so that a bulk import does not pay for it;
 * after that, new keys are slotted in. Removed keys may linger until the next rebuild: the index skips what it no longer holds.
 */
export class SortedKeys {
  #blocks: string[][] = [];
  #size = 0;
  #pending: string[] = [];
  #removed = 0;
  readonly #live: () => Iterable<string>;

  constructor(live: () => Iterable<string>) {
    this.#live = live;
  }

  added(key: string): void {
    this.#pending.push(key);
  }

  removed(): void {
    this.#removed++;
  }

  /** Keys from `low` to `high`, both included; from the end when `backwards`. */
  *range(low: string, high: string, backwards: boolean): Generator<string> {
    this.#settle();
    const blocks = this.#blocks;
    if (backwards) {
      for (let b = Math.min(this.#blockFor(high), blocks.length - 1); b >= 0; b--) {
        for (let i = position(blocks[b]!, `${high}\0`) - 1; i >= 0; i--) {
          const key = blocks[b]![i]!;
          if (key < low) return;
          yield key;
        }
      }
      return;
    }
    for (let b = this.#blockFor(low); b < blocks.length; b++) {
      for (let i = position(blocks[b]!, low); i < blocks[b]!.length; i++) {
        const key = blocks[b]![i]!;
        if (key > high) return;
        yield key;
      }
    }
  }

  #settle(): void {
    if (this.#pending.length > this.#size / 8 || this.#removed > this.#size / 2) this.#rebuild();
    else for (const key of this.#pending) this.#insert(key);
    this.#pending = [];
  }

  #rebuild(): void {
    const keys = [...this.#live()].sort();
    this.#blocks = [];
    for (let i = 0; i < keys.length; i += BLOCK) this.#blocks.push(keys.slice(i, i + BLOCK));
    this.#size = keys.length;
    this.#removed = 0;
  }

  #insert(key: string): void {
    const at = this.#blockFor(key);
    const block = this.#blocks[at]!;
    const i = position(block, key);
    if (block[i] === key) return;
    block.splice(i, 0, key);
    this.#size++;
    if (block.length > 2 * BLOCK) this.#blocks.splice(at, 1, block.slice(0, BLOCK), block.slice(BLOCK));
  }

  /** The first block whose last key is not before `key`, else the last block. */
  #blockFor(key: string): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#blocks[middle]!.at(-1)! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where `key` is or belongs in a sorted block. */
function position(block: readonly string[], key: string): number {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (block[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
