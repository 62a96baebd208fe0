import { z } from 'zod';
import { accountIdOf } from '../account/account.slack.ts';
import { accountChoices } from '../account/account-choices.view.ts';
import { findAccount } from '../account/read-account.op.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import { invoiceOptions, invoicesSelect, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import type { OpenItem } from '../ledger/ledger.port.ts';
import { anyCarried, readCarried } from '../slack/carried.ts';
import { uploadFile } from '../slack/files.ts';
import { type ClickRequest, Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { ACTION, choiceField, entered, enteredOptions, field, modal } from '../slack/modals.ts';
import { sendFile } from '../slack/private-file.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { counted } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { buildEvidence, type EvidencePack, type EvidenceRefusal } from './build-evidence.op.ts';
import { EVIDENCE_KINDS, type EvidenceScope } from './evidence.ts';
import { builtReply, evidenceOptions, evidenceReply } from './evidence.view.ts';
import { type EvidenceNeeds, gatherEvidence } from './gather-evidence.op.ts';
import { type ReleaseRefusal, releaseEvidence } from './release-evidence.op.ts';
import { wordsOf } from './trail-files.slack.ts';

export interface EvidenceSubjectNeeds extends SlackWorld, Omit<EvidenceNeeds, 'words'> {}

type EvidenceWorld = EvidenceNeeds & SlackWorld;

const REFUSALS: Readonly<Record<EvidenceRefusal | ReleaseRefusal, string>> = {
  'evidence-gone': 'This pack is not on file any more. Nothing was released; build it anew.',
  'evidence-outdated':
    'A mark was changed, or a person’s data erased, since this pack was built: it may hold what must stay in the house. Nothing was released; ask for the evidence pack again.',
  'no-such-account': REFUSED['no-such-account'],
  'changed-meanwhile': REFUSED['changed-meanwhile'],
  'evidence-too-long':
    'More than 5,000 entries of this account may be shown outside: that is no reading for anybody. Nothing was built; leave out a kind.',
  'evidence-too-large': 'The pack would have more than 50 MB. Nothing was built; choose fewer invoices, or leave out mails or copies.',
};
const EXPIRED = 'This card is more than a day old, and balances have changed since. Nothing was built; ask for the evidence pack again.';

const scoped = z.object({
  account: z.string(),
  entity: z.string(),
  invoices: z.array(z.string()).nullable(),
  without: z.array(z.enum(EVIDENCE_KINDS)),
  case: z.string().nullable(),
});
const ref = z.object({ s: z.string().max(80) });
const released = z.object({ a: z.string().max(100), h: z.string().length(64) });
const carried = ref.extend({ c: z.string().max(40) });

/** The evidence pack of an account: chosen on a card, built for the asker alone, and released by whoever has read it to the thread of its decision. */
export function evidenceSubject(given: EvidenceSubjectNeeds): Subject {
  const world: EvidenceWorld = { ...given, words: (zone) => wordsOf(given, zone) };
  /** One at a time: each holds a whole pack in memory. */
  let building: Promise<unknown> = Promise.resolve();
  const build = (scope: EvidenceScope, by: string, name: string) => {
    const built = building.then(() => buildEvidence(world, scope, by, name));
    building = built.catch(() => undefined);
    return built;
  };
  return {
    parts: {
      evidence: {
        may: 'manage',
        usage: 'evidence ACCOUNT',
        help: 'the evidence pack for an agency or a court: reviewed first, then a ZIP with index, mails, letters, statement and timeline',
        async run({ text, answer, settings }) {
          const found = await findAccount(world.ledger, text);
          if (text === '' || found.kind === 'none')
            throw new Refused(
              `Which account? Give its number or a part of its name: \`/${settings.commands.collections} evidence NUMBER\`.`,
            );
          await answer(found.kind === 'one' ? await first(world, found.id) : accountChoices(text, found.accounts, 'account-evidence'));
        },
      },
    },
    clicks: {
      'account-evidence': { may: 'manage', run: async ({ value, answer }) => answer(await first(world, accountIdOf(value))) },
      'evidence-case': {
        may: 'manage',
        async run({ value, answer }) {
          const { c } = z.object({ c: z.string().max(60) }).parse(anyCarried(value));
          const stored = await world.cases.load(c);
          if (!stored) throw new Refused(REFUSED['no-such-case']);
          await answer(await first(world, stored.case.account, { entity: stored.case.entity, case: c }));
        },
      },
      'evidence-choose': { may: 'manage', run: (request) => openChoice(world, request) },
      'evidence-build': {
        may: 'manage',
        async run(request) {
          const { asker, client, value } = request;
          const scope = await kept(world, readCarried(ref, value).s);
          const name = (await client.users.info({ user: asker.user })).user?.real_name ?? asker.user;
          const result = await build(scope, asker.user, name);
          if (!result.done) throw new Refused(REFUSALS[result.refused]);
          await request.replace(await deliver(request, scope.account, result.pack));
        },
      },
      'evidence-release': { may: 'manage', run: async (request) => request.replace(sentence(await release(world, request))) },
    },
    submits: {
      'evidence-choose': {
        may: 'manage',
        async run(request) {
          const { s, c } = readCarried(carried, request.view.private_metadata);
          const scope = chosenScope(await kept(world, s), request);
          request.later(async () => request.tell(c, await review(world, scope)));
          return undefined;
        },
      },
    },
  };
}

/** What was chosen lies in the store for a day: a button holds too little for a list of invoices. */
async function keep(world: EvidenceWorld, scope: EvidenceScope): Promise<string> {
  const id = world.fingerprint(scope);
  await world.kept.keep(`evidence-ask:${id}`, Buffer.from(JSON.stringify(scope)), world.clock.now().add({ hours: 24 }));
  return id;
}

async function kept(world: EvidenceWorld, id: string): Promise<EvidenceScope> {
  const bytes = await world.kept.read(`evidence-ask:${id}`, world.clock.now());
  if (!bytes) throw new Refused(EXPIRED);
  return scoped.parse(JSON.parse(Buffer.from(bytes).toString()));
}

async function review(world: EvidenceWorld, scope: EvidenceScope): Promise<Reply> {
  const gathered = await gatherEvidence(world, scope);
  if ('refused' in gathered) throw new Refused(REFUSALS[gathered.refused]);
  return evidenceReply(gathered, await keep(world, scope));
}

async function first(world: EvidenceWorld, account: string, of: { entity?: string; case?: string } = {}): Promise<Reply> {
  const entity = of.entity || (await usualEntity(world, account));
  return review(world, { account, entity, invoices: null, without: [], case: of.case ?? null });
}

/** The selling entity with the most open invoices, else the one that usually invoices. */
async function usualEntity({ ledger }: EvidenceSubjectNeeds, account: string): Promise<string> {
  const counts = new Map<string, number>();
  for (const { entity } of await ledger.openItems(account)) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? (await ledger.account(account))?.entity ?? '';
}

async function openChoice(world: EvidenceWorld, request: ClickRequest): Promise<void> {
  const { asker, client, settings, triggerId, value } = request;
  const { s } = readCarried(ref, value);
  const scope = await kept(world, s);
  const items: OpenItem[] = await world.ledger.openItems(scope.account);
  const row = await world.ledger.account(scope.account);
  const today = dayIn(zoneOf(row, settings), world.clock.now());
  const entities = [...new Set([scope.entity, ...items.map(({ entity }) => entity)])].filter(Boolean).slice(0, 100);
  const options = invoiceOptions(items, today);
  const fields = [
    ...(entities.length > 0
      ? [choiceField('entity', 'Selling entity', Object.fromEntries(entities.map((each) => [each, each])), scope.entity)]
      : []),
    ...(options.length > 0
      ? [field('invoices', 'Invoices', invoicesSelect(options), { optional: true, hint: 'Empty: everything overdue.' })]
      : []),
    field('without', 'Leave out', { type: 'checkboxes', action_id: ACTION, options: evidenceOptions }, { optional: true }),
  ];
  await client.views.open({
    trigger_id: triggerId,
    view: modal('evidence-choose', 'Evidence pack', 'Review', { s, c: asker.channel, a: scope.account }, fields),
  });
}

function chosenScope(before: EvidenceScope, request: SubmitRequest): EvidenceScope {
  const entity = entered(request, 'entity') || before.entity;
  const chosen = enteredOptions(request, 'invoices')
    .map(readInvoiceOption)
    .filter((each) => each.entity === entity)
    .map(({ number }) => number);
  const without = EVIDENCE_KINDS.filter((kind) => enteredOptions(request, 'without').includes(kind));
  return { ...before, entity, invoices: chosen.length > 0 ? chosen : null, without };
}

/** To the asker alone: whoever builds it reads it first. */
async function deliver({ asker, client }: ClickRequest, account: string, pack: EvidencePack): Promise<Reply> {
  const { name, bytes, sha256, files, entries } = pack;
  const said = `${counted(files, 'file')}, ${counted(entries, 'entry', 'entries')} of the timeline, ${size(bytes)}`;
  const comment = `Evidence pack, to be read before it leaves the company: ${said}. SHA-256 \`${sha256}\``;
  await sendFile(client, asker.user, { name, bytes, title: name, comment });
  return builtReply({ name, said, account, sha256 });
}

/** Into the thread of the decision it is for, once; returns what is said in place of the card. */
async function release(world: EvidenceWorld, { asker, client, value }: ClickRequest): Promise<string> {
  const { a: account, h: sha256 } = readCarried(released, value);
  const result = await releaseEvidence(world, { account, sha256 }, asker.user);
  if (!result.done) throw new Refused(REFUSALS[result.refused]);
  const { name, bytes, case: of, files } = result.pack;
  if (result.again)
    return `:white_check_mark: ${name} was released before, and nothing was sent again. Should it be missing in the thread of its decision: you have it in your direct messages.`;
  const place = of ? (await world.cases.load(of))?.place : null;
  const comment = `Evidence pack, read and released by <@${asker.user}>: ${counted(files, 'file')}, ${size(bytes)}. SHA-256 \`${sha256}\``;
  if (place) await uploadFile(client, { name, bytes, title: name, comment, channel: place.channel, thread: place.ts });
  return `:white_check_mark: ${name} is released${place ? ' and stands in the thread of the decision' : ''}; that you have read it is on file. It is the file with SHA-256 \`${sha256}\`.`;
}

const size = (bytes: Uint8Array) => `${(bytes.length / 1e6).toFixed(1)} MB`;
