import type { KnownBlock } from '@slack/types';
import type { Limited } from '../charges/limitation-record.ts';
import { shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import { percent } from '../slack/percent.ts';
import { clip, firstOf, money, plain } from '../slack/text.ts';
import type { Case } from './case.ts';
import { invoicesOf, reasonOf } from './write-off.op.ts';
import { WRITE_OFF_WORDS } from './write-off.view.ts';

/** What exactly is given up, or given to whom, as it stood at the request; nothing for other kinds. */
export function caseAbout(of: Case): KnownBlock[] {
  if (of.kind === 'write-off') {
    const invoices = invoicesOf(of).map(plain).join(', ');
    return [section(clip(`*Invoices*\n${invoices}\n*Reason*\n${WRITE_OFF_WORDS[reasonOf(of)]}`, 3000))];
  }
  const barred = barredLines(of);
  if (of.kind !== 'agency' && of.kind !== 'legal') return barred;
  const { name = '', licence = '', licensedTo = '', rate = '0', courtFees = '0' } = of.about;
  const court = Number(courtFees) > 0 ? `, and ${money(Number(courtFees), of.currency)} court fees` : '';
  const opinion = of.kind === 'legal' ? '\nCounsel’s opinion is on file, privileged.' : '';
  return [
    section(
      `*Given to*\n${plain(name)}, licence ${plain(licence)} until ${shortDay(licensedTo)}, for ${percent(Number(rate))} of what comes in${court}.${opinion}`,
    ),
    ...barred,
  ];
}

/** What a formal step leaves out since it is time-barred, as kept with its case: a line each, the last day and the number; the first of them. */
export function barredAbout(barred: readonly Limited[]): Readonly<Record<string, string>> {
  if (barred.length === 0) return {};
  return {
    timeBarred: barred
      .slice(0, MOST_KEPT)
      .map(({ end, number }) => `${end?.until} ${number}`)
      .join('\n'),
  };
}

const MOST_KEPT = 20;
const SHOWN = 5;
const DAY_LENGTH = '2026-11-23'.length;

function barredLines({ about }: Case): KnownBlock[] {
  const kept = (about.timeBarred ?? '').split('\n').filter(Boolean);
  if (kept.length === 0) return [];
  const lines = kept.map((line) => `${plain(line.slice(DAY_LENGTH + 1))}, ended on ${shortDay(line.slice(0, DAY_LENGTH))}`);
  return [section(clip(`*Left out: past the limitation period*\n${firstOf(lines, SHOWN)}`, 3000))];
}
