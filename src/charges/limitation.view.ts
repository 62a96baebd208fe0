import { shortDay } from '../slack/freshness.ts';
import { firstOf, plain } from '../slack/text.ts';
import { documentLink, lawWords } from './agreement.view.ts';
import type { LimitationEvent } from './limitation.ts';
import type { LimitationEntered, LimitationFact, LimitationKind, Limited } from './limitation-record.ts';

export const LIMITATION_WORDS: Readonly<Record<LimitationKind, string>> = {
  until: 'Last day of the limitation period, as counsel or a manager says',
  acknowledgement: 'Written acknowledgement by the customer',
  'part-payment': 'Part payment that the ledger does not show',
  'written-demand': 'Written demand of ours that reached the customer',
  suspension: 'Negotiations or mediation that suspended it',
};

const MOVED: Readonly<Record<LimitationEvent['kind'], string>> = {
  acknowledgement: 'acknowledged',
  'part-payment': 'paid in part',
  'written-demand': 'demanded in writing',
  suspension: 'suspended from',
};

/** As many on a card; the form and the letter name their own. */
const SHOWN = 5;

/** One invoice and its date, with what the date rests on: "NW-1 until 3 Mar 2027 (BGB …; paid in part 3 Mar 2024)". */
export function limitedText({ number, end, stand }: Limited): string {
  if (!end) return `${plain(number)}: nobody has said until when`;
  const { until, source, doubtful, moved } = end;
  const rests = [plain(source), ...(moved ? [`${MOVED[moved.kind]} ${shortDay(moved.on)}`] : [])].join('; ');
  const when = stand === 'past' ? `ended on ${shortDay(until)}` : `until ${shortDay(until)}`;
  return `${plain(number)} ${when} (${rests}${doubtful ? '; let counsel confirm it' : ''})`;
}

/** For the account's card; '' while nothing is near its end. */
export function limitationLine(limited: readonly Limited[]): string {
  const list = (stand: Limited['stand']) => limited.filter((each) => each.stand === stand).map(limitedText);
  const [near, past] = [list('near'), list('past')];
  return [
    ...(near.length > 0 ? [`:warning: *Limitation period ends soon*  ${firstOf(near, SHOWN)}. Ask counsel what must be done before.`] : []),
    ...(past.length > 0 ? [`:warning: *Limitation period ended*  ${firstOf(past, SHOWN)}. Formal steps leave this out.`] : []),
  ].join('\n');
}

/** What a formal step leaves out, and why; '' where it leaves out nothing. */
export function barredText(barred: readonly Limited[]): string {
  return barred.length > 0 ? `*Left out, time-barred*  ${firstOf(barred.map(limitedText), SHOWN)}` : '';
}

/** Of one that was recorded, for the trail. */
export function limitationText({ kind, invoices, on, through, source, evidence, law }: LimitationFact): string {
  const numbers = firstOf(invoices.map(plain), 3);
  const see = evidence ? `, see ${documentLink('the evidence', evidence)}` : '';
  return `${what({ kind, on, through })} for ${numbers}, law: ${lawWords(law)}: ${plain(source)}${see}`;
}

function what({ kind, on, through }: Pick<LimitationEntered, 'kind' | 'on' | 'through'>): string {
  if (kind === 'until') return `limitation date ${shortDay(on)} recorded`;
  if (kind === 'suspension') return `limitation period suspended from ${shortDay(on)} to ${shortDay(through ?? on)}`;
  return `limitation period: ${MOVED[kind]} on ${shortDay(on)}`;
}
