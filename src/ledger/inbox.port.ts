/** A file that lies in the folder whole: nobody has written to it for a while. */
export interface InboxFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** A folder into which an accounting system puts its exports. Nothing of it is followed: neither links nor folders. */
export interface Inbox {
  /** In order of the days in their names, then of their age. */
  ready(): Promise<readonly InboxFile[]>;
  /** Null when it is not there any more. */
  read(file: InboxFile): Promise<Uint8Array | null>;
  /** Moves it to done/ or refused/, with `note` as NAME plus `ending` beside it; first the note, so that no file lies there unexplained. */
  put(file: InboxFile, where: 'done' | 'refused', note: { readonly ending: string; readonly bytes: Uint8Array } | null): Promise<void>;
}
