import { hash } from 'node:crypto';
import { statementsFor } from '../charges/read-statements.op.ts';
import { termsIn } from '../charges/terms.ts';
import { type Day, dayIn } from '../kernel/day.ts';
import { KEPT_DAYS, readMailFile } from '../mails/mail-files.op.ts';
import type { EvidenceFile, EvidenceStep } from './evidence.port.ts';
import { disputeRecords, type EvidenceFact, type EvidenceScope, evidenceChannel, promiseRecords } from './evidence.ts';
import { headerLine } from './export-trail.op.ts';
import { type EvidenceMail, type EvidenceNeeds, type GatheredEvidence, type GatherRefusal, gatherEvidence } from './gather-evidence.op.ts';
import { evidenceFile, fileSlug, recordEvidence } from './record-evidence.op.ts';
import { withheldOutside } from './withheld.ts';

/** Mailboxes and courts take no more, and it is held in memory once (own limit). */
export const MOST_PACK_BYTES = 50_000_000;

export interface EvidencePack {
  /** File name of the ZIP. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly files: number;
  readonly entries: number;
}

export type EvidenceRefusal = GatherRefusal | 'evidence-too-large' | 'changed-meanwhile';
export type BuildEvidenceResult =
  | { readonly done: true; readonly pack: EvidencePack }
  | { readonly done: false; readonly refused: EvidenceRefusal };

class TooLarge extends Error {}

/**
 * The pack as a ZIP: rendered once, kept under its digest, recorded on the account. One file at a time is in memory besides the growing
 * archive. `by`: Slack user id, `name` as the index shows it. The caller has authorized `by`.
 */
export async function buildEvidence(world: EvidenceNeeds, scope: EvidenceScope, by: string, name: string): Promise<BuildEvidenceResult> {
  const gathered = await gatherEvidence(world, scope);
  if ('refused' in gathered) return { done: false, refused: gathered.refused };
  const now = world.clock.now();
  const today = dayIn(gathered.zone, now);
  const packing = packer(world, now);
  try {
    const absent = await addPapers(world, gathered, packing.add, today);
    const { steps, head } = await addTimeline(world, gathered, packing.add, today, name);
    const index = await world.indexPdf(await indexOf(world, gathered, { today, name, steps, head, files: packing.files, absent }));
    packing.add('INDEX.pdf', '', index);
  } catch (error) {
    if (error instanceof TooLarge) return { done: false, refused: 'evidence-too-large' };
    throw error;
  }
  const files = packing.files.length;
  const bytes = packing.end();
  const sha256 = hash('sha256', bytes);
  await world.kept.keep(`evidence:${sha256}`, bytes, now.add({ hours: 24 * KEPT_DAYS }));
  const { entries, withheld } = gathered;
  const { account, ...about } = scope;
  const fact: EvidenceFact = {
    type: 'evidence-built',
    sha256,
    size: bytes.length,
    files,
    entries: entries.length,
    leftOut: withheld.reduce((sum, { count }) => sum + count, 0),
    ...about,
  };
  if (!(await recordEvidence(world, account, fact, by, `evidence:${sha256}`))) return { done: false, refused: 'changed-meanwhile' };
  return { done: true, pack: { name: evidenceFile(gathered.row.number, today), bytes, sha256, files, entries: entries.length } };
}

type Add = (name: string, what: string, bytes: Uint8Array) => void;

/** Hashes each file as it goes in; SHA256SUMS is the last one. */
function packer(world: EvidenceNeeds, now: Temporal.Instant) {
  const archive = world.archive(now);
  const files: EvidenceFile[] = [];
  let size = 0;
  return {
    files,
    add(name: string, what: string, bytes: Uint8Array): void {
      size += bytes.length;
      if (size > MOST_PACK_BYTES) throw new TooLarge();
      files.push({ name, what, sha256: hash('sha256', bytes) });
      archive.add(name, bytes);
    },
    end(): Uint8Array {
      archive.add('SHA256SUMS', Buffer.from(files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')));
      return archive.end();
    },
  };
}

/** @returns the papers that are on record and whose files could not be read, in words. */
async function addPapers(world: EvidenceNeeds, gathered: GatheredEvidence, add: Add, today: Day): Promise<string[]> {
  const absent: string[] = [];
  const { row, worked, scope, seller, zone, copies, letters, mails } = gathered;
  const asOf = { at: (await world.ledger.freshness()).asOf ?? world.clock.now(), zone };
  for (const statement of await statementsFor(world, row, scope.entity, seller, worked.work.postings)) {
    const { bytes } = await world.statementPdf(statement, { language: 'en', locale: 'en-GB', today, asOf });
    add(`statements/statement-${fileSlug(statement.currency, 'currency')}.pdf`, `Statement of the account in ${statement.currency}`, bytes);
  }
  for (const [at, { number, file }] of copies.entries()) {
    const read = await world.invoiceFiles.read(file, MOST_PACK_BYTES);
    if ('bytes' in read) add(`invoices/${place(at)}-${fileSlug(number, 'invoice')}.pdf`, `Copy of invoice ${number}`, read.bytes);
    else if (read.problem === 'too-large') throw new TooLarge();
    else absent.push(`copy of invoice ${number}`);
  }
  for (const [at, { on, sha256, how, tracking }] of letters.entries()) {
    const bytes = await readMailFile(world, sha256).catch(() => null);
    const number = tracking ? `, tracking number ${tracking}` : '';
    if (bytes)
      add(
        `letters/${place(at)}-${fileSlug(on, 'letter')}.pdf`,
        `Demand letter of ${dayWords(on)} by ${how.replace('-', ' ')}${number}: the pages that were sent`,
        bytes,
      );
    else absent.push(`demand letter of ${dayWords(on)}`);
  }
  for (const [at, mail] of mails.entries()) {
    const sent = mail.sha256 === '' ? null : await readMailFile(world, mail.sha256).catch(() => null);
    const bytes = sent ?? (await mailAsApproved(world, mail));
    if (!bytes) {
      absent.push(`mail of ${dayWords(mail.on)}`);
      continue;
    }
    const how = sent ? 'the bytes that were sent' : 'its content as approved; it was sent by hand, so the bytes as sent are not on file';
    add(
      `mails/${place(at)}-${fileSlug(mail.on, 'mail')}${sent ? '' : '-as-approved'}.eml`,
      `Mail of ${dayWords(mail.on)}, “${mail.subject}”: ${how}`,
      bytes,
    );
  }
  return absent;
}

/** Null when its words were erased. */
async function mailAsApproved({ drafts, mailCopy }: EvidenceNeeds, { draft: id, erased }: EvidenceMail): Promise<Uint8Array | null> {
  const stored = erased ? null : await drafts.load(id);
  return stored && mailCopy(stored.draft);
}

/** The entries as they are stored, and in words. */
async function addTimeline(
  world: EvidenceNeeds,
  { entries, row, zone, contactOf, scope }: GatheredEvidence,
  add: Add,
  today: Day,
  name: string,
) {
  const head = await world.trailReader.head();
  const title = `${row.name} · ${row.number}`;
  const cover = {
    title,
    period: 'from the beginning',
    contents: 'Entries that may be shown outside the company',
    entries: entries.length,
    made: `${today}, by ${name}`,
    head,
  };
  const which = { account: scope.account, from: null, to: null, shareableOnly: true };
  const lines = [headerLine(cover, which), ...entries.map(({ kept }) => JSON.stringify(kept))];
  add('timeline.jsonl', 'The entries of the paper trail with their hashes', Buffer.from(`${lines.join('\n')}\n`));
  const words = await world.words(zone);
  const steps: EvidenceStep[] = [];
  for (const entry of entries) {
    const { seq, when, who, what } = await words(entry);
    const { fact } = entry;
    steps.push({ seq, when, who, what: what.replaceAll('`', ''), channel: evidenceChannel(fact), contact: contactOf(fact) });
  }
  return { steps, head };
}

interface Made {
  readonly today: Day;
  readonly name: string;
  readonly steps: readonly EvidenceStep[];
  readonly head: Awaited<ReturnType<typeof addTimeline>>['head'];
  readonly files: readonly EvidenceFile[];
  readonly absent: readonly string[];
}

async function indexOf(world: EvidenceNeeds, gathered: GatheredEvidence, { today, name, steps, head, files, absent }: Made) {
  const { seller, row, claims, worked, entries, withheld, zone, scope } = gathered;
  const { asOf } = await world.ledger.freshness();
  const paid = asOf?.toZonedDateTimeISO(zone).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  const settings = await world.settings.read();
  const known = worked.work.agreement || settings.terms?.[scope.entity];
  const agreement = known ? termsIn(settings, worked.work.agreement, scope.entity) : null;
  const facts = entries.map(({ fact }) => fact);
  return {
    seller,
    customer: { name: row.name, number: row.number, country: row.country },
    today,
    by: name,
    asOf: paid ? `Payments known as of ${paid}` : 'No payments imported yet',
    zone,
    claims,
    agreement: agreement && { law: agreement.law, terms: agreement.terms, document: agreement.document },
    promises: promiseRecords(facts),
    disputes: disputeRecords(facts),
    files: [...files],
    steps,
    without: scope.without,
    withheld: withheldOutside(withheld),
    absent: absent.join(', '),
    head,
  };
}

const place = (at: number) => String(at + 1).padStart(3, '0');
/** '23 Nov 2026'; '' while it is not known. */
const dayWords = (on: string) => (on === '' ? '' : Temporal.PlainDate.from(on).toLocaleString('en-GB', { dateStyle: 'medium' }));
