/**
 * `npm run mail-login`: walks an admin through the consent for sending by OAuth, keeps what came of it in the data folder, and tries the login. With a
 * service account, or with a client secret of Microsoft alone, there is no consent of a person: it only tries the login.
 */
import fs from 'node:fs';
import { loginFileOf, mailServer, mailUser } from '../src/compose-mails.ts';
import { type Config, ConfigProblem, readConfig } from '../src/config.ts';
import { consentByCode, consentByRedirect } from '../src/mail-server/consent.ts';
import { checkLogin } from '../src/mail-server/smtp.ts';
import { troubleWords } from '../src/mails/trouble-words.view.ts';

async function consent(config: Config, user: string): Promise<string | null> {
  const { SMTP_OAUTH_PROVIDER: provider, SMTP_OAUTH_CLIENT_SECRET: secret, SMTP_OAUTH_SERVICE_ACCOUNT_FILE: account } = config;
  if (provider === 'microsoft' && !secret) return consentByCode(config, console.log);
  if (provider === 'google' && !account) return consentByRedirect(config, user, console.log);
  return null;
}

if (fs.existsSync('.env')) process.loadEnvFile('.env');
try {
  const config = readConfig(process.env);
  const url = config.SMTP_URL;
  if (!url || !config.SMTP_OAUTH_PROVIDER)
    throw new ConfigProblem(
      'Set SMTP_URL and SMTP_OAUTH_PROVIDER first: docs/mail.md says how, for Microsoft 365 and for Google. Nothing was changed.',
    );
  const user = mailUser(url);
  const refresh = await consent(config, user);
  if (refresh) {
    loginFileOf(config).write(refresh);
    console.log(`The consent is kept in ${config.DATA_DIR}/mail-login.json, which only you can read.`);
  }
  const wrong = await checkLogin(mailServer(config, url));
  if (wrong?.outcome === 'held') {
    const { what, todo } = troubleWords(wrong.kind, user);
    throw new Error(`${what}.\n${wrong.said}\n${todo}`);
  }
  if (wrong) throw new Error(wrong.said);
  console.log(`The mail server lets ${user} in. Restart Arrears, then try \`npm run verify-mail -- --to you@example.com\`.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
