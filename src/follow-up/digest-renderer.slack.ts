import type { Clock } from '../kernel/clock.port.ts';
import type { Uploads } from '../kernel/uploads.port.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import { ageingPicture, type DrawChart, noteShown } from './chart-file.slack.ts';
import type { Digest, Digests } from './digest.port.ts';
import { digestMessages, isQuiet } from './digest.view.ts';

export interface DigestRendererPorts {
  readonly digests: Digests;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly chart: DrawChart;
  readonly uploads: Uploads;
  readonly homeTeam: string;
  /** Told where the digest stands; more than once when an instance stops in between. */
  readonly posted?: (digest: Digest, ts: string) => Promise<unknown>;
}

/** Posts a decided digest as it was decided. Without files:write it goes out without its chart. */
export function digestRenderer(ports: DigestRendererPorts): Renderer {
  return async (payload, show) => {
    const digest = await ports.digests.get(String(payload.digest));
    if (!digest) return null;
    const settings = await ports.settings.read();
    const picture = isQuiet(digest) ? null : ageingPicture(ports.homeTeam, ports.chart, digest.figures);
    const chart = picture && (await show(picture));
    const view = { digest, zone: settings.zone, company: settings.company, chart, now: ports.clock.now() };
    return {
      channel: digest.channel,
      messages: digestMessages(view),
      posted: async (ts) => void (await ports.posted?.(digest, ts)),
      complete: async () => {
        if (picture && chart?.type === 'image') await noteShown(ports.uploads, picture, digest.channel);
      },
    };
  };
}
