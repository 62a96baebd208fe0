import type { Logger } from 'pino';
import type { DigestFigures } from '../domain/digest.ts';
import type { Clock, Digest, Digests, SettingsStore } from '../operations/ports.ts';
import { chartWords, digestMessages } from './blocks/digest.ts';
import type { Renderer } from './outbound.ts';

export interface DigestRendererPorts {
  readonly digests: Digests;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  /** PNG of the ageing chart. */
  readonly chart: (figures: DigestFigures) => Promise<Uint8Array>;
  readonly log: Logger;
  /** Told where the digest stands; more than once when an instance stops in between. */
  readonly posted?: (digest: Digest, ts: string) => Promise<unknown>;
}

/** Posts a decided digest as it was decided. Without files:write it goes out without its chart. */
export function digestRenderer(ports: DigestRendererPorts): Renderer {
  return async (payload, upload) => {
    const digest = await ports.digests.get(String(payload.digest));
    if (!digest) return null;
    const settings = await ports.settings.read();
    let chart: string | null = null;
    if (digest.figures.currencies.some((entry) => entry.open > 0)) {
      chart = await upload(`ageing-${digest.day}.png`, await ports.chart(digest.figures), chartWords(digest.figures)).catch((error) => {
        ports.log.warn({ err: error }, 'the chart could not be uploaded; the digest goes out without it');
        return null;
      });
    }
    const view = { digest, zone: settings.zone, company: settings.company, chart, now: ports.clock.now() };
    const posted = async (ts: string) => void (await ports.posted?.(digest, ts));
    return { channel: digest.channel, messages: digestMessages(view), posted };
  };
}
