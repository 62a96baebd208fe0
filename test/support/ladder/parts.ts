import type { Line, Message, Parts } from './answer.ts';
import { addDays } from './days.ts';
import { isDemand, isFormalMail, lastOf, madeBy } from './levels.ts';
import { counts, isLarge, minimumOf, type Sight } from './next.ts';
import { activePlacements, type Sheet } from './sheets.ts';
import type { AccountDay, Letter, Stage } from './types.ts';

export const ofEntity = (sight: Sight, entity: string) => sight.sheets.filter((sheet) => sheet.invoice.entity === entity);

/** "Words never fall back to friendly within 30 days after a firm or formal mail of the entity, nor while something of it is in formal process or placed." */
export function wordsOf(sight: Sight, entity: string, stage: Stage): Message['words'] {
  if (stage.words !== 'friendly') return stage.words;
  const { day } = sight;
  const firm = lastOf(day, entity, ({ kind, words }) => (kind === 'mail' || kind === 'letter') && (words === 'firm' || words === 'formal'));
  const recent = firm !== '' && day.today <= addDays(firm, day.rules.plainDays);
  const beside = ofEntity(sight, entity).some((sheet) => sheet.formal);
  const open = new Set(ofEntity(sight, entity).map((sheet) => sheet.invoice.number));
  const placed = activePlacements(day, entity).some((placement) => placement.invoices.some((number) => open.has(number)));
  return recent || beside || placed ? 'plain' : 'friendly';
}

function line(sight: Sight, sheet: Sheet, taken: number | undefined, amount = sheet.amount): Line {
  const at = taken ?? sheet.level?.at;
  return {
    invoice: sheet.invoice.number,
    currency: sheet.invoice.currency,
    amount,
    stage: at === undefined ? null : sight.day.policy[at]!.key,
    taken: taken !== undefined,
    since: taken === undefined ? (sheet.level?.on ?? null) : null,
  };
}

const NONE: Parts = { asked: [], firmer: [], open: [], formal: [], resting: [], notes: [] };

/** "Resting: promised, disputed, planned, left out of the sum, with the word." */
function restingLines(sight: Sight, sheet: Sheet): Line[] {
  return sheet.rests.map((part) => ({ ...line(sight, sheet, undefined, part.amount), word: part.word }));
}

/**
 * "Parts of a message, each invoice in one: (1) asked at this stage, today or before; (2) asked more firmly before, with that day;
 * (3) also open: in the words of its own lower stage, or just past due; (4) in formal process: one sentence; (5) resting; (6) notes."
 * A statement has no stage of its own (`at` is null): everything it lists is "also open". `lists`: what is in formal process and listed all the same,
 * since its notice has run and people have it to decide: a statement of account says what is open.
 */
export function partsOf(
  sight: Sight,
  entity: string,
  at: number | null,
  takes: ReadonlyMap<string, number>,
  notes: boolean,
  lists = (_: Sheet) => false,
): Parts {
  const parts = { asked: [] as Line[], firmer: [] as Line[], open: [] as Line[], formal: [] as Line[], resting: [] as Line[] };
  for (const sheet of ofEntity(sight, entity)) {
    // "Left out altogether: what waits for a reply, a closed dispute, a hold of the owner, a start, a placement question."
    if (sheet.late <= 0 || sheet.placed || sheet.leftOut.length > 0) continue;
    const taken = takes.get(sheet.invoice.number);
    const own = taken ?? sheet.level?.at ?? -1;
    if (sheet.free === 0) parts.resting.push(...restingLines(sight, sheet));
    // "A part that credit covers is not asked for."
    else if (sheet.amount === 0) continue;
    else if (sheet.formal && taken !== at && !lists(sheet)) parts.formal.push(line(sight, sheet, taken));
    else if (at !== null && own === at) parts.asked.push(line(sight, sheet, taken));
    else if (at !== null && own > at) parts.firmer.push(line(sight, sheet, taken));
    else parts.open.push(line(sight, sheet, taken));
  }
  return { ...parts, notes: notes ? noteLines(sight, entity) : [] };
}

