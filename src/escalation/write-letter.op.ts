import type { Day } from '../kernel/day.ts';
import { stamp } from '../kernel/fact.ts';
import type { World } from '../kernel/world.port.ts';
import { type ChangeDraftResult, changeDraft } from '../mails/change-draft.op.ts';
import type { Draft } from '../mails/draft.ts';
import { attachedFacts, renderAttachments } from '../mails/draft-attachments.op.ts';
import { mailContent } from '../mails/draft-content.op.ts';
import { approvalBasis, type MailAttachment } from '../mails/mail-content.ts';
import { keepMailFile } from '../mails/mail-files.op.ts';
import type { MailLayout } from '../mails/mail-html.ts';
import { groundChanges, type LetterPart, type LetterVersion } from './letter.ts';
import { type About, groundNow, type LetterMade, letterMade, letterStand, whyNotDeadline } from './letter-now.op.ts';

/** What a person asks for besides the decision. */
export interface LetterAsked extends About {
  readonly deadline: Day;
  /** Of the law firm that sends it; '' for ourselves. */
  readonly firm: string;
  readonly counsel: string | null;
}

export type LetterWritten = { readonly done: true; readonly draft: Draft } | { readonly done: false; readonly says: string };

/** Writes the letter that people will decide on, as a draft that nothing sends. The same id again gives the letter that is there. */
export async function writeLetter(world: World, asked: LetterAsked, id: string, by: string): Promise<LetterWritten> {
  const known = await world.drafts.load(id);
  if (known) return { done: true, draft: known.draft };
  const stand = await letterStand(world, asked);
  if ('stop' in stand) return { done: false, says: stand.stop };
  const { planned, action, freshness } = stand;
  const { today } = planned.day;
  const early = whyNotDeadline(stand, asked.deadline);
  if (early) return { done: false, says: early };
  const made = await letterMade(world, stand, { id, day: today, deadline: asked.deadline, firm: asked.firm });
  if ('stop' in made) return { done: false, says: made.stop };
  // What the letter names as enclosed goes with it: the statement, and the copies that can be read.
  const { files, notices } = await renderAttachments(world, made.mail);
  const { subject, body, ...text } = await world.drafter.draftFor(attachedFacts(world, made.mail, files), { tone: 'formal' });
  const version = await versionOf(world, made, { subject, body }, asked.deadline, files);
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
    said: action.said,
    letter,
    day: today,
    collector: planned.row.collector,
    content: mailContent(made.mail, { subject, body }, attachments),
    hash,
    text,
    editors: [],
    notices,
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
  await world.drafts.prepare(
    draft,
    freshness.asOf?.toString() ?? null,
    stamp([fact], `draft:${id}`, 0, by, command, world.clock.now()),
    command,
  );
  return { done: true, draft };
}

/** Draws the pages, keeps their bytes and takes the fingerprints of everything that is decided on. `layout`: of the version before. */
async function versionOf(
  world: World,
  made: LetterMade,
  words: { readonly subject: string; readonly body: string },
  deadline: Day,
  enclosed: readonly MailAttachment[],
  layout?: MailLayout | null,
): Promise<LetterVersion> {
  const paper = made.paper(words);
  const { name, pdf, pages } = await world.letterSheets(paper);
  const sha256 = await keepMailFile(world, pdf);
  const pictures: string[] = [];
  for (const page of pages) pictures.push(await keepMailFile(world, page));
  const attachment: MailAttachment = { name, type: 'application/pdf', sha256, size: pdf.length, shows: world.fingerprint(paper) };
  const attachments = [attachment, ...enclosed];
  const content = mailContent(made.mail, words, attachments, layout);
  const ground = made.ground(content);
  return { ...words, hash: world.fingerprint(approvalBasis(content)), attachments, pictures, ground, deadline };
}

/** A person's words and deadline, read and ready to be drawn. */
export interface LetterEdit {
  readonly words: { readonly subject: string; readonly body: string };
  readonly deadline: Day;
  readonly made: LetterMade;
  /** Sentences to read before approving. */
  readonly pointedOut: readonly string[];
}

/** Reads an edit: what must not stand in a letter is refused, under its field. A moved deadline is moved in the words, too. */
export async function checkLetterEdit(
  world: World,
  draft: Draft,
  letter: LetterPart,
  wanted: { readonly subject: string; readonly body: string; readonly deadline: Day },
): Promise<LetterEdit | { readonly field: 'body' | 'deadline'; readonly says: string }> {
  const { id, account, entity, day, content } = draft;
  const stand = await letterStand(world, { account, entity, currency: content.invoices[0]?.currency ?? '' });
  if ('stop' in stand) return { field: 'body', says: stand.stop };
  const early = whyNotDeadline(stand, wanted.deadline);
  if (early) return { field: 'deadline', says: early };
  const terms = { id, day, firm: letter.firm };
  const now = await groundNow(world, draft, letter);
  if ('stop' in now) return { field: 'body', says: now.stop };
  const [changed] = groundChanges(letter.ground, now);
  // New words over old figures would pass for true ones.
  if (changed)
    return { field: 'body', says: `${changed} Withdraw the request and ask anew: the letter is then written on what is true now.` };
  const before = await letterMade(world, stand, { ...terms, deadline: letter.deadline });
  const made = await letterMade(world, stand, { ...terms, deadline: wanted.deadline });
  if ('stop' in before) return { field: 'body', says: before.stop };
  if ('stop' in made) return { field: 'body', says: made.stop };
  const [was, is] = [world.drafter.pieces(before.mail.facts).deadline, world.drafter.pieces(made.mail.facts).deadline];
  const moved = (text: string) => text.replaceAll('\r\n', '\n').replaceAll(was, is);
  const words = { subject: moved(wanted.subject).trim(), body: `${moved(wanted.body).trimEnd()}\n` };
  const facts = attachedFacts(world, made.mail, content.attachments.slice(1));
  const { refused, pointedOut } = await world.drafter.checkEdit(facts, words);
  if (refused.length > 0) return { field: 'body', says: refused.join(' ') };
  if (!words.body.includes(is)) return { field: 'body', says: `The deadline must stand in the text: ${is}.` };
  return { words, deadline: wanted.deadline, made, pointedOut };
}

/** Draws the edited letter and writes it as another version of the one that was seen. */
export async function editLetter(
  world: World,
  draft: Draft,
  { words, deadline, made, pointedOut }: LetterEdit,
  by: string,
  command: string,
): Promise<ChangeDraftResult> {
  const enclosed = draft.content.attachments.slice(1);
  const version = await versionOf(world, made, words, deadline, enclosed, draft.content.layout ?? null);
  return changeDraft(world, draft.id, { do: 'edit-letter', seen: draft.hash, version, notices: pointedOut }, by, command);
}
