import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { memoryBudget } from './drafting/budget.ts';
import { readCallScripts } from './drafting/call-scripts.ts';
import { drafter } from './drafting/draft-for.ts';
import { type Letters, readLetters } from './drafting/letters.ts';
import { chatModel } from './drafting/model.ts';
import { readEInvoiceApart } from './importing/e-invoice/e-invoices.ts';
import type { Clock } from './kernel/clock.port.ts';
import { invoiceFolder } from './mail-server/invoice-folder.ts';
import { type LoginFile, loginFile } from './mail-server/login-file.ts';
import { mailCopy, mailFile } from './mail-server/mail-file.ts';
import { tokenSource } from './mail-server/oauth.ts';
import { outboxFolder } from './mail-server/outbox-folder.ts';
import { dkimKey, smtpMailer, smtpOptions } from './mail-server/smtp.ts';
import type { SmtpOptions } from './mail-server/smtp-options.ts';
import type { Draft } from './mails/draft.ts';
import { readMailFile } from './mails/mail-files.op.ts';
import { letterFile } from './reporting/letter-file.ts';
import { statementPdf } from './reporting/statement-pdf.ts';
import type { OpenStore } from './store/open-store.ts';

/** What writes mails and what they leave by, as the settings say. Throws when a letter or the key of the signature cannot be read. */
export function mailParts(config: Config, stores: OpenStore, clock: Clock, log: Logger) {
  const files = { kept: stores.kept, clock };
  const prompts = path.resolve(import.meta.dirname, '../prompts');
  const letters = readLetters(prompts);
  return {
    scripts: readCallScripts(prompts),
    drafter: drafterFor(config, letters, stores, clock, log),
    mailCopy: (draft: Draft) => mailCopy(draft, (sha256) => readMailFile(files, sha256)),
    mailFile: (draft: Draft) => mailFile(draft, (sha256) => readMailFile(files, sha256)),
    mailer: config.SMTP_URL ? smtpMailer(mailServer(config, config.SMTP_URL)) : null,
    mailLimits: { perMinute: config.SMTP_PER_MINUTE, recipientsPerDay: config.SMTP_RECIPIENTS_PER_DAY },
    statementPdf,
    letterSheets: letterFile,
    invoiceFiles: invoiceFolder(path.join(config.DATA_DIR, 'invoices'), readEInvoiceApart),
    outbox: outboxFolder(path.join(config.DATA_DIR, 'outbox')),
    replySecret: config.MAIL_REPLY_SECRET ?? null,
  };
}

/** How to reach and log in to the mail server, as the settings say. Throws when a file they name cannot be read. */
export function mailServer(config: Config, url: string): SmtpOptions {
  const opportunistic = config.SMTP_TLS === 'opportunistic';
  const token = config.SMTP_OAUTH_PROVIDER ? tokenSource(config, mailUser(url), loginFileOf(config)) : null;
  return smtpOptions(url, dkimKey(config), { token, opportunistic });
}

/** The mailbox that logs in. */
export const mailUser = (url: string) => decodeURIComponent(new URL(url).username);

/** Where a refresh token of these settings lies. */
export function loginFileOf(config: Config): LoginFile {
  const { SMTP_URL: url, SMTP_OAUTH_CLIENT_ID: client, SMTP_OAUTH_REFRESH_TOKEN: given } = config;
  return loginFile(config.DATA_DIR, [url && mailUser(url), client, given]);
}

/** Names that no draft may mention by itself change with imports only, so they are read again every ten minutes. */
const NAMES_KEPT_MS = 10 * 60_000;

function drafterFor(config: Config, letters: Letters, stores: OpenStore, clock: Clock, log: Logger) {
  let known: { until: number; names: readonly string[] } = { until: 0, names: [] };
  const names = async () => {
    if (known.until < performance.now()) {
      const [accounts, contacts] = await Promise.all([stores.ledger.accounts(), stores.ledger.contactNames()]);
      known = { until: performance.now() + NAMES_KEPT_MS, names: [...accounts.map((account) => account.name), ...contacts] };
    }
    return known.names;
  };
  return drafter({
    letters,
    model: modelOf(config, log),
    budget: memoryBudget(config.OPENAI_DAILY_CAP, clock),
    names,
    log,
  });
}

function modelOf({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model }: Config, log: Logger) {
  return apiKey ? chatModel({ apiKey, model, ...(baseUrl ? { baseUrl } : {}) }, log) : null;
}
