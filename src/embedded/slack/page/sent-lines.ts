/** The lines sent from the composers, walked with the arrow keys as in a shell. */
export class SentLines {
  #lines: string[] = [];
  #at: number | null = null;

  /** A line of the past stands in the composer. */
  get recalling(): boolean {
    return this.#at !== null;
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#at = null;
  }

  /** The line before, or null when there is none; ends at the empty line after the newest. */
  recall(step: -1 | 1): string | null {
    const at = (this.#at ?? this.#lines.length) + step;
    if (at < 0 || at > this.#lines.length) return null;
    this.#at = at === this.#lines.length ? null : at;
    return this.#lines[at] ?? '';
  }

  leave(): void {
    this.#at = null;
  }
}
