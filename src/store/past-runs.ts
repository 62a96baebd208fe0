import type { Connection } from 'mongoose';
import type { PastRuns } from '../ledger/dropped-files.port.ts';
import { type ImportRunDocument, ledgerModels } from './ledger-models.ts';

export function pastRunStore(connection: Connection): PastRuns {
  const { collection } = ledgerModels(connection).runs;
  const real = { sample: false };
  return {
    async page(from, limit) {
      const found = await collection.find<ImportRunDocument>(real, { sort: { startedAt: -1, _id: 1 }, skip: from, limit }).toArray();
      const runs = found.map(({ _id, source, by, sha256, startedAt, state, counts }) => ({
        id: _id,
        source,
        by: by ?? 'import',
        sha256: sha256 ?? '',
        startedAt: Temporal.Instant.fromEpochMilliseconds(startedAt.getTime()),
        state,
        counts: counts ?? null,
      }));
      return { runs, total: await collection.countDocuments(real) };
    },
  };
}
