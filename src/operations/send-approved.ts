import { createHmac } from 'node:crypto';
import { type Day, dayIn } from '../domain/day.ts';
import { approvalBasis, type Draft, type DraftRequest, type MailContent } from '../domain/draft.ts';
import { isMailAddress } from '../domain/mail-address.ts';
import { messageIdOf } from '../domain/message-id.ts';
import { nextSendingTime } from '../domain/sending-hours.ts';
import { calendarAround } from './account-days.ts';
import { changeDraft } from './change-draft.ts';
import { eachAlone } from './each-alone.ts';
import { keepMailFile, type MailFilePorts, readMailFile } from './mail-files.ts';
import { markBounced } from './mark-bounced.ts';
import { type MarkSentPorts, recordContact } from './mark-sent.ts';
import type { Jobs, StoredDraft } from './ports.ts';
import { type PrepareDraftsPorts, recheckDraft } from './prepare-drafts.ts';
import type { Mailer, MailOutcome, MailRates, SendClaim, SendClaims } from './send-ports.ts';
import { troubleTell } from './tell-trouble.ts';

export interface SendTimes {
  /** A claim's life before the point of no return. */
  readonly claimSeconds: number;
  /** Behind it: how long the server may take to answer; longer than the mailer waits. */
  readonly answerSeconds: number;
  /** Mails to one recipient domain in a minute. */
  readonly perMinute: number;
}

export const SEND_TIMES: SendTimes = { claimSeconds: 180, answerSeconds: 660, perMinute: 30 };

export interface SendPorts extends PrepareDraftsPorts, MarkSentPorts, MailFilePorts {
  readonly sendClaims: SendClaims;
  readonly mailRates: MailRates;
  readonly mailer: Mailer;
  readonly jobs: Jobs;
  readonly times: SendTimes;
  /** Secret for the tokens of reply addresses; null: answers go to the sender's address as it is. */
  readonly replySecret: string | null;
}

const BY = 'clock';
/** Minutes before the next try, while the server refuses for now or does not answer; after the last the mail has failed. */
const PAUSES = [1, 5, 15, 30, 60];

/**
 * Sends what is queued and due, each mail at most once whatever crashes (F26). Any number of instances may do so at once. Returns how many mails
 * the server took. A mail that cannot be handled holds up no other one; its error is thrown at the end.
 */
export async function sendApproved(ports: SendPorts): Promise<number> {
  let sent = 0;
  const send = async () =>
    eachAlone(
      'approved mails',
      await ports.drafts.queued(),
      ({ draft }) => draft.id,
      async (stored) => {
        if (await sendOne(ports, stored)) sent += 1;
      },
    );
  // A claim that cannot be settled is told, and holds up no mail to another customer.
  await settleLapsed(ports).finally(send);
  return sent;
}

async function sendOne(ports: SendPorts, { draft }: StoredDraft): Promise<boolean> {
  const now = ports.clock.now();
  const waits = draft.delivery?.waitsUntil ?? null;
  if (waits !== null && Temporal.Instant.compare(now, Temporal.Instant.from(waits)) < 0) return false;
  if ((await ports.ledger.freshness()).applying) return false;
  const opens = await sendingTime(ports, draft.account, now, draft.notBefore);
  if (opens && Temporal.Instant.compare(opens, now) > 0) {
    await step(ports, draft, { do: 'wait', until: opens.toString(), why: 'working-hours' }, `wait:${opens}`);
    return false;
  }
  if (!(await ports.mailRates.take(domainOf(draft.content), now, ports.times.perMinute))) return false;
  const claim = await ports.sendClaims.claim(draft.account, draft.id, now.add({ seconds: ports.times.claimSeconds }));
  if (!claim) return false;
  return sendClaimed(ports, claim);
}

/**
 * When the customer can be written to: now, or at the beginning of their next working hours, on the given day of theirs or later. Null when there is
 * no such account any more.
 */
