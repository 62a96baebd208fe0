import { randomUUID } from 'node:crypto';
import { recheckLetter } from '../escalation/letter-kind.op.ts';
import { readAccountDay, readAccountDays, rowIdOf } from '../follow-up/account-days.op.ts';
import type { FollowUpAction } from '../follow-up/follow-up.ts';
import type { Said } from '../follow-up/ladder.ts';
import { type PlannedAccount, planDay, plannedAccount } from '../follow-up/plan-day.op.ts';
import type { Clock } from '../kernel/clock.port.ts';
import { addDays, dayIn } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import { stamp } from '../kernel/fact.ts';
import { AmountTooLarge } from '../kernel/money.ts';
import { dayOff, weekendOf, workingDaysSince } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import { changeDraft } from './change-draft.op.ts';
import { withChosen } from './chosen-mail.op.ts';
import { contentChanges } from './content-changes.ts';
import { correspondenceMail } from './correspondence-mail.op.ts';
import type { StoredDraft } from './draft.port.ts';
import { type Draft, personsWords } from './draft.ts';
import { attachedFacts, attachmentsNow, renderAttachments } from './draft-attachments.op.ts';
import { type DraftGap, mailContent, mailFacts } from './draft-content.op.ts';
import type { Tone } from './draft-text.ts';
import { draftWriterOver } from './draft-writer.op.ts';
import type { DraftWriter } from './draft-writer.port.ts';
import { approvalBasis, type MailContent } from './mail-content.ts';
import { recheckCorrespondence } from './write-correspondence.op.ts';

export interface Gap {
  readonly account: string;
  /** Who would have reviewed the mail: Slack user id, or null where the managers see to it. */
  readonly collector: string | null;
  readonly why: DraftGap;
}

/** How many were prepared, and what stands in the way of others. */
interface Prepared {
  readonly prepared: number;
  readonly gaps: readonly Gap[];
}

const BY = 'clock';

/**
 * Drafts every mail that is due, before work begins. On our days off it prepares the next working day. May run at any time and on any
 * number of instances: an account has one open draft at most. `keep` is told what was done even where
 * some accounts fail, which is thrown.
 */
export async function prepareDrafts(world: World, keep: (found: Prepared) => Promise<void> = async () => {}): Promise<Prepared> {
  const ahead = { ...world, clock: await workingClock(world) };
  const plan = await planDay(ahead);
  const busy = new Set((await world.drafts.open()).map(({ draft }) => draft.account));
  const found = { prepared: 0, gaps: [] as Gap[] };
  const prepare = async (planned: PlannedAccount) => {
    const { action } = planned.decision;
    if (action?.stage.channel !== 'email' || busy.has(planned.row.id)) return;
    const made = await prepareOne(ahead, planned, action, plan.freshness).catch((error): { gap: DraftGap } => {
      if (error instanceof AmountTooLarge) return { gap: 'amounts-too-large' };
      throw error;
    });
    if (made === true) found.prepared += 1;
    else if (made !== false)
      found.gaps.push({ account: planned.row.id, collector: made.gap === 'no-collector' ? null : planned.row.collector, why: made.gap });
  };
  await eachAlone('accounts', plan.accounts, rowIdOf, prepare).finally(() => keep(found));
  return found;
}

/** The clock itself on a working day of ours; else one that stands at nine of the next one. */
async function workingClock(world: World): Promise<Clock> {
  const { zone, country, region } = await world.settings.read();
  const today = dayIn(zone, world.clock.now());
  let day = today;
  while (dayOff(day, { weekend: weekendOf(country), holidays: world.holidays(country, region, Number(day.slice(0, 4))) }) !== null)
    day = addDays(day, 1);
  if (day === today) return world.clock;
  const morning = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant();
  return { now: () => morning };
}

