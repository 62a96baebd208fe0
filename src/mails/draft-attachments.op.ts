import type { Statement, StatementStyle } from '../charges/statement.ts';
import type { MailFacts } from './draft-content.op.ts';
import { type CopyPorts, copiesNow, readCopies } from './invoice-copies.op.ts';
import type { FactSheet } from './letter-facts.ts';
import type { MailAttachment } from './mail-content.ts';
import { keepMailFile } from './mail-files.op.ts';

export interface AttachmentPorts extends CopyPorts {
  /** A PDF with its file's name. The same statement gives other bytes each time. */
  readonly statementPdf: (statement: Statement, style: StatementStyle) => Promise<{ name: string; bytes: Uint8Array }>;
}

/** What goes with the mail, rendered or read once and kept: the bytes that are approved are the bytes that are sent. */
export async function renderAttachments(
  ports: AttachmentPorts,
  { statements, copies, facts }: MailFacts,
): Promise<{ files: MailAttachment[]; notices: string[] }> {
  const { language, locale, today, asOf } = facts;
  const made: MailAttachment[] = [];
  for (const statement of statements) {
    const { name, bytes } = await ports.statementPdf(statement, { language, locale, today, asOf });
    const sha256 = await keepMailFile(ports, bytes);
    made.push({ name, type: 'application/pdf', sha256, size: bytes.length, shows: ports.fingerprint(statement) });
  }
  const { files, notices } = await readCopies(ports, copies);
  return { files: [...made, ...files], notices };
}

/** The facts with what the mail says of its attachments: copies are named only when one goes along. */
export function attachedFacts(ports: AttachmentPorts, { facts, copies }: MailFacts, files: readonly MailAttachment[]): FactSheet {
  const copied = copiesNow(ports, copies, files).length > 0;
  return copied ? { ...facts, attachments: [...facts.attachments, 'invoice-copies'] } : facts;
}

/** The known files that still show what is true; one that does not any more is there without bytes, so that it counts as changed. */
export function attachmentsNow(
  ports: AttachmentPorts,
  { statements, copies }: MailFacts,
  known: readonly MailAttachment[],
): MailAttachment[] {
  const rendered = statements.map((statement) => {
    const shows = ports.fingerprint(statement);
    return known.find((file) => file.shows === shows) ?? { name: '', type: 'application/pdf', sha256: '', size: 0, shows };
  });
  return [...rendered, ...copiesNow(ports, copies, known)];
}
