import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { dayIn } from '../domain/day.ts';
import type { Draft } from '../domain/draft.ts';
import { oneAtATime } from '../operations/one-at-a-time.ts';
import type { RecordedFact } from '../operations/ports.ts';
import { SEND_TIMES, type SendPorts, sendApproved, sendingTime } from '../operations/send-approved.ts';
import type { Mailer } from '../operations/send-ports.ts';
import { troubleTell } from '../operations/tell-trouble.ts';
import { type OutboxFolder, writeOutbox } from '../operations/write-outbox.ts';
import type { DrawAlert } from './alert-cards.ts';
import { type DraftCardPorts, draftCards, type Leaving } from './draft-cards.ts';
import { ourPeople } from './our-people.ts';

export interface SendSidePorts extends Omit<SendPorts, 'people' | 'mailer' | 'times'>, Omit<DraftCardPorts, 'leaving'> {
  readonly client: WebClient;
  readonly log: Logger;
  /** Null: no mail server is set, and approved mails lie in the folder. */
  readonly mailer: Mailer | null;
  readonly outbox: OutboxFolder;
  readonly mailFile: (draft: Draft) => Promise<Uint8Array>;
}

/** What becomes of approved mails: sent by the mail server, or written as files; and who is told when that fails. */
export function sendSide(ports: SendSidePorts) {
  const { mailer } = ports;
  const send = mailer && { ...ports, mailer, people: ourPeople(ports.client), times: SEND_TIMES };
  const work = oneAtATime(
    () => (send ? sendApproved(send) : writeOutbox(ports)),
    (error) => ports.log.error({ err: error }, 'mails are not leaving; they stay queued and are tried again within a minute'),
  );
  const leaving: Leaving = {
    server: mailer !== null,
    time: (account, now, notBefore) => sendingTime(ports, account, now, notBefore),
    wake: work.soon,
  };
  return {
    leaving,
    due: [{ name: 'approved mails', run: work.now }],
    alertCards: { 'mail-trouble': troubleAlert({ ...ports, leaving }) },
    told: { 'send-failed': tellsOf, 'send-ambiguous': tellsOf },
    /** Resolves when this instance is not handing anything over. */
    idle: work.idle,
  };
}

const tellsOf = ({ aggregate, account, fence }: RecordedFact) => [
  troubleTell(aggregate.slice('draft:'.length), String(account), Number(fence)),
];

/** The card with its buttons, until somebody has decided. */
function troubleAlert(ports: DraftCardPorts): DrawAlert {
  const { cardOf } = draftCards(ports);
  return async ({ about }) => {
    const stored = await ports.drafts.load(String(about.draft));
    if (!stored || (stored.draft.state !== 'failed' && stored.draft.state !== 'ambiguous')) return null;
    const today = dayIn((await ports.settings.read()).zone, ports.clock.now());
    const { text, blocks } = await cardOf(stored, { today, waiting: [], approved: [], batch: [] });
    return { text, blocks };
  };
}
