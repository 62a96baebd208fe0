import { randomInt } from 'node:crypto';
import path from 'node:path';
import type { MailContent } from '../../src/mails/mail-content.ts';
import { decoded } from '../support/decoded-mail.ts';
import { smtpSink } from '../support/smtp-sink.ts';

/** Not one plain address, though a mail program could read some as one. */
const HOSTILE = [
  'b@y.test\r\nBcc: c@x.test',
  'b@y.test\nBcc: c@x.test',
  'b@y.test\r\n.\r\nMAIL FROM:<evil@x.test>',
  'b@y.test, c@evil.test',
  'b@y.test,c@evil.test',
  'b@y.test; c@evil.test',
  'Group: a@x.test, b@x.test;',
  'undisclosed-recipients:;',
  'Name <b@y.test>',
  '<b@y.test>',
  '"b@y.test, c"@evil.test',
  '"b c"@y.test',
  'b@y.test (comment)',
  'b @y.test',
  'b@y.test ',
  ' b@y.test',
  'b\t@y.test',
  'b@@y.test',
  'b@y',
  'b@y.test>',
  'b@[127.0.0.1]',
  'b@y.test\0',
  'b@уandex.test',
  'ваня@y.test',
  'b@y\u200B.test',
  'b\u202E@y.test',
  'b@y.test SIZE=1',
  'b..c@y.test',
  '.b@y.test',
  'b@-y.test',
  '@y.test',
  'b@',
  '',
];

const MARKS = [
  '\r\nBcc: c@evil.test',
  '\nX-Evil: 1',
  '\r\n\r\nnew body',
  ',',
  ';',
  ':',
  '<c@evil.test>',
  '"',
  '=?utf-8?q?=0D=0ABcc:_c?=',
  '\u2028',
  '\0',
  '\u202E',
];
const WORDS = ['Alder', 'Łódź', 'Müller & Söhne', 'O’Neill', '株式会社', 'Invoice 12'];

/** Whatever stands in addresses, names, subjects and file names: the envelope is the approved list, and no header line comes in. */
export async function p12(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { messageBytes } = (await import(path.join(src, 'mail-server/message.ts'))) as typeof import('../../src/mail-server/message.ts');
  const { smtpMailer, smtpOptions } = (await import(
    path.join(src, 'mail-server/smtp.ts')
  )) as typeof import('../../src/mail-server/smtp.ts');
  const sink = await smtpSink();
  const mailer = smtpMailer({ ...smtpOptions(sink.url, null), silence: 5_000 });
  const figures = { addresses: 0, accepted: 0, mails: 0, headerFaults: 0, envelopeFaults: 0 };
  try {
    for (const address of HOSTILE) {
      for (const place of ['from', 'to', 'cc'] as const) {
        figures.addresses += 1;
        const one = { name: 'B', address };
        const content = { ...plainMail(), [place]: place === 'from' ? one : [one] };
        const bytes = await messageBytes(content, noFiles).catch(() => null);
        const { from, to, cc } = content;
        const list = [...to, ...cc].map((each) => each.address);
        const came = await mailer.send(from.address, list, bytes ?? Buffer.from('x'), async () => true).catch(() => null);
        if (bytes !== null || came !== null) figures.accepted += 1;
      }
    }
    const baseline = [...(await decoded(await messageBytes(plainMail(), noFiles))).names].sort().join();
    const before = sink.taken.length;
    for (let n = 0; n < (size === 'full' ? 2_000 : 60); n += 1) {
      const content = hostileMail();
      figures.mails += 1;
      const to = [...content.to, ...content.cc].map(({ address }) => address);
      await mailer.send(content.from.address, to, await messageBytes(content, noFiles), async () => true);
      const mail = sink.taken.at(-1);
      if (sink.taken.length !== before + n + 1 || mail!.to.join() !== to.join() || mail!.from !== content.from.address)
        figures.envelopeFaults += 1;
      if (mail && [...(await decoded(mail.bytes)).names].sort().join() !== baseline) figures.headerFaults += 1;
    }
    return { held: figures.accepted + figures.headerFaults + figures.envelopeFaults === 0, figures };
  } finally {
    await sink.close();
  }
}

const noFiles = async () => Buffer.from('file');
const pick = <T>(from: readonly T[]): T => from[randomInt(from.length)]!;

function plainMail(): MailContent {
  const file = { name: 'a.pdf', type: 'application/pdf', sha256: '', size: 4, shows: '' };
  const from = { name: 'A', address: 'a@northwind.test' };
  const [to, cc] = [[{ name: 'B', address: 'b@y.test' }], [{ name: 'C', address: 'c@y.test' }]];
  return {
    from,
    to,
    cc,
    subject: 'S',
    body: 'Body\n',
    attachments: [file],
    invoices: [],
    apart: [],
    layout: { version: 1, house: 'A Ltd' },
  };
}

function hostileMail(): MailContent {
  const { from, to, cc, attachments, ...rest } = plainMail();
  const text = () => `${pick(WORDS)}${pick(MARKS)}${pick(WORDS)}`;
  const named = (address: { address: string }) => ({ ...address, name: text() });
  return {
    ...rest,
    from: named(from),
    to: to.map(named),
    cc: cc.map(named),
    subject: text(),
    layout: { version: 1, house: text() },
    body: `${text()}\n.\n${text()}\n`,
    attachments: attachments.map((file) => ({ ...file, name: `${text()}.pdf` })),
  };
}
