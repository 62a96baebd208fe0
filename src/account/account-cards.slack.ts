import { z } from 'zod';
import { placementOf } from '../escalation/placement.ts';
import { nextContact } from '../follow-up/next-contact.op.ts';
import { type Day, dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { type Asker, type ClickRequest, Refused, type SubmitRequest } from '../slack/listeners.ts';
import { fieldErrors, type modal } from '../slack/modals.ts';
import type { CardRef } from '../slack/pressed.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import type { Settings } from '../team/settings.port.ts';
import { mayDo, memberOf } from '../team/team.ts';
import { readableFacts } from '../trail/privileged.op.ts';
import { accountCardReply } from './account-card.view.ts';
import type { AccountRequest, AccountWork } from './account-work.ts';
import { changeAccount } from './change-account.op.ts';
import { readAccount } from './read-account.op.ts';

/** What a form from a card is opened with. */
export interface FromCard {
  readonly ref: CardRef;
  readonly work: AccountWork;
  readonly today: Day;
  readonly settings: Settings;
  /** The clicked button's whole value. */
  readonly value: Readonly<Record<string, unknown>>;
}

const cardRef = z.looseObject({ a: z.string().max(100), v: z.number().int() });
/** `c` channel of the card; `w` who was collector when the form was opened; `i` the promise, dispute or reply it is about; `n` its revision. */
const carriedRef = z.object({
  a: z.string().max(100),
  v: z.number().int(),
  c: z.string().max(40),
  w: z.string().max(40).nullable(),
  i: z.string().max(100).optional(),
  n: z.string().max(12).optional(),
});
export type Carried = z.infer<typeof carriedRef>;

export const carriedBy = (request: SubmitRequest): Carried => readCarried(carriedRef, request.view.private_metadata);

/** What every subject that works from an account's card has in common. */
export function accountCards(world: World) {
  const card = (id: string, asker: Asker, notice?: string) => drawCard(world, id, asker, notice);
  /** The clicked card's account, when the card is current; else the asker gets the current card and nothing happens. */
  const current = async (request: ClickRequest): Promise<FromCard | null> => {
    const value = readCarried(cardRef, request.value);
    const { a, v } = value;
    const account = await world.accounts.load(a);
    if (!account) throw new Refused(REFUSED['no-such-account']);
    if (account.version !== v) {
      await request.replace(await card(a, request.asker, REFUSED['card-outdated']));
      return null;
    }
    const today = dayIn(zoneOf(account, request.settings), world.clock.now());
    return { ref: { a, v }, work: account.work, today, settings: request.settings, value };
  };
  const open =
    (view: (from: FromCard, carried: object) => ReturnType<typeof modal> | Promise<ReturnType<typeof modal>>) =>
    async (request: ClickRequest) => {
      const from = await current(request);
      if (!from) return;
      const about = typeof from.value.i === 'string' ? { i: from.value.i } : {};
      const carried = { ...from.ref, c: request.asker.channel, w: from.work.collector, ...about };
      await request.client.views.open({ trigger_id: request.triggerId, view: await view(from, carried) });
    };
  /** From a message that lists or tells of accounts: what has changed on the account since does not matter. */
  const openNow =
    (view: (from: FromCard, carried: object) => ReturnType<typeof modal> | Promise<ReturnType<typeof modal>>) =>
    async (request: ClickRequest) => {
      const value = readCarried(z.looseObject({ a: z.string().max(100) }), request.value);
      const account = await world.accounts.load(value.a);
      if (!account) throw new Refused(REFUSED['no-such-account']);
      const today = dayIn(zoneOf(account, request.settings), world.clock.now());
      const ref = { a: value.a, v: account.version };
      const carried = { ...ref, c: request.asker.channel, w: account.work.collector };
      await request.client.views.open({
        trigger_id: request.triggerId,
        view: await view({ ref, work: account.work, today, settings: request.settings, value }, carried),
      });
    };
  /** For what rests while an agency or a law firm follows the account up: said before anybody fills a form. */
  const openUnplaced: typeof open = (view) =>
    open((from, carried) => {
      if (placementOf(from.work) !== null) throw new Refused(REFUSED['account-placed']);
      return view(from, carried);
    });
  const redrawn = (request: SubmitRequest, { a, c }: Carried, done: string) =>
    request.later(async () => request.tell(c, await card(a, request.asker, done)));
  /** A form that asks one change of the account; its refusals show under `field`. */
  const submitted =
    (
      field: string,
      wanted: (request: SubmitRequest, carried: Carried) => Promise<AccountRequest | { errors: Record<string, string> }>,
      done: string,
    ) =>
    async (request: SubmitRequest) => {
      const carried = carriedBy(request);
      const change = await wanted(request, carried);
      if ('errors' in change) return fieldErrors(change.errors);
      const result = await changeAccount(world, carried.a, change, request.asker.user, `submit:${request.view.id}`);
      if (!result.done) return fieldErrors({ [field]: REFUSED[result.refused] });
      redrawn(request, carried, done);
      return undefined;
    };
  return { card, current, open, openUnplaced, openNow, submitted, redrawn };
}

export type AccountCards = ReturnType<typeof accountCards>;

async function drawCard(world: World, id: string, asker: Asker, notice?: string): Promise<Reply> {
  const [found, settings, team, next] = await Promise.all([
    readAccount(world, id),
    world.settings.read(),
    world.team.read(),
    nextContact(world, id),
  ]);
  if (!found) throw new Refused(REFUSED['no-such-account']);
  const timeline = await readableFacts(world, id, asker.user, found.timeline);
  const view = {
    card: { ...found, timeline },
    zone: settings.zone,
    now: world.clock.now(),
    mayCollect: mayDo(team, asker.user, 'collect'),
    mayManage: mayDo(team, asker.user, 'manage'),
    mayApprove: mayDo(team, asker.user, 'approve'),
    next,
    collectorLeft: memberOf(team, found.work.collector ?? '')?.left ?? false,
  };
  return accountCardReply(notice === undefined ? view : { ...view, notice });
}
