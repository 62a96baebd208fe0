import type { Connection } from 'mongoose';
import type { Draft } from '../mails/draft.ts';
import type { SentMails } from '../trail/evidence.port.ts';
import { draftModel } from './drafts.ts';

/** Read in batches: an account of many years has many. */
export function sentMailStore(connection: Connection): SentMails {
  const { collection } = draftModel(connection);
  return {
    async *sentTo(account) {
      const filter = { account, open: false, 'draft.state': 'sent' };
      const found = collection.find<{ draft: Draft }>(filter, { sort: { 'draft.sentOn': 1, _id: 1 }, batchSize: 50 });
      for await (const { draft } of found) yield draft;
    },
  };
}
