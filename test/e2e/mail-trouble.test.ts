import { expect, it, onTestFinished } from 'vitest';
import { startBot } from '../support/bot.ts';
import { press } from '../support/press.ts';
import { approve, openDraftThat, shows } from '../support/review-modal.ts';
import { smtpSink } from '../support/smtp-sink.ts';

it('the provider switches the login off: the card says that it waits, the admins hear of it once, and again when it works', async () => {
  // Monday, 10 in London.
  const time = { now: Temporal.Instant.from('2026-11-23T10:00:00Z') };
  const sink = await smtpSink({ password: 'right' });
  const bot = await startBot({ clock: { now: () => time.now }, env: { SMTP_URL: sink.url } });
  onTestFinished(async () => {
    await bot.stop();
    await sink.close();
  });
  await bot.tick();
  const [mara, alex] = await Promise.all([bot.person('U0MARA'), bot.person('U0ALEX')]);
  sink.behave({ at: 'mail', say: '550 5.7.30 Basic authentication is not supported for Client Submission.' });
  // The queue begins with what needs two people.
  await openDraftThat(mara, (words) => !words.includes('two people approve it'));
  await approve(mara);
  // What can be taken back for half a minute leaves after it.
  time.now = time.now.add({ minutes: 1 });
  await bot.tick();
  const stopped = await alex.says('No email leaves: The mail server no longer accepts this kind of login.');
  const said = JSON.stringify(stopped.blocks);
  for (const part of ['Approved emails wait, and none is lost', 'npm run mail-login', '550 5.7.30 Basic authentication'])
    expect(said).toContain(part);
  await mara.command('C0COLLECT', '/collections review approved');
  await press(mara, 'Open');
  await shows(mara, 'Not sent yet*: the mail server no longer accepts this kind of login. The admins know.');
  for (let minutes = 0; minutes < 10; minutes += 1) {
    time.now = time.now.add({ minutes: 1 });
    await bot.tick();
  }
  sink.behave('accept');
  time.now = time.now.add({ minutes: 15 });
  await bot.tick();
  const works = await alex.says('Emails leave again');
  expect(JSON.stringify(works.blocks)).toContain('They had stopped');
  expect(sink.taken).toHaveLength(1);
  expect(alex.shown.filter(({ text }) => text.startsWith('No email leaves'))).toHaveLength(1);
}, 120_000);
