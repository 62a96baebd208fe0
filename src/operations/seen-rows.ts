import { createHash } from 'node:crypto';

/** Words of a slot: two of the key's hash, two of the content's, then parts, conflict, pass. */
const WIDTH = 7;
const PARTS = 4;
const CONFLICT = 5;
const PASS = 6;

/**
 * Which rows a file holds: 28 bytes a slot whatever their length, so that a file of millions of rows is checked for contradictions in
 * bounded memory. Keys are told apart by 64 bits of SHA-256: two different ones of ten million meet with a chance of 1 in 400,000.
 */
export class SeenRows {
  #slots = new Uint32Array(1024 * WIDTH);
  #capacity = 1024;
  size = 0;

  /** 'same' when the key came with this content before; with another it is in conflict from then on. */
  note(key: string, content: string): 'new' | 'same' | 'conflict' {
    if (this.size * 2 > this.#capacity) this.#grow();
    const hash = digest(key);
    const at = this.#find(hash);
    const [high, low] = digest(content);
    const slots = this.#slots;
    if (isEmpty(slots, at)) {
      slots.set([...hash, high, low, 0, 0, 0], at);
      this.size += 1;
      return 'new';
    }
    if (slots[at + 2] === high && slots[at + 3] === low) return 'same';
    slots[at + CONFLICT] = 1;
    return 'conflict';
  }

  has(key: string): boolean {
    return !isEmpty(this.#slots, this.#find(digest(key)));
  }

  /** The following expect a noted key. */
  addPart(key: string): void {
    this.#slots[this.#find(digest(key)) + PARTS]! += 1;
  }

  parts(key: string): number {
    return this.#slots[this.#find(digest(key)) + PARTS]!;
  }

  markConflict(key: string): void {
    this.#slots[this.#find(digest(key)) + CONFLICT] = 1;
  }

  inConflict(key: string): boolean {
    return this.#slots[this.#find(digest(key)) + CONFLICT] === 1;
  }

  /** True the first time in a pass over the file; passes are numbered from 1. */
  take(key: string, pass: number): boolean {
    const at = this.#find(digest(key)) + PASS;
    if (this.#slots[at] === pass) return false;
    this.#slots[at] = pass;
    return true;
  }

  /** Word index of the key's slot, or of the empty one where it belongs. */
  #find([high, low]: readonly [number, number]): number {
    const slots = this.#slots;
    let slot = low % this.#capacity;
    for (;;) {
      const at = slot * WIDTH;
      if (isEmpty(slots, at) || (slots[at] === high && slots[at + 1] === low)) return at;
      slot = slot + 1 === this.#capacity ? 0 : slot + 1;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 2;
    this.#slots = new Uint32Array(this.#capacity * WIDTH);
    for (let at = 0; at < old.length; at += WIDTH) {
      if (!isEmpty(old, at)) this.#slots.set(old.subarray(at, at + WIDTH), this.#find([old[at]!, old[at + 1]!]));
    }
  }
}

function isEmpty(slots: Uint32Array, at: number): boolean {
  return slots[at] === 0;
}

function digest(text: string): [number, number] {
  const bytes = createHash('sha256').update(text).digest();
  return [bytes.readUInt32LE(0) || 1, bytes.readUInt32LE(4)];
}
