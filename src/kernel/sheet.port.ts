/** A table for a file. A text column never becomes a formula, whatever its values begin with. */
export interface Sheet {
  /** Name of the spreadsheet's page: at most 31 characters, none of \ / ? * [ ] : */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** As long as `columns`. Amounts are decimal text as of toDecimal in money.ts; counts are whole numbers; a text in their place is shown as it is. */
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface SheetColumn {
  readonly title: string;
  readonly kind: 'text' | 'amount' | 'count';
}

/** Bytes of a file. */
export type SheetWriter = (sheet: Sheet) => Promise<Uint8Array>;

/** Several tables in one spreadsheet, each on a page of its own. */
export type WorkbookWriter = (sheets: readonly Sheet[]) => Promise<Uint8Array>;

/** By the ending of the file's name. */
export type SheetWriters = Readonly<Record<'csv' | 'xlsx', SheetWriter>>;
