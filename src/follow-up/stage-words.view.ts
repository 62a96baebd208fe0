import { plain } from '../slack/text.ts';
import { FIRST_POLICIES } from './default-policies.ts';

const NAMES = new Map(FIRST_POLICIES.kept.flatMap(({ stages }) => stages.map(({ key, name }) => [key, name] as const)));

/** What people read for the key of a stage that was recorded; of a stage of their own they chose the key. Escaped. */
export function stageWords(key: unknown): string {
  const text = String(key ?? '');
  return `“${plain(NAMES.get(text) ?? text)}”`;
}
