import type { Draft } from './draft.ts';

/** Of a mail, with angle brackets: from the draft and the words it has, so that the same mail has the same id at every try and as a file. */
export function messageIdOf({ id, hash, content: { from } }: Pick<Draft, 'id' | 'hash' | 'content'>): string {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1).toLowerCase();
  return `<${id}.${hash.slice(0, 12)}@${domain}>`;
}
