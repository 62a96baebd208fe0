/**
 * `npm run verify-mail -- --to you@example.com [--from ar@example.com] [--ip 192.0.2.1] [--dns 192.0.2.53[:53]]`: logs in to the mail server, sends one
 * message, and says what SPF, DKIM and DMARC of the sending domain mean for our mail, in terms of what to change.
 */
import dns from 'node:dns/promises';
import fs from 'node:fs';
import readline from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { mailServer, mailUser } from '../src/compose-mails.ts';
import { ConfigProblem, readConfig } from '../src/config.ts';
import { isMailAddress } from '../src/kernel/mail-address.ts';
import { checkSender, type Resolve } from '../src/mail-server/sender-check.ts';
import { checkLogin, smtpMailer } from '../src/mail-server/smtp.ts';
import type { SmtpOptions } from '../src/mail-server/smtp-options.ts';
import type { MailOutcome } from '../src/mails/send.port.ts';
import { troubleWords } from '../src/mails/trouble-words.view.ts';

const { values } = parseArgs({
  options: { to: { type: 'string' }, from: { type: 'string' }, ip: { type: 'string' }, dns: { type: 'string' } },
});

/** From the flag, or asked. */
async function address(flag: 'to' | 'from', question: string, fallback = ''): Promise<string> {
  let given = values[flag] ?? fallback;
  if (!given && process.stdin.isTTY) {
    const line = readline.createInterface({ input: process.stdin, output: process.stdout });
    given = await line.question(question);
    line.close();
  }
  if (!isMailAddress(given.trim())) throw new ConfigProblem(`--${flag} must be one mail address. Nothing was sent.`);
  return given.trim();
}

function resolver(server: string | undefined): Resolve {
  const lookUp = new dns.Resolver({ timeout: 3_000, tries: 2 });
  if (server) lookUp.setServers([server]);
  return (name, type) => lookUp.resolve(name, type as 'TXT');
}

function failure(came: MailOutcome, options: SmtpOptions, from: string): Error {
  const said = 'said' in came ? came.said : '';
  if (came.outcome !== 'held') return new Error(`The mail server refused the message: ${said}`);
  const { what, todo } = troubleWords(came.kind, from);
  return new Error(`${what} (${options.host}).\n${said}\n${todo}`);
}

async function verify(): Promise<void> {
  if (fs.existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  if (!config.SMTP_URL) throw new ConfigProblem('Set SMTP_URL first (docs/mail.md). Nothing was sent.');
  const options = mailServer(config, config.SMTP_URL);
  const user = mailUser(config.SMTP_URL);
  const to = await address('to', 'Send the test message to which address of yours? ');
  const from = await address('from', 'From which address do you send? ', isMailAddress(user) ? user : '');
  const wrong = await checkLogin(options);
  if (wrong) throw failure(wrong, options, from);
  console.log(`Connected to ${options.host}:${options.port}${options.auth ? ` and logged in as ${user}` : ''}.`);
  const mailer = smtpMailer(options);
  const content = {
    from: { name: 'Arrears', address: from },
    to: [{ name: '', address: to }],
    cc: [],
    subject: 'A test message from Arrears',
    body: 'This message shows that Arrears can send email through your mail server.\n',
    attachments: [],
    invoices: [],
    apart: [],
    layout: { version: 1 as const, house: 'Arrears' },
  };
  const headers = {
    messageId: `<verify.${Date.now()}@${from.split('@')[1]}>`,
    references: [],
    date: Temporal.Now.instant(),
    replyTo: null,
  };
  const bytes = Buffer.from(await mailer.compose(content, headers, () => Promise.reject(new Error('nothing is attached'))));
  const came = await mailer.send(from, [to], bytes, async () => true);
  if (came.outcome !== 'accepted') throw failure(came, options, from);
  console.log(`The mail server took a test message to ${to}: ${came.said}`);
  const check = { from, bytes, host: options.host, ip: values.ip, dkim: options.dkim, resolve: resolver(values.dns) };
  for (const { of, good, says, change } of await checkSender(check)) {
    console.log(`${good ? 'good  ' : 'change'} ${of}: ${says}${change ? `\n       ${change}` : ''}`);
    if (!good) process.exitCode = 2;
  }
}

await verify().then(
  () => process.exit(),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
