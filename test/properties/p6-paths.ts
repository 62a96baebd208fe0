import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../../src/escalation/case.ts';
import { fingerprint } from '../../src/store/fingerprint.ts';
import type { Member, Role } from '../../src/team/team.ts';
import { MONDAY, opened, teamOf } from '../support/cases.ts';
import { type Bench, startBench } from './p13.ts';
import { postSigned } from './p13-slack.ts';

const HOME = 'T0NORTHWIND';
const NOW = Temporal.Instant.from('2026-11-23T10:00:00Z');

interface Scene {
  readonly name: string;
  /** Who must not be able to approve. */
  readonly user: string;
  readonly requester: string;
  readonly editor?: string;
  /** Absences: of whom, covered by whom, from and to. */
  readonly away?: readonly (readonly [user: string, cover: string, from: string, to: string])[];
  /** Known to be related when it was asked, though no absence says so any more. */
  readonly related?: readonly string[];
}

const NOWADAYS = ['2026-11-20', '2026-11-27'] as const;
const SCENES: readonly Scene[] = [
  { name: 'requester', user: 'U0INES', requester: 'U0INES' },
  { name: 'last editor', user: 'U0INES', requester: 'U0MARA', editor: 'U0INES' },
  { name: 'covers for the requester', user: 'U0INES', requester: 'U0MARA', away: [['U0MARA', 'U0INES', ...NOWADAYS]] },
  { name: 'covers for the last editor', user: 'U0INES', requester: 'U0MARA', editor: 'U0TOM', away: [['U0TOM', 'U0INES', ...NOWADAYS]] },
  {
    name: 'at the end of a chain',
    user: 'U0INES',
    requester: 'U0MARA',
    away: [
      ['U0MARA', 'U0TOM', ...NOWADAYS],
      ['U0TOM', 'U0INES', ...NOWADAYS],
    ],
  },
  { name: 'was covered by the requester', user: 'U0INES', requester: 'U0MARA', away: [['U0INES', 'U0MARA', '2026-11-20', '2026-11-22']] },
  { name: 'covered when it was asked', user: 'U0INES', requester: 'U0MARA', related: ['U0INES'] },
  { name: 'requester as a substitute', user: 'U0TOM', requester: 'U0TOM', away: [['U0PAUL', 'U0TOM', ...NOWADAYS]] },
  { name: 'substitute for the requester', user: 'U0TOM', requester: 'U0PAUL', away: [['U0PAUL', 'U0TOM', ...NOWADAYS]] },
];

const ROLES: Readonly<Record<string, Role>> = {
  U0MARA: 'collector',
  U0TOM: 'collector',
  U0INES: 'manager',
  U0PAUL: 'finance-lead',
  U0ALEX: 'finance-lead',
};

function membersOf({ away = [] }: Scene): Member[] {
  return Object.entries(ROLES).map(([user, role]) => {
    const [, cover, from, to] = away.find(([who]) => who === user) ?? [];
    return { user, roles: [role], absence: cover ? ({ cover, from, to } as Member['absence']) : null };
  });
}

function caseOf(scene: Scene, id: string): Case {
  const plain = opened(
    { id, kind: 'credit-limit', requester: scene.requester, basis: fingerprint(null), needed: { people: 1, financeLeads: 0 } },
    teamOf(),
  );
  const editors = scene.editor ? [scene.editor] : [];
  const openedAt = NOW.subtract({ hours: 24 }).toString();
  return {
    ...plain,
    day: MONDAY,
    openedAt,
    editors,
    barred: { requester: [...(scene.related ?? [])], editor: [] },
    expiresAt: NOW.add({ hours: 48 }).toString(),
  };
}

let count = 0;
type Sent = { readonly contentType: string; readonly content: string };
const form = (fields: Record<string, string>): Sent => ({
  contentType: 'application/x-www-form-urlencoded',
  content: new URLSearchParams(fields).toString(),
});

/** Every way in which somebody could try to approve, with the button's value forged as one likes. */
const PATHS: Readonly<Record<string, (user: string, id: string, answer: string) => Sent>> = {
  'button on the card': (user, id, answer) => click(user, answer, 'case-approve', { c: id, r: 1 }),
  'button on a copy': (user, id, answer) => click(user, answer, 'case-approve:copy', { c: id, r: 1 }, { ephemeral: true }),
  'button in a direct message': (user, id, answer) => click(user, answer, 'case-approve', { c: id, r: 1 }, { channel: 'D0ARREARS' }),
  'choice of a menu': (user, id, answer) => click(user, answer, `account-more:${JSON.stringify({ c: id, r: 1 })}`, 'case-approve'),
  'value that names another approver': (user, id, answer) =>
    click(user, answer, 'case-approve', { c: id, r: 1, as: 'U0ALEX', by: 'U0ALEX', user: 'U0ALEX', asker: { user: 'U0ALEX' } }),
  'payload that names another approver': (user, id, answer) =>
    click(user, answer, 'case-approve', { c: id, r: 1 }, { more: { user_id: 'U0ALEX', message: { user: 'U0ALEX' }, actor: 'U0ALEX' } }),
  'chosen user': (user, id, answer) => click(user, answer, 'case-approve', { c: id, r: 1 }, { element: { selected_user: 'U0ALEX' } }),
  'older revision': (user, id, answer) => click(user, answer, 'case-approve', { c: id, r: 0 }),
  'newer revision': (user, id, answer) => click(user, answer, 'case-approve', { c: id, r: 2 }),
  'revision that is no number': (user, id, answer) => click(user, answer, 'case-approve', { c: id, r: 'latest' }),
  'form that approves': (user, id) => submit(user, 'case-approve', { c: id, r: 1, p: 'C0COLLECT' }),
  'form of a rejection turned round': (user, id) =>
    submit(user, 'case-reject', { c: id, r: 1, p: 'C0COLLECT', vote: 'approve' }, { vote: 'approve' }),
  'form of an edit that approves': (user, id) =>
    submit(user, 'case-edit', { c: id, r: 0, p: 'C0COLLECT', state: 'approved' }, { amount: '1.00', reason: 'x' }),
  command: (user, id, answer) =>
    form({
      command: '/collections',
      text: `decide approve ${id}`,
      user_id: user,
      team_id: HOME,
      channel_id: 'C0COLLECT',
      trigger_id: 't',
      response_url: answer,
      api_app_id: 'A0ARREARS',
    }),
  'direct message': (user, id) => message(user, `approve ${id}`, 'D0ARREARS'),
  'word in the thread': (user) => message(user, 'approved', 'C0COLLECT', '1.0001'),
};

