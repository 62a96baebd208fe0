import type { AccountStore, ReplyTexts } from '../account/account.port.ts';
import type { ChargesStore, RatesStore } from '../charges/charges.port.ts';
import type { ApprovalTableStore, CaseStore, CaseTexts } from '../escalation/case.port.ts';
import type { PartnerStore } from '../escalation/partner.port.ts';
import type { AlertStore } from '../follow-up/alerts.port.ts';
import type { Digests } from '../follow-up/digest.port.ts';
import type { PoliciesStore } from '../follow-up/policies.port.ts';
import type { Clock, Fingerprint } from '../kernel/clock.port.ts';
import type { Figures } from '../kernel/figures.port.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { Uploads } from '../kernel/uploads.port.ts';
import type { DroppedFiles, KeptFiles, MappingMemory, PastRuns } from '../ledger/dropped-files.port.ts';
import type { LedgerIntake } from '../ledger/import.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { DraftStore } from '../mails/draft.port.ts';
import type { MailRates, MailStates, SendClaims } from '../mails/send.port.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { ClaimStore, TeamStore } from '../team/team.port.ts';
import type { Erasures } from '../trail/erasure.port.ts';
import type { SentMails } from '../trail/evidence.port.ts';
import type { OldRecords, RetentionStore } from '../trail/retention.port.ts';
import type { Outboxes, Timeline, Trail, TrailReader } from '../trail/trail.port.ts';
import { accountStore } from './accounts.ts';
import { alertStore } from './alerts.ts';
import { caseTextStore } from './case-texts.ts';
import { caseStore } from './cases.ts';
import { chargesStore } from './charges.ts';
import { claimStore } from './claims.ts';
import { storeClock } from './clock.ts';
import { connectStore } from './connect.ts';
import { digestStore } from './digests.ts';
import { draftStore } from './drafts.ts';
import { droppedFileStore } from './dropped-files.ts';
import { erasureStore } from './erasures.ts';
import { storeFigures } from './figures.ts';
import { fingerprint } from './fingerprint.ts';
import { houseStore } from './house.ts';
import { buildIndexes } from './indexes.ts';
import { ledgerIntake } from './intake.ts';
import { jobStore } from './jobs.ts';
import { keptFileStore } from './kept-files.ts';
import { ledgerStore } from './ledger.ts';
import { mailRateStore } from './mail-rates.ts';
import { mailStateStore } from './mail-states.ts';
import { mappingStore } from './mappings.ts';
import { oldRecordStore } from './old-records.ts';
import { outboxStore } from './outboxes.ts';
import { pastRunStore } from './past-runs.ts';
import { replyTextStore } from './reply-texts.ts';
import { sendClaimStore } from './send-claims.ts';
import { sentMailStore } from './sent-mails.ts';
import { settingsStore } from './settings.ts';
import { timelineStore } from './timeline.ts';
import { trailStore } from './trail.ts';
import { trailReader } from './trail-reader.ts';
import { uploadStore } from './uploads.ts';

/** Every port that the store fulfils. */
export interface Stores {
  readonly clock: Clock & { synchronise(): Promise<void> };
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly intake: LedgerIntake;
  readonly mappings: MappingMemory;
  readonly dropped: DroppedFiles;
  readonly kept: KeptFiles;
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
  close(): Promise<void>;
}

/** Connects, registers every model, and builds and verifies their indexes before anything is served. Throws StoreUnusable. */
export async function openStore(uri: string): Promise<Stores> {
  const connection = await connectStore(uri);
  try {
    const clock = await storeClock(connection);
    const ledger = ledgerStore(connection, clock);
    const stores = {
      clock,
      settings: settingsStore(connection),
      ledger,
      intake: ledgerIntake(connection, clock),
      mappings: mappingStore(connection),
      dropped: droppedFileStore(connection),
      kept: keptFileStore(connection),
      pastRuns: pastRunStore(connection),
      accounts: accountStore(connection),
      alerts: alertStore(connection),
      charges: chargesStore(connection),
      rates: houseStore(connection, 'rates'),
      partners: houseStore(connection, 'partners'),
      team: houseStore(connection, 'team'),
      claims: claimStore(connection),
      digests: digestStore(connection),
      policies: houseStore(connection, 'policies'),
      replyTexts: replyTextStore(connection),
      drafts: draftStore(connection),
      sendClaims: sendClaimStore(connection),
      sentMails: sentMailStore(connection),
      cases: caseStore(connection),
      caseTexts: caseTextStore(connection),
      approvalTable: houseStore(connection, 'approvals'),
      mailRates: mailRateStore(connection),
      mailStates: mailStateStore(connection),
      fingerprint,
      jobs: jobStore(connection),
      outboxes: outboxStore(connection),
      trail: trailStore(connection),
      trailReader: trailReader(connection),
      erasures: erasureStore(connection),
      oldRecords: oldRecordStore(connection),
      retention: houseStore(connection, 'retention'),
      timeline: timelineStore(connection),
      uploads: uploadStore(connection),
      figures: storeFigures(connection, ledger),
    };
    await buildIndexes(connection);
    return { ...stores, close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
