import type { World } from '../kernel/world.port.ts';
import type { MailFacts } from './draft-content.op.ts';
import { type Copies, copiesNow, readCopies } from './invoice-copies.op.ts';
import type { FactSheet } from './letter-facts.ts';
import type { MailAttachment } from './mail-content.ts';
import { keepMailFile } from './mail-files.op.ts';

/** What goes with the mail, rendered or read once and kept: the bytes that are approved are the bytes that are sent. */
export async function renderAttachments(world: World, { statements, copies, facts }: MailFacts): Promise<Copies> {
  const { language, locale, today, asOf } = facts;
  const made: MailAttachment[] = [];
  for (const statement of statements) {
    const { name, bytes } = await world.statementPdf(statement, { language, locale, today, asOf });
    const sha256 = await keepMailFile(world, bytes);
    made.push({ name, type: 'application/pdf', sha256, size: bytes.length, shows: world.fingerprint(statement) });
  }
  const { files, ...rest } = await readCopies(world, copies);
  return { files: [...made, ...files], ...rest };
}

/** The facts with what the mail says of its attachments: copies are named only when one goes along. */
export function attachedFacts(world: World, { facts, copies }: MailFacts, files: readonly MailAttachment[]): FactSheet {
  const copied = copiesNow(world, copies, files).length > 0;
  return copied ? { ...facts, attachments: [...facts.attachments, 'invoice-copies'] } : facts;
}

/** The known files that still show what is true; one that does not any more is there without bytes, so that it counts as changed. */
export function attachmentsNow(world: World, { statements, copies }: MailFacts, known: readonly MailAttachment[]): MailAttachment[] {
  const rendered = statements.map((statement) => {
    const shows = world.fingerprint(statement);
    return known.find((file) => file.shows === shows) ?? { name: '', type: 'application/pdf', sha256: '', size: 0, shows };
  });
  return [...rendered, ...copiesNow(world, copies, known)];
}
