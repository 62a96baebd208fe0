import type { PageMessage, PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { listening } from './listening.ts';

/** Their effect is a file or another page, not a form. */
const NOT_PRESSED = /^(overdue-download|evidence-build|work-page|home-page)/;

interface Pressable {
  readonly place: { channel: string; ts: string } | { view: string };
  readonly block: string;
  readonly action: string;
  readonly kind: string;
  readonly value?: unknown;
}
type Option = { value: string };
type Element = { type: string; action_id?: string; options?: Option[]; option_groups?: { options: Option[] }[] };
type Block = { block_id: string; elements?: Element[]; accessory?: Element };

/** Buttons, and each entry of a menu, in what somebody is shown. */
function pressables(blocks: readonly unknown[], place: Pressable['place']): Pressable[] {
  return (blocks as Block[]).flatMap(({ block_id: block, elements = [], accessory }) =>
    [...elements, ...(accessory ? [accessory] : [])].flatMap(
      ({ type, action_id: action, options = [], option_groups = [] }): Pressable[] => {
        if (action === undefined) return [];
        const kind = action.replace(/:.*/, '');
        if (type === 'button') return [{ place, block, action, kind }];
        return [...options, ...option_groups.flatMap((group) => group.options)].map((selected_option) => ({
          ...{ place, block, action, kind: `${kind} ${selected_option.value}`, value: { type, selected_option } },
        }));
      },
    ),
  );
}

/** The stream of what the page is sent has stood still: also what nobody asked for has come. */
async function still(person: PersonOnPage): Promise<void> {
  let [count, since] = [person.seen.length, performance.now()];
  await until(() => {
    if (person.seen.length !== count) [count, since] = [person.seen.length, performance.now()];
    return performance.now() - since > 250 || undefined;
  });
}

/** The bot has done all that it was asked, and the person sees the forms that are open by then. */
async function answered(person: PersonOnPage): Promise<void> {
  const sees = async () => JSON.stringify((await person.snapshot()).modals) === JSON.stringify(open(person));
  await until(async () => (!listening() && (await sees()) && !listening()) || undefined);
}

const open = (person: PersonOnPage): PageView[] => person.seen.findLast((event) => event.type === 'modals')?.modals ?? [];
async function closeAll(person: PersonOnPage): Promise<void> {
  // A form that only loads may be replaced between the look and the click.
  for (let view = open(person).at(-1); view; view = open(person).at(-1)) {
    await person.act({ do: 'close', view: view.id });
    await answered(person);
  }
}

const shownTo = (person: PersonOnPage): Pressable[] => {
  const messages = person.shown.filter((message: PageMessage) => message.blocks);
  const home = person.seen.findLast((event) => event.type === 'home');
  const homes = home?.type === 'home' ? pressables(home.view.blocks, { view: home.view.id }) : [];
  return [...messages.flatMap(({ blocks, channel, ts }) => pressables(blocks ?? [], { channel, ts })), ...homes];
};

/** Types each line and presses whatever is shown then, one of each kind, as far as it leads. Every form that opens is closed again. Returns the kinds. */
export async function pressAll(person: PersonOnPage, channel: string, lines: readonly string[]): Promise<ReadonlySet<string>> {
  const pressed = new Set<string>();
  await person.act({ do: 'open-home' });
  for (const line of lines) {
    await person.command(channel, line);
    await answered(person);
    await closeAll(person);
  }
  await still(person);
  const next = () => shownTo(person).find(({ kind }) => !pressed.has(kind) && !NOT_PRESSED.test(kind));
  for (let each = next(); each; each = next()) {
    pressed.add(each.kind);
    await person.click(each.place, each.block, each.action, each.value);
    await answered(person);
    await closeAll(person);
    if (!next()) await still(person);
  }
  return pressed;
}
