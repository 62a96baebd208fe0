import type { Clock } from '../kernel/clock.port.ts';
import type { Stores } from '../kernel/world.port.ts';
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
import { keptFigureStore } from './kept-figures.ts';
import { keptFileStore } from './kept-files.ts';
import { ledgerStore } from './ledger.ts';
import { mailRateStore } from './mail-rates.ts';
import { mailStateStore } from './mail-states.ts';
import { mappingStore } from './mappings.ts';
import { oldRecordStore } from './old-records.ts';
import { outboxStore } from './outboxes.ts';
import { pastRunStore } from './past-runs.ts';
import { replyTextStore } from './reply-texts.ts';
import { reviewCountStore } from './review-counts.ts';
import { sendClaimStore } from './send-claims.ts';
import { sentMailStore } from './sent-mails.ts';
import { settingsStore } from './settings.ts';
import { timelineStore } from './timeline.ts';
import { trailStore } from './trail.ts';
import { trailReader } from './trail-reader.ts';
import { uploadStore } from './uploads.ts';

/** Everything that is kept, open. */
export interface OpenStore extends Stores {
  readonly clock: Clock & { synchronise(): Promise<void> };
  close(): Promise<void>;
}
/** Connects, registers every model, and builds and verifies their indexes before anything is served. Throws StoreUnusable. */
export async function openStore(uri: string): Promise<OpenStore> {
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
      keptFigures: keptFigureStore(connection),
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
      reviewCounts: reviewCountStore(connection),
      mailStates: mailStateStore(connection),
      fingerprint,
      jobs: jobStore(connection),
      outboxes: outboxStore(connection),
      trail: trailStore(connection),
      trailReader: trailReader(connection),
      erasures: erasureStore(connection),
      oldRecords: oldRecordStore(connection),
      retention: houseStore(connection, 'retention'),
      goals: houseStore(connection, 'goals'),
      lessons: houseStore(connection, 'lessons'),
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
