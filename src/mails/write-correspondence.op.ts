import { randomUUID } from 'node:crypto';
import { stamp } from '../kernel/fact.ts';
import { workingDayAfter, workingDaysSince } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { changeDraft } from './change-draft.op.ts';
import { withChosen } from './chosen-mail.op.ts';
import { contentChanges } from './content-changes.ts';
import { CORRESPONDENCE_NAMES, type Correspondence, sameMatter } from './correspondence.ts';
import { type CorrespondenceMail, correspondenceMail } from './correspondence-mail.op.ts';
import type { StoredDraft } from './draft.port.ts';
import { type Draft, personsWords } from './draft.ts';
import { attachedFacts, attachmentsNow, renderAttachments } from './draft-attachments.op.ts';
import { mailContent } from './draft-content.op.ts';
import { approvalBasis } from './mail-content.ts';

/** The draft's id, or why there is none, as a sentence. */
export type WriteResult = { readonly done: true; readonly draft: string } | { readonly done: false; readonly says: string };

const BY = 'clock';
/** Working days a mail of correspondence may wait for its review; an approved one for the customer's hours. */
const WAITS = { review: 2, approved: 1 };

/**
 * Drafts one of the mails that belong to no stage, on a person's word. An account has one open draft: a demand of the day that nobody has touched
 * makes room, since the customer is written to once a day; anything further on is decided first. May be asked for twice.
 */
export async function writeCorrespondence(world: World, account: string, about: Correspondence, by: string): Promise<WriteResult> {
  const now = await correspondenceMail(world, account, about);
  if ('gone' in now) return { done: false, says: `${now.gone} Nothing was written.` };
  const [open] = await world.drafts.open(account);
  const inTheWay = open && whyInTheWay(open.draft, about);
  if (inTheWay === 'same') return { done: true, draft: open!.draft.id };
  if (inTheWay) return { done: false, says: inTheWay };
  const draft = await drafted(world, now, about);
  if ('stopped' in draft) return { done: false, says: `${draft.stopped.join(' ')} ${COPY_STOPPED}` };
  const linked = now.mail.facts.invoices.some(({ copyLink }) => copyLink !== undefined);
  if (about.kind === 'invoice-copy' && !linked && draft.content.attachments.length === 0) return { done: false, says: noCopies(draft) };
  if (open) {
    const changed = ['Another mail goes out today, and the customer is written to once a day.'];
    const voided = await changeDraft(world, open.draft.id, { do: 'void', changed }, by, `void:${open.draft.id}:${draft.id}`);
    if (!voided.done)
      return { done: false, says: 'The mail to this customer was decided on at the same moment. Look at it, then try again.' };
  }
  return keep(world, draft, now, by);
}

const COPY_STOPPED =
  'Nothing was written: call whoever issued the invoice. If the account is ours, two people confirm it with the command payee; then try again.';

function noCopies({ notices }: Draft): string {
  const why = notices.length > 0 ? notices.join(' ') : 'The ledger names no copy of these invoices.';
  return `${why} Put the PDF into the folder of invoices and name it in the ledger, or send it yourself. Nothing was written.`;
}

function whyInTheWay(draft: Draft, about: Correspondence): string | null {
  if (draft.correspondence && sameMatter(draft.correspondence, about)) return 'same';
  const untouched = draft.state === 'waiting' && draft.editors.length === 0 && draft.approvals.length === 0;
  if (untouched && !draft.correspondence) return null;
  const where = draft.state === 'waiting' ? 'waits for its review' : 'has been approved';
  return `Another mail to this customer ${where}: ${draft.stage.name}. Send or reject it first; the customer is written to once a day. Nothing was written.`;
}

