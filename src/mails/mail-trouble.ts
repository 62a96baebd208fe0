/**
 * Why the mail server takes no mail of ours, whatever the mail says. The account's fault or the server's, never a mail's: mails wait, and none
 * of their tries is used up.
 */
export type TroubleKind =
  /** User, password or token are refused. */
  | 'login'
  /** This way to log in has been switched off there. */
  | 'login-off'
  /** The consent behind the OAuth login is gone. */
  | 'consent'
  /** The OAuth settings are refused. */
  | 'oauth-settings'
  /** The account may not send in this sender's name. */
  | 'sender'
  | 'limit'
  | 'blocked'
  | 'relay'
  | 'no-tls'
  | 'certificate'
  | 'unreachable'
  | 'busy';

/** One trouble of one mailbox; instants are ISO texts, as it is stored. */
export interface MailTrouble {
  /** The sender whose mails wait; '' when all do. */
  readonly of: string;
  readonly kind: TroubleKind;
  readonly said: string;
  readonly since: string;
  /** Tries in a row that met it. */
  readonly failures: number;
  /** The next mail tries it then; the others wait. */
  readonly probeAt: string;
  /** The mail that met it last. */
  readonly draft: string;
  /** A mail was taken again; null while the trouble lasts. */
  readonly over: string | null;
}

/**
 * What a try met. `mailSeen`: the server knew more of the mail than its sender, so the mail itself might be at fault. `probe`: it was tried to
 * see whether the trouble is over; any other one was under way when it began.
 */
export interface Met {
  readonly of: string;
  readonly kind: TroubleKind;
  readonly said: string;
  readonly draft: string;
  readonly mailSeen: boolean;
  readonly probe: boolean;
}

/** Minutes between probes. */
const PAUSES = [1, 2, 4, 8, 15];
/** A probe that nobody ends: its instance has died. Longer than a claim lives before its point of no return. */
const PROBE_MINUTES = 5;
/** Longer than all tries of a mail take: as long it is the mail's own fault that it alone meets the trouble again. */
const OWN_FAULT_MINUTES = 180;

/** It may pass by itself within a minute: people hear of it when it has lasted for a second try. */
const MAY_PASS: ReadonlySet<TroubleKind> = new Set(['unreachable', 'busy']);

export const isTold = ({ kind, failures }: MailTrouble) => failures >= (MAY_PASS.has(kind) ? 2 : 1);

/** Troubles that keep the mails of a sender waiting. */
export const lasting = (troubles: readonly MailTrouble[], from: string) =>
  troubles.filter((each) => each.over === null && (each.of === '' || each.of === from));

const at = (iso: string) => Temporal.Instant.from(iso);
const later = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) > 0;

/** When the mails of a sender may be tried; null: at once, nothing is in the way. */
export function probeTime(troubles: readonly MailTrouble[], from: string): Temporal.Instant | null {
  return lasting(troubles, from).reduce<Temporal.Instant | null>(
    (last, { probeAt }) => (last && later(last, at(probeAt)) ? last : at(probeAt)),
    null,
  );
}

/** The right to try while trouble lasts belongs to one mail at a time. Null: not yet, or another has it. */
export function probed(troubles: readonly MailTrouble[], from: string, now: Temporal.Instant): MailTrouble[] | null {
  const time = probeTime(troubles, from);
  if (time && later(time, now)) return null;
  const until = now.add({ minutes: PROBE_MINUTES }).toString();
  return changed(troubles, from, (each) => ({ ...each, probeAt: until }));
}

/** Null: the mail's own fault, since others were taken after it had met the same before. */
export function met(troubles: readonly MailTrouble[], found: Met, now: Temporal.Instant): MailTrouble[] | null {
  const { mailSeen, probe, ...trouble } = found;
  const before = troubles.find(({ of }) => of === found.of);
  if (mailSeen && before?.over && before.draft === found.draft && now.since(at(before.over)).total('minutes') < OWN_FAULT_MINUTES)
    return null;
  const going = before?.over === null ? before : null;
  if (going && !probe) return [...troubles];
  const failures = (going?.failures ?? 0) + 1;
  const probeAt = now.add({ minutes: PAUSES[Math.min(failures, PAUSES.length) - 1]! }).toString();
  const since = going?.since ?? now.toString();
  return [...troubles.filter((each) => each !== before), { ...trouble, since, failures, probeAt, over: null }];
}

/** A mail of this sender was taken. */
export const overcome = (troubles: readonly MailTrouble[], from: string, now: Temporal.Instant) =>
  changed(troubles, from, (each) => ({ ...each, over: now.toString() }));

/** Whoever wants may try at once: the probe told nothing, or an admin has started the program anew. */
export const atOnce = (troubles: readonly MailTrouble[], from: string | null, now: Temporal.Instant) =>
  changed(troubles, from, (each) => ({ ...each, probeAt: now.toString() }));

function changed(troubles: readonly MailTrouble[], from: string | null, change: (each: MailTrouble) => MailTrouble): MailTrouble[] {
  return troubles.map((each) => (each.over === null && (from === null || each.of === '' || each.of === from) ? change(each) : each));
}
