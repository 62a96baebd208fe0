/** A file as rows of text, before anybody knows what they are. */
export interface Sheet {
  readonly rows: readonly SheetRow[];
  /** In a spreadsheet a plain number is a number, whatever sign the file's texts use for decimals. */
  readonly origin: 'text' | 'spreadsheet';
  /** What was found out about the bytes, one sentence each. */
  readonly evidence: readonly string[];
}

/** `row` counts every record from 1, blank ones too; `line` is where it begins in the file. */
export interface SheetRow {
  readonly row: number;
  readonly line: number;
  readonly cells: readonly string[];
  /** A line beside the table of a drawn list: its cells stand in no column. */
  readonly aside?: boolean;
}

export function isBlank({ cells }: Pick<SheetRow, 'cells'>): boolean {
  return cells.every((cell) => cell === '' || /^[-_=+|\s]{3,}$/.test(cell));
}
