import type { PageMessage, PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { startBot } from './bot.ts';
import { ledgerPlace } from './ledger-place.ts';

export const CHANNEL = 'C0COLLECT';
const HEAD = 'account,number,currency,total,issued,due,account_name';

export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly elements?: readonly { readonly action_id?: string }[];
  readonly accessory?: { readonly action_id: string };
  readonly element?: {
    readonly type: string;
    readonly action_id: string;
    readonly options?: readonly { readonly value: string; readonly text: { readonly text: string } }[];
    readonly option_groups?: readonly { readonly options: NonNullable<NonNullable<Block['element']>['options']> }[];
    readonly initial_option?: { readonly value: string; readonly text: { readonly text: string } };
    readonly initial_value?: string;
  };
}

export const blocksOf = (of: PageMessage | PageView) => (of.blocks ?? []) as Block[];
/** All that a message or view says, as one line. */
export const saidIn = (of: PageMessage | PageView) => JSON.stringify(blocksOf(of)).replaceAll('\\"', '"');
export const offers = (message: PageMessage, action: string) => JSON.stringify(blocksOf(message)).includes(`"${action}:`);

export const csv = (...rows: string[]) => `${[HEAD, ...rows].join('\n')}\n`;
export const invoiceLine = (number: string | number, total = '100.00', account = 'C1') =>
  `${account},I${number},EUR,${total},2026-01-01,2026-01-31,Acme`;

/** The bot over a store of its own with an empty ledger, where Ines and Paul may import and Mara may not. */
export async function importBot() {
  const place = await ledgerPlace();
  await seatTeam(place.stores);
  const bot = await startBot({ env: { SAMPLE_LEDGER: 'no', MONGODB_URI: place.uri } });
  return {
    ...bot,
    place,
    async stop() {
      await bot.stop();
      await place.close();
    },
  };
}

async function seatTeam({ team }: OpenStore): Promise<void> {
  const roles = { U0INES: 'manager', U0PAUL: 'finance-lead', U0MARA: 'collector', U0ALEX: 'admin' } as const;
  const members = Object.entries(roles).map(([user, role]) => ({ user, roles: [role], absence: null }));
  await team.save(await team.read(), { members, rules: [] }, [], 'test');
}

/** The bot's card about a file, once it fits. */
export const cardOf = (person: PersonOnPage, name: string, fits: (message: PageMessage) => boolean) =>
  person.message((message) => message.text.startsWith(`${name}:`) && fits(message));

/** As a person does it who sees the message as it is now; a card that is drawn anew has other ids. */
export async function press(person: PersonOnPage, seen: PageMessage, action: string): Promise<void> {
  await until(
    async () =>
      (await pressOnce(person, person.shown.find(({ ts, channel }) => ts === seen.ts && channel === seen.channel) ?? seen, action)).ok,
    () => `the button ${action} to be pressed`,
  );
}

function pressOnce(person: PersonOnPage, message: PageMessage, action: string) {
  for (const block of blocksOf(message)) {
    const elements = [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])];
    const id = elements.map((each) => each.action_id ?? '').find((each) => each === action || each.startsWith(`${action}:`));
    if (id) return person.click({ channel: message.channel, ts: message.ts }, block.block_id ?? '', id);
  }
  throw new Error(`no button ${action} in ${saidIn(message)}`);
}

export async function drop(person: PersonOnPage, name: string, bytes: string | Uint8Array<ArrayBuffer>, channel = CHANNEL): Promise<void> {
  const result = await person.upload(channel, name, bytes);
  if (!result.ok) throw new Error(`the file was not taken: ${JSON.stringify(result)}`);
}

/** Presses Dry run and waits for its result. */
export async function check(person: PersonOnPage, name: string): Promise<PageMessage> {
  await press(person, await cardOf(person, name, (each) => offers(each, 'import-check')), 'import-check');
  return cardOf(person, name, (each) => offers(each, 'import-go'));
}

/** Drops, checks and imports; answers the summary in the thread. */
export async function importFile(person: PersonOnPage, name: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<PageMessage> {
  await drop(person, name, bytes);
  await press(person, await check(person, name), 'import-go');
  return person.message((each) => each.text === `${name} is imported`);
}

/** What a modal's field is filled with: an option by its label, or text. */
export function filled(view: PageView, values: Readonly<Record<string, string>>): PageState {
  const state: PageState = {};
  for (const [id, wanted] of Object.entries(values)) {
    const block = blocksOf(view).find((each) => each.block_id === id);
    if (!block?.element) throw new Error(`no field ${id} among ${blocksOf(view).map((each) => each.block_id)}`);
    const { type, action_id, option_groups = [] } = block.element;
    const options = block.element.options ?? option_groups.flatMap((group) => group.options);
    const option = options.find(({ text }) => text.text === wanted);
    if (type === 'static_select' && !option) throw new Error(`no option ${wanted} in ${id}`);
    state[id] = { [action_id]: (option ? { type, selected_option: option } : { type, value: wanted }) as never };
  }
  return state;
}

/** The asker's own answer to a command, newest first. */
export const privately = (person: PersonOnPage, fits: (message: PageMessage) => boolean) =>
  until(
    () => person.shown.findLast((each) => (each.ephemeralTo === person.id || each.channel.startsWith('D')) && fits(each)),
    () => `a private message among ${JSON.stringify(person.shown.map((each) => each.text))}`,
  );
