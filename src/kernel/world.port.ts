import type { Logger } from 'pino';
import type { AccountStore, ReplyTexts } from '../account/account.port.ts';
import type { CallScripts } from '../account/call-script.ts';
import type { ChargesStore, RatesStore } from '../charges/charges.port.ts';
import type { Statement, StatementStyle } from '../charges/statement.ts';
import type { ApprovalTableStore, CaseKindRules, CaseStore, CaseTexts } from '../escalation/case.port.ts';
import type { LetterSheets } from '../escalation/letter.port.ts';
import type { LetterPaper } from '../escalation/letter-paper.ts';
import type { PartnerStore } from '../escalation/partner.port.ts';
import type { AlertStore } from '../follow-up/alerts.port.ts';
import type { Digests } from '../follow-up/digest.port.ts';
import type { DigestFigures } from '../follow-up/digest.ts';
import type { PoliciesStore } from '../follow-up/policies.port.ts';
import type { DroppedFiles, FileFormats, KeptFiles, MappingMemory, PastRuns, RejectsSheet } from '../ledger/dropped-files.port.ts';
import type { LedgerIntake } from '../ledger/import.port.ts';
import type { Inbox } from '../ledger/inbox.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { DraftStore } from '../mails/draft.port.ts';
import type { Draft } from '../mails/draft.ts';
import type { Drafter } from '../mails/drafter.port.ts';
import type { MailLimits } from '../mails/mail-budget.ts';
import type { ReviewCounts } from '../mails/review-counts.port.ts';
import type { InvoiceFiles, Mailer, MailRates, MailStates, OutboxFolder, SendClaims } from '../mails/send.port.ts';
import type { GoalsStore } from '../numbers/goals.port.ts';
import type { KeptFigures } from '../numbers/kept.port.ts';
import type { LessonStore } from '../numbers/lessons.port.ts';
import type { LineChart } from '../numbers/line-chart.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { ClaimStore, OurPerson, TeamStore } from '../team/team.port.ts';
import type { Erasures } from '../trail/erasure.port.ts';
import type { ArchiveWriter, EvidenceIndex, SentMails } from '../trail/evidence.port.ts';
import type { OldRecords, RetentionStore } from '../trail/retention.port.ts';
import type { Outboxes, Timeline, Trail, TrailCover, TrailReader, TrailRow } from '../trail/trail.port.ts';
import type { Clock, Fingerprint, HolidayPlaces } from './clock.port.ts';
import type { Figures } from './figures.port.ts';
import type { Jobs } from './jobs.port.ts';
import type { SheetWriters, WorkbookWriter } from './sheet.port.ts';
import type { Uploads } from './uploads.port.ts';
import type { HolidayCalendar } from './working-days.ts';

/** What is kept. */
export interface Stores {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly intake: LedgerIntake;
  readonly mappings: MappingMemory;
  readonly dropped: DroppedFiles;
  readonly kept: KeptFiles;
  readonly keptFigures: KeptFigures;
  readonly goals: GoalsStore;
  readonly lessons: LessonStore;
  readonly pastRuns: PastRuns;
  readonly accounts: AccountStore;
  readonly alerts: AlertStore;
  readonly charges: ChargesStore;
  readonly rates: RatesStore;
  readonly partners: PartnerStore;
  readonly team: TeamStore;
  readonly claims: ClaimStore;
  readonly digests: Digests;
  readonly drafts: DraftStore;
  readonly sendClaims: SendClaims;
  readonly sentMails: SentMails;
  readonly cases: CaseStore;
  readonly caseTexts: CaseTexts;
  readonly approvalTable: ApprovalTableStore;
  readonly mailRates: MailRates;
  readonly reviewCounts: ReviewCounts;
  readonly mailStates: MailStates;
  readonly policies: PoliciesStore;
  readonly replyTexts: ReplyTexts;
  readonly fingerprint: Fingerprint;
  readonly jobs: Jobs;
  readonly outboxes: Outboxes;
  readonly trail: Trail;
  readonly trailReader: TrailReader;
  readonly erasures: Erasures;
  readonly oldRecords: OldRecords;
  readonly retention: RetentionStore;
  readonly timeline: Timeline;
  readonly uploads: Uploads;
  readonly figures: Figures;
}

/** What verbs need besides what is kept: made once, where the program is put together. */
export interface Outside {
  readonly log: Logger;
  readonly holidays: HolidayCalendar;
  readonly places: HolidayPlaces;
  /** Name of this instance in leases. */
  readonly owner: string;
  /** The store is a MongoDB server, which keeps more than the store asks it to. */
  readonly mongodb: boolean;
  /** Documents the store can hold; undefined for no limit. */
  readonly documentLimit: number | undefined;
  readonly formats: FileFormats;
  /** Null: no folder is set from which files are imported. */
  readonly inbox: Inbox | null;
  readonly rejectsSheet: (mostBytes: number) => RejectsSheet;
  /** Null for whom Slack does not know. */
  readonly people: (user: string) => Promise<OurPerson | null>;
  readonly drafter: Drafter;
  readonly scripts: CallScripts;
  readonly statementPdf: (statement: Statement, style: StatementStyle) => Promise<{ name: string; bytes: Uint8Array }>;
  /** The same paper gives another PDF each time: it is drawn once and kept. */
  readonly letterSheets: (paper: LetterPaper) => Promise<LetterSheets>;
  readonly invoiceFiles: InvoiceFiles;
  /** The mail as a file for any mail program. */
  readonly mailFile: (draft: Draft) => Promise<Buffer>;
  /** A mail written from what is kept of it, for those whose bytes as sent are not on file. */
  readonly mailCopy: (draft: Draft) => Promise<Uint8Array>;
  /** Null: no mail server is set, and approved mails lie in the folder. */
  readonly mailer: Mailer | null;
  readonly mailLimits: MailLimits;
  readonly outbox: OutboxFolder;
  /** Secret for the tokens of reply addresses; null: answers go to the sender's address as it is. */
  readonly replySecret: string | null;
  readonly writers: SheetWriters;
  readonly workbook: WorkbookWriter;
  readonly trailPdf: (cover: TrailCover, rows: readonly TrailRow[]) => Promise<Uint8Array>;
  readonly indexPdf: (index: EvidenceIndex) => Promise<Uint8Array>;
  readonly archive: (made: Temporal.Instant) => ArchiveWriter;
  /** What the kinds of decisions ask for and do. */
  readonly kinds: CaseKindRules;
  readonly ageingChart: (figures: Pick<DigestFigures, 'currencies'>) => Promise<Uint8Array>;
  readonly lineChart: (chart: LineChart) => Promise<Uint8Array>;
}

/** Everything a verb may ask for. One that asks for little names it: Pick<World, 'clock' | 'team'>. */
export type World = Stores & Outside;
