import type { Renderer } from '../slack/outbound.ts';
import type { SlackWorld } from '../slack/world.ts';
import { ageingPicture, noteShown } from './chart-file.slack.ts';
import type { Digest } from './digest.port.ts';
import { digestMessages, isQuiet } from './digest.view.ts';

export interface DigestRendererNeeds extends SlackWorld {
  /** Told where the digest stands; more than once when an instance stops in between. */
  readonly posted?: (digest: Digest, ts: string) => Promise<unknown>;
}

/** Posts a decided digest as it was decided. Without files:write it goes out without its chart. */
export function digestRenderer(world: DigestRendererNeeds): Renderer {
  return async (payload, show) => {
    const digest = await world.digests.get(String(payload.digest));
    if (!digest) return null;
    const settings = await world.settings.read();
    const picture = isQuiet(digest) ? null : ageingPicture(world.homeTeam, world.ageingChart, digest.figures);
    const chart = picture && (await show(picture));
    const view = { digest, zone: settings.zone, company: settings.company, chart, now: world.clock.now() };
    return {
      channel: digest.channel,
      messages: digestMessages(view),
      posted: async (ts) => void (await world.posted?.(digest, ts)),
      complete: async () => {
        if (picture && chart?.type === 'image') await noteShown(world.uploads, picture, digest.channel);
      },
    };
  };
}
