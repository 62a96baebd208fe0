import type { MessageShortcut } from '@slack/bolt';
import { LONGEST_INTERACTION, type NamedFile } from './interaction.ts';

/** What is kept of a Slack message. Everything in it is untrusted. */
export interface MessageOnFile {
  /** As people read it, cut to what the file takes. */
  readonly text: string;
  readonly cut: boolean;
  /** Slack user id, or the name an app posts under. */
  readonly author: string;
  readonly ts: string;
  readonly files: readonly NamedFile[];
  /** More files than are named. */
  readonly moreFiles: number;
}

/** Named in a modal's private_metadata, which holds 3000 characters, a quotation mark counting twice. */
const MOST_FILES = 10;
const LONGEST_NAME = 80;

/** Reads the message of a shortcut. Its files are named and never fetched, whatever their size. */
export function messageOnFile({ message }: Pick<MessageShortcut, 'message'>): MessageOnFile {
  const fields = message as Readonly<Record<string, unknown>>;
  const text = readable(textOf(fields.text));
  const attached = (Array.isArray(fields.files) ? fields.files : []).map(named);
  const author = [fields.user, fields.username, fields.bot_id].find((each) => typeof each === 'string' && each !== '');
  return {
    text: text.slice(0, LONGEST_INTERACTION),
    cut: text.length > LONGEST_INTERACTION,
    author: textOf(author).slice(0, 80),
    ts: textOf(fields.ts),
    files: attached.slice(0, MOST_FILES),
    moreFiles: Math.max(0, attached.length - MOST_FILES),
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function named(file: { readonly id?: unknown; readonly name?: unknown; readonly size?: unknown }): NamedFile {
  const size = typeof file.size === 'number' && Number.isSafeInteger(file.size) && file.size >= 0 ? file.size : 0;
  const name = textOf(file.name).replace(/\p{C}/gu, ' ').slice(0, LONGEST_NAME);
  return { id: textOf(file.id).slice(0, 20), name: name.trim() || 'a file without a name', size };
}

/** Slack's markup as people see it: mentions, channels, links with their address; entities back to characters. */
function readable(text: string): string {
  return text
    .replace(/<([@#])([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, mark, id, label) => `${mark}${label || id}`)
    .replace(/<!([a-z]+)[^>]*>/g, '@$1')
    .replace(/<([^|>]+)\|([^>]+)>/g, (_, address, label) => (address === label ? address : `${label} (${address})`))
    .replace(/<([^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** "contract.pdf (1.1 GB)". */
export function fileWords({ name, size }: NamedFile): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = size < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
  return `${name} (${power === 0 ? size : (size / 1000 ** power).toFixed(1)} ${units[power]})`;
}
