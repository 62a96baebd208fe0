import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Jobs } from '../kernel/jobs.port.ts';
import { oneAtATime } from '../kernel/one-at-a-time.op.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { Asker, ListenerPorts } from '../slack/listeners.ts';
import { absenceSubject } from './absence.slack.ts';
import { assignSubject } from './assign.slack.ts';
import { assignByRule } from './assign-by-rule.op.ts';
import { type AssignManyPorts, workAssignments } from './assign-many.op.ts';
import { assignableCheck } from './assignable.slack.ts';
import { assignmentRenderers, bulkReporter } from './assignment-messages.slack.ts';
import type { ChangeSettingsPorts } from './change-settings.op.ts';
import { checkLeavers } from './check-leavers.op.ts';
import { claimSubject } from './claim.slack.ts';
import { reassignSubject } from './reassign.slack.ts';
import { rolesSubject } from './roles.slack.ts';
import { rulesSubject } from './rules.slack.ts';
import type { CommandNames } from './settings.port.ts';
import { setupSubject } from './setup.slack.ts';
import type { ClaimStore, TeamStore } from './team.port.ts';
import { assignmentTells } from './tell-assignment.op.ts';

export interface TeamSidePorts extends ChangeSettingsPorts, Pick<AssignManyPorts, 'accounts'> {
  readonly team: TeamStore;
  readonly claims: ClaimStore;
  readonly ledger: Ledger;
  readonly jobs: Jobs;
  readonly client: WebClient;
  readonly log: Logger;
  /** Name of this instance in leases. */
  readonly owner: string;
  readonly botName: string;
  readonly membership: (asker: Asker) => Promise<string | null>;
  readonly refusal: ListenerPorts['refusal'];
  readonly installCommands: ((names: CommandNames) => void) | null;
}

/** Everything about who works on what: its subjects, its messages, and what is due of it. */
export function teamSide(ports: TeamSidePorts) {
  const report = bulkReporter(ports);
  const work = oneAtATime(
    () => workAssignments({ ...ports, report }),
    (error) => ports.log.error({ err: error }, 'assignments were interrupted; they go on within a minute'),
  );
  const assignable = assignableCheck(ports.team, ports.membership);
  const withKick = { ...ports, assignable, kick: work.soon };
  return {
    assignable,
    subjects: [
      claimSubject(ports),
      setupSubject(ports),
      rolesSubject(ports),
      absenceSubject({ ...ports, assignable }),
      assignSubject({ ...ports, assignable }),
      reassignSubject(withKick),
      rulesSubject(withKick),
    ],
    renderers: assignmentRenderers(ports),
    told: { 'collector-assigned': assignmentTells },
    due: [
      { name: 'collectors who left', run: () => checkLeavers({ ...ports, isActive: (user) => isActive(ports.client, user) }) },
      { name: 'new accounts', run: () => assignByRule(ports) },
      { name: 'assignments', run: work.now },
    ],
    /** Resolves when nothing is being assigned by this instance. */
    idle: work.idle,
  };
}

async function isActive(client: WebClient, user: string): Promise<boolean> {
  try {
    return (await client.users.info({ user })).user?.deleted !== true;
  } catch (error) {
    if ((error as { data?: { error?: string } }).data?.error === 'user_not_found') return false;
    throw error;
  }
}
