import type { TroubleKind } from '../mails/mail-trouble.ts';

/** What a request of Slack's was. */
export const REQUEST_KINDS = ['command', 'action', 'view', 'event', 'options', 'shortcut', 'other'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What came of handing an email to the mail server. `waiting`: not taken for now, and tried again. */
export const SEND_OUTCOMES = ['sent', 'failed', 'ambiguous', 'waiting', 'withdrawn'] as const;
export type SendOutcome = (typeof SEND_OUTCOMES)[number];

const troubleKinds: Readonly<Record<TroubleKind, true>> = {
  login: true,
  'login-off': true,
  consent: true,
  'oauth-settings': true,
  sender: true,
  limit: true,
  blocked: true,
  relay: true,
  'no-tls': true,
  certificate: true,
  unreachable: true,
  busy: true,
};
export const TROUBLE_KINDS = Object.keys(troubleKinds) as TroubleKind[];

/** A value of a closed set; anything else is 'other'. */
export const oneOf = (known: ReadonlySet<string>, value: string): string => (known.has(value) ? value : 'other');
