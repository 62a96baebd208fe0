import { smtpMailer, smtpOptions } from '../../src/mail-server/smtp.ts';

/** A process of its own, for what Node reads at its start: hands one mail to the server of the URL given and prints what came of it. */
const message = Buffer.from('Subject: one\r\n\r\nFrom another process.\r\n');
const mailer = smtpMailer({ ...smtpOptions(process.argv[2]!, null), silence: 5_000 });
const came = await mailer.send('receivables@northwind.example', ['ap@alder.example'], message, async () => true);
process.stdout.write(JSON.stringify(came));
process.exit();
