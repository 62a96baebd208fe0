import type { WebClient } from '@slack/web-api';
import { oneAtATime } from '../kernel/one-at-a-time.op.ts';
import type { SlackWorld } from '../slack/world.ts';
import { absenceSubject } from './absence.slack.ts';
import { assignSubject } from './assign.slack.ts';
import { assignByRule } from './assign-by-rule.op.ts';
import { workAssignments } from './assign-many.op.ts';
import { assignmentRenderers, bulkReporter } from './assignment-messages.slack.ts';

import { checkLeavers } from './check-leavers.op.ts';
import { claimSubject } from './claim.slack.ts';
import { reassignSubject } from './reassign.slack.ts';
import { rolesSubject } from './roles.slack.ts';
import { rulesSubject } from './rules.slack.ts';
import { setupSubject } from './setup.slack.ts';
import { assignmentTells } from './tell-assignment.op.ts';

/** Everything about who works on what: its subjects, its messages, and what is due of it. */
export function teamSide(world: SlackWorld) {
  const report = bulkReporter(world);
  const work = oneAtATime(
    () => workAssignments({ ...world, report }),
    (error) => world.log.error({ err: error }, 'assignments were interrupted; they go on within a minute'),
  );
  const withKick = { ...world, kick: work.soon };
  return {
    subjects: [
      claimSubject(world),
      setupSubject(world),
      rolesSubject(world),
      absenceSubject(world),
      assignSubject(world),
      reassignSubject(withKick),
      rulesSubject(withKick),
    ],
    renderers: assignmentRenderers(world),
    told: { 'collector-assigned': assignmentTells },
    due: [
      { name: 'collectors who left', run: () => checkLeavers({ ...world, isActive: (user) => isActive(world.client, user) }) },
      { name: 'new accounts', run: () => assignByRule(world) },
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
