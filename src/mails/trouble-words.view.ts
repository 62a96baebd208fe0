import { plain } from '../slack/text.ts';
import type { TroubleKind } from './mail-trouble.ts';

/** `of`: the sender's address, where only its emails wait. */
type Words = (of: string) => { readonly what: string; readonly todo: string };

const RESTART = 'Then restart Arrears.';

const WORDS: Readonly<Record<TroubleKind, Words>> = {
  login: () => ({
    what: 'The mail server refuses our login',
    todo: `Correct the login in SMTP_URL. ${RESTART} \`npm run verify-mail\` tests it.`,
  }),
  'login-off': () => ({
    what: 'The mail server no longer accepts this kind of login',
    todo: `Set up OAuth with \`npm run mail-login\` (docs/mail.md), or allow SMTP login for this mailbox at the provider. ${RESTART}`,
  }),
  consent: () => ({
    what: 'The consent to send from this mailbox has expired or was withdrawn',
    todo: `Run \`npm run mail-login\` and sign in again. ${RESTART}`,
  }),
  'oauth-settings': () => ({
    what: 'The login server refuses our OAuth settings',
    todo: `Check the SMTP_OAUTH settings: a client secret may have expired. ${RESTART}`,
  }),
  sender: (of) => ({
    what: `The mail server does not let this mailbox send as ${plain(of)}`,
    todo: 'Give the mailbox the right to send as this address, or change the sender of that company.',
  }),
  limit: () => ({
    what: 'The mailbox has reached its sending limit',
    todo: 'Emails leave again when the provider allows it. If this happens often, lower SMTP_PER_MINUTE or SMTP_RECIPIENTS_PER_DAY.',
  }),
  blocked: () => ({
    what: 'The provider has blocked this mailbox from sending',
    todo: 'Check the account for misuse, then ask the provider to release it.',
  }),
  relay: () => ({
    what: 'The mail server does not pass on email for us',
    todo: `Allow this machine on the mail server, or set a login in SMTP_URL. ${RESTART}`,
  }),
  'no-tls': () => ({
    what: 'The mail server offers no TLS',
    todo: `Name a server with TLS in SMTP_URL. Without a login, SMTP_TLS=opportunistic allows sending in the clear. ${RESTART}`,
  }),
  certificate: () => ({
    what: 'The certificate of the mail server cannot be trusted',
    todo: `Give the server a valid certificate, or name its authority in NODE_EXTRA_CA_CERTS. ${RESTART}`,
  }),
  unreachable: () => ({
    what: 'The mail server cannot be reached',
    todo: 'Check the server, the network and SMTP_URL.',
  }),
  busy: () => ({
    what: 'The mail server takes no email at the moment',
    todo: 'Check the server if this lasts.',
  }),
};

/** What is wrong, and what an admin does about it. */
export const troubleWords = (kind: TroubleKind, of: string) => WORDS[kind](of);
