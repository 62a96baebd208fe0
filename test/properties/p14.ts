import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { recordReply } from '../../src/account/record-reply.op.ts';
import type { compose as Compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startWorkspace } from '../../src/embedded/slack/workspace.ts';
import { day } from '../../src/kernel/day.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { AccountPart } from '../../src/ledger/ledger-record.ts';
import { changeDraft } from '../../src/mails/change-draft.op.ts';
import { manifest } from '../../src/slack/manifest.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { cleanWords } from '../support/clean-words.ts';
import { contact, invoice, ledgerPlace, source } from '../support/ledger-place.ts';
import { startModelServer } from '../support/model-server.ts';

const MASK = { mail: 'canary.quillfeather', name: 'Canaria Quillfeather', phone: '7946 0777', customer: 'Quillfeather Canary Works' };
/** Of people; they belong to the ledger and to what is put on file, nowhere else. */
const PERSONAL = [MASK.mail, MASK.name, MASK.phone, 'sparrowhawk-reply', 'goldfinch-note', 'kingfisher-said'];
const CALM = { mail: 'sk-canary-key', smtp: 'canary-smtp-password', mongo: 'canary-mongo-password', reply: 'canary-reply-secret-00' };
const SIGNING = 'canary-signing-secret-of-slack-0';
const NUMBERS = ['C1', 'C2'];
const ROLES = { U0MARA: 'collector', U0INES: 'manager', U0ALEX: 'admin' } as const;

interface Figures {
  logLines: number;
  trailEntries: number;
  slackTexts: number;
  modelRequests: number;
  /** Mails that the server refused with the address in its words. */
  refusedMails: number;
  /** Canaries found where they must not be, by place. */
  inLogs: number;
  inTrail: number;
  inSlack: number;
  inModel: number;
  inStore: number;
  /** In what is served to those who watch from outside. */
  inWatch: number;
  series: number;
}

/**
 * Secrets and personal data are planted in a whole bot, everything that can fail is made to, with the canaries in the other side's words, and
 * then they are looked for: in the log at its finest, in the chain, in what people were told, in what the model was sent.
 */
