import type { Button, KnownBlock } from '@slack/types';
import { creditText } from '../credit/credit.view.ts';
import { habitWords } from '../numbers/habit-words.ts';
import { contextLine } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import type { Case, CaseState } from './case.ts';
import { caseAbout } from './case-about.view.ts';
import type { Vote } from './case-people.ts';
import { CASE_KIND_WORDS, momentIn, neededWords, reasonWords } from './case-words.view.ts';
import type { CaseView } from './read-case.op.ts';
import type { Recovery } from './recovery.ts';
import { QUESTIONS, type Question } from './six-questions.ts';

/** What a case's button carries: the case and the revision that was drawn. */
export interface CaseRef {
  readonly c: string;
  readonly r: number;
}

/** The card in the channel for decisions; once it is decided the outcome stands where the buttons were. */
export function caseCardReply(view: CaseView, notice?: string): Reply {
  const { case: of, name } = view;
  const title = `${CASE_KIND_WORDS[of.kind]} · ${name}`;
  const blocks: KnownBlock[] = [
    ...(notice ? [contextLine(notice)] : []),
    { type: 'header', text: { type: 'plain_text', text: clip(title, 150) } },
    section(asked(view)),
    section(why(view)),
    ...caseAbout(of),
    ...questions(view),
    ...weighed(view),
    ...credit(view),
    section(decision(view)),
    ...evidence(of),
    ...(of.state === 'open' ? actions(of) : [section(outcomeWords(view))]),
    contextLine(...footer(view)),
  ];
  return { text: `${clip(plain(title), 200)}: ${STATE_WORDS[of.state]}`, blocks };
}

export const STATE_WORDS: Readonly<Record<CaseState, string>> = {
  open: 'waiting for a decision',
  approved: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  expired: 'lapsed, nobody decided in time',
  void: 'void, not carried out',
  'carried-out': 'approved and carried out',
};

/** What exactly is to be decided, with its figures. */
function asked({ case: of, ground }: CaseView): string {
  const sum = money(of.amount, of.currency);
  const late = `${money(ground.overdue, of.currency)} overdue now, the oldest for ${counted(ground.oldestDays, 'day')}`;
  const what =
    of.kind === 'credit-limit' ? `a credit limit of *${sum}*` : `a decision: *${CASE_KIND_WORDS[of.kind].toLowerCase()}* over *${sum}*`;
  const entity = of.entity ? `, invoiced by ${plain(of.entity)}` : '';
  return `<@${of.requester}> asks for ${what}${entity}.\n${ground.overdue > 0 ? late : 'Nothing is overdue now.'}`;
}

function why({ case: of, ground }: CaseView): string {
  const codes = reasonWords(of.reasonCodes);
  const pattern = ground.answers.pattern ? '' : `\n_Pattern: ${plain(habitWords(ground.pattern))}_`;
  return clip(`*Why*\n${codes ? `${plain(codes)}\n` : ''}${plain(of.reason)}${pattern}`, 3000);
}

/** The six questions, as far as it is answered; a person's answer is marked as such. */
function questions({ case: of, ground }: CaseView): KnownBlock[] {
  const lines = (Object.keys(QUESTIONS) as Question[]).flatMap((each) => {
    const given = (of.answers[each] ?? '').trim();
    const answer = given || ground.answers[each];
    return answer ? [`• ${QUESTIONS[each]} ${clip(plain(answer), 300)}${given ? ' (as entered)' : ''}`] : [];
  });
  return lines.length > 0 ? [section(clip(`*What is known*\n${lines.join('\n')}`, 3000))] : [];
}

/** What the customer and its group owe against their limits. */
function credit({ credit: stand }: CaseView): KnownBlock[] {
  const text = stand ? creditText(stand) : '';
  if (!stand) return [];
  return [section(clip(text || '*Credit*\nNo limit was decided, and no credit file is kept.', 3000))];
}

function weighed({ case: of, recovery }: CaseView): KnownBlock[] {
  if (!recovery || of.amount === 0) return [];
  const words = of.kind === 'write-off' ? givenUpWords(recovery, of) : recoveryWords(recovery, of);
  return [section(`*Cost and expected recovery*\n${words}`)];
}

/** The benefit of a write-off is the work that ends; its cost is what might have come in. */
function givenUpWords({ share, expected, oldestDays }: Recovery, { amount, currency }: Case): string {
  const how = `${share} % of ${money(amount, currency)}, a rule of thumb for claims ${counted(oldestDays, 'day')} overdue`;
  return `Given up: *${money(amount, currency)}*, of which about *${money(expected, currency)}* could still come in (${how}). Gained: no more work and fees on it. Money that comes in later is told, and the write-off is taken back by as much.`;
}

