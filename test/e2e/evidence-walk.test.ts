/** Long: one customer on the way through every escalation is one story, and its pack is taken apart at the end. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import { type OpenPage, openPage, turnTo } from '../support/browser.ts';
import { downloadPack, readable, run, sha256sum, unpack } from '../support/evidence-pack.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { pdfText } from '../support/pdf-text.ts';
import { approve, ask, choose, dialog, fillIn, newest, openDraft, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

// One customer from Monday, 23 November 2026, to January: owner's hold, final notice, demand letter, placement, stop of supply, write-off,
// negotiator. Everything said among ourselves holds the word canary; at the end the pack holds what the customer had, and none of these.

const NAME = 'Grimblethorpe Joinery Ltd';
const ACCOUNT = accountId('W1');
const CUSTOMER = {
  ...{ number: 'W1', name: NAME, due: '2026-10-11', also: '2026-12-18', copy: 'W1.pdf', owner: 'U0SARA' },
  after: { key: 'manager-call', offset: 40 },
};
const COPY = Buffer.from('%PDF-1.4\n% the invoice as it was issued\n%%EOF\n');
const PATIENT = { timeout: 25_000, interval: 500 };

let dir: string;
let sink: SmtpSink;
let desk: LetterDesk;
const pages: Record<string, OpenPage> = {};
const pageOf = (user: string): Page => pages[user]!.page;

beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-evidence-walk-'));
  await fs.mkdir(path.join(dir, 'data/invoices'), { recursive: true });
  await fs.mkdir(path.join(dir, 'pack'));
  await fs.writeFile(path.join(dir, 'data/invoices/W1.pdf'), COPY);
  sink = await smtpSink();
  desk = await letterDesk([CUSTOMER], { SMTP_URL: sink.url, DATA_DIR: path.join(dir, 'data') });
  await changeTeam(desk.stores, { do: 'set-roles', user: 'U0SARA', roles: ['owner'] }, 'U0ALEX', 'roles:U0SARA');
  await desk.later();
  for (const user of ['U0MARA', 'U0INES', 'U0PAUL', 'U0TOM']) {
    pages[user] = await openPage(desk.url('C0COLLECT', user), { width: 1280, height: 1100 });
    pages[user].page.setDefaultTimeout(20_000);
    await pages[user].page.getByLabel(/^Message #/).waitFor();
  }
}, 90_000);
afterAll(async () => {
  for (const each of Object.values(pages)) await each.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
  await sink?.close();
  await fs.rm(dir, { recursive: true, force: true });
});

const submit = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();
async function go(user: string, channel: string): Promise<Page> {
  await turnTo(pageOf(user), desk.url(channel, user));
  await pageOf(user)
    .getByLabel(/^Message #/)
    .waitFor();
  // What was reviewed last may still be open.
  while (await dialog(pageOf(user)).isVisible()) await pageOf(user).keyboard.press('Escape');
  return pageOf(user);
}

/** Opens a form from the menu of the account's card. */
async function more(user: string, entry: string): Promise<Page> {
  const page = await go(user, 'C0COLLECT');
  await ask(page, '/account W1');
  await newest(page).getByRole('button', { name: /More…/ }).click();
  await page.getByRole('option', { name: entry }).click();
  await dialog(page).waitFor();
  return page;
}

/** The newest card in the channel for decisions, once it is about these words. */
async function decide(user: string, words: string, button: string): Promise<Page> {
  await desk.later();
  const page = await go(user, 'C0ESCALATE');
  await page.getByText(words).last().waitFor();
  await page.getByRole('button', { name: button }).last().click();
  return page;
}

/** Becomes so within three hours of the clock: few rounds, so that the working day does not end before a busy machine has followed. */
async function becomes<T>(read: () => T | Promise<T>, wanted: T): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    await desk.later();
    const so = expect.poll(read, { timeout: 3_000 }).toBe(wanted);
    if (await so.then(...YES_OR_NO)) return;
  }
  expect(await read()).toBe(wanted);
}
const YES_OR_NO = [() => true, () => false] as const;
const cases = async () => (await desk.stores.cases.ofAccount(ACCOUNT, 20)).map(({ case: of }) => of);
const stateOf = async (kind: string) => (await cases()).find((of) => of.kind === kind)?.state;

const ANSWERS = {
  'Who sent the invoice': 'Our billing team, by email',
  'Is the decision-maker known': 'The owner, by telephone',
  'Was there a first response': 'None',
  'Is there a pattern': 'Later with each invoice',
  'Is the company or its industry in trouble': 'Nothing known; trade press read',
  'Is there an alternative plan': 'A plan was offered and declined',
};
async function answerQuestions(page: Page): Promise<void> {
  for (const [question, answer] of Object.entries(ANSWERS)) await dialog(page).getByLabel(question).fill(answer);
}

