import { accountSide } from './account/account-side.slack.ts';
import { arrangementSide } from './arrangements/arrangement-side.slack.ts';
import { disputeSide } from './arrangements/dispute-side.slack.ts';
import { chargeSubjects } from './charges/charge-side.slack.ts';
import { termsImporting } from './charges/import-terms.op.ts';
import { rateAlert } from './charges/rate-alert.slack.ts';
import { creditSubjects } from './credit/credit-side.slack.ts';
import { limitsImporting } from './credit/import-limits.op.ts';
import { caseSide } from './escalation/case-side.slack.ts';
import { escalationSide } from './escalation/escalation-side.slack.ts';
import { alertSide } from './follow-up/alert-side.slack.ts';
import { firstHourSide } from './follow-up/first-hour.slack.ts';
import { followUpSubjects } from './follow-up/follow-up-side.slack.ts';
import type { Reactions } from './kernel/reactions.op.ts';
import { mergeTold, type Told } from './kernel/told.op.ts';
import { importSide } from './ledger/imports.slack.ts';
import { inboxSide } from './ledger/inbox.slack.ts';
import { reviewSide } from './mails/review-side.slack.ts';
import { sendSide } from './mails/send-side.slack.ts';
import { numbersSide } from './numbers/numbers-side.slack.ts';
import type { Due } from './schedule/step.ts';
import type { Subject } from './slack/listeners.ts';
import type { Renderer } from './slack/outbound.ts';
import type { SlackWorld } from './slack/world.ts';
import { teamSide } from './team/team.slack.ts';

/** One side of the bot: what people ask of it, what it posts, who is told of its facts and what follows from them, what the clock does. */
interface Side {
  readonly subjects?: readonly Subject[];
  readonly renderers?: Readonly<Record<string, Renderer>>;
  readonly told?: Told;
  readonly reactions?: Reactions;
  readonly due?: readonly Due[];
  /** Resolves when this instance has ended what it was doing for this side. */
  readonly idle?: () => Promise<unknown>;
}

/** Every side with what it needs of the others. */
export function buildSides(world: SlackWorld) {
  const team = teamSide(world);
  const sending = sendSide(world);
  const reviewing = reviewSide({ ...world, leaving: sending.leaving });
  const cases = caseSide(world);
  const account = accountSide(world);
  const imports = importSide(world);
  const firstHour = firstHourSide(world);
  const disputes = disputeSide(world);
  const arrangements = arrangementSide(world);
  const escalations = escalationSide(world, cases.cards);
  const alerts = alertSide(world, {
    ...disputes.alertCards,
    ...arrangements.alertCards,
    ...cases.alertCards,
    ...escalations.alertCards,
    ...account.alertCards,
    ...sending.alertCards,
    ...reviewing.alertCards,
    'rate-missing': rateAlert(world),
  });
  /** What they do by the clock is in the trail within the same tick. */
  const recording: readonly Side[] = [disputes, arrangements, cases, escalations, account, alerts];
  const following: readonly Side[] = [
    team,
    { ...imports, idle: imports.stop },
    inboxSide(world),
    firstHour,
    reviewing,
    sending,
    numbersSide(world),
  ];
  const all = [...recording, ...following];
  return {
    subjects: [
      ...all.flatMap((side) => side.subjects ?? []),
      ...followUpSubjects(world),
      ...chargeSubjects(world),
      ...creditSubjects(world),
    ],
    renderers: Object.assign({}, ...all.map((side) => side.renderers)) as Readonly<Record<string, Renderer>>,
    told: mergeTold(all.map((side) => side.told ?? {})),
    reactions: Object.assign({}, ...all.map((side) => side.reactions)) as Reactions,
    due: {
      recording: [
        ...recording.flatMap((side) => side.due ?? []),
        { name: 'agreements of files', run: termsImporting(world) },
        { name: 'limits of files', run: limitsImporting(world) },
      ],
      following: [...following.flatMap((side) => side.due ?? []), ...alerts.telling],
    },
    /** Resolves when this instance hands no mail over. */
    mailed: sending.mailed,
    async idle(): Promise<void> {
      for (const side of all) await side.idle?.();
    },
  };
}
