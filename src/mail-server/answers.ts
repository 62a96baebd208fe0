import type { TroubleKind } from '../mails/mail-trouble.ts';
import type { MailOutcome } from '../mails/send.port.ts';

export type NotTaken = Extract<MailOutcome, { outcome: 'held' | 'refused' }>;

/** How far a try had come: before MAIL FROM; with the sender told; with recipients or the message told. */
export type Phase = 'before' | 'sender' | 'mail';

interface Row {
  /** Enhanced status code (RFC 3463). */
  readonly status?: RegExp;
  /** Reply code (RFC 5321). */
  readonly reply?: number;
  /** Of the answer's text, where one code has several meanings. */
  readonly text?: RegExp;
  readonly kind: TroubleKind;
}

/**
 * Answers about our account or the server, in whatever phase they come; the first row that fits counts. Sources:
 * [ndr] learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online
 * [basic] techcommunity.microsoft.com/blog/exchange/exchange-online-to-retire-basic-auth-for-client-submission-smtp-auth/4114750
 * [auth] learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
 * [three] techcommunity.microsoft.com/blog/exchange/changes-coming-to-the-smtp-authenticated-submission-client-protocol/607825
 * [gmail] support.google.com/a/answer/3726730
 */
const ROWS: readonly Row[] = [
  // [basic] 550 5.7.30 Basic authentication is not supported for Client Submission. [auth] 535 5.7.139 SmtpClientAuthentication is disabled.
  { status: /^5\.7\.(30|139)$/, kind: 'login-off' },
  // [gmail] 534 5.7.9 Application-specific password required; 534 5.7.14 Please log in through your web browser. The account needs another login.
  { reply: 534, kind: 'login-off' },
  // [auth] 535 5.7.3 Authentication unsuccessful; [gmail] 535 5.7.8 BadCredentials; [ndr] 530 5.7.57 Client was not authenticated; RFC 4954, 6.
  { reply: 535, kind: 'login' },
  { reply: 530, kind: 'login' },
  { reply: 538, kind: 'login' },
  { status: /^5\.7\.57$/, kind: 'login' },
  // [ndr] 550 5.7.60 Client does not have permissions to send as this sender; 554 5.2.0 and 5.2.252 SendAsDenied.
  { status: /^5\.7\.60$/, kind: 'sender' },
  { text: /send ?as ?denied|permissions? to send as/i, kind: 'sender' },
  // [ndr] 5.1.90 daily limit for recipients, 5.2.2 Submission quota exceeded (elsewhere 5.2.2 is a full mailbox of the recipient).
  { status: /^5\.1\.90$/, kind: 'limit' },
  { text: /submission quota/i, kind: 'limit' },
  // [gmail] 550 5.4.5 Daily sending quota exceeded, Daily SMTP relay limit exceeded; 450 4.2.1 Peak SMTP relay limit; 550 5.7.1 Email quota exceeded.
  { status: /^5\.4\.5$/, kind: 'limit' },
  { text: /relay limit|(sending|email) (quota|limit) exceeded/i, kind: 'limit' },
  // [ndr], [gmail] 452 4.5.3 too many recipients.
  { status: /^[45]\.5\.3$/, kind: 'limit' },
  // [ndr] 5.1.8 bad outbound sender; 5.7.501 to 503 and 511 banned sender; 5.7.606 to 649 banned address; 5.7.700 to 750 traffic of the tenant.
  { text: /bad outbound sender/i, kind: 'blocked' },
  { status: /^5\.7\.(50[123]|511|6(0[6-9]|[1-4]\d)|7([0-4]\d|50))$/, kind: 'blocked' },
  // [gmail] 550 5.7.0 Mail Sending denied.
  { text: /mail sending denied/i, kind: 'blocked' },
  // [ndr] 4.7.500 to 699 and 850 to 899: access denied for now, suspicious activity. [gmail] 421 4.7.0 unusual rate of unsolicited mail.
  { status: /^4\.7\.(5\d\d|6\d\d|8[5-9]\d)$/, kind: 'blocked' },
  // [ndr] 5.7.64 and 5.7.1 Unable to relay, [gmail] 550 5.7.0 Mail relay denied; Postfix: 554 5.7.1 Relay access denied.
  { status: /^5\.7\.64$/, kind: 'relay' },
  { text: /relay(ing)?( access)? denied|unable to relay|not permitted to relay/i, kind: 'relay' },
  // [three] 432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded, or concurrent connection limit exceeded.
  { text: /storedrv\.clientsubmit|concurrent connection/i, kind: 'busy' },
  // [gmail] 454 4.7.0 Too many login attempts; RFC 4954, 6: temporary authentication failure.
  { reply: 454, kind: 'busy' },
  // RFC 5321, 3.8: the server closes the connection, whatever was asked.
  { reply: 421, kind: 'busy' },
];

/** The size is known with MAIL FROM (RFC 1870), so this one is about the mail. */
const TOO_LARGE = /^552\b|^5\d\d[ -]5\.(3\.4|2\.3)\b/;

/** An answer of the server that is no yes. */
export function sortAnswer(phase: Phase, said: string): NotTaken {
  const [, code, , status = ''] = /^(\d{3})([ -](\d\.\d{1,3}\.\d{1,3}))?/.exec(said) ?? [];
  const reply = Number(code);
  const fits = (row: Row) =>
    (row.reply === undefined || row.reply === reply) &&
    (row.status === undefined || row.status.test(status)) &&
    (row.text === undefined || row.text.test(said));
  const kind = ROWS.find(fits)?.kind ?? byPhase(phase, reply, said);
  // 4xx asks for another try, 5xx refuses for good (RFC 5321, 4.2.1).
  if (kind === null) return { outcome: 'refused', passing: reply < 500, said };
  const of = kind === 'sender' ? 'sender' : 'server';
  return { outcome: 'held', of, kind, mailSeen: phase === 'mail', said };
}

/** Who knows no more than the sender cannot refuse a mail for what it is. */
function byPhase(phase: Phase, reply: number, said: string): TroubleKind | null {
  if (phase === 'mail' || (phase === 'sender' && TOO_LARGE.test(said))) return null;
  if (reply < 500) return 'busy';
  return phase === 'sender' ? 'sender' : 'busy';
}
