import { zoneOf } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import { changeDraft } from '../mails/change-draft.op.ts';
import type { DraftStore, StoredDraft } from '../mails/draft.port.ts';
import type { Draft } from '../mails/draft.ts';
import { type MarkSentPorts, recordContact } from '../mails/mark-sent.op.ts';
import type { TeamStore } from '../team/team.port.ts';
import type { CaseKindRule } from './case.port.ts';
import { type Case, standing } from './case.ts';
import { goesByMail, groundChanges, type LetterPart, reviewMissing } from './letter.ts';
import { earliestDeadline, groundNow, type LetterNowPorts, letterStand } from './letter-now.op.ts';

export interface LetterKindPorts extends LetterNowPorts, MarkSentPorts {
  readonly drafts: DraftStore;
  readonly team: TeamStore;
  /** Mails leave by a server; without one they lie ready to be sent by hand. */
  readonly server: boolean;
}

const BY = 'clock';
/** Not on its way: what it rests on can still change. */
const STILL: ReadonlySet<Draft['state']> = new Set(['asked', 'queued', 'approved']);
const NO_TIME = 'The deadline of the letter had come too near for it to be sent. Ask anew with a later one.';

/** Decides about a letter that is written already: what was approved is what is sent, or it is not sent. */
export function letterKind(ports: LetterKindPorts): CaseKindRule {
  const letterOf = async ({ about }: Pick<Case, 'about'>) => {
    const draft = (await ports.drafts.load(about.letter ?? ''))?.draft;
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
      return { hash: draft.hash, ground: STILL.has(draft.state) ? await groundNow(ports, draft, letter) : letter.ground };
    },
    async notYet(of) {
      const found = await letterOf(of);
      if (!found) return null;
      const now = await groundNow(ports, found.draft, found.letter);
      if ('stop' in now || groundChanges(found.letter.ground, now).length > 0) return 'letter-outdated';
      if (reviewMissing(found.draft)) return 'counsel-review-missing';
      return (await tooNear(ports, found.draft, found.letter)) ? 'deadline-too-near' : null;
    },
    async carryOut(of, _command, holds) {
      const found = await letterOf(of);
      if (!found) return { voided: 'The letter is not there any more.' };
      const { draft, letter } = found;
      if (STILL.has(draft.state) && !(await holds())) return { voided: await whatChanged(ports, draft, letter) };
      return carryOut(ports, of, draft, letter);
    },
  };
}

/** In words, for whoever approved it. */
async function whatChanged(ports: LetterNowPorts, draft: Draft, letter: LetterPart): Promise<string> {
  const now = await groundNow(ports, draft, letter);
  const changes = 'stop' in now ? [now.stop] : groundChanges(letter.ground, now);
  return `${changes.join(' ') || 'It has been changed since it was approved.'} The letter was not sent; ask anew if it is still needed.`;
}

async function carryOut(ports: LetterKindPorts, of: Case, draft: Draft, letter: LetterPart): ReturnType<CaseKindRule['carryOut']> {
  switch (draft.state) {
    case 'asked':
      if (await tooNear(ports, draft, letter)) return { voided: NO_TIME };
      // On paper a person posts it.
      if (goesByMail(letter)) await release(ports, of, draft);
      return 'later';
    case 'failed': {
      const said = draft.delivery?.said ?? '';
      const changed = [`The mail server did not take the letter${said ? `: ${said}` : '.'}`];
      await changeDraft(ports, draft.id, { do: 'void', changed }, BY, `void:${draft.id}:failed`);
      return { voided: `${changed[0]} Ask anew when the address works.` };
    }
    case 'sent':
      await recordContact(ports, draft, BY);
      return 'done';
    case 'void':
      return { voided: draft.closed };
    default:
      return 'later';
  }
}

/** An account has one open mail at most: one that nobody has touched makes room, anything further on goes first. */
async function release(ports: LetterKindPorts, of: Case, draft: Draft): Promise<void> {
  const [open] = await ports.drafts.open(draft.account);
  if (open) {
    const { id, state, editors, approvals } = open.draft;
    if (state !== 'waiting' || editors.length + approvals.length > 0) return;
    const changed = ['A demand letter goes out, and the customer is written to once a day.'];
    if (!(await changeDraft(ports, id, { do: 'void', changed }, BY, `void:${id}:${draft.id}`)).done) return;
  }
  const approvals = standing(of, await ports.team.read()).map(({ by, at }) => ({ by, at, hash: draft.hash }));
  try {
    await changeDraft(ports, draft.id, { do: 'release-letter', approvals, send: ports.server }, BY, `release:${draft.id}`);
  } catch (error) {
    // Another mail was drafted in the same moment; the next look makes room for the letter.
    if ((error as { code?: number }).code !== 11000) throw error;
  }
}

async function tooNear(ports: LetterKindPorts, { account, entity, content }: Draft, { deadline }: LetterPart): Promise<boolean> {
  const stand = await letterStand(ports, { account, entity, currency: content.invoices[0]?.currency ?? '' });
  return 'planned' in stand && deadline < earliestDeadline(stand, stand.planned.day.today);
}

export type RecheckLetterPorts = LetterNowPorts & MarkSentPorts;

/** Before an approved letter leaves: voids it when anything it rests on has changed; puts it off while the customer must not be written to today. True: not now. */
export async function recheckLetter(ports: RecheckLetterPorts, { draft }: StoredDraft, letter: LetterPart): Promise<boolean> {
  const { account, entity, content, id, hash, state } = draft;
  const stand = await letterStand(ports, { account, entity, currency: content.invoices[0]?.currency ?? '' });
  const changed = await whyVoid(ports, draft, letter, stand);
  if (changed.length > 0) {
    await changeDraft(ports, id, { do: 'void', changed }, BY, `void:${id}:${hash}`);
    return true;
  }
  if ('stop' in stand) return true;
  const { decision, work, day, row } = stand.planned;
  if (decision.reasons.includes('reply-waiting') || decision.reasons.includes('stale-ledger')) return true;
  if (work.lastContact === null || work.lastContact < day.today) return false;
  if (state !== 'queued') return false;
  const next = workingDayAfter(day.today, 1, day.calendar);
  const { zone } = await ports.settings.read();
  const until = Temporal.PlainDate.from(next).toZonedDateTime(zoneOf(row, { zone })).toInstant().toString();
  await changeDraft(ports, id, { do: 'wait', until, why: 'working-hours' }, BY, `wait:${next}`);
  return true;
}

async function whyVoid(
  ports: RecheckLetterPorts,
  draft: Draft,
  letter: LetterPart,
  stand: Awaited<ReturnType<typeof letterStand>>,
): Promise<string[]> {
  if ('stop' in stand) return [stand.stop];
  const now = await groundNow(ports, draft, letter);
  if ('stop' in now) return [now.stop];
  const changed = groundChanges(letter.ground, now);
  const late = letter.deadline < earliestDeadline(stand, stand.planned.day.today);
  return late ? [...changed, NO_TIME] : changed;
}
