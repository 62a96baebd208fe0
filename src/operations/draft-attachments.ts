import type { MailAttachment } from '../domain/draft.ts';
import type { Statement, StatementStyle } from '../domain/statement.ts';
import type { MailFacts } from './draft-content.ts';
import { keepMailFile, type MailFilePorts } from './mail-files.ts';
import type { Fingerprint } from './ports.ts';

export interface AttachmentPorts extends MailFilePorts {
  readonly fingerprint: Fingerprint;
  /** A PDF with its file's name. The same statement gives other bytes each time. */
  readonly statementPdf: (statement: Statement, style: StatementStyle) => Promise<{ name: string; bytes: Uint8Array }>;
}

/** What goes with the mail, rendered once and kept: the bytes that are approved are the bytes that are sent (F25). */
export async function renderAttachments(ports: AttachmentPorts, { statements, facts }: MailFacts): Promise<MailAttachment[]> {
  const { language, locale, today, asOf } = facts;
  const made: MailAttachment[] = [];
  for (const statement of statements) {
    const { name, bytes } = await ports.statementPdf(statement, { language, locale, today, asOf });
    const sha256 = await keepMailFile(ports, bytes);
    made.push({ name, type: 'application/pdf', sha256, size: bytes.length, shows: ports.fingerprint(statement) });
  }
  return made;
}

/** The known files that still show what is true; one that does not any more is there without bytes, so that it counts as changed. */
export function attachmentsNow(ports: AttachmentPorts, { statements }: MailFacts, known: readonly MailAttachment[]): MailAttachment[] {
  return statements.map((statement) => {
    const shows = ports.fingerprint(statement);
    return known.find((file) => file.shows === shows) ?? { name: '', type: 'application/pdf', sha256: '', size: 0, shows };
  });
}
