import { accountCards } from '../account/account-cards.slack.ts';
import type { Subject } from '../slack/listeners.ts';
import type { SlackWorld } from '../slack/world.ts';
import { eraseSubject } from './erase.slack.ts';
import { evidenceSubject } from './evidence.slack.ts';
import { fileMessageSubject } from './file-message.slack.ts';
import { noteSubject } from './note.slack.ts';
import { retentionSubject } from './retention.slack.ts';
import { timelineSubject } from './timeline.slack.ts';
import { trailExportSubject } from './trail-export.slack.ts';

/** What is on file: seen, added to, taken out as evidence, and removed. `copyTrail` brings what is recorded into the trail. */
export function trailSubjects(world: SlackWorld, copyTrail: () => Promise<unknown>): Subject[] {
  const cards = accountCards(world);
  return [
    timelineSubject(world),
    noteSubject(world, cards),
    fileMessageSubject(world),
    trailExportSubject(world),
    evidenceSubject({ ...world, copyTrail }),
    eraseSubject({ ...world, copy: copyTrail }),
    retentionSubject(world),
  ];
}
