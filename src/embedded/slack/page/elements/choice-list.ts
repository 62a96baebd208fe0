import type { Option } from '@slack/types';
import type { PageSnapshot, PageUser } from '../../page-protocol.ts';
import type { ElementJson } from '../form-state.ts';

/** One thing that a select offers. */
export interface Choice {
  id: string;
  label: string;
  note?: string;
  group?: string;
  user?: PageUser;
  /** static and external selects: the option as the app gave it. */
  option?: Option;
}

const optionChoice = (option: Option, group?: string): Choice => ({
  id: option.value ?? option.text.text,
  label: option.text.text,
  note: option.description?.text,
  group,
  option,
});

/** The choices of an options array, or of option groups. */
export function optionChoices(given: unknown): Choice[] {
  const { options, option_groups: groups } = given as {
    options?: Option[];
    option_groups?: { label: { text: string }; options: Option[] }[];
  };
  if (groups) return groups.flatMap((group) => group.options.map((option) => optionChoice(option, group.label.text)));
  return (options ?? []).map((option) => optionChoice(option));
}

/** What a select offers before anything is typed; an external select offers nothing yet. */
export function offeredChoices(element: ElementJson, snapshot: PageSnapshot): Choice[] {
  const kind = element.type.replace(/^multi_/, '');
  if (kind === 'static_select') return optionChoices(element);
  if (kind === 'users_select') return snapshot.users.filter((user) => !user.deactivated).map(userChoice);
  const { filter = {} } = element as {
    filter?: { include?: string[]; exclude_bot_users?: boolean; exclude_external_shared_channels?: boolean };
  };
  const include = kind === 'channels_select' ? ['public'] : (filter.include ?? ['im', 'private', 'public']);
  const kinds = { channel: 'public', private: 'private', im: 'im' };
  if (kind !== 'channels_select' && kind !== 'conversations_select') return [];
  return snapshot.channels
    .filter(
      (channel) =>
        !channel.archived && include.includes(kinds[channel.kind]) && !(channel.shared && filter.exclude_external_shared_channels),
    )
    .map((channel) => ({ channel, user: snapshot.users.find((user) => user.id === channel.with) }))
    .filter(({ user }) => !(filter.exclude_bot_users && user?.kind === 'bot'))
    .map(({ channel, user }) => ({ id: channel.id, label: user ? user.realName : `#${channel.name}`, user }));
}

const userChoice = (user: PageUser): Choice => ({ id: user.id, label: user.realName, note: user.title || undefined, user });

const FIELDS: Record<string, string> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
};

/** The state value object of a select with these picks. */
export function pickedValue(element: ElementJson, picks: readonly Choice[]): Record<string, unknown> {
  const many = element.type.startsWith('multi_');
  const field = FIELDS[element.type.replace(/^multi_/, '')]!;
  const held = picks.map((pick) => (field === 'selected_option' ? pick.option : pick.id));
  return { type: element.type, [many ? `${field}s` : field]: many ? held : (held[0] ?? null) };
}

/** The choices that a state value object holds; ones no longer offered keep their id as label. */
export function pickedChoices(element: ElementJson, value: Record<string, unknown>, offered: readonly Choice[]): Choice[] {
  const many = element.type.startsWith('multi_');
  const field = FIELDS[element.type.replace(/^multi_/, '')]!;
  const held = (many ? (value[`${field}s`] ?? []) : value[field] ? [value[field]] : []) as (Option | string)[];
  return held.map((item) =>
    typeof item === 'string' ? (offered.find((choice) => choice.id === item) ?? { id: item, label: item }) : optionChoice(item),
  );
}
