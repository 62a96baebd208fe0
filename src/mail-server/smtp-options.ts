import type { DkimKey } from './message.ts';

/** An access token for the mail server; `fresh`: the one before was refused. Throws TokenProblem. */
export type TokenSource = (fresh: boolean) => Promise<string>;

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS. */
  readonly secure: boolean;
  /** Without STARTTLS a mail goes out in the clear; a password or a token never does. */
  readonly opportunistic: boolean;
  readonly auth: SmtpLogin | null;
  readonly dkim: DkimKey | null;
  /** Milliseconds without an answer after which a server is given up: before the final dot, and behind it. */
  readonly patience: number;
  readonly silence: number;
}

export type SmtpLogin = { readonly user: string } & ({ readonly pass: string } | { readonly token: TokenSource });
