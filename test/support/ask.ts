import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';

type Element = { action_id?: string; value?: string; options?: { value: string }[] };
type Block = { block_id: string; elements?: Element[]; accessory?: Element };

/** Types a command and waits for what only the asker sees of the answer. */
export async function ask(person: PersonOnPage, channel: string, line: string): Promise<PageMessage> {
  const before = new Set(person.shown.map((message) => message.ts));
  await person.command(channel, line);
  return person.message((message) => !before.has(message.ts) && message.ephemeralTo === person.id);
}

/** All text of a message: what stands in its blocks and what notifications show. */
export function said(message: PageMessage): string {
  const texts: string[] = [message.text];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === 'object')
      for (const [name, part] of Object.entries(value)) name === 'text' && typeof part === 'string' ? texts.push(part) : walk(part);
  };
  walk(message.blocks);
  return texts.join('\n');
}

const elementsOf = (block: Block): Element[] => [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])];
const named = ({ action_id: id }: Element, action: string) => id === action || id?.startsWith(`${action}:`) === true;

function find(message: PageMessage, action: string, fits: (element: Element) => boolean): { block: Block; element: Element } {
  for (const block of (message.blocks ?? []) as Block[]) {
    const element = elementsOf(block).find((each) => named(each, action) && fits(each));
    if (element) return { block, element };
  }
  throw new Error(`there is no ${action} in: ${said(message)}`);
}

/** Clicks a button of a message. */
export async function press(
  person: PersonOnPage,
  message: PageMessage,
  action: string,
  fits?: (element: Element) => boolean,
): Promise<void> {
  const { block, element } = find(message, action, fits ?? (() => true));
  const result = await person.click({ channel: message.channel, ts: message.ts }, block.block_id, element.action_id!);
  if (!result.ok) throw new Error(`the click was refused: ${JSON.stringify(result)}`);
}
