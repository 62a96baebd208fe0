import type { Logger } from 'pino';
import type { DigestFigures } from '../domain/digest.ts';
import type { Freshness, Uploads } from '../operations/ports.ts';
import { chartWords } from './blocks/digest.ts';
import type { Upload } from './files.ts';

export interface ChartFilePorts {
  readonly uploads: Uploads;
  readonly upload: Upload;
  /** PNG of the ageing chart. */
  readonly chart: (figures: DigestFigures) => Promise<Uint8Array>;
  /** Files belong to a workspace. */
  readonly homeTeam: string;
  readonly log: Logger;
}

/** The uploaded ageing chart of a day and state of the ledger, made once; null when there is nothing to draw or Slack takes no files. */
export function chartFile(ports: ChartFilePorts): (figures: DigestFigures, freshness: Freshness) => Promise<string | null> {
  const making = new Map<string, Promise<string>>();
  const make = async (key: string, figures: DigestFigures): Promise<string> => {
    const kept = await ports.uploads.find(key);
    if (kept) return kept;
    const file = await ports.upload(`ageing-${figures.today}.png`, await ports.chart(figures), chartWords(figures));
    await ports.uploads.keep(key, file);
    return file;
  };
  return async (figures, { asOf }) => {
    if (!figures.currencies.some((entry) => entry.open > 0)) return null;
    const key = `ageing:${ports.homeTeam}:${figures.today}:${asOf?.toString() ?? 'never'}`;
    const running = making.get(key) ?? make(key, figures).finally(() => making.delete(key));
    making.set(key, running);
    return running.catch((error) => {
      ports.log.warn({ err: error }, 'the chart could not be uploaded; Home goes without it');
      return null;
    });
  };
}
