import fs from 'node:fs';
import path from 'node:path';
import type { AnyBlock, View } from '@slack/types';
import { MENU } from '../../src/slack/pressed.ts';

/** A message's blocks or a view, as the bot sent it. */
export type Card =
  | { readonly kind: 'message'; readonly payload: { readonly blocks: AnyBlock[] } }
  | { readonly kind: 'modal' | 'home'; readonly payload: View };

/** One card of each kind, made by the tests out of made-up data (`npm run record-cards`): what verify-slack has Slack judge. */
export const CARDS_FILE = path.join(import.meta.dirname, 'cards.json');

export const readCards = (): Card[] => (fs.existsSync(CARDS_FILE) ? (JSON.parse(fs.readFileSync(CARDS_FILE, 'utf8')) as Card[]) : []);

type Found = Record<string, unknown>;

/** Everything in a card that has a type: blocks, elements, texts. */
function* typed(value: unknown): Generator<Found> {
  if (Array.isArray(value)) for (const each of value) yield* typed(each);
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value) yield value as Found;
    for (const each of Object.values(value)) yield* typed(each);
  }
}

export const callbackOf = ({ kind, payload }: Card): string =>
  kind === 'modal' && 'callback_id' in payload ? (payload.callback_id ?? 'no callback') : kind;

/** Ids with numbers or keys of data in them are of one kind. */
const kindOfId = (id: unknown) =>
  String(id ?? '')
    .replace(/:.*$/, '')
    .replace(/\d+/g, 'N');

/** What can be pressed or filled in, by action id without its key. */
export const actionsOf = (card: Card): string[] =>
  [...typed(card.payload.blocks)].flatMap(({ action_id }) => (action_id === undefined ? [] : [kindOfId(action_id)]));

/** Form, field and element of each input. */
export function fieldsOf(card: Card): string[] {
  if (card.kind !== 'modal') return [];
  return card.payload.blocks.flatMap((block) => {
    const { type, block_id, element } = block as unknown as Found & { element?: Found };
    return type === 'input' ? [`${callbackOf(card)} ${kindOfId(block_id)} ${element?.type}`] : [];
  });
}

/** Entries of an account's menu, each of which opens a form. */
const entriesOf = (card: Card): string[] =>
  [...typed(card.payload.blocks)]
    .filter(({ action_id }) => String(action_id).startsWith(MENU))
    .flatMap((menu) => [...JSON.stringify(menu).matchAll(/"value":"([a-z-]+)"/g)].map(([, value]) => `${MENU} ${value}`));

/** What tells one kind of card from another: where it is shown, its types, and what can be done in it. */
function partsOf(card: Card): string[] {
  const where = callbackOf(card);
  const parts = [...typed(card.payload.blocks)].map(
    ({ type, action_id, style }) => `${where} ${type} ${kindOfId(action_id)} ${style ?? ''}`,
  );
  return [...parts, ...fieldsOf(card), ...entriesOf(card), where];
}

/** Keeps those that show something new: a kind of form, field, button or block. */
export class CardSample {
  readonly cards: Card[] = [];
  readonly #known = new Set<string>();

  add(card: Card): void {
    const parts = partsOf(card);
    if (parts.every((part) => this.#known.has(part))) return;
    for (const part of parts) this.#known.add(part);
    this.cards.push(card);
  }
}
