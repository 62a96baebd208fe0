import type { Connection } from 'mongoose';
import type { Draft } from '../mails/draft.ts';
import { KEPT_DAYS } from '../mails/mail-files.op.ts';
import type { ErasedFiles } from '../trail/erasure.port.ts';
import { mentions, type PersonToErase } from '../trail/erasure.ts';
import { draftModel } from './drafts.ts';
import { removeFiles } from './removal.ts';
import { trailLines } from './verify-trail.ts';

/**
 * Bytes that carry a person's data: mails as they were sent, letters with their pictures, evidence packs. They cannot be changed without becoming
 * worthless as evidence, so each goes as a whole or stays as a whole: what reached the customer and asks for an invoice in `unpaid` is needed for
 * a legal claim (GDPR article 17(3)(e)), and so is a pack that has left the company. To be called before drafts lose the person's name.
 */
export async function eraseFiles(
  connection: Connection,
  account: string,
  person: PersonToErase,
  unpaid: ReadonlySet<string>,
  now: Temporal.Instant,
): Promise<ErasedFiles> {
  const pieces = connection.collection<{ file: string }>('filepieces');
  const present = async (ids: readonly string[]) => (await pieces.findOne({ file: { $in: [...ids] } })) !== null;
  const remove = (ids: readonly string[]) => removeFiles(connection, ids);
  const drafts = draftModel(connection).collection.find<{ draft: Draft }>({ account, open: false }, { batchSize: 50 });
  const going: string[][] = [];
  const staying = new Set<string>();
  const kept = { mails: 0, letters: 0, packs: 0 };
  for await (const { draft } of drafts) {
    const ids = filesOf(draft);
    if (ids.length === 0 || !mentions(draft, person)) continue;
    if (draft.state !== 'sent' || !draft.content.invoices.some(({ number }) => unpaid.has(number))) going.push(ids);
    else {
      for (const id of ids) staying.add(id);
      if (await present(ids)) kept[draft.letter ? 'letters' : 'mails'] += 1;
    }
  }
  let erased = 0;
  for (const ids of going) if (await remove(ids.filter((id) => !staying.has(id)))) erased += 1;
  const { built, released } = await packsOf(connection, account);
  for (const sha256 of built) {
    const id = [`evidence:${sha256}`];
    if (released.has(sha256)) kept.packs += (await present(id)) ? 1 : 0;
    else if (await remove(id)) erased += 1;
  }
  return { erased: erased + (await eraseUnused(connection, now)), kept };
}

/** Earlier versions of letters that were edited, and tries that nothing refers to any more: nobody can say whom they name. */
async function eraseUnused(connection: Connection, now: Temporal.Instant): Promise<number> {
  const used = new Set<string>();
  for await (const { draft } of draftModel(connection).collection.find<{ draft: Draft }>({}, { batchSize: 50 })) {
    for (const { sha256 } of draft.content.attachments) used.add(`mail:${sha256}`);
    for (const id of filesOf(draft)) used.add(id);
  }
  const pieces = connection.collection<{ file: string; expiresAt: Date }>('filepieces');
  // A file is kept before the draft that names it.
  const settled = now.add({ hours: 24 * (KEPT_DAYS - 1) }).epochMilliseconds;
  let erased = 0;
  for (const { file, expiresAt } of await pieces.find({ n: 0 }, { projection: { file: 1, expiresAt: 1 } }).toArray()) {
    if (!file.startsWith('mail:') || used.has(file) || expiresAt.getTime() > settled) continue;
    erased += (await pieces.deleteMany({ file })).deletedCount > 0 ? 1 : 0;
  }
  return erased;
}

/** The whole message, and of a letter its PDF and pictures. Statements and copies of invoices name no person. */
function filesOf({ delivery, letter, content }: Draft): string[] {
  const pages = letter ? [...content.attachments.map(({ sha256 }) => sha256), ...letter.pictures] : [];
  return [delivery?.sha256 ?? '', ...pages].filter(Boolean).map((sha256) => `mail:${sha256}`);
}

async function packsOf(connection: Connection, account: string): Promise<{ built: Set<string>; released: Set<string> }> {
  const built = new Set<string>();
  const released = new Set<string>();
  const about = { 'entry.account': account, 'entry.type': { $in: ['evidence-built', 'evidence-released'] } };
  for await (const { document, body } of trailLines(connection, about))
    (document.entry.type === 'evidence-built' ? built : released).add(String(body?.body.sha256 ?? ''));
  return { built, released };
}
