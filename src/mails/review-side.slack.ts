import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { accountCards, type CardPorts } from '../account/account-cards.slack.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import { ourPeople } from '../team/our-people.slack.ts';
import { correspondenceSubject } from './correspondence.slack.ts';
import type { Draft } from './draft.ts';
import { keepDrafts } from './keep-drafts.op.ts';
import { draftWriter, type PrepareDraftsPorts } from './prepare-drafts.op.ts';
import { type ReviewSubjectPorts, reviewSubject } from './review.slack.ts';
import { senderSubject } from './sender.slack.ts';

export interface ReviewSidePorts extends CardPorts, Omit<PrepareDraftsPorts, 'people'>, Omit<ReviewSubjectPorts, 'writer' | 'mailFile'> {
  readonly jobs: Jobs;
  readonly client: WebClient;
  readonly log: Logger;
  readonly owner: string;
  readonly mailFile: (draft: Draft) => Promise<Buffer>;
}

/** Everything about drafts and their review: its subjects, and what is due of it. */
export function reviewSide(ports: ReviewSidePorts) {
  const withPeople = { ...ports, people: ourPeople(ports.client) };
  return {
    subjects: [
      reviewSubject({ ...withPeople, writer: draftWriter(withPeople) }),
      senderSubject(ports),
      correspondenceSubject(withPeople, accountCards(ports)),
    ],
    due: [{ name: 'drafts', run: () => keepDrafts(withPeople) }],
  };
}
