import { z } from 'zod';
import { addMember, archive, removeMember, saveChannel, share } from './conversation/channels.ts';
import { slackUser } from './conversation/slack-shapes.ts';
import { emit } from './delivery/events.ts';
import { SocketMode } from './delivery/socket-mode.ts';
import { Fault } from './faults.ts';
import { Problem } from './interactivity/problem.ts';
import { OutageOrder } from './outage.ts';
import type { World } from './world.ts';

const milliseconds = z.int().min(0);

/** What tests and the curious may do to the workspace: arm a fault, or be its admin. */
export const ControlOrder = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('fault'), fault: Fault }),
  z.strictObject({ do: z.literal('clear-faults') }),
  OutageOrder,
  z.strictObject({ do: z.literal('outage-over') }),
  /** Has all sockets replaced as Slack does every few hours: at once, or warned of it before; abruptly: cuts them. */
  z.strictObject({ do: z.literal('disconnect'), abruptly: z.boolean().default(false), warned: z.boolean().default(false) }),
  /** A token is refused from now on: revoked, its app removed (account_inactive), or unknown. */
  z.strictObject({
    do: z.literal('revoke'),
    token: z.enum(['bot', 'app']),
    error: z.enum(['token_revoked', 'invalid_auth', 'account_inactive']).default('token_revoked'),
  }),
  /** It is good again, or another one is in its place: then the old is unknown. */
  z.strictObject({ do: z.literal('renew'), token: z.enum(['bot', 'app']), as: z.string().optional() }),
  /** The switch in the app's settings: off closes every socket with link_disabled. */
  z.strictObject({ do: z.literal('socket-mode'), on: z.boolean() }),
  z.strictObject({
    do: z.literal('limits'),
    limits: z.union([z.enum(['slack', 'off']), z.strictObject({ factor: z.number().positive() })]),
  }),
  z.strictObject({
    do: z.literal('timing'),
    ack: milliseconds.optional(),
    trigger: milliseconds.optional(),
    eventRetries: z.array(milliseconds).optional(),
    responseUrl: milliseconds.optional(),
    warning: milliseconds.optional(),
    leave: milliseconds.optional(),
    files: z.union([milliseconds, z.literal('never')]).optional(),
  }),
  z.strictObject({ do: z.literal('scopes'), scopes: z.array(z.string()) }),
  z.strictObject({ do: z.literal('deactivate'), person: z.string() }),
  z.strictObject({ do: z.literal('archive'), channel: z.string() }),
  /** Shares a channel with another company while everything runs, or ends that; `organisation`: with other workspaces of the same company. */
  z.strictObject({ do: z.literal('share'), channel: z.string(), how: z.enum(['accepted', 'pending', 'organisation', 'ended']) }),
  z.strictObject({ do: z.literal('restrict'), channel: z.string() }),
  z.strictObject({ do: z.literal('add-member'), channel: z.string(), person: z.string() }),
  z.strictObject({ do: z.literal('remove-member'), channel: z.string(), person: z.string() }),
]);
export type ControlOrder = z.input<typeof ControlOrder>;

const ADMIN = 'U0ALEX';

/** Carries out an order at once. @throws Problem when it names a person or channel that is not there */
export function control(world: World, order: z.output<typeof ControlOrder>): void {
  switch (order.do) {
    case 'fault':
      world.faults.arm(order.fault);
      break;
    case 'clear-faults':
      world.faults.clear();
      break;
    case 'outage':
    case 'outage-over':
    case 'disconnect':
    case 'socket-mode':
      changeLine(world, order);
      break;
    case 'revoke':
      world.refused[order.token] = order.error;
      break;
    case 'renew':
      delete world.refused[order.token];
      if (order.as !== undefined) world.credentials[order.token === 'bot' ? 'botToken' : 'appToken'] = order.as;
      break;
    case 'limits':
      world.limits.setting = order.limits;
      break;
    case 'timing': {
      const { do: _order, ...times } = order;
      Object.assign(world.timing, times);
      break;
    }
    case 'scopes':
      world.scopes = new Set(order.scopes);
      break;
    case 'deactivate':
      deactivate(world, order.person);
      break;
    default:
      changeChannel(world, order);
  }
}

type LineOrder = Extract<z.output<typeof ControlOrder>, { do: 'outage' | 'outage-over' | 'disconnect' | 'socket-mode' }>;

function changeLine(world: World, order: LineOrder): void {
  const { transport } = world.delivery;
  const sockets = transport instanceof SocketMode ? transport : null;
  if (order.do === 'outage') {
    world.outage.begin(order.of, order.as);
    if (order.of !== 'api') sockets?.outage(order.as.how === 'hang');
  } else if (order.do === 'outage-over') {
    world.outage.end();
    sockets?.outageOver();
  } else if (order.do === 'disconnect') sockets?.disconnect(order);
  else {
    world.socketModeOn = order.on;
    if (!order.on) sockets?.disable();
  }
}

type ChannelOrder = Extract<z.output<typeof ControlOrder>, { channel: string }>;

function changeChannel(world: World, order: ChannelOrder): void {
  const channel = world.store.channel(order.channel);
  if (!channel) throw new Problem(`There is no channel ${order.channel}.`);
  if (order.do === 'archive') archive(world, channel, ADMIN);
  else if (order.do === 'share') share(world, channel, order.how);
  else if (order.do === 'restrict') saveChannel(world, { ...channel, restricted: true });
  else if (order.do === 'add-member') addMember(world, channel, order.person, ADMIN);
  else removeMember(world, channel, order.person);
}

function deactivate(world: World, id: string): void {
  const person = world.store.person(id);
  if (!person) throw new Problem(`There is nobody by the id ${id}.`);
  const gone = { ...person, deactivated: true };
  world.store.savePerson(gone);
  emit(world, { type: 'user_change', user: slackUser(gone), event_ts: world.nextTs() });
}
