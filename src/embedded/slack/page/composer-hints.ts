import type { PageSnapshot, PageUser } from '../page-protocol.ts';
import { encodeEntities } from './mrkdwn.ts';

/** A person or channel picked from the list, and the text that stands for it in the composer. */
export interface Entity {
  shown: string;
  id: string;
  name: string;
  sign: '@' | '#';
}

/** One line offered over the composer, and the text it puts in. */
export interface Hint {
  id: string;
  title: string;
  usage?: string;
  note?: string;
  user?: PageUser;
  insert: string;
  entity?: Entity;
}

export interface Hints {
  /** Where in the text the hint's insert goes. */
  from: number;
  to: number;
  items: Hint[];
}

const MOST_SHOWN = 8;

/** What to offer for a text and its caret: commands after "/", people after "@", channels after "#". Null for nothing. */
export function hintsFor(text: string, caret: number, snapshot: PageSnapshot): Hints | null {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before)) return found(0, caret, commandHints(before, snapshot));
  const token = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!token) return null;
  const sign = token[1] as '@' | '#';
  const typed = token[2]!.toLowerCase();
  return found(caret - typed.length - 1, caret, sign === '@' ? userHints(typed, snapshot) : channelHints(typed, snapshot));
}

const found = (from: number, to: number, items: Hint[]): Hints | null => (items.length ? { from, to, items } : null);

function commandHints(typed: string, { commands }: PageSnapshot): Hint[] {
  return commands
    .filter(({ command }) => command.startsWith(typed.toLowerCase()))
    .map(({ command, usageHint, description }) => ({
      id: command,
      title: command,
      usage: usageHint,
      note: description,
      insert: `${command} `,
    }));
}

function userHints(typed: string, { users }: PageSnapshot): Hint[] {
  return users
    .filter(
      (user) =>
        !user.deactivated &&
        `${user.realName} ${user.name}`
          .toLowerCase()
          .split(/[\s.]+/)
          .some((word) => word.startsWith(typed)),
    )
    .slice(0, MOST_SHOWN)
    .map((user) => {
      const shown = `@${user.realName}`;
      return {
        id: user.id,
        title: user.realName,
        note: user.title,
        user,
        insert: `${shown} `,
        entity: { shown, id: user.id, name: user.name, sign: '@' },
      };
    });
}

function channelHints(typed: string, { channels }: PageSnapshot): Hint[] {
  return channels
    .filter((channel) => channel.kind !== 'im' && channel.name.includes(typed))
    .slice(0, MOST_SHOWN)
    .map(({ id, name, topic }) => ({
      id,
      title: `#${name}`,
      note: topic,
      insert: `#${name} `,
      entity: { shown: `#${name}`, id, name, sign: '#' },
    }));
}

/** A composer text as it is sent: entities escaped, picked people and channels as <@U1>, in a command as <@U1|name>. */
export function encodeText(text: string, picked: readonly Entity[]): string {
  const command = text.startsWith('/');
  const longestFirst = [...new Map(picked.map((entity) => [entity.shown, entity])).values()].sort(
    (a, b) => b.shown.length - a.shown.length,
  );
  let pieces: { text: string; done: boolean }[] = [{ text, done: false }];
  for (const { shown, id, name, sign } of longestFirst) {
    const entity = `<${sign}${id}${command ? `|${name}` : ''}>`;
    pieces = pieces.flatMap((piece) =>
      piece.done
        ? [piece]
        : piece.text.split(shown).flatMap((part, index) => [...(index ? [{ text: entity, done: true }] : []), { text: part, done: false }]),
    );
  }
  return pieces.map((piece) => (piece.done || command ? piece.text : encodeEntities(piece.text))).join('');
}
