import type { PoliciesFact } from '../follow-up/policies.ts';
import { shortDay } from '../slack/freshness.ts';
import { counted, plain } from '../slack/text.ts';
import type { ImportFact, MappingFact, SettingsFact } from '../trail/fact-table.ts';
import { RECORD_KINDS, type RetentionFact, totalOf } from '../trail/retention.ts';
import { monthsText, RECORD_WORDS } from '../trail/retention-words.view.ts';
import type { TeamFact } from './team-changes.ts';

type HouseFact = TeamFact | PoliciesFact | SettingsFact | RetentionFact | ImportFact | MappingFact;

const list = (values: readonly string[]) => (values.length > 0 ? values.map(plain).join(', ') : 'none');

export const HOUSE_SENTENCES: { readonly [Type in HouseFact['type']]: (fact: Extract<HouseFact, { type: Type }>) => string } = {
  'admin-claimed': ({ user }) => `<@${user}> became the first admin`,
  'roles-set': ({ user, from, to }) => `roles of <@${user}>: ${list(from)} → ${list(to)}`,
  'absence-set': ({ user, absence }) =>
    absence
      ? `<@${user}> is absent from ${shortDay(absence.from)} to ${shortDay(absence.to)}; <@${absence.cover}> covers`
      : `<@${user}> is back`,
  'rules-set': ({ rules }) => `rules of assignment set: ${counted(rules.length, 'rule')}`,
  'alerts-set': ({ user, how }) => `alerts of <@${user}> come ${how === 'daily' ? 'once a day' : 'each at once'}`,
  'owners-found': ({ found, unknown }) =>
    `owners in sales looked up in Slack by their address: ${found.length > 0 ? found.map((user) => `<@${user}>`).join(', ') : 'nobody'} found, ${unknown} unknown`,
  'member-left': ({ user }) => `<@${user}> was deactivated in Slack`,
  'member-returned': ({ user }) => `<@${user}> is active in Slack again`,
  'policy-saved': ({ policy }) => `policy “${plain(policy.name)}” saved as version ${policy.version}`,
  'company-policy-chosen': ({ from, to }) => `policy of the company: ${plain(from)} → ${plain(to)}`,
  'segment-policy-chosen': ({ segment, to }) =>
    to ? `policy of the segment ${plain(segment)}: ${plain(to)}` : `segment ${plain(segment)} follows the policy of the company again`,
  'follow-up-rules-set': () => 'rules of follow-up set',
  'settings-changed': ({ changes }) => `settings changed: ${list(Object.keys(changes))}`,
  'retention-set': ({ from, to }) =>
    `times records are kept set: ${list(RECORD_KINDS.filter((kind) => from[kind] !== to[kind]).map((kind) => `${RECORD_WORDS[kind]} ${monthsText(to[kind])}`))}`,
  'retention-confirmed': ({ counts }) => `times records are kept confirmed after a dry run of ${counted(totalOf(counts), 'record')}`,
  'records-removed': ({ decidedBy, counts }) =>
    `${counted(totalOf(counts), 'record')} removed for good, as <@${decidedBy}> decided: ${list(RECORD_KINDS.filter((kind) => counts[kind].records > 0).map((kind) => `${RECORD_WORDS[kind]} ${counts[kind].records}`))}`,
  'ledger-imported': ({ source, counts }) =>
    `ledger imported from ${plain(source)}: ${counts.new} new, ${counts.changed} changed, ${counts.rejected} rejected`,
  'mapping-set': ({ name }) => `columns of “${plain(name)}” set`,
};
