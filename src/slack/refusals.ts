import type { AccountRefusal } from '../domain/account-work.ts';
import { LONGEST_HOLD_DAYS } from '../domain/account-work.ts';
import type { TeamRefusal } from '../domain/team-changes.ts';

type Refusal = AccountRefusal | TeamRefusal | 'no-such-account' | 'changed-meanwhile' | 'not-assignable' | 'card-outdated';

/** One sentence for people per refusal: what happened and what to do. Nothing was changed in any of them. */
export const REFUSED: Readonly<Record<Refusal, string>> = {
  'already-assigned': 'That person already is the collector of this account.',
  'collector-changed-meanwhile': 'Somebody else has just assigned this account. Nothing of yours was changed; look at the card again and decide anew.',
  'day-not-in-future': 'Choose a day after today.',
  'hold-too-long': `A hold or snooze ends within ${LONGEST_HOLD_DAYS} days. Choose an earlier day; if the customer must not be contacted at all, set the status instead.`,
  'reason-missing': 'Give a reason: the file keeps it.',
  'not-held': 'This account is not on hold.',
  'status-unchanged': 'The account already has this status.',
  'kind-unchanged': 'The account already is marked as this kind of customer.',
  'no-such-account': 'This account is not in the ledger any more.',
  'changed-meanwhile': 'This was changed by somebody else at the same moment. Nothing of yours was changed; look again and repeat it if it is still needed.',
  'not-assignable': 'Only active members of this workspace with the role collector or manager can be given accounts. An admin gives roles with the roles part of the collections command.',
  'card-outdated': 'The account has changed since this card was drawn. Nothing was changed; here is the current card.',
  'admin-exists': 'There already is an admin, so the code is spent. Ask an admin to give you a role.',
  'last-admin': 'The team needs at least one admin. Make somebody else admin first.',
  'roles-unchanged': 'The person already has exactly these roles.',
  'absence-in-past': 'This absence is already over. Choose a last day that is today or later.',
  'absence-ends-before-it-begins': 'The last day lies before the first day.',
  'covers-oneself': 'Somebody else must cover.',
  'cover-is-no-collector': 'Whoever covers needs the role collector.',
  'not-absent': 'No absence is set for this person.',
  'rules-changed-meanwhile': 'Somebody else has just changed the rules or the team. Nothing of yours was changed; look at the rules again and repeat it.',
  'left-unchanged': 'This is already known.',
  'rule-names-nobody': 'A rule needs at least one collector.',
  'rule-matches-everything': 'A rule without a condition takes every account and hides the rules behind it. Put it last, or give it a condition.',
};
