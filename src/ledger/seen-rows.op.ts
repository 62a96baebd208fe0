import { hash } from 'node:crypto';

/** Words of a slot: two of the key's hash, two of the content's, one of marks. */
const WIDTH = 5;
const MARKS = 4;
/** The marks: a conflict, one bit for each of two passes, and below them the number of parts. */
const CONFLICT = 1 << 30;
const PASS = 1 << 27;
const PARTS = PASS - 1;

/**
 * Which rows a file holds: about 30 bytes a row whatever its length, so that a file of millions of rows is checked for contradictions in
 * bounded memory. Keys are told apart by 64 bits of SHA-256: two different ones of ten million meet with a chance of 1 in 400,000.
 */
export class SeenRows {
  #slots = new Uint32Array(1024 * WIDTH);
  #capacity = 1024;
  size = 0;

  /** 'same' when the key came with this content before; with another it is in conflict from then on. */
  note(key: string, content: string): 'new' | 'same' | 'conflict' {
    if (this.size * 4 > this.#capacity * 3) this.#grow();
    const of = digest(key);
    const at = this.#find(of);
    const [high, low] = digest(content);
    const slots = this.#slots;
    if (isEmpty(slots, at)) {
      slots.set([...of, high, low, 0], at);
      this.size += 1;
      return 'new';
    }
    if (slots[at + 2] === high && slots[at + 3] === low) return 'same';
    this.markConflict(at);
    return 'conflict';
  }

  has(key: string): boolean {
    return !isEmpty(this.#slots, this.#find(digest(key)));
  }

  /** The place of a noted key, for the questions below; valid until the next `note`. */
  place(key: string): number {
    return this.#find(digest(key));
  }

  addPart(place: number): void {
    this.#slots[place + MARKS]! += 1;
  }

  parts(place: number): number {
    return this.#slots[place + MARKS]! & PARTS;
  }

  markConflict(place: number): void {
    this.#slots[place + MARKS]! |= CONFLICT;
  }

  inConflict(place: number): boolean {
    return (this.#slots[place + MARKS]! & CONFLICT) !== 0;
  }

  /** True the first time in a pass over the file. */
  take(place: number, pass: 1 | 2): boolean {
    if ((this.#slots[place + MARKS]! & (PASS << pass)) !== 0) return false;
    this.#slots[place + MARKS]! |= PASS << pass;
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
  const bytes = hash('sha256', text, 'buffer');
  return [bytes.readUInt32LE(0) || 1, bytes.readUInt32LE(4)];
}
