import type { BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Reply } from './reply.ts';

/** Callback of a view that shows an answer and asks for nothing. */
const SHOWN = 'shown';
/** Blocks that a view cannot have (docs.slack.dev/reference/block-kit/blocks). */
const MESSAGES_ONLY = new Set<KnownBlock['type']>(['table', 'markdown', 'file']);

/** An answer as a view of its own; null where it holds what only a message can show. */
export function replyView({ blocks }: Reply, title = 'Arrears'): ModalView | null {
  if (blocks.some(({ type }) => MESSAGES_ONLY.has(type))) return null;
  const text = (words: string) => ({ type: 'plain_text' as const, text: words });
  return { type: 'modal', callback_id: SHOWN, title: text(title), close: text('Close'), blocks };
}

/** Of a click in Home or a form: where its answer stands. */
export interface ViewPlace {
  /** On top of what was clicked; what is shown next replaces it. */
  show(view: ModalView): Promise<void>;
  /** In place of what was clicked, where that is a form; else on top. */
  redraw(view: ModalView): Promise<void>;
}

/** Null for a click in a message. Slack keeps three views on top of each other: the third is drawn anew instead of a fourth. */
export function viewPlace(client: WebClient, body: BlockAction): ViewPlace | null {
  const { view } = body;
  if (!view) return null;
  const full = isThird(view);
  let shown: string | null = null;
  const update = async (id: string, next: ModalView) => void (await client.views.update({ view_id: id, view: next }));
  const place: ViewPlace = {
    async show(next) {
      if (shown) return update(shown, next);
      if (full) return update(view.id, next);
      const way = { trigger_id: body.trigger_id, view: next };
      const opened = view.type === 'home' ? await client.views.open(way) : await client.views.push(way);
      shown = opened.view?.id ?? null;
    },
    redraw: async (next) => (view.type === 'home' ? place.show(next) : update(view.id, next)),
  };
  return place;
}

const isThird = ({ type, previous_view_id: below, root_view_id: root }: NonNullable<BlockAction['view']>) =>
  type === 'modal' && typeof below === 'string' && below !== root;

/** From within a form another one is laid on top: Slack opens no second stack. */
export function onTopOf(client: WebClient, body: BlockAction): WebClient {
  const { view } = body;
  if (view?.type !== 'modal') return client;
  const open: WebClient['views']['open'] = async (way) =>
    (isThird(view)
      ? await client.views.update({ view_id: view.id, view: way!.view })
      : await client.views.push({ trigger_id: (way as { trigger_id: string }).trigger_id, view: way!.view })) as never;
  return Object.create(client, { views: { value: { ...client.views, open } } }) as WebClient;
}

/** Of a form that was sent: the view it lies on, which shows what came of it; '' for one that lies on none. */
export const viewBelow = ({ view }: ViewSubmitAction): string => view.previous_view_id ?? '';

export const waitingView = (words = 'One moment…'): ModalView =>
  replyView({ text: words, blocks: [{ type: 'section', text: { type: 'plain_text', text: words } }] })!;