it('23 November: the owner in sales holds the final notice', async () => {
  const sara = await desk.person('U0SARA');
  const asked = async () => {
    await desk.later();
    for (const { id } of (await sara.snapshot()).channels.filter(({ kind }) => kind === 'im'))
      if ((await sara.messages(id)).some(({ text }) => text.includes('May it go?'))) return id;
    return null;
  };
  await expect.poll(asked, PATIENT).not.toBeNull();
  const { page, close } = await openPage(desk.url((await asked())!, 'U0SARA'), { width: 1280, height: 900 });
  await page.getByRole('button', { name: 'Hold…' }).click();
  await dialog(page).getByLabel('Reason').fill('canary-veto: their new contract is signed this week.');
  await submit(page, 'Hold');
  await dialog(page).waitFor({ state: 'hidden' });
  await close();
  expect((await desk.stores.accounts.load(ACCOUNT))!.work.vetoes).toMatchObject([{ owner: 'U0SARA', answer: { do: 'hold' } }]);
});

it('30 November: the final notice is approved by two people and leaves by mail', async () => {
  await desk.morning('2026-11-30T09:00:00Z');
  const mara = await go('U0MARA', 'C0COLLECT');
  await ask(mara, '/collections note W1: canary-note, their bookkeeper is new.');
  await openDraft(mara, NAME);
  expect(await approve(mara)).toContain('A final notice needs a second person.');
  const ines = await go('U0INES', 'C0COLLECT');
  await openDraft(ines, NAME);
  await approve(ines);
  await desk.later();
  await becomes(() => sink.taken.length, 1);
});

it('15 December: a demand letter is asked for, approved, and sent as its PDF', async () => {
  await desk.morning('2026-12-15T09:00:00Z');
  const mara = await more('U0MARA', 'Demand letter…');
  await answerQuestions(mara);
  await dialog(mara).getByLabel('Broken promises').check();
  await dialog(mara).getByLabel('Why, in your words').fill('canary-letter: two promises broken.');
  await submit(mara, 'Ask');
  await says(mara, 'in the thread of its card');
  await decide('U0INES', 'canary-letter', 'Approve');
  await becomes(() => sink.taken.length, 2);
  await becomes(() => stateOf('demand-letter'), 'carried-out');
});

it('20 January: a placement is asked for and rejected', async () => {
  await desk.morning('2027-01-20T09:00:00Z');
  const ines = await go('U0INES', 'C0COLLECT');
  await ask(ines, '/collections agencies');
  await press(ines, 'Add…');
  const agency = { Name: 'Swift Collections Ltd', 'Licence or registration': 'FCA 123456', 'Holds through': '2027-06-30', Countries: 'GB' };
  for (const [label, value] of Object.entries({ ...agency, 'Fee in percent': '18' })) await dialog(ines).getByLabel(label).fill(value);
  await submit(ines, 'Save');
  await says(ines, /Swift Collections Ltd/);
  const mara = await more('U0MARA', 'Agency or law firm…');
  await choose(mara, 'Given to', /Swift Collections/);
  await dialog(mara).getByLabel('No response').check();
  await dialog(mara).getByLabel('Why, in your words').fill('canary-placement: no answer to the letter.');
  await answerQuestions(mara);
  await submit(mara, 'Ask');
  await says(mara, /It is decided in/);
  const paul = await decide('U0PAUL', 'canary-placement', 'Reject…');
  await dialog(paul).getByLabel('Why').fill('canary-rejected: sales meets them on Friday.');
  await submit(paul, 'Reject');
  await paul.getByText('canary-rejected').last().waitFor();
  expect(await stateOf('agency')).toBe('rejected');
});

it('a write-off of the other invoice needs two people', async () => {
  const mara = await more('U0MARA', 'Write off…');
  await choose(mara, 'Invoices', /I-W1-2/);
  await choose(mara, 'Reason', /Goodwill|goodwill/);
  await dialog(mara).getByLabel('Why, in your words').fill('canary-write-off: our own mistake in the order.');
  await submit(mara, 'Ask');
  await says(mara, /It is decided in/);
  const ines = await decide('U0INES', 'canary-write-off', 'Approve');
  await ines.getByText('Approved so far').last().waitFor();
  await decide('U0PAUL', 'canary-write-off', 'Approve');
  await becomes(() => stateOf('write-off'), 'carried-out');
});

