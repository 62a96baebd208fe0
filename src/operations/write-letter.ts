import type { Day } from '../domain/day.ts';
import { approvalBasis, type Draft, type MailAttachment } from '../domain/draft.ts';
import { stamp } from '../domain/fact.ts';
import type { LetterPart, LetterVersion } from '../domain/letter.ts';
import type { LetterPaper } from '../domain/letter-paper.ts';
import { type ChangeDraftResult, changeDraft } from './change-draft.ts';
import { mailContent } from './draft-content.ts';
import { type About, earliestDeadline, type LetterMade, type LetterNowPorts, letterMade, letterStand } from './letter-now.ts';
import { keepMailFile, type MailFilePorts } from './mail-files.ts';
import type { DraftStore } from './ports.ts';

/** A letter as a file to be sent or printed, and its pages as pictures of the same lines. */
export interface LetterSheets {
  readonly name: string;
  readonly pdf: Uint8Array;
  /** PNG. */
  readonly pages: readonly Uint8Array[];
}

export interface WriteLetterPorts extends LetterNowPorts, MailFilePorts {
  readonly drafts: DraftStore;
  /** The same paper gives another PDF each time: it is drawn once and kept. */
  readonly letterSheets: (paper: LetterPaper) => Promise<LetterSheets>;
}

/** What a person asks for besides the decision. */
export interface LetterAsked extends About {
  readonly deadline: Day;
  /** Of the law firm that sends it; '' for ourselves. */
  readonly firm: string;
  readonly counsel: string | null;
}

export type LetterWritten = { readonly done: true; readonly draft: Draft } | { readonly done: false; readonly says: string };

/** Writes the letter that people will decide on, as a draft that nothing sends. The same id again gives the letter that is there. */
export async function writeLetter(ports: WriteLetterPorts, asked: LetterAsked, id: string, by: string): Promise<LetterWritten> {
  const known = await ports.drafts.load(id);
  if (known) return { done: true, draft: known.draft };
  const stand = await letterStand(ports, asked);
  if ('stop' in stand) return { done: false, says: stand.stop };
  const { planned, action, freshness } = stand;
  const { today } = planned.day;
  if (asked.deadline < earliestDeadline(stand, today)) return { done: false, says: 'The deadline of the letter is too near.' };
  const made = await letterMade(ports, stand, { id, day: today, deadline: asked.deadline, firm: asked.firm });
  if ('stop' in made) return { done: false, says: made.stop };
  const { subject, body, ...text } = await ports.drafter.draftFor(made.mail.facts, { tone: 'formal' });
  const version = await versionOf(ports, made, { subject, body }, asked.deadline);
  const { hash, attachments, pictures, ground } = version;
  const letter: LetterPart = {
    ...{ service: made.service, deadline: asked.deadline, firm: asked.firm, preAction: made.preAction, counsel: asked.counsel },
    ...{ reviewed: null, pictures, ground, posted: null },
  };
  const draft: Draft = {
    id,
    account: asked.account,
    entity: asked.entity,
    stage: { key: action.stage.key, offset: action.stage.offset, name: action.stage.name },
    letter,
    day: today,
    collector: planned.row.collector,
    content: mailContent(made.mail, { subject, body }, attachments),
    hash,
    text,
    editors: [],
    notices: [],
    earlier: null,
    secondPerson: false,
    approvals: [],
    state: 'asked',
    delivery: null,
    notBefore: null,
    closed: '',
    sentOn: null,
  };
  const fact = { type: 'draft-prepared' as const, account: draft.account, stage: draft.stage.key, hash, source: text.source };
  const command = `prepare:${id}`;
  await ports.drafts.prepare(
    draft,
    freshness.asOf?.toString() ?? null,
    stamp([fact], `draft:${id}`, 0, by, command, ports.clock.now()),
    command,
  );
  return { done: true, draft };
}

/** Draws the pages, keeps their bytes and takes the fingerprints of everything that is decided on. */
async function versionOf(
  ports: WriteLetterPorts,
  made: LetterMade,
  words: { readonly subject: string; readonly body: string },
  deadline: Day,
): Promise<LetterVersion> {
  const paper = made.paper(words);
  const { name, pdf, pages } = await ports.letterSheets(paper);
  const sha256 = await keepMailFile(ports, pdf);
  const pictures: string[] = [];
  for (const page of pages) pictures.push(await keepMailFile(ports, page));
  const attachment: MailAttachment = { name, type: 'application/pdf', sha256, size: pdf.length, shows: ports.fingerprint(paper) };
  const content = mailContent(made.mail, words, [attachment]);
  const ground = made.ground(content);
  return { ...words, hash: ports.fingerprint(approvalBasis(content)), attachments: [attachment], pictures, ground, deadline };
}

export type LetterEdited =
  | { readonly done: true; readonly draft: Draft; readonly pointedOut: readonly string[] }
  | { readonly done: false; readonly says: string; readonly field: 'body' | 'deadline' };

/** A person's words and deadline: checked, drawn anew, and written as another version. The words keep standing wherever they are refused. */
export async function editLetter(
  ports: WriteLetterPorts,
  draft: Draft,
  letter: LetterPart,
  wanted: { readonly subject: string; readonly body: string; readonly deadline: Day },
  command: string,
  by: string,
): Promise<LetterEdited | Extract<ChangeDraftResult, { done: false }>> {
  const refused = (field: 'body' | 'deadline', says: string) => ({ done: false as const, field, says });
  const { id, account, entity, day } = draft;
  const currency = draft.content.invoices[0]?.currency ?? '';
  const stand = await letterStand(ports, { account, entity, currency });
  if ('stop' in stand) return refused('body', stand.stop);
  if (wanted.deadline < earliestDeadline(stand, stand.planned.day.today))
    return refused('deadline', 'The customer would get less time than the rules ask.');
  const before = await letterMade(ports, stand, { id, day, deadline: letter.deadline, firm: letter.firm });
  const made = await letterMade(ports, stand, { id, day, deadline: wanted.deadline, firm: letter.firm });
  if ('stop' in before || 'stop' in made) return refused('body', 'stop' in made ? made.stop : 'The letter cannot be written now.');
  const [was, is] = [ports.drafter.pieces(before.mail.facts).deadline, ports.drafter.pieces(made.mail.facts).deadline];
  const moved = (text: string) => text.replaceAll('\r\n', '\n').replaceAll(was, is);
  const words = { subject: moved(wanted.subject).trim(), body: moved(wanted.body) };
  const checked = await ports.drafter.checkEdit(made.mail.facts, words);
  if (checked.refused.length > 0) return refused('body', checked.refused.join(' '));
  if (!words.body.includes(is)) return refused('body', `The deadline must stand in the text: ${is}.`);
  const version = await versionOf(ports, made, words, wanted.deadline);
  const request = { do: 'edit-letter', seen: draft.hash, version, notices: checked.pointedOut } as const;
  const result = await changeDraft(ports, id, request, by, command);
  return result.done ? { ...result, pointedOut: checked.pointedOut } : result;
}