async function drafted(
  world: World,
  { mail, account, entity, contactedToday }: CorrespondenceMail,
  about: Correspondence,
  earlier: Draft['earlier'] = null,
): Promise<Draft | { readonly stopped: readonly string[] }> {
  const attached = await renderAttachments(world, mail);
  if (attached.stopped.length > 0) return { stopped: attached.stopped };
  const { subject, body, ...text } = await world.drafter.draftFor(attachedFacts(world, mail, attached.files));
  const content = mailContent(mail, { subject, body }, attached.files);
  const { today, calendar } = account.day;
  const waits = contactedToday && about.answers === null;
  return {
    id: randomUUID().replaceAll('-', '').slice(0, 16),
    account: account.row.id,
    entity,
    stage: { key: about.kind, offset: 0, name: CORRESPONDENCE_NAMES[about.kind] },
    correspondence: about,
    day: today,
    collector: account.row.collector,
    content,
    hash: world.fingerprint(approvalBasis(content)),
    text,
    editors: [],
    notices: [
      ...(waits ? ['The customer has been contacted today, so this goes out on their next working day.'] : []),
      ...attached.notices,
    ],
    earlier,
    secondPerson: false,
    approvals: [],
    state: 'waiting',
    delivery: null,
    notBefore: waits ? workingDayAfter(today, 1, calendar) : null,
    closed: '',
    sentOn: null,
  };
}

async function keep(world: World, draft: Draft, { freshness }: CorrespondenceMail, by: string): Promise<WriteResult> {
  const { account, stage, hash, text } = draft;
  const fact = { type: 'draft-prepared' as const, account, stage: stage.key, hash, source: text.source };
  const command = `prepare:${draft.id}`;
  const facts = stamp([fact], `draft:${draft.id}`, 0, by, command, world.clock.now());
  if (await world.drafts.prepare(draft, freshness.asOf?.toString() ?? null, facts, command)) return { done: true, draft: draft.id };
  const [other] = await world.drafts.open(account);
  const same = other?.draft.correspondence && sameMatter(other.draft.correspondence, draft.correspondence!);
  if (same) return { done: true, draft: other.draft.id };
  return { done: false, says: 'Another mail to this customer was drafted at the same moment. Look at it, then try again.' };
}

/**
 * Voids an open draft of correspondence that no longer says what is true and writes it anew where it still may be; one that nobody decided about in
 * time lapses. After another contact on the day it waits for the next one. True when it may not go out as it is, whoever else decides on it now.
 */
export async function recheckCorrespondence(world: World, { draft }: StoredDraft, about: Correspondence): Promise<boolean> {
  const now = await correspondenceMail(world, draft.account, about);
  const step = async (request: Parameters<typeof changeDraft>[2], on = '') =>
    (await changeDraft(world, draft.id, request, BY, `${request.do}:${draft.id}:${draft.hash}:${on}`)).done;
  if ('gone' in now) {
    await step({ do: 'void', changed: [now.gone] });
    return true;
  }
  const changed = await differences(world, draft, now);
  if (changed.length > 0) {
    const earlier = draft.editors.length > 0 ? { ...personsWords(draft), why: changed.join(' ') } : draft.earlier;
    if (!(await step({ do: 'void', changed }))) return true;
    const anew = await drafted(world, now, about, earlier);
    if (!('stopped' in anew)) await keep(world, anew, now, BY);
    return true;
  }
  const { today, calendar } = now.account.day;
  const from = draft.notBefore ?? draft.day;
  const waits = draft.state === 'waiting' ? WAITS.review : WAITS.approved;
  if (workingDaysSince(from, today, calendar, waits + 1) > waits) {
    await step({ do: 'void', changed: ['It was not sent in time.'] });
    return true;
  }
  if (!now.contactedToday || about.answers !== null || from > today) return false;
  await step({ do: 'postpone', until: workingDayAfter(today, 1, calendar) }, today);
  return true;
}

async function differences(world: World, draft: Draft, { mail: usual, account }: CorrespondenceMail): Promise<string[]> {
  const mail = await withChosen(world, usual, draft, draft.chosen);
  if ('gone' in mail) return [mail.gone];
  const content = mailContent(mail, draft.content, attachmentsNow(world, mail, draft.content.attachments));
  const changed = contentChanges(draft.content, content);
  if (draft.collector !== account.row.collector) changed.push('The account has another collector now, who signs its mails.');
  return changed;
}
