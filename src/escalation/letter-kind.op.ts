import { ladderOf } from '../follow-up/ladder.ts';
import { zoneOf } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { changeDraft } from '../mails/change-draft.op.ts';
import type { StoredDraft } from '../mails/draft.port.ts';
import type { Draft } from '../mails/draft.ts';
import { recordContact } from '../mails/mark-sent.op.ts';
import type { CaseKindRule } from './case.port.ts';
import { type Case, standing } from './case.ts';
import { goesByMail, groundChanges, type LetterPart, reviewMissing } from './letter.ts';
import { earliestDeadline, groundNow, letterStand, replyWaits } from './letter-now.op.ts';

const BY = 'clock';
/** Not on its way: what it rests on can still change. */
const STILL: ReadonlySet<Draft['state']> = new Set(['asked', 'queued', 'approved']);
const NO_TIME = 'The deadline of the letter had come too near for it to be sent. Ask anew with a later one.';

/** Decides about a letter that is written already: what was approved is what is sent, or it is not sent. */
export function letterKind(world: World): CaseKindRule {
  const letterOf = async ({ about }: Pick<Case, 'about'>) => {
    const draft = (await world.drafts.load(about.letter ?? ''))?.draft;
    return draft?.letter ? { draft, letter: draft.letter } : null;
  };
  return {
    offered: true,
    sixQuestions: true,
    amountFixed: true,
    refusal: async () => null,
    async basis(of) {
      const found = await letterOf(of);
      if (!found) return null;
      const { draft, letter } = found;
      return { hash: draft.hash, ground: STILL.has(draft.state) ? await groundNow(world, draft, letter) : letter.ground };
    },
    async notYet(of) {
      const found = await letterOf(of);
      if (!found) return null;
      const now = await groundNow(world, found.draft, found.letter);
      if ('stop' in now || groundChanges(found.letter.ground, now).length > 0) return 'letter-outdated';
      if (reviewMissing(found.draft)) return 'counsel-review-missing';
      return (await tooNear(world, found.draft, found.letter)) ? 'deadline-too-near' : null;
    },
    async carryOut(of, _command, holds) {
      const found = await letterOf(of);
      if (!found) return { voided: 'The letter is not there any more.' };
      const { draft, letter } = found;
      if (STILL.has(draft.state) && !(await holds())) return { voided: await whatChanged(world, draft, letter) };
      return carryOut(world, of, draft, letter);
    },
  };
}

/** In words, for whoever approved it. */
async function whatChanged(world: World, draft: Draft, letter: LetterPart): Promise<string> {
  const now = await groundNow(world, draft, letter);
  const changes = 'stop' in now ? [now.stop] : groundChanges(letter.ground, now);
  return `${changes.join(' ') || 'It has been changed since it was approved.'} The letter was not sent; ask anew if it is still needed.`;
}

async function carryOut(world: World, of: Case, draft: Draft, letter: LetterPart): ReturnType<CaseKindRule['carryOut']> {
  switch (draft.state) {
    case 'asked':
      if (await tooNear(world, draft, letter)) return { voided: NO_TIME };
      // On paper a person posts it.
      if (goesByMail(letter)) await release(world, of, draft);
      return 'later';
    case 'failed': {
      const said = draft.delivery?.said ?? '';
      const changed = [`The mail server did not take the letter${said ? `: ${said}` : '.'}`];
      await changeDraft(world, draft.id, { do: 'void', changed }, BY, `void:${draft.id}:failed`);
      return { voided: `${changed[0]} Ask anew when the address works.` };
    }
    case 'sent':
      await recordContact(world, draft, BY);
      return 'done';
    case 'void':
      return { voided: draft.closed };
    default:
      return 'later';
  }
}

/** An account has one open mail at most: one that nobody has touched makes room, anything further on goes first. */
async function release(world: World, of: Case, draft: Draft): Promise<void> {
  const [open] = await world.drafts.open(draft.account);
  if (open) {
    const { id, state, editors, approvals } = open.draft;
    if (state !== 'waiting' || editors.length + approvals.length > 0) return;
    const changed = ['A demand letter goes out, and the customer is written to once a day.'];
    if (!(await changeDraft(world, id, { do: 'void', changed }, BY, `void:${id}:${draft.id}`)).done) return;
  }
  const approvals = standing(of, await world.team.read()).map(({ by, at }) => ({ by, at, hash: draft.hash }));
  try {
    await changeDraft(world, draft.id, { do: 'release-letter', approvals, send: world.mailer !== null }, BY, `release:${draft.id}`);
  } catch (error) {
    // Another mail was drafted in the same moment; the next look makes room for the letter.
    if ((error as { code?: number }).code !== 11000) throw error;
  }
}

async function tooNear(world: World, { account, entity, content }: Draft, { deadline }: LetterPart): Promise<boolean> {
  const stand = await letterStand(world, { account, entity, currency: content.invoices[0]?.currency ?? '' });
  return 'planned' in stand && deadline < earliestDeadline(stand, stand.planned.day.today);
}

/** Before an approved letter leaves: voids it when anything it rests on has changed; puts it off while the customer must not be written to today, and for as long as it keeps its distance to the last written demand. True: not now. */
export async function recheckLetter(world: World, { draft }: StoredDraft, letter: LetterPart): Promise<boolean> {
  const { account, entity, content, id, hash, state } = draft;
  const stand = await letterStand(world, { account, entity, currency: content.invoices[0]?.currency ?? '' });
  const changed = await whyVoid(world, draft, letter, stand);
  if (changed.length > 0) {
    await changeDraft(world, id, { do: 'void', changed }, BY, `void:${id}:${hash}`);
    return true;
  }
  if ('stop' in stand) return true;
  const { decision, work, day, row } = stand.planned;
  if (replyWaits(stand) || decision.reasons.includes('stale-ledger')) return true;
  const { lastMail } = ladderOf(work.ladders, entity);
  const mailAgain = lastMail && workingDayAfter(lastMail, day.rules.demandGap, day.calendar);
  const contacted = work.lastContact !== null && work.lastContact >= day.today;
  if (!contacted && (mailAgain === null || day.today >= mailAgain)) return false;
  if (state !== 'queued') return false;
  const tomorrow = workingDayAfter(day.today, 1, day.calendar);
  const next = mailAgain !== null && mailAgain > tomorrow ? mailAgain : tomorrow;
  const { zone } = await world.settings.read();
  const until = Temporal.PlainDate.from(next).toZonedDateTime(zoneOf(row, { zone })).toInstant().toString();
  await changeDraft(world, id, { do: 'wait', until, why: 'working-hours' }, BY, `wait:${next}`);
  return true;
}

async function whyVoid(world: World, draft: Draft, letter: LetterPart, stand: Awaited<ReturnType<typeof letterStand>>): Promise<string[]> {
  if ('stop' in stand) return [stand.stop];
  const now = await groundNow(world, draft, letter);
  if ('stop' in now) return [now.stop];
  const changed = groundChanges(letter.ground, now);
  const late = letter.deadline < earliestDeadline(stand, stand.planned.day.today);
  return late ? [...changed, NO_TIME] : changed;
}