export async function p14(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p14-'));
  const stops: (() => Promise<unknown>)[] = [() => fs.rm(dir, { recursive: true, force: true })];
  try {
    const bench = await startBench(src, dir, stops);
    for (let round = 0; round < (size === 'full' ? 5 : 1); round += 1) await provoke(bench, round);
    const figures = await look(bench);
    const { inLogs, inTrail, inSlack, inModel, inStore, inWatch, series, logLines, trailEntries, slackTexts, modelRequests, refusedMails } =
      figures;
    const seen = logLines > 3 && trailEntries > 5 && slackTexts > 5 && modelRequests > 1 && refusedMails > 0 && series > 20;
    return { held: seen && inLogs + inTrail + inSlack + inModel + inStore + inWatch === 0, figures: { ...figures } };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

type Bench = Awaited<ReturnType<typeof startBench>>;

async function startBench(src: string, dir: string, stops: (() => Promise<unknown>)[]) {
  const load = <T>(file: string): Promise<T> => import(path.join(src, file));
  const { compose } = await load<{ compose: typeof Compose }>('compose.ts');
  const { createLog } = await load<typeof import('../../src/log.ts')>('log.ts');
  const { connectStore } = await load<typeof import('../../src/store/connect.ts')>('store/connect.ts');
  const place = await ledgerPlace();
  stops.push(() => place.close());
  const time = { now: Temporal.Instant.from('2026-10-12T09:00:00Z') };
  await fill(place, time);
  const words = { n: 0 };
  const model = await startModelServer(() => {
    words.n += 1;
    // The first answers are errors that repeat the key and a name, as some servers do.
    if (words.n % 3 === 2)
      return { error: { message: `Incorrect key ${CALM.mail} for ${MASK.name}`, type: 'invalid_request_error' }, status: 401 };
    return { content: JSON.stringify(cleanWords('en', 3)), usage: { prompt_tokens: 700, completion_tokens: 150 } };
  });
  stops.push(() => model.stop());
  const smtp = await refusingServer();
  stops.push(() => smtp.stop());
  const key = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const keyFile = path.join(dir, 'dkim.pem');
  await fs.writeFile(keyFile, key);
  const workspace = await startWorkspace({ dir: null, limits: 'off' });
  workspace.install(manifest({ overdue: 'overdue', account: 'account', collections: 'collections' }));
  stops.push(() => workspace.stop());
  const log: string[] = [];
  const finest = createLog('debug', { write: (line) => void log.push(line) });
  // What a wrong address of the store says goes into the same log.
  await connectStore(`mongodb://arrears:${CALM.mongo}@127.0.0.1:1/arrears?serverSelectionTimeoutMS=50`).catch((error) =>
    finest.error({ err: error }, `could not start with mongodb://arrears:${CALM.mongo}@127.0.0.1:1/arrears`),
  );
  const env = {
    DATA_DIR: dir,
    HEALTH_ADDRESS: '127.0.0.1:0',
    MONGODB_URI: place.uri,
    SAMPLE_LEDGER: 'no',
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_SIGNING_SECRET: SIGNING,
    SLACK_API_URL: workspace.apiUrl,
    OPENAI_API_KEY: CALM.mail,
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: 'test-model',
    SMTP_URL: `smtp://arrears:${CALM.smtp}@127.0.0.1:${smtp.port}`,
    SMTP_DKIM_DOMAIN: 'northwind.example',
    SMTP_DKIM_SELECTOR: 's1',
    SMTP_DKIM_KEY_FILE: keyFile,
    MAIL_REPLY_SECRET: CALM.reply,
  };
  const bot = await compose(readConfig(env), { log: finest, clock: { now: () => time.now }, onDeath: () => {} });
  stops.push(() => bot.stop());
  const people = await Promise.all(Object.keys(ROLES).map((user) => PersonOnPage.open(workspace.pageLink(), user)));
  stops.push(async () => people.forEach((person) => void person.close()));
  const secrets = [...Object.values(CALM), SIGNING, workspace.botToken, workspace.appToken, key.split('\n')[3]!];
  const ports = { ...place.stores, clock: { now: () => time.now } };
  return { place, time, bot, people, model, workspace, log, secrets, ports };
}

async function fill(place: Awaited<ReturnType<typeof ledgerPlace>>, time: { now: Temporal.Instant }): Promise<void> {
  const { stores } = place;
  const sender = {
    name: 'Northwind Ltd',
    address: 'ar@northwind.example',
    remittance: 'remit@northwind.example',
    phone: '+44 20 7946 0100',
  };
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  await stores.settings.load({ ...where, commands, senders: { NWUK: sender } });
  const members = Object.entries(ROLES).map(([user, role]) => ({ user, roles: [role], absence: null }));
  await stores.team.save(await stores.team.read(), { members, rules: [] }, [], 'test');
  const rows = NUMBERS.flatMap((number) => {
    const account: AccountPart = {
      number,
      name: `${MASK.customer} ${number}`,
      country: 'GB',
      language: 'en',
      zone: 'Europe/London',
      entity: 'NWUK',
    };
    const dates = { issued: day('2026-09-01'), due: day('2026-11-10') };
    return [
      { kind: 'account' as const, account },
      contact(MASK.name, { account: number, email: `${MASK.mail}@customer.example`, phone: `+44 20 ${MASK.phone}` }),
      invoice(`I-${number}`, { account: number, entity: 'NWUK', currency: 'GBP', total: 100_000, ...dates }),
    ];
  });
  const load = () =>
    importLedger(
      { intake: stores.intake, clock: { now: () => time.now } },
      { source: source(rows), dryRun: false, confirmVanished: false, sample: false },
    );
  await load();
  time.now = Temporal.Instant.from('2026-11-23T09:00:00Z');
  await load();
}

/** A mail server that repeats in its refusal whom the mail was for, and once what password it was given. */
async function refusingServer(): Promise<{ port: number; stop(): Promise<void> }> {
  let asked = 0;
  const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth(auth, _, done) {
      asked += 1;
      if (asked % 3 === 0) done(refusal(535, `5.7.8 wrong password ${auth.password}`));
      else done(null, { user: auth.username });
    },
    onRcptTo: ({ address }, _, done) => done(refusal(550, `5.1.1 <${address}> ${MASK.name} does not work here, telephone ${MASK.phone}`)),
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Everything that people and the other sides can do wrong, with canaries in their words. */
async function provoke({ ports, bot, people, workspace, time, place }: Bench, round: number): Promise<void> {
  const account = accountId('C1');
  const [mara, ines] = people as [PersonOnPage, PersonOnPage];
  const asked = `${round}`;
  const received = day('2026-11-23');
  const from = `${MASK.mail}@customer.example`;
  const text = untrusted(`sparrowhawk-reply: write to ${from} or ring ${MASK.phone}. ${MASK.name}`);
  for (const id of NUMBERS.map(accountId)) {
    const to = round % 2 ? 'U0INES' : 'U0MARA';
    await changeAccount(ports, id, { do: 'assign', to, how: 'by hand' }, 'U0INES', `assign:${id}:${asked}`);
    const reply = `${id}-${asked}`;
    await recordReply(ports, { id: reply, account: id, kind: 'other', received, from, text }, 'U0MARA', reply);
    await changeAccount(ports, id, { do: 'answer-reply', id: reply, how: 'none-needed' }, 'U0MARA', `answered:${reply}`);
  }
  await bot.tick();
  for (const { draft } of await ports.drafts.open()) {
    const request = { do: 'approve' as const, seen: draft.hash, mayApprove: true, at: time.now.toString(), send: true };
    await changeDraft(ports, draft.id, request, 'U0MARA', `approve:${draft.id}:${asked}`);
  }
  for (let again = 0; again < 3; again += 1) {
    time.now = time.now.add({ minutes: 20 });
    await bot.tick();
  }
  const id = `reply-${asked}`;
  await recordReply(ports, { id, account, kind: 'other', received, from, text }, 'U0MARA', id);
  await changeAccount(ports, account, { do: 'snooze', until: day('2026-12-01') }, 'U0MARA', `snooze:${asked}`);
  await changeAccount(
    ports,
    account,
    { do: 'hold', until: day('2026-12-01'), reason: `goldfinch-note ${MASK.name}` },
    'U0MARA',
    `hold:${asked}`,
  );
  for (const command of [
    `/collections ${MASK.name}`,
    `/account ${MASK.mail}@nowhere.example`,
    `/account C1`,
    `/collections why ${MASK.name}`,
    `/overdue ${MASK.name}`,
  ])
    await mara.command('C0COLLECT', command);
  for (const [method, error] of [
    ['chat.postMessage', `fatal_error`],
    ['conversations.open', 'internal_error'],
    ['views.open', 'expired_trigger_id'],
    ['chat.postEphemeral', 'internal_error'],
  ] as const)
    workspace.control({ do: 'fault', fault: { fault: 'refuse', method, error, next: 2 } });
  await mara.command('C0COLLECT', '/collections review');
  await mara.command('C0COLLECT', '/collections setup');
  await ines.command('C0COLLECT', `/collections export ${MASK.customer}`);
  await ines.upload('C0COLLECT', `invoices of ${MASK.name}.csv`, badFile(round));
  await bot.tick();
  workspace.control({ do: 'clear-faults' });
  // The store refuses a document as it is: errors of drivers like to quote what they were given.
  await place.raw
    .collection('accounts')
    .updateOne({ _id: account as never }, { $set: { 'work.promises': `kingfisher-said ${MASK.name}` } });
  await mara.command('C0COLLECT', '/account C1');
  await bot.tick();
  await place.raw.collection('accounts').updateOne({ _id: account as never }, { $set: { 'work.promises': [] } });
  await bot.tick();
}

const badFile = (round: number) =>
  `account,account_name,number,currency,total,issued,due,contact\n"${MASK.mail}@customer.example",${MASK.name},I-${round},GBP,kingfisher-said,never,never,${MASK.phone}\n`;

async function look({ log, place, people, model, secrets, bot }: Bench): Promise<Figures> {
  const watched = await Promise.all(['healthz', 'readyz', 'metrics'].map(async (path) => (await fetch(`${bot.healthUrl}/${path}`)).text()));
  const chain = await place.raw.collection('trail').find().toArray();
  const texts = people.flatMap(({ shown }) => shown.map((message) => JSON.stringify(message)));
  const errors = texts.filter((text) => text.includes('went wrong on our side'));
  const requests = model.requests().map((request) => JSON.stringify(request));
  const refused = await place.raw.collection('drafts').countDocuments({ 'draft.delivery.said': new RegExp(MASK.mail) });
  const stored: string[] = [];
  for (const { name } of await place.raw.listCollections())
    if (name !== 'filepieces') stored.push(JSON.stringify(await place.raw.collection(name).find().toArray()));
  const found = (where: readonly string[], canaries: readonly string[]) =>
    where.reduce((sum, text) => sum + canaries.filter((canary) => text.includes(canary)).length, 0);
  return {
    logLines: log.length,
    trailEntries: chain.length,
    slackTexts: texts.length,
    modelRequests: requests.length,
    refusedMails: refused,
    inLogs: found(log, [...secrets, ...PERSONAL]),
    inTrail: found(
      chain.map((each) => JSON.stringify(each)),
      [...secrets, ...PERSONAL],
    ),
    inSlack: found(texts, secrets) + found(errors, PERSONAL),
    inModel: found(requests, [...secrets, MASK.mail, MASK.name, MASK.phone, MASK.customer, 'goldfinch-note', 'kingfisher-said']),
    inStore: found(stored, secrets),
    inWatch: found(watched, [...secrets, ...PERSONAL, MASK.customer, ...Object.keys(ROLES), 'northwind.example', 'C0COLLECT']),
    series: watched.join('').match(/^arrears_/gm)?.length ?? 0,
  };
}