export async function sendingTime(
  ports: Pick<SendPorts, 'ledger' | 'settings' | 'holidays'>,
  account: string,
  now: Temporal.Instant,
  notBefore: Day | null = null,
): Promise<Temporal.Instant | null> {
  const [row, settings] = await Promise.all([ports.ledger.account(account), ports.settings.read()]);
  if (!row) return null;
  const zone = row.zone || settings.zone;
  const place = row.country === '' ? settings : row;
  const calendar = calendarAround(ports.holidays, `${place.country}/${place.region}`, Number(dayIn(zone, now).slice(0, 4)));
  const day = notBefore && Temporal.PlainDate.from(notBefore).toZonedDateTime(zone).toInstant();
  return nextSendingTime(day && Temporal.Instant.compare(day, now) > 0 ? day : now, zone, calendar);
}

/** With the claim held, everything is checked anew; then the mail goes out, and the claim's commit is the last word. */
async function sendClaimed(ports: SendPorts, claim: SendClaim): Promise<boolean> {
  const stored = await ports.drafts.load(claim.draft);
  if (stored?.draft.state !== 'queued' || claim.dirty || (await refusedNow(ports, stored))) {
    await ports.sendClaims.release(claim);
    return false;
  }
  const { hash, content } = stored.draft;
  const messageId = messageIdOf(stored.draft);
  const taken = await step(ports, stored.draft, { do: 'take', seen: hash, fence: claim.fence, messageId }, `take:${claim.fence}`);
  if (!taken) {
    await ports.sendClaims.release(claim);
    return false;
  }
  const message = await messageOf(ports, taken, messageId);
  if ('problem' in message) {
    await record(ports, claim, taken, '', { outcome: 'refused', passing: false, said: message.problem });
    return false;
  }
  const to = [...content.to, ...content.cc].map(({ address }) => address);
  const commit = () => ports.sendClaims.commit(claim, ports.clock.now().add({ seconds: ports.times.answerSeconds }));
  const came = await ports.mailer.send(content.from.address, to, message.bytes, commit);
  await record(ports, claim, taken, message.sha256, came);
  return came.outcome === 'accepted';
}

/** True when the mail must not leave as it was approved; it is voided then, and drafted anew where it is still due. */
async function refusedNow(ports: SendPorts, stored: StoredDraft): Promise<boolean> {
  const { draft } = stored;
  const wrong = await tampered(ports, draft);
  if (wrong === null) return recheckDraft(ports, stored);
  await step(ports, draft, { do: 'void', changed: [wrong] }, `void:${draft.hash}`);
  return true;
}

/** What is stored must be what was approved, to the byte, and its addresses plain ones. */
async function tampered(ports: SendPorts, { content, hash, approvals, secondPerson }: Draft): Promise<string | null> {
  const now = ports.fingerprint(approvalBasis(content));
  const given = new Set(approvals.filter((approval) => approval.hash === now).map(({ by }) => by));
  if (now !== hash || given.size < (secondPerson ? 2 : 1)) return 'What is stored is not what was approved.';
  if (![content.from, ...content.to, ...content.cc].every(({ address }) => isMailAddress(address)) || content.to.length === 0)
    return 'One of the addresses is not a plain mail address.';
  for (const { sha256 } of content.attachments) {
    const whole = await readMailFile(ports, sha256).catch(() => null);
    if (!whole) return 'An attachment is not in the store as it was approved.';
  }
  return null;
}

/** The bytes are kept before they go out: whatever becomes of the try, the file shows what it was about. */
async function messageOf(
  ports: SendPorts,
  draft: Draft,
  messageId: string,
): Promise<{ bytes: Uint8Array; sha256: string } | { problem: string }> {
  const references = await ports.drafts.sentMessageIds(draft.account, draft.entity);
  const headers = { messageId, references, date: ports.clock.now(), replyTo: replyAddress(ports.replySecret, draft) };
  try {
    const bytes = await ports.mailer.compose(draft.content, headers, (sha256) => readMailFile(ports, sha256));
    return { bytes, sha256: await keepMailFile(ports, bytes) };
  } catch (error) {
    return { problem: `The message could not be made: ${error instanceof Error ? error.message : error}` };
  }
}