function click(
  user: string,
  answerUrl: string,
  action_id: string,
  value: unknown,
  {
    channel = 'C0COLLECT',
    ephemeral = false,
    element = {},
    more = {},
  }: { channel?: string; ephemeral?: boolean; element?: object; more?: object } = {},
): Sent {
  count += 1;
  const chosen = action_id.startsWith('account-more')
    ? { type: 'static_select', selected_option: { value } }
    : { type: 'button', value: JSON.stringify(value) };
  return interactive(user, {
    type: 'block_actions',
    container: { type: 'message', message_ts: '1.0001', channel_id: channel, is_ephemeral: ephemeral },
    channel: { id: channel, name: 'x' },
    actions: [{ action_id, block_id: 'b', action_ts: `${count}.0`, ...chosen, ...element }],
    response_url: answerUrl,
    ...more,
  });
}

function submit(user: string, callback_id: string, carried: object, filled: Record<string, string> = {}): Sent {
  count += 1;
  const values = Object.fromEntries(
    Object.entries({ reason: 'no', ...filled }).map(([name, value]) => [name, { value: { type: 'plain_text_input', value } }]),
  );
  return interactive(user, {
    type: 'view_submission',
    view: { id: `V6${count}`, type: 'modal', callback_id, private_metadata: JSON.stringify(carried), state: { values } },
  });
}

function interactive(user: string, payload: object): Sent {
  count += 1;
  const who = { user: { id: user, team_id: HOME, username: user }, team: { id: HOME }, api_app_id: 'A0ARREARS', token: 't' };
  return form({ payload: JSON.stringify({ ...who, trigger_id: `t6${count}`, ...payload }) });
}

function message(user: string, text: string, channel: string, thread_ts?: string): Sent {
  count += 1;
  const event = { type: 'message', user, text, channel, ts: `6.${1000 + count}`, ...(thread_ts ? { thread_ts } : {}) };
  return {
    contentType: 'application/json',
    content: JSON.stringify({ type: 'event_callback', event_id: `Ev6${count}`, team_id: HOME, api_app_id: 'A0ARREARS', event }),
  };
}

/** Every scene by every path, and in each scene somebody who may, so that a refusal is no accident. */
export async function tryPaths(src: string) {
  const bench = await startBench(src, { now: () => NOW });
  const figures = {
    scenes: SCENES.length,
    paths: Object.keys(PATHS).length,
    tried: 0,
    approvedByBarred: 0,
    rejectedByBarred: 0,
    eligibleRefused: 0,
  };
  try {
    for (const [n, scene] of SCENES.entries()) {
      await bench.db.collection<{ _id: string }>('team').updateOne({ _id: 'team' }, { $set: { members: membersOf(scene) } });
      for (const [m, path] of Object.values(PATHS).entries()) {
        const id = `c-${n}-${m}`;
        await keep(bench, caseOf(scene, id));
        const { contentType, content } = path(scene.user, id, bench.relay.answerUrl);
        await postSigned(bench.url, bench.secret, contentType, content);
        figures.tried += 1;
      }
      const allowed = `c-${n}-allowed`;
      await keep(bench, caseOf(scene, allowed));
      const { contentType, content } = PATHS['button on the card']!('U0ALEX', allowed, bench.relay.answerUrl);
      await postSigned(bench.url, bench.secret, contentType, content);
      do await wait(60);
      while (bench.relay.take().length > 0);
      for (const found of await stored(bench, new RegExp(`^c-${n}-\\d`))) {
        const votes = found.votes.filter((vote) => vote.by === scene.user);
        if (votes.some(({ vote }) => vote === 'approve') || !['open', 'rejected'].includes(found.state)) figures.approvedByBarred += 1;
        if (votes.some(({ vote }) => vote === 'reject')) figures.rejectedByBarred += 1;
      }
      const [granted] = await stored(bench, new RegExp(`^${allowed}$`));
      if (!granted?.votes.some(({ vote }) => vote === 'approve')) figures.eligibleRefused += 1;
    }
  } finally {
    await bench.stop();
  }
  return figures;
}

async function stored(bench: Bench, id: RegExp): Promise<Case[]> {
  const found = await bench.db
    .collection('cases')
    .find({ state: { $gt: '' } })
    .toArray();
  return found.filter((each) => id.test(String(each._id))).map((each) => each.case as Case);
}

async function keep(bench: Bench, of: Case): Promise<void> {
  const state = { state: of.state, asks: of.id, waiting: true, account: of.account, case: of, place: null, claimedUntil: new Date(0) };
  const document = { _id: of.id, version: 1, facts: 1, commands: [], outbox: [], pending: false, ...state };
  await bench.db.collection<{ _id: string }>('cases').insertOne(document as never);
}
