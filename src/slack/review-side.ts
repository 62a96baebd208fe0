import type { WebClient } from '@slack/web-api';
import type { Draft } from '../domain/draft.ts';
import { keepDrafts } from '../operations/keep-drafts.ts';
import type { Logger } from '../operations/log-port.ts';
import type { Jobs } from '../operations/ports.ts';
import { draftWriter, type PrepareDraftsPorts } from '../operations/prepare-drafts.ts';
import { accountCards, type CardPorts } from './account-cards.ts';
import { ourPeople } from './our-people.ts';
import { correspondenceSubject } from './subjects/correspondence.ts';
import { type ReviewSubjectPorts, reviewSubject } from './subjects/review.ts';
import { senderSubject } from './subjects/sender.ts';

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
