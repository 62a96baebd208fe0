import { createHmac } from 'node:crypto';
import { type Day, dayIn, zoneOf } from '../kernel/day.ts';
import { failureOf, SomeFailed } from '../kernel/each-alone.op.ts';
import { isMailAddress } from '../kernel/mail-address.ts';
import { calendarAround } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { StoredDraft } from './draft.port.ts';
import type { Draft } from './draft.ts';
import { byUrgency } from './draft-urgency.ts';
import { MAIL_LIMITS } from './mail-budget.ts';
import { approvalBasis } from './mail-content.ts';
import { keepMailFile, readMailFile } from './mail-files.op.ts';
import { lasting, probeTime } from './mail-trouble.ts';
import { messageIdOf } from './message-id.ts';
import { recheckDraft } from './prepare-drafts.op.ts';
import type { SendClaim, SendTimes } from './send.port.ts';
import { readMailbox, takeMailboxTurn, takeProbe } from './send-mailbox.op.ts';
import { recordOutcome, settleLapsed, stepDraft } from './send-outcome.op.ts';
import type { SendNeeds } from './send-plan.op.ts';
import { nextSendingTime } from './sending-hours.ts';

export const SEND_TIMES: SendTimes = { claimSeconds: 180, answerSeconds: 660, perMinute: 30, limits: MAIL_LIMITS };

/** Exchange Online takes no more connections of a mailbox at once (techcommunity.microsoft.com/blog/exchange/…/607825). */
const AT_ONCE = 3;

export interface SendRound {
  /** Mails the server took. */
  readonly sent: number;
  /** When there is room for more; null: nothing waits for it. */
  readonly next: Temporal.Instant | null;
}

/** Sends what is queued and due, and says how many mails the server took. */
export const sendApproved = async (world: SendNeeds): Promise<number> => (await sendRound(world)).sent;

/**
 * Sends what is queued and due, the most urgent first, each mail at most once whatever crashes. Any number of instances may do so at once. A
 * mail that cannot be handled holds up no other one; its error is thrown at the end. `stopped`: no other mail is begun.
 */
export async function sendRound(world: SendNeeds, stopped: () => boolean = () => false): Promise<SendRound> {
  // A claim that cannot be settled is told at the end, and holds up no mail to another customer.
  const unsettled = await failureOf(settleLapsed(world));
  const { troubles } = await readMailbox(world);
  const met = new Set(troubles.filter(({ over }) => over === null).map(({ draft }) => draft));
  // Another mail than the one that met the trouble tells more.
  const queue = (await world.drafts.queued()).sort(
    ({ draft: one }, { draft: other }) => Number(met.has(one.id)) - Number(met.has(other.id)) || byUrgency(one, other),
  );
  const round = { sent: 0, next: null as Temporal.Instant | null };
  const waiting = queue.length;
  const failures: [string, unknown][] = [];
  const failed = (id: string) => (error: unknown) => void failures.push([id, error]);
  // One is let through after the other, so that they leave by urgency; what follows takes its time side by side.
  let gate: Promise<Admitted | null> = Promise.resolve(null);
  const admit = async (): Promise<Admitted | null> => {
    while (round.next === null && !stopped()) {
      const stored = queue.shift();
      if (!stored) return null;
      const came = await admitted(world, stored.draft).catch(failed(stored.draft.id));
      if (came instanceof Temporal.Instant) round.next = came;
      else if (came) return came;
    }
    return null;
  };
  const work = async () => {
    for (;;) {
      gate = gate.then(admit);
      const mail = await gate;
      if (!mail) return;
      if (await sendAdmitted(world, mail).catch(failed(mail.draft.id))) round.sent += 1;
    }
  };
  await Promise.all(Array.from({ length: met.size > 0 ? 1 : AT_ONCE }, work));
  if (unsettled) throw unsettled;
  if (failures.length > 0) throw new SomeFailed('approved mails', failures, waiting, true);
  return round;
}

/** A mail whose turn it is. `probe`: it tries whether the trouble of the mailbox is over. */
interface Admitted {
  readonly draft: Draft;
  readonly probe: boolean;
}

/** Null: it is not its time. An instant: the mailbox has sent all it may until then. */
async function admitted(world: SendNeeds, draft: Draft): Promise<Admitted | Temporal.Instant | null> {
  const now = world.clock.now();
  // How long it waits for trouble to end is the mailbox's to say.
  const waits = draft.delivery?.waitsFor === 'server-trouble' ? null : (draft.delivery?.waitsUntil ?? null);
  if (waits !== null && Temporal.Instant.compare(now, Temporal.Instant.from(waits)) < 0) return null;
  const { troubles } = await readMailbox(world);
  const from = draft.content.from.address;
  const probe = probeTime(troubles, from);
  if (probe && Temporal.Instant.compare(now, probe) < 0) return null;
  if ((await world.ledger.freshness()).applying) return null;
  const opens = await sendingTime(world, draft.account, now, draft.notBefore);
  if (opens && Temporal.Instant.compare(opens, now) > 0) {
    await stepDraft(world, draft, { do: 'wait', until: opens.toString(), why: 'working-hours' }, `wait:${opens}`);
    return null;
  }
  const { to, cc } = draft.content;
  if (!(await world.mailRates.take(domainPart(to[0]?.address ?? ''), now, world.times.perMinute))) return null;
  const room = await takeMailboxTurn(world, to.length + cc.length);
  return room ?? { draft, probe: lasting(troubles, from).length > 0 };
}

