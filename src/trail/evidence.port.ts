import type { Agreement } from '../charges/agreement.ts';
import type { ChargeKind } from '../charges/charges.ts';
import type { Day } from '../kernel/day.ts';
import type { Draft } from '../mails/draft.ts';

import type { DisputeRecord, EvidenceKind, PromiseRecord } from './evidence.ts';
import type { TrailHead } from './trail.port.ts';
import type { WithheldGroup } from './withheld.ts';

/** Mails that reached an account, oldest first. */
export interface SentMails {
  sentTo(account: string): AsyncIterable<Draft>;
}

/** Files as one archive, added one after the other. */
export interface ArchiveWriter {
  add(name: string, bytes: Uint8Array): void;
  end(): Uint8Array;
}

/** What is claimed in one currency. Minor units. */
export interface EvidenceClaim {
  readonly currency: string;
  readonly invoices: readonly EvidenceInvoice[];
  /** Payments without an invoice and open credit notes; positive. */
  readonly credit: number;
  readonly charges: readonly EvidenceCharge[];
}

export interface EvidenceInvoice {
  readonly number: string;
  readonly issued: Day;
  readonly due: Day;
  /** 0 when it is not overdue. */
  readonly daysLate: number;
  readonly total: number | null;
  readonly open: number;
}

export interface EvidenceCharge {
  readonly kind: ChargeKind;
  /** '' for the whole account. */
  readonly invoice: string;
  readonly period: { readonly from: Day; readonly to: Day } | null;
  /** How it was worked out. */
  readonly source: string;
  readonly amount: number;
}

export interface EvidenceFile {
  /** Path within the pack; letters, digits and . _ - / alone. */
  readonly name: string;
  readonly what: string;
  /** Hex. */
  readonly sha256: string;
}

export interface EvidenceStep {
  readonly seq: number;
  readonly when: string;
  readonly channel: string;
  /** At the customer; ''. */
  readonly contact: string;
  readonly what: string;
  /** Of ours. */
  readonly who: string;
}

/** Everything the index page says. */
export interface EvidenceIndex {
  readonly seller: string;
  readonly customer: { readonly name: string; readonly number: string; readonly country: string };
  readonly today: Day;
  /** 'Ines Duarte'. */
  readonly by: string;
  /** The ledger's freshness in words. */
  readonly asOf: string;
  /** IANA zone of all times. */
  readonly zone: string;
  readonly claims: readonly EvidenceClaim[];
  readonly agreement: Pick<Agreement, 'law' | 'terms' | 'document'> | null;
  readonly promises: readonly PromiseRecord[];
  readonly disputes: readonly DisputeRecord[];
  readonly files: readonly EvidenceFile[];
  readonly steps: readonly EvidenceStep[];
  /** What the reviewer left out as a whole. */
  readonly without: readonly EvidenceKind[];
  /** Entries of the account that stay in the company. */
  readonly withheld: readonly WithheldGroup[];
  /** Papers on record whose files could not be read, in words; ''. */
  readonly absent: string;
  readonly head: TrailHead | null;
}