/** The note stage whose turn an invoice before its due date has; "notes lapse" when a later one or the due date comes. */
function noteStageOf(day: AccountDay, sheet: Sheet): number {
  const at = day.policy.findLastIndex((stage) => !isDemand(stage) && sheet.late >= stage.days);
  const stage = day.policy[at];
  if (stage === undefined || sheet.late >= 0 || sheet.placed || !counts(sheet)) return -1;
  // "Mail, large or first invoices."
  if (stage.largeOrFirst && !sheet.invoice.first && !isLarge(day, sheet)) return -1;
  const given = madeBy(day, sheet.invoice.entity).some((contact) =>
    contact.notes.some((note) => note.invoice === sheet.invoice.number && note.days >= stage.days),
  );
  return given ? -1 : at;
}

/** "A note rides in the entity's next mail that is not formal. None beside a formal process." However small it is, it rides. */
export function noteLines(sight: Sight, entity: string): Line[] {
  const sheets = ofEntity(sight, entity);
  if (sheets.some((sheet) => sheet.formal)) return [];
  return sheets.flatMap((sheet) => {
    const at = noteStageOf(sight.day, sheet);
    return at < 0 ? [] : [{ ...line(sight, sheet, undefined), stage: sight.day.policy[at]!.key }];
  });
}

/** A note alone goes about no less than its minimum. */
export function notesAlone(sight: Sight, entity: string): Line[] {
  const notes = noteLines(sight, entity);
  return notes.filter(({ currency, stage }) => {
    const sum = notes.filter((other) => other.currency === currency).reduce((total, other) => total + other.amount, 0);
    return sum >= minimumOf(sight.day.policy.find(({ key }) => key === stage)!, currency);
  });
}

/** "Shown: sum of (1), sum of (1) to (3), less credit." The lines are less credit already. */
export function sumsOf(day: AccountDay, entity: string, parts: Parts): Message['sums'] {
  const lines = [...parts.asked, ...parts.firmer, ...parts.open];
  const sum = (of: readonly Line[], currency: string) =>
    of.filter((one) => one.currency === currency).reduce((total, one) => total + one.amount, 0);
  return [...new Set(lines.map((one) => one.currency))].sort().map((currency) => ({
    currency,
    asked: sum(parts.asked, currency),
    shown: sum(lines, currency),
    credit: day.credits.filter((of) => of.entity === entity && of.currency === currency).reduce((total, of) => total + of.amount, 0),
  }));
}

/** "Addressee is the contact of the message's stage; contacts of other stages it takes are in copy. Attachments follow each invoice's own stage." */
export function addressing(sight: Sight, stage: Stage, takes: ReadonlyMap<string, number>): Pick<Message, 'to' | 'copyTo' | 'attach'> {
  const { policy } = sight.day;
  const others = [...takes.values()].map((at) => policy[at]!.contact).filter((contact) => contact !== stage.contact);
  const attach = [...takes].flatMap(([invoice, at]) => {
    const what = policy[at]!.attach;
    return what === null || policy[at]!.how !== 'mail' ? [] : [{ invoice, what }];
  });
  return { to: stage.contact, copyTo: [...new Set(others)].sort(), attach };
}

/** "A formal letter demands only invoices with a final notice at least 10 bd old, no more of each than that notice asked." */
export function demandable(day: AccountDay, sheet: Sheet, ran: (sheet: Sheet) => boolean): number {
  if (!counts(sheet) || sheet.notice === null || !ran(sheet)) return 0;
  return Math.min(sheet.amount, isFormalMail(day.policy[sheet.notice.at]!) ? (sheet.notice.asked ?? sheet.amount) : sheet.amount);
}

/** "All other open items are shown as 'also open, not part of this demand' and keep their stages." */
export function letterParts(sight: Sight, letter: Letter, ran: (sheet: Sheet) => boolean): Parts {
  const { day } = sight;
  const parts = { ...NONE, asked: [] as Line[], open: [] as Line[], resting: [] as Line[] };
  for (const sheet of ofEntity(sight, letter.entity)) {
    if (sheet.late <= 0 || sheet.placed || sheet.leftOut.length > 0) continue;
    const demanded = letter.invoices.includes(sheet.invoice.number) ? demandable(day, sheet, ran) : 0;
    if (demanded > 0) parts.asked.push({ ...line(sight, sheet, undefined, demanded), stage: letter.stage, taken: true, since: null });
    else if (sheet.free === 0) parts.resting.push(...restingLines(sight, sheet));
    else if (sheet.amount > 0) parts.open.push(line(sight, sheet, undefined));
  }
  return parts;
}