/** False when it is there already, or was rejected for this day. */
async function prepareOne(
  world: World,
  planned: PlannedAccount,
  action: FollowUpAction,
  freshness: Freshness,
  before: Pick<Draft, 'earlier' | 'notices'> = { earlier: null, notices: [] },
): Promise<boolean | { gap: DraftGap }> {
  const day = planned.day.today;
  const closed = await world.drafts.closedOn(planned.row.id, day);
  if (closed.some(({ draft }) => draft.state === 'rejected' && draft.stage.key === action.stage.key)) return false;
  const mail = await mailFacts(world, planned, action, freshness);
  if ('gap' in mail) return mail;
  const attached = await renderAttachments(world, mail);
  if (attached.stopped.length > 0) return { gap: 'payee-account' };
  const { subject, body, ...text } = await world.drafter.draftFor(attachedFacts(world, mail, attached.files), { tone: toneOf(action) });
  const content = mailContent(mail, { subject, body }, attached.files);
  const hash = world.fingerprint(approvalBasis(content));
  const draft: Draft = {
    id: randomUUID().replaceAll('-', '').slice(0, 16),
    account: planned.row.id,
    entity: action.entity,
    stage: { key: action.stage.key, offset: action.stage.offset, name: action.stage.name },
    said: action.said,
    day,
    collector: planned.row.collector,
    content,
    hash,
    text,
    editors: [],
    earlier: before.earlier,
    notices: [...before.notices, ...attached.notices],
    secondPerson: action.stage.approval === 'second-person',
    approvals: [],
    state: 'waiting',
    delivery: null,
    notBefore: null,
    closed: '',
    sentOn: null,
  };
  const fact = { type: 'draft-prepared' as const, account: draft.account, stage: draft.stage.key, hash, source: text.source };
  const facts = stamp([fact], `draft:${draft.id}`, 0, BY, `prepare:${draft.id}`, world.clock.now());
  return world.drafts.prepare(draft, freshness.asOf?.toString() ?? null, facts, `prepare:${draft.id}`);
}

/** No friendly words where firmer ones were needed lately, and none in a statement. */
const toneOf = ({ stage, plain, kind }: FollowUpAction): Tone => (plain || kind === 'statement' ? 'formal' : stage.tone);

interface Due {
  readonly planned: PlannedAccount;
  readonly action: FollowUpAction;
  readonly freshness: Freshness;
}

/** What the account's day says of an open draft now: the mail it would be, or why it would not be written. */
async function nowDue(world: World, draft: Draft): Promise<Due | { gone: string }> {
  const found = await readAccountDay(world, draft.account);
  const account = found?.cases[0];
  if (!found || !account) return { gone: 'The account is not in the ledger any more.' };
  return dueIn(draft, plannedAccount(account, found.policies), found.freshness);
}

function dueIn(draft: Draft, planned: PlannedAccount, freshness: Freshness): Due | { gone: string } {
  const { action } = planned.decision;
  if (!action) return { gone: 'Nothing is to be sent to this customer now.' };
  if (action.entity !== draft.entity || action.stage.key !== draft.stage.key) return { gone: 'Another step comes first now.' };
  return { planned, action, freshness };
}

/**
 * Voids open drafts that no longer say what is true (payment, promise, dispute, hold, contact) or whose day has passed, and drafts them anew where
 * the mail is still due: so an approval that nobody sent lapses after a working day. A person's words are kept beside the new draft.
 */
export async function recheckDrafts(world: World): Promise<number> {
  // Half of an import is no ledger to judge by.
  if ((await world.ledger.freshness()).applying) return 0;
  const ahead = { ...world, clock: await workingClock(world) };
  const drafts = await world.drafts.open();
  if (drafts.length === 0) return 0;
  const { cases, policies, freshness } = await readAccountDays(ahead);
  const accounts = new Map(cases.map((each) => [each.row.id, each]));
  let voided = 0;
  await eachAlone(
    'drafts',
    drafts,
    ({ draft }) => draft.id,
    async (stored) => {
      const account = accounts.get(stored.draft.account);
      if (account && (await saysStill(ahead, stored.draft, plannedAccount(account, policies), freshness))) return;
      if (await recheckDraft(ahead, stored)) voided += 1;
    },
  );
  return voided;
}

