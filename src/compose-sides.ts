import { callSide } from './account/call-side.slack.ts';
import { arrangementKinds } from './arrangements/arrangement-kinds.op.ts';
import { arrangementSide } from './arrangements/arrangement-side.slack.ts';
import { disputeSide } from './arrangements/dispute-side.slack.ts';
import { chargeSubjects } from './charges/charge-side.slack.ts';
import type { mailParts } from './compose-mails.ts';
import { supplyKinds } from './escalation/case-kinds.op.ts';
import { caseSide } from './escalation/case-side.slack.ts';
import { escalationSide } from './escalation/escalation-side.slack.ts';
import { letterKind } from './escalation/letter-kind.op.ts';
import { placementKinds } from './escalation/placement-kinds.op.ts';
import { requestDecision } from './escalation/request-decision.op.ts';
import { writeOffKind } from './escalation/write-off.op.ts';
import { alertSide } from './follow-up/alert-side.slack.ts';
import { type FollowUpSidePorts, followUpSubjects } from './follow-up/follow-up-side.slack.ts';
import { fileFormats } from './importing/file-formats.ts';
import { rejectsSheet } from './importing/rejects-sheet.ts';
import type { Reactions } from './kernel/reactions.op.ts';
import { importSide } from './ledger/imports.slack.ts';
import { reviewSide } from './mails/review-side.slack.ts';
import { sendSide } from './mails/send-side.slack.ts';
import type { Due } from './schedule/step.ts';
import { shortDay } from './slack/freshness.ts';
import type { Subject } from './slack/listeners.ts';
import type { Renderer } from './slack/outbound.ts';
import type { Stores } from './store/open-store.ts';
import { ourPeople } from './team/our-people.slack.ts';
import { type TeamSidePorts, teamSide } from './team/team.slack.ts';
import { mergeTold, type Told } from './trail/copy-outboxes.op.ts';

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

export type SidePorts = Omit<Stores, 'clock'> &
  FollowUpSidePorts &
  TeamSidePorts & {
    readonly homeTeam: string;
    readonly mails: ReturnType<typeof mailParts>;
    readonly botUser: string;
    /** The store's own limit of documents, if it has one. */
    readonly documentLimit: number | undefined;
    readonly postSoon: () => void;
  };

/** Every side with what it needs of the others. */
export function buildSides(given: SidePorts) {
  const ports = { ...given, ...given.mails, people: ourPeople(given.client) };
  const team = teamSide(ports);
  const sending = sendSide(ports);
  const { leaving } = sending;
  const kinds = {
    ...supplyKinds(ports),
    ...arrangementKinds(ports),
    ...writeOffKind(ports),
    ...placementKinds(ports, shortDay),
    'demand-letter': letterKind({ ...ports, server: leaving.server }),
  };
  const cases = caseSide({ ...ports, kinds, leaving });
  const calls = callSide(ports);
  const imports = importSide({ ...ports, formats: fileFormats, rejectsSheet });
  const disputes = disputeSide(ports);
  const arrangements = arrangementSide({
    ...ports,
    requestDecision: (asked, by, command) => requestDecision({ ...ports, kinds }, asked, by, command),
  });
  const escalations = escalationSide({ ...ports, kinds }, cases.cards);
  const alerts = alertSide(ports, {
    ...disputes.alertCards,
    ...arrangements.alertCards,
    ...cases.alertCards,
    ...escalations.alertCards,
    ...calls.alertCards,
    ...sending.alertCards,
  });
  /** What they do by the clock is in the trail within the same tick. */
  const recording: readonly Side[] = [disputes, arrangements, cases, escalations, calls, alerts];
  const following: readonly Side[] = [team, { ...imports, idle: imports.stop }, reviewSide({ ...ports, leaving }), sending];
  const all = [...recording, ...following];
  return {
    assignable: team.assignable,
    openCall: calls.openCall,
    subjects: [...all.flatMap((side) => side.subjects ?? []), ...followUpSubjects(ports), ...chargeSubjects(ports)],
    renderers: Object.assign({}, ...all.map((side) => side.renderers)) as Readonly<Record<string, Renderer>>,
    told: mergeTold(all.map((side) => side.told ?? {})),
    reactions: Object.assign({}, ...all.map((side) => side.reactions)) as Reactions,
    due: {
      recording: recording.flatMap((side) => side.due ?? []),
      following: [...following.flatMap((side) => side.due ?? []), ...alerts.telling],
    },
    /** Resolves when this instance hands no mail over. */
    mailed: sending.mailed,
    async idle(): Promise<void> {
      for (const side of all) await side.idle?.();
    },
  };
}
