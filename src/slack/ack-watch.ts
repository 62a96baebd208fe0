import type { App, ReceiverEvent } from '@slack/bolt';

/** As the metrics have it. */
type Kind = 'command' | 'action' | 'view' | 'event' | 'options' | 'shortcut' | 'other';
/** Null seconds: the request ended without an acknowledgement, and Slack tells the person so. */
export type Acked = (kind: Kind, seconds: number | null) => void;

const KINDS: Readonly<Record<string, Kind>> = {
  event_callback: 'event',
  block_actions: 'action',
  block_suggestion: 'options',
  view_submission: 'view',
  view_closed: 'view',
  message_action: 'shortcut',
  shortcut: 'shortcut',
};

/** Measures from the receipt of each request to its acknowledgement. Called last, so that whatever else stands around Bolt is within. */
export function watchAcks(app: App, acked: Acked): void {
  const process = app.processEvent.bind(app);
  app.processEvent = async (event: ReceiverEvent): Promise<void> => {
    const begun = performance.now();
    const kind = kindOf(event.body);
    let answered = false;
    const ack: ReceiverEvent['ack'] = async (response) => {
      await event.ack(response);
      if (answered) return;
      answered = true;
      acked(kind, (performance.now() - begun) / 1000);
    };
    try {
      await process({ ...event, ack });
    } finally {
      if (!answered) acked(kind, null);
    }
  };
}

function kindOf(body: { readonly type?: unknown; readonly command?: unknown }): Kind {
  if (typeof body.command === 'string') return 'command';
  return (typeof body.type === 'string' && Object.hasOwn(KINDS, body.type) && KINDS[body.type]) || 'other';
}