/** name+token@domain; the token is the draft's id and its authentication code, so that nobody can make one up. */
function replyAddress(secret: string | null, { id, content }: Pick<Draft, 'id' | 'content'>): string | null {
  if (secret === null) return null;
  const { address } = content.from;
  const code = createHmac('sha256', secret).update(`reply ${id}`).digest('hex').slice(0, 16);
  const plus = `${address.slice(0, address.lastIndexOf('@'))}+${id}${code}@${domainPart(address)}`;
  return isMailAddress(plus) ? plus : null;
}

const domainPart = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
const domainOf = (content: MailContent) => domainPart(content.to[0]?.address ?? '');

/** What came of a try: first the draft, then the contact, last the claim. Each step may be repeated, and each is the claim holder's only. */
async function record(ports: SendPorts, claim: SendClaim, draft: Draft, sha256: string, came: MailOutcome): Promise<void> {
  const now = ports.clock.now();
  const tried = { fence: claim.fence, sha256, at: now.toString() };
  const again = (request: DraftRequest) => step(ports, draft, request, `${request.do}:${claim.fence}`);
  switch (came.outcome) {
    case 'accepted':
      await finish(ports, await again({ do: 'accepted', ...tried, said: came.said, on: await theirDay(ports, draft) }));
      break;
    case 'withdrawn':
      await again({ do: 'give-back', ...tried, until: null, said: '' });
      break;
    case 'refused': {
      const pause = came.passing ? PAUSES[(draft.delivery?.tries ?? 1) - 1] : undefined;
      if (pause === undefined) {
        await tell(ports, await again({ do: 'failed', ...tried, said: came.said }));
        await markBounced(ports, draft, came.said);
      } else await again({ do: 'give-back', ...tried, until: now.add({ minutes: pause }).toString(), said: came.said });
      break;
    }
    case 'unknown':
      // The claim stays: nothing else goes to this customer before a person has answered.
      return tell(ports, await again({ do: 'lose', ...tried, said: came.said }));
  }
  await ports.sendClaims.release(claim);
}

/** Claims of holders that died or hang. Death before the point of no return: not sent. Behind it: nobody knows, a person is asked. */
async function settleLapsed(ports: SendPorts): Promise<void> {
  const now = ports.clock.now();
  await eachAlone(
    'interrupted mails',
    await ports.sendClaims.lapsed(now),
    ({ draft }) => draft,
    async (lapsed) => {
      const draft = (await ports.drafts.load(lapsed.draft))?.draft;
      if (draft?.state === 'ambiguous') return;
      const claim = await ports.sendClaims.takeOver(lapsed, now, now.add({ seconds: ports.times.claimSeconds }));
      if (!claim) return;
      if (draft?.state === 'sending') {
        const { fence, sha256 } = draft.delivery!;
        const tried = { fence, sha256, at: now.toString(), said: 'The program stopped before the mail server had answered.' };
        if (claim.phase === 'committing') {
          return tell(ports, await step(ports, draft, { do: 'lose', ...tried }, `lose:${fence}`));
        }
        await step(ports, draft, { do: 'give-back', ...tried, until: null }, `give-back:${fence}`);
      }
      if (draft?.state === 'sent') await finish(ports, draft);
      await ports.sendClaims.release(claim);
    },
  );
}

async function finish(ports: SendPorts, draft: Draft | null): Promise<void> {
  if (draft) await recordContact(ports, draft, BY);
}

/** At once; the announcer does it again from the recorded fact, under the same id. */
async function tell(ports: SendPorts, draft: Draft | null): Promise<void> {
  if (draft)
    await ports.jobs.add({
      ...troubleTell(draft.id, draft.account, draft.delivery!.fence, draft.delivery!.approvedBy),
      dueAt: ports.clock.now(),
    });
}

async function step(ports: SendPorts, draft: Draft, request: DraftRequest, command: string): Promise<Draft | null> {
  const result = await changeDraft(ports, draft.id, request, BY, command);
  return result.done ? result.draft : null;
}

async function theirDay(ports: SendPorts, draft: Draft) {
  const [row, { zone }] = await Promise.all([ports.ledger.account(draft.account), ports.settings.read()]);
  return dayIn(row?.zone || zone, ports.clock.now());
}