/** By what was read once for all drafts. What it finds changed is read again before anything is voided. */
async function saysStill(world: World, draft: Draft, planned: PlannedAccount, freshness: Freshness): Promise<boolean> {
  if (draft.letter || draft.correspondence) return false;
  const due = dueIn(draft, planned, freshness);
  return !('gone' in due) && (await differences(world, draft, due)).length === 0;
}

/** The same for one draft whenever a person decides about it: false while an import runs, since half of one is no ledger to judge by. */
export async function recheckNow(world: World, stored: StoredDraft): Promise<boolean> {
  if ((await world.ledger.freshness()).applying) return false;
  return recheckDraft({ ...world, clock: await workingClock(world) }, stored);
}

/** One draft by the world's clock; true when it may not go out as it is: it is voided then, unless somebody else decides on it now. */
export async function recheckDraft(world: World, stored: StoredDraft): Promise<boolean> {
  const { draft } = stored;
  if (draft.letter) return recheckLetter(world, stored, draft.letter);
  if (draft.correspondence) return recheckCorrespondence(world, stored, draft.correspondence);
  const due = await nowDue(world, draft);
  const changed = 'gone' in due ? [due.gone] : await differences(world, draft, due);
  if (changed.length === 0) return false;
  const result = await changeDraft(world, draft.id, { do: 'void', changed }, BY, `void:${draft.id}:${draft.hash}`);
  if (result.done && !('gone' in due)) {
    const earlier = draft.editors.length > 0 ? { ...personsWords(draft), why: changed.join(' ') } : draft.earlier;
    const notices = draft.approvals.length > 0 ? [`This mail had been approved; that was voided: ${changed.join(' ')}`] : [];
    await prepareOne(world, due.planned, due.action, due.freshness, { earlier, notices });
  }
  return true;
}

async function differences(world: World, draft: Draft, due: Due): Promise<string[]> {
  const usual = await mailFacts(world, due.planned, due.action, due.freshness);
  if ('gap' in usual) return [gone(usual.gap)];
  const mail = await withChosen(world, usual, draft, draft.chosen);
  if ('gone' in mail) return [mail.gone];
  const fresh: MailContent = mailContent(mail, draft.content, attachmentsNow(world, mail, draft.content.attachments));
  const changed = contentChanges(draft.content, fresh);
  if (changed.length === 0 && !sameSteps(draft.said, due.action.said)) changed.push('The steps of its invoices have changed.');
  if (draft.collector !== due.planned.row.collector) changed.push('The account has another collector now, who signs its mails.');
  if (outdated(draft, due.planned.day)) changed.push(`It was written for ${draft.day}.`);
  return changed;
}

function sameSteps(before: Said | undefined, now: Said): boolean {
  const steps = ({ took }: Said) => took.map(({ invoice, stage }) => `${invoice} ${stage}`).sort();
  return before !== undefined && steps(before).join('\n') === steps(now).join('\n');
}

const gone = (gap: DraftGap) =>
  gap === 'no-collector' ? 'Nobody has this account now who could sign the mail.' : 'The recipient or the sender is not known any more.';

/** Ages and deadlines in its words are those of its day. What is approved may wait a working day for the customer's hours; deadlines allow for it. */
function outdated(draft: Draft, { today, calendar }: PlannedAccount['day']): boolean {
  const written = draft.notBefore ?? draft.day;
  return draft.state === 'queued' ? workingDaysSince(written, today, calendar, 2) > 1 : today > written;
}

/** Rewrites and reads edits with the facts as they are now. */
export function draftWriter(world: World): DraftWriter {
  return draftWriterOver(world, async (draft) => {
    const ahead = { ...world, clock: await workingClock(world) };
    if (draft.correspondence) {
      const now = await correspondenceMail(ahead, draft.account, draft.correspondence);
      return 'gone' in now ? { problem: `${now.gone} Nothing was written.` } : now.mail;
    }
    const due = await nowDue(ahead, draft);
    if ('gone' in due) return { problem: `${due.gone} Nothing was written.` };
    const mail = await mailFacts(world, due.planned, due.action, due.freshness);
    return 'gap' in mail ? { problem: `${gone(mail.gap)} Nothing was written.` } : mail;
  });
}