function recoveryWords({ share, expected, fee, fixed, cost, net, oldestDays }: Recovery, { amount, currency }: Case): string {
  const how = `${share} % of ${money(amount, currency)}, a rule of thumb for claims ${counted(oldestDays, 'day')} overdue`;
  const court = fixed > 0 ? ` and ${money(fixed, currency)} court fees` : '';
  const paid = cost === 0 ? 'no fees' : `fees about ${money(cost, currency)} (${fee} % of that${court}), leaving *${money(net, currency)}*`;
  return `Expected: *${money(expected, currency)}* (${how}); ${paid}.`;
}

function decision({ case: of, deciders, approvals }: CaseView): string {
  const lines = [`*Who decides*\n${capital(neededWords(of.needed))}, not the requester, the last editor or whoever stands in for them.`];
  if (approvals.length > 0) lines.push(`Approved so far: ${approvals.map(voter).join(', ')}.`);
  if (of.state === 'open') {
    const names = deciders.slice(0, 10).map(({ user, as }) => (user === as ? `<@${user}>` : `<@${user}> (for <@${as}>)`));
    lines.push(names.length > 0 ? `Can decide now: ${names.join(', ')}.` : 'Nobody can decide this now: edit or withdraw it.');
  }
  return clip(lines.join('\n'), 3000);
}

const capital = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;
const voter = ({ by, as }: Vote) => (by === as ? `<@${by}>` : `<@${by}> (for <@${as}>)`);

function evidence(of: Case): KnownBlock[] {
  const ref = JSON.stringify({ a: of.account, v: 0 });
  return [
    {
      type: 'actions',
      elements: [
        plainButton('account-card', 'Account card', ref),
        plainButton('account-timeline', 'Timeline', ref),
        // An agency and a court ask for it.
        ...(of.kind === 'agency' || of.kind === 'legal'
          ? [plainButton('evidence-case', 'Evidence pack…', JSON.stringify({ c: of.id }))]
          : []),
        plainButton('case-discussion', 'Discussion', JSON.stringify({ c: of.id })),
      ],
    },
  ];
}

function actions({ id, revision }: Case): KnownBlock[] {
  const value = JSON.stringify({ c: id, r: revision } satisfies CaseRef);
  return [
    {
      type: 'actions',
      elements: [
        { ...plainButton('case-approve', 'Approve', value), style: 'primary' },
        { ...plainButton('case-reject', 'Reject…', value), style: 'danger' },
        plainButton('case-edit', 'Edit…', value),
        plainButton('case-withdraw', 'Withdraw…', value),
      ],
    },
  ];
}

const plainButton = (action_id: string, text: string, value: string): Button => ({
  type: 'button',
  action_id,
  text: { type: 'plain_text', text },
  value,
});

/** In place of the buttons: how it ended, who voted when, and why. */
export function outcomeWords({ case: of, zone }: CaseView): string {
  const votes = of.votes
    .filter((vote) => vote.revision === of.revision)
    .map(
      (vote) =>
        `• ${vote.vote === 'approve' ? 'Approved' : 'Rejected'} by ${voter(vote)}, ${momentIn(vote.at, zone)}${vote.reason ? `: ${plain(vote.reason)}` : ''}`,
    );
  const said = of.outcome && of.state !== 'rejected' ? ` ${plain(of.outcome)}` : '';
  const ends = of.closedAt ? `, ${momentIn(of.closedAt, zone)}` : '';
  return clip(`${MARKS[of.state]} *${capital(STATE_WORDS[of.state])}*${ends}.${said}\n${votes.join('\n')}`.trim(), 3000);
}

const MARKS: Readonly<Record<CaseState, string>> = {
  open: ':hourglass:',
  approved: ':white_check_mark:',
  'carried-out': ':white_check_mark:',
  rejected: ':x:',
  withdrawn: ':leftwards_arrow_with_hook:',
  expired: ':hourglass:',
  void: ':warning:',
};

function footer({ case: of, zone }: CaseView): string[] {
  const edited =
    of.editors.length > 0 ? [`Version ${of.revision}, last edited by <@${of.editors.at(-1)}>: earlier votes do not count`] : [];
  const until = of.state === 'open' ? [`Open until ${momentIn(of.expiresAt, zone)}`] : [];
  return [...until, ...edited, 'What is said in this thread is kept with the decision'];
}
