import type { Day } from '../../kernel/day.ts';
import type { Decimal } from './amounts.ts';
import type { DateOrder } from './days.ts';
import type { DocumentClass } from './documents.ts';
import type { OpenField } from './field-words.ts';
import type { Preset } from './presets.ts';
import type { CellOf } from './rows.ts';
import type { SheetRow } from './sheet.ts';

/** What a person said about a file. Everything may be left out. */
export interface Choices {
  /** The row of the column names, counted from 1 with blank ones. */
  readonly headerRow?: number;
  /** A preset by name; null for none. */
  readonly preset?: string | null;
  /** Index of the column of a field; null: the file has none. */
  readonly columns?: Readonly<Partial<Record<OpenField, number | null>>>;
  readonly dates?: DateOrder;
  readonly decimal?: Decimal;
  /** Of rows that name none. */
  readonly currency?: string;
  readonly entity?: string;
  /** 'by-type': credit notes and payments stand without a minus. */
  readonly signs?: 'as-written' | 'by-type';
  readonly types?: Readonly<Record<string, DocumentClass>>;
  /** What words of the status column mean. */
  readonly statuses?: Readonly<Record<string, 'open' | 'closed'>>;
  /** Days from invoice to due date, for rows that say neither. */
  readonly termsDays?: number;
  /** The same row twice: read once, or every time. */
  readonly repeated?: 'once' | 'each';
  /** 'total': the file has no column of what is still open, and its amounts are that. */
  readonly openIs?: 'total';
  /** Whether a dunning block of the accounting system holds reminders back here, too: it does where nothing is said. */
  readonly blocks?: Readonly<Record<string, 'hold' | 'remind'>>;
  /** Numbers of documents that are right although they are far larger than the others. */
  readonly large?: readonly string[];
  /** Numbers that two customers share: of these customers the number gets theirs behind it. */
  readonly apart?: readonly (readonly [number: string, customer: string])[];
}

export type QuestionAbout =
  | 'header'
  | 'column'
  | 'dates'
  | 'numbers'
  | 'currency'
  | 'entity'
  | 'signs'
  | 'type'
  | 'status'
  | 'open-amount'
  | 'due'
  | 'repeated'
  | 'same-number'
  | 'magnitude'
  | 'block'
  | 'total'
  | 'encoding'
  | 'difference';

export interface Question {
  readonly about: QuestionAbout;
  readonly sentence: string;
  readonly options: readonly string[];
  /** What the product would take if nobody answered; null where it takes nothing. */
  readonly proposal: string | null;
  /** Nothing can be imported before it is answered. */
  readonly blocking: boolean;
  readonly rows: readonly number[];
  /** What is chosen among the columns, where it is one. */
  readonly field?: OpenField;
  /** Words of the file, each of which is asked about. */
  readonly words?: readonly string[];
  /** Options as people read them; an option without one is read as it is. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly numbers?: readonly string[];
  /** Which customers' documents have a number that another's has, too; see Choices.apart. */
  readonly shared?: readonly (readonly [number: string, customer: string])[];
}

/** How the cells of one file are to be understood. */
export interface Reading {
  readonly cell: CellOf;
  readonly has: (field: OpenField) => boolean;
  readonly spreadsheet: boolean;
  readonly order: DateOrder | null;
  readonly decimal: Decimal | null;
  readonly preset: Preset | null;
  readonly choices: Choices;
  /** Of the rows without one: what a person chose, or the title says. */
  readonly currency: string | null;
  readonly day: (text: string) => Day | null;
  /** Minor units of a cell, under `as` or the row's currency; null where there is no amount that can be read. */
  readonly money: (row: SheetRow, field: OpenField, as?: string | null) => number | null;
  readonly lineAmount: (row: SheetRow, as: string | null) => number | null;
}