it('a request to stop supply lapses undecided', async () => {
  const mara = await more('U0MARA', 'Request a decision…');
  await choose(mara, 'What is to be decided', /Stop supply/);
  await dialog(mara).getByLabel('Broken promises').check();
  await dialog(mara).getByLabel('Why, in your words').fill('canary-supply: until they pay.');
  await submit(mara, 'Ask');
  await says(mara, /It is decided in/);
  await desk.morning('2027-01-25T09:00:00Z');
  await becomes(() => stateOf('stop-supply'), 'expired');
});

it('25 January: a negotiator gets a mandate and offers a settlement within it', async () => {
  const ines = await more('U0INES', 'Hand to a negotiator…');
  await choose(ines, 'Negotiator', /Tom/);
  await dialog(ines).getByLabel('Most of a balance').fill('25');
  await dialog(ines).getByLabel('And in all at most').fill('GBP 300');
  await submit(ines, 'Give mandate');
  await says(ines, /Mandate given/);
  const tom = await more('U0TOM', 'Settlement or discount…');
  await choose(tom, 'Invoices', /^I-W1 |I-W1\b(?!-2)/);
  await dialog(tom).getByLabel('They pay, or what is taken off').fill('20%');
  await submit(tom, 'Record');
  await says(tom, /Offer recorded/);
});

it('the pack is chosen from the card of the placement, built, read and released to its thread', { timeout: 120_000 }, async () => {
  const ines = await go('U0INES', 'C0COLLECT');
  await ask(ines, '/collections evidence Grimblethorpe');
  await newest(ines).getByRole('button', { name: 'Build' }).scrollIntoViewIfNeeded();
  await screenshot(ines, 'evidence');
  await go('U0INES', 'C0ESCALATE');
  await ines.getByText('canary-rejected').last().waitFor();
  await ines.getByRole('button', { name: 'Evidence pack…' }).first().click();
  const card = await says(ines, `Evidence pack · ${NAME}`);
  expect(card).toContain('£1,000.00 on 1 invoice');
  expect(card).toContain('£1,000.00 on I-W1-2: written off or settled, so no part of the claim');
  expect(card).toContain('1 demand letter, 1 copy of an invoice');
  for (const kind of ['requests for a decision, votes', 'questions to the owner in sales', 'write-offs (1)', 'mandates of negotiators (1)'])
    expect(card).toContain(kind);
  expect(card).toContain('Without prejudice: offers, settlements and discounts (1)');
  expect(card).not.toContain('canary');
  await press(ines, 'Choose or leave out…');
  await dialog(ines).getByLabel('Disputes').check();
  await submit(ines, 'Review');
  await says(ines, 'by your choice: disputes');
  await press(ines, 'Build');
  await says(ines, 'Nobody else has it yet.');
  const bytes = await downloadPack(ines);
  await takeApart(bytes, card);
  await go('U0INES', 'C0ESCALATE');
  await ines.getByText('Nobody else has it yet.').last().waitFor();
  await ines.getByRole('button', { name: 'I have read it: release' }).last().click();
  await ines.getByText('is released and stands in the thread of the decision').last().waitFor();
  const placement = ines.getByTestId('message').filter({ hasText: 'canary-placement' }).first();
  await placement.getByRole('button', { name: /repl(y|ies)/ }).click();
  const thread = ines.getByRole('complementary', { name: 'Thread' });
  await thread.getByTestId('file').filter({ hasText: 'evidence-W1-2027-01-25.zip' }).waitFor();
  const built = (await desk.stores.timeline.latest(`account:${ACCOUNT}`, 5)).map(({ type, by }) => `${type} ${by}`);
  expect(built).toEqual(expect.arrayContaining(['evidence-released U0INES', 'evidence-built U0INES']));
});

