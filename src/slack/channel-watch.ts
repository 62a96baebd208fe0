import type { WebClientOptions } from '@slack/web-api';
import { sharedOutside } from './shared-channels.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** `unknown` gives Slack's own refusal, as if the call itself had met it: whoever called waits as they would for any. */
export type ChannelSharing = { readonly kind: 'ours' | 'shared' } | { readonly kind: 'unknown'; answer(): Response };

/** How long what Slack said of a channel counts: as long as a message may leave after the channel was shared. At most 12 calls of conversations.info a minute and channel, of 50 that it takes. */
const KEEP_MS = 5_000;
const TIMEOUT_MS = 10_000;
/** The bot cannot see it, so it cannot post there either; an answer there reaches only the person who asked. */
const UNSEEN = new Set(['channel_not_found']);

/** Asks Slack whether another company reads along in a channel. Needs channels:read, groups:read. */
export function channelWatch(apiUrl: string, token: string, send: Fetch): (channel: string) => Promise<ChannelSharing> {
  const known = new Map<string, { readonly until: number; readonly sharing: Promise<ChannelSharing> }>();
  const look = async (channel: string): Promise<ChannelSharing> => {
    const answer = await send(`${apiUrl}conversations.info`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${token}` },
      body: new URLSearchParams({ channel }).toString(),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    const headers = Object.fromEntries(answer.headers.entries());
    const again = () => new Response(text, { status: answer.status, headers });
    if (answer.status !== 200) return { kind: 'unknown', answer: again };
    const said = JSON.parse(text) as { ok?: boolean; error?: string; channel?: Parameters<typeof sharedOutside>[0] };
    if (said.ok === true && said.channel) return { kind: sharedOutside(said.channel) ? 'shared' : 'ours' };
    return UNSEEN.has(said.error ?? '') ? { kind: 'ours' } : { kind: 'unknown', answer: again };
  };
  return (channel) => {
    // Direct messages go to people who were let in before; nobody joins them.
    if (!/^[CG]/.test(channel)) return Promise.resolve({ kind: 'ours' });
    const kept = known.get(channel);
    if (kept && kept.until > performance.now()) return kept.sharing;
    const sharing = look(channel);
    known.set(channel, { until: performance.now() + KEEP_MS, sharing });
    const forget = () => void (known.get(channel)?.sharing === sharing && known.delete(channel));
    sharing.then((found) => found.kind === 'unknown' && forget(), forget);
    return sharing;
  };
}
