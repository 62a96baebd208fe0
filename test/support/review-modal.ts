import { setTimeout as pause } from 'node:timers/promises';
import type { PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';

interface Element {
  readonly action_id?: string;
  readonly text?: { readonly text: string };
  readonly value?: string;
  readonly options?: { readonly value: string }[];
}
interface Block {
  readonly block_id?: string;
  readonly elements?: Element[];
  readonly accessory?: Element;
  readonly element?: Element;
}

/** All words that stand in a form. */
export function wordsOf(view: { readonly blocks?: unknown; readonly title?: unknown; readonly submit?: unknown }): string {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === 'object')
      for (const [name, part] of Object.entries(value)) name === 'text' && typeof part === 'string' ? texts.push(part) : walk(part);
  };
  walk([view.title, view.submit, view.blocks]);
  const own = [view.title, view.submit].filter((each) => typeof each === 'string');
  return [...own, ...texts].join('\n');
}

/** The form on top, as it is now. */
export function top(person: PersonOnPage): PageView | undefined {
  return person.seen.findLast((event) => event.type === 'modals')?.modals.at(-1);
}

/** Waits for the form on top to say something. */
export async function shows(person: PersonOnPage, words: string | RegExp): Promise<PageView> {
  for (const end = performance.now() + 60_000; ; ) {
    const view = top(person);
    const said = view ? wordsOf(view) : '';
    if (view && (typeof words === 'string' ? said.includes(words) : words.test(said))) return view;
    if (performance.now() > end) throw new Error(`no form of ${person.id} says ${words}: ${said.slice(0, 1500)}`);
    await pause(20);
  }
}

export async function closeAll(person: PersonOnPage): Promise<void> {
  const open = person.seen.findLast((event) => event.type === 'modals')?.modals ?? [];
  for (const view of [...open].reverse()) await person.act({ do: 'close', view: view.id });
}

/** Opens one’s review by the command. */
export async function openReview(person: PersonOnPage, channel = 'C0COLLECT'): Promise<PageView> {
  await closeAll(person);
  person.seen.length = 0;
  await person.command(channel, '/collections review');
  return shows(person, /Review \d+ of \d+|No emails to review/);
}

/** Presses a button of the form on top, by its label. */
export async function pressIn(person: PersonOnPage, label: string): Promise<void> {
  const view = await shows(person, label);
  for (const { block_id, elements = [], accessory } of view.blocks as Block[]) {
    const found = [...elements, ...(accessory ? [accessory] : [])].find(({ text }) => text?.text === label);
    if (!found) continue;
    const result = await person.click({ view: view.id }, block_id!, found.action_id!);
    if (!result.ok) throw new Error(`the press was refused: ${JSON.stringify(result)}`);
    return;
  }
  throw new Error(`no button ${label} in ${wordsOf(view).slice(0, 1000)}`);
}

/** What the form on top carries as it stands, as Slack would send it: ticked boxes and first values. */
export function stateOf(view: PageView, change: (option: { value: string }) => boolean = () => true) {
  const state: Record<string, Record<string, unknown>> = {};
  for (const { block_id, element } of view.blocks as (Block & { element?: Element & { type?: string } })[])
    if (element?.type === 'checkboxes')
      state[block_id!] = { [element.action_id!]: { type: 'checkboxes', selected_options: (element.options ?? []).filter(change) } };
  return state as never;
}

/** Sends the form on top once. */
export async function submitTop(person: PersonOnPage, tick?: (option: { value: string }) => boolean): Promise<void> {
  const view = top(person);
  if (!view) throw new Error('no form is open');
  const result = await person.submit(view.id, stateOf(view, tick));
  if (!result.ok) throw new Error(`the form was refused: ${JSON.stringify(result)}`);
}

/** Approves what is shown, as soon as it has been shown long enough; resolves to what is shown then. */
export async function approve(person: PersonOnPage): Promise<PageView> {
  for (;;) {
    await submitTop(person);
    const view = await shows(person, /Approved: |only just appeared|Not approved|approving|:warning:/i);
    if (!wordsOf(view).includes('only just appeared')) return view;
    await pause(200);
  }
}

/** Goes on with Skip until the email to a customer is shown. */
export const openDraftOf = (person: PersonOnPage, name: string): Promise<PageView> =>
  openDraftThat(person, (words) => words.includes(`to ${name}`));

/** The same until an email is shown that is meant. */
export async function openDraftThat(person: PersonOnPage, meant: (words: string) => boolean): Promise<PageView> {
  let view = await openReview(person);
  for (let n = 0; n < 60; n += 1) {
    if (meant(wordsOf(view))) return view;
    const before = wordsOf(view);
    await pressIn(person, 'Skip');
    for (const end = performance.now() + 10_000; wordsOf(top(person)!) === before; ) {
      if (performance.now() > end) break;
      await pause(20);
    }
    view = top(person)!;
  }
  throw new Error('no such draft in the queue');
}