async function erase(page: Page): Promise<void> {
  const composer = page.getByLabel(/^Message #/);
  await composer.fill('/collections erase W1');
  await composer.press('Escape');
  await composer.press('Enter');
  await choose(page, 'Person at', /Imogen Larch/);
  await fillIn(page, { Reason: 'Asked by letter of 20 January', 'This cannot be undone': 'ERASE' }, 'Erase for good');
}

it('an admin erases the contact: what goes, and what stays as evidence of the open claim, is said with the reason', async () => {
  const alex = await openPage(desk.url('C0COLLECT', 'U0ALEX'), { width: 1280, height: 1000 });
  const { page } = alex;
  // The deadline of the demand letter is behind, and nobody has written for 20 business days: a statement waits for its approval.
  expect((await desk.stores.drafts.open(ACCOUNT)).map(({ draft }) => draft.stage.key)).toEqual(['statement']);
  await erase(page);
  await says(page, 'Nothing was erased: decide about that mail first');
  const mara = await go('U0MARA', 'C0COLLECT');
  await openDraft(mara, NAME);
  await press(mara, 'Reject…');
  await fillIn(mara, { Reason: 'canary-reject: the person asked to be forgotten.' }, 'Reject');
  await says(mara, 'Rejected.');
  await erase(page);
  const said = await says(page, 'Erased for good');
  expect(said).toContain('1 mail and 1 demand letter with the bytes that were sent: evidence of invoices that are unpaid');
  expect(said).toContain('1 evidence pack that left the company');
  await newest(page).getByText('Not in my hands').scrollIntoViewIfNeeded();
  await screenshot(page, 'erase');
  await alex.close();
  const ines = await go('U0INES', 'C0COLLECT');
  expect(await ask(ines, '/collections evidence W1')).toContain('2 mails, with the bytes that were sent');
});

/** Every step of the weeks before, by the type of its entry. */
const STEPS = [
  ...['owner-asked', 'owner-answered', 'interaction-recorded', 'draft-approved', 'draft-sent', 'contact-made'],
  ...['case-requested', 'case-voted', 'case-approved', 'letter-sent', 'case-carried-out', 'case-rejected', 'written-off', 'case-expired'],
  ...['mandate-given', 'offer-made'],
];
const LETTER = 'letters/001-2026-12-15.pdf';
const SHOWN = ['contact-made', 'draft-sent', 'letter-sent'];

async function takeApart(bytes: Buffer, card: string): Promise<void> {
  const pack = path.join(dir, 'pack');
  const files = await unpack(bytes, pack);
  const names = Object.keys(files);
  const checked = sha256sum(pack);
  if (checked) {
    expect(checked).toHaveLength(names.length - 1);
    for (const line of checked) expect(line).toMatch(/: OK$/);
  }
  const index = pdfText(files['INDEX.pdf']!);
  const says = (words: string) => expect(index).toContain(words.replaceAll(/\s/g, ''));
  // What the customer had is told step by step, with the very bytes.
  says('Demand letter of 15 Dec 2026 by email');
  says('email on 30 Nov 2026, stage “Final notice”, on I-W1');
  says('demand letter of 15 Dec 2026 by email, deadline');
  const sent = sink.taken.map((mail) => mail.bytes.toString('latin1'));
  const mails = names.filter((name) => name.startsWith('mails/')).map((name) => Buffer.from(files[name]!).toString('latin1'));
  expect(mails.sort()).toEqual(sent.sort());
  expect(names.filter((name) => name.startsWith('letters/'))).toEqual([LETTER]);
  expect(Buffer.from(files['invoices/001-I-W1.pdf']!)).toEqual(COPY);
  // What was decided in the house is told by kind and number: veto, request, votes, rejection, expiry, write-off, mandate; and the offer.
  says('Deliberation and decisions within the company');
  says('Privileged or without prejudice');
  says('Left out Disputes');
  says('Imogen Larch');
  expect(await readable(LETTER, files[LETTER]!)).toContain('GrimblethorpeJoinery');
  for (const name of names) expect(await readable(name, files[name]!), name).not.toMatch(/canary/i);
  const steps = Buffer.from(files['timeline.jsonl']!).toString().trim().split('\n').slice(1);
  const types = new Set(steps.map((line) => JSON.parse(line).document.entry.type));
  expect([...types].sort()).toEqual(SHOWN);
  // Nothing is passed over in silence: what is told and what is counted are together everything on file.
  const file = (await Array.fromAsync(desk.stores.trailReader.entries({ account: ACCOUNT, from: null, to: null }))).map(
    ({ document }) => document.entry.type,
  );
  for (const step of STEPS) expect(file, step).toContain(step);
  const counted = [...card.slice(card.indexOf('Stays out'), card.indexOf('Missing')).matchAll(/\((\d+)\)/g)];
  const kept = file.filter((type) => type !== 'evidence-built').length;
  expect(steps.length + counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(kept);
  if (process.env.ARREARS_DOCS)
    for (const [page, name] of Object.entries({ 1: 'evidence-index', 2: 'evidence-timeline' }))
      run(pack, 'pdftoppm', ['-png', '-r', '80', '-f', page, '-l', page, '-singlefile', 'INDEX.pdf', path.join(DOCS, name)]);
}

const DOCS = path.resolve(import.meta.dirname, '../../docs');