async function sendAdmitted(world: SendNeeds, { draft, probe }: Admitted): Promise<boolean> {
  const until = world.clock.now().add({ seconds: world.times.claimSeconds });
  const claim = await world.sendClaims.claim(draft.account, draft.id, until);
  return claim !== null && sendClaimed(world, claim, probe);
}

/**
 * When the customer can be written to: now, or at the beginning of their next working hours, on the given day of theirs or later. Null when there is
 * no such account any more.
 */
export async function sendingTime(
  world: Pick<World, 'ledger' | 'settings' | 'holidays'>,
  account: string,
  now: Temporal.Instant,
  notBefore: Day | null = null,
): Promise<Temporal.Instant | null> {
  const [row, settings] = await Promise.all([world.ledger.account(account), world.settings.read()]);
  if (!row) return null;
  const zone = zoneOf(row, settings);
  const place = row.country === '' ? settings : row;
  const calendar = calendarAround(world.holidays, place, dayIn(zone, now));
  const day = notBefore && Temporal.PlainDate.from(notBefore).toZonedDateTime(zone).toInstant();
  return nextSendingTime(day && Temporal.Instant.compare(day, now) > 0 ? day : now, zone, calendar);
}

/** With the claim held, everything is checked anew; then the mail goes out, and the claim's commit is the last word. */
async function sendClaimed(world: SendNeeds, claim: SendClaim, probe: boolean): Promise<boolean> {
  const stored = await world.drafts.load(claim.draft);
  if (stored?.draft.state !== 'queued' || claim.dirty || (await refusedNow(world, stored))) {
    await world.sendClaims.release(claim);
    return false;
  }
  const { hash, content } = stored.draft;
  const from = content.from.address;
  const messageId = messageIdOf(stored.draft);
  if (probe && !(await takeProbe(world, from))) {
    await world.sendClaims.release(claim);
    return false;
  }
  const [taken, message] = await Promise.all([
    stepDraft(world, stored.draft, { do: 'take', seen: hash, fence: claim.fence, messageId }, `take:${claim.fence}`),
    messageOf(world, stored.draft, messageId),
  ]);
  if (!taken) {
    await world.sendClaims.release(claim);
    return false;
  }
  const attempt = { claim, draft: taken, probe };
  if ('problem' in message) {
    await recordOutcome(world, attempt, '', { outcome: 'refused', passing: false, said: message.problem });
    return false;
  }
  const to = [...content.to, ...content.cc].map(({ address }) => address);
  const commit = () => world.sendClaims.commit(claim, world.clock.now().add({ seconds: world.times.answerSeconds }));
  const came = await world.mailer.send(from, to, message.bytes, commit);
  await recordOutcome(world, attempt, message.sha256, came);
  return came.outcome === 'accepted';
}

/** True when the mail must not leave as it was approved; it is voided then, and drafted anew where it is still due. */
async function refusedNow(world: SendNeeds, stored: StoredDraft): Promise<boolean> {
  const { draft } = stored;
  const wrong = await tampered(world, draft);
  if (wrong === null) return recheckDraft(world, stored);
  await stepDraft(world, draft, { do: 'void', changed: [wrong] }, `void:${draft.hash}`);
  return true;
}

/** What is stored must be what was approved, to the byte, and its addresses plain ones. */
async function tampered(world: SendNeeds, { content, hash, approvals, secondPerson }: Draft): Promise<string | null> {
  const now = world.fingerprint(approvalBasis(content));
  const given = new Set(approvals.filter((approval) => approval.hash === now).map(({ by }) => by));
  if (now !== hash || given.size < (secondPerson ? 2 : 1)) return 'What is stored is not what was approved.';
  if (![content.from, ...content.to, ...content.cc].every(({ address }) => isMailAddress(address)) || content.to.length === 0)
    return 'One of the addresses is not a plain mail address.';
  for (const { sha256 } of content.attachments) {
    const whole = await readMailFile(world, sha256).catch(() => null);
    if (!whole) return 'An attachment is not in the store as it was approved.';
  }
  return null;
}

/** The bytes are kept before they go out: whatever becomes of the try, the file shows what it was about. */
async function messageOf(
  world: SendNeeds,
  draft: Draft,
  messageId: string,
): Promise<{ bytes: Uint8Array; sha256: string } | { problem: string }> {
  const references = await world.drafts.sentMessageIds(draft.account, draft.entity);
  const headers = { messageId, references, date: world.clock.now(), replyTo: replyAddress(world.replySecret, draft) };
  try {
    const bytes = await world.mailer.compose(draft.content, headers, (sha256) => readMailFile(world, sha256));
    return { bytes, sha256: await keepMailFile(world, bytes) };
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
