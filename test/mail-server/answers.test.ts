import { expect, it } from 'vitest';
import { type Phase, sortAnswer } from '../../src/mail-server/answers.ts';

/** As the documentation of the providers quotes them; the sources are named in answers.ts. */
const ABOUT_US: readonly (readonly [Phase, string, string])[] = [
  ['before', '535 5.7.3 Authentication unsuccessful [SN2PR00CA0018.namprd00.prod.outlook.com]', 'login'],
  [
    'before',
    '535 5.7.8 Username and Password not accepted. For more information, go to 5.7.8 https://support.google.com/mail/?p=BadCredentials',
    'login',
  ],
  ['before', '535-5.7.8 Username and Password not accepted.', 'login'],
  ['before', '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.', 'login-off'],
  ['before', '550 5.7.30 Basic authentication is not supported for Client Submission.', 'login-off'],
  ['mail', '550 5.7.30 Basic authentication is not supported for Client Submission.', 'login-off'],
  ['before', '534 5.7.9 Application-specific password required.', 'login-off'],
  ['before', '454 4.7.0 Too many login attempts, please try again later. - gsmtp', 'busy'],
  ['before', '454 4.7.0 Temporary authentication failure', 'busy'],
  ['before', '554 5.7.0 No SMTP service here', 'busy'],
  ['before', '421 4.7.0 Try again later, closing connection.', 'busy'],
  ['sender', '530 5.7.57 Client not authenticated to send mail. [BN1P110CA0052.NAMP110.PROD.OUTLOOK.COM]', 'login'],
  ['sender', '530 5.7.0 Authentication Required.', 'login'],
  ['mail', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'sender'],
  ['mail', '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message', 'sender'],
  ['mail', '554 5.2.252 SendAsDenied; a@x.example not allowed to send as b@x.example', 'sender'],
  ['sender', '553 5.7.1 Sender address rejected: not owned by user ar@x.example', 'sender'],
  ['mail', "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", 'limit'],
  ['mail', '550 5.2.2 Submission quota exceeded', 'limit'],
  ['mail', '550 5.4.5 Daily sending quota exceeded. Learn more at https://support.google.com/a/answer/166852', 'limit'],
  ['sender', '452 4.5.3 Daily message limit exceeded', 'limit'],
  ['mail', '452 4.5.3 Your message has too many recipients.', 'limit'],
  ['mail', '450 4.2.1 Peak SMTP relay limit exceeded for this customer. This is a temporary error.', 'limit'],
  ['mail', '550 5.1.8 Access denied, bad outbound sender AS(42003)', 'blocked'],
  ['mail', '550 5.7.501 Access denied, spam abuse detected', 'blocked'],
  ['mail', '550 5.7.705 Access denied, tenant has exceeded threshold', 'blocked'],
  ['mail', '550 5.7.708 Access denied, traffic not accepted from this IP', 'blocked'],
  ['mail', '550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains', 'blocked'],
  ['mail', '451 4.7.500 Server busy. Please try again later', 'blocked'],
  ['mail', '554 5.7.1 <ap@alder.example>: Relay access denied', 'relay'],
  ['mail', '550 5.7.1 Unable to relay', 'relay'],
  ['mail', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded', 'busy'],
  ['mail', '421 4.7.0 Our system has detected an unusual rate of unsolicited mail', 'busy'],
  ['sender', '451 4.3.0 Temporary server error', 'busy'],
];

it.each(ABOUT_US)('%s, %s: our account or the server', (phase, said, kind) => {
  const of = kind === 'sender' ? 'sender' : 'server';
  expect(sortAnswer(phase, said)).toEqual({ outcome: 'held', of, kind, mailSeen: phase === 'mail', said });
});

const ABOUT_THE_MAIL: readonly (readonly [Phase, string, boolean])[] = [
  ['mail', '550 5.1.1 no such mailbox here', false],
  ['mail', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', false],
  ['mail', '552 5.2.2 The email account that you tried to reach is over quota', false],
  ['mail', '452 4.2.2 The recipient’s inbox is out of storage space', true],
  ['mail', '450 4.2.1 The user you are trying to contact is receiving email too quickly.', true],
  ['mail', '451 4.7.1 greylisted, come back later', true],
  ['mail', '554 5.7.1 message refused by policy', false],
  ['mail', '550 5.7.504 [email@contoso.com]: Recipient address rejected: Access denied', false],
  ['mail', '550 5.6.11 Invalid characters', false],
  ['sender', '552 5.3.4 Message size exceeds fixed limit', false],
  ['mail', '550 5.7.1 This message violates example.com email policy. - gcdp - gsmtp', false],
];

it.each(ABOUT_THE_MAIL)('%s, %s: this mail', (phase, said, passing) => {
  expect(sortAnswer(phase, said)).toEqual({ outcome: 'refused', passing, said });
});
