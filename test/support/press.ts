import type { PersonOnPage } from '../embedded/slack/person.ts';

type Button = { action_id: string; text?: { text: string } };
type Block = { type: string; block_id?: string; elements?: Button[]; accessory?: Button };

/** Presses a button of the last card that has it. */
export async function press(person: PersonOnPage, label: string): Promise<void> {
  const { channel, ts, blocks } = await person.message(({ blocks }) => JSON.stringify(blocks ?? []).includes(`"${label}"`));
  for (const { block_id, elements = [], accessory } of blocks as unknown as Block[]) {
    const found = [...elements, ...(accessory ? [accessory] : [])].find(({ text }) => text?.text === label);
    if (found) await person.click({ channel, ts }, block_id!, found.action_id);
  }
}
