import type { KnownBlock } from '@slack/types';
import { shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import { percent } from '../slack/percent.ts';
import { clip, money, plain } from '../slack/text.ts';
import type { Case } from './case.ts';
import { invoicesOf, reasonOf } from './write-off.op.ts';
import { WRITE_OFF_WORDS } from './write-off.view.ts';

/** What exactly is given up, or given to whom, as it stood at the request; nothing for other kinds. */
export function caseAbout(of: Case): KnownBlock[] {
  if (of.kind === 'write-off') {
    const invoices = invoicesOf(of).map(plain).join(', ');
    return [section(clip(`*Invoices*\n${invoices}\n*Reason*\n${WRITE_OFF_WORDS[reasonOf(of)]}`, 3000))];
  }
  if (of.kind !== 'agency' && of.kind !== 'legal') return [];
  const { name = '', licence = '', licensedTo = '', rate = '0', courtFees = '0' } = of.about;
  const court = Number(courtFees) > 0 ? `, and ${money(Number(courtFees), of.currency)} court fees` : '';
  const opinion = of.kind === 'legal' ? '\nCounsel’s opinion is on file, privileged.' : '';
  return [
    section(
      `*Given to*\n${plain(name)}, licence ${plain(licence)} until ${shortDay(licensedTo)}, for ${percent(Number(rate))} of what comes in${court}.${opinion}`,
    ),
  ];
}
