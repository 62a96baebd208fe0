import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeMarking } from '../../src/trail/change-marking.op.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { until } from '../embedded/slack/until.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

const SECRET = 'COUNSEL SAYS WE LOSE 4711';
const LATER = 'MARKED LATER 4712';
const WHY = 'Counsel fears for our case';
const HOLM = accountId('C-1');
const CHANNEL = 'C0COLLECT';

let desk: ReviewDesk;
const ports = () => ({ ...desk.stores, clock: { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') } });

beforeAll(async () => {
  desk = await reviewDesk([
    { number: 'C-1', name: 'Holm Ltd', due: '2026-11-06' },
    { number: 'C-2', name: 'Quarry Ltd', due: '2026-11-06', collector: 'U0TOM' },
  ]);
  const team = await desk.stores.team.read();
  const owner = { user: 'U0SARA', roles: ['owner'], absence: null } as const;
  await desk.stores.team.save(team, { ...team, members: [...team.members.filter(({ user }) => user !== 'U0SARA'), owner] }, [], 'sara');
  const note = { do: 'record-interaction', channel: 'note', direction: 'internal', on: day('2026-11-23'), contact: '' } as const;
  const more = { subject: '', attachments: [], source: null };
  const put = (id: string, text: string, marking: 'privileged' | 'internal', by: string) =>
    changeAccount(ports(), HOLM, { ...note, ...more, id, text, marking }, by, id);
  await put('n1', SECRET, 'privileged', 'U0TOM');
  await put('n2', LATER, 'internal', 'U0INES');
  await copyOutboxes({ ...ports(), told: {} });
  const { entries } = await desk.stores.timeline.page(HOLM, { types: null, before: null, limit: 10 });
  const entry = entries.find(({ fact }) => fact.text === LATER)!.fact.id;
  await changeMarking(ports(), { account: HOLM, entry, to: 'privileged', reason: WHY, mayManage: true }, 'U0INES', 'm1');
});
afterAll(() => desk.stop());

/** What somebody is shown by a command. */
async function shown(user: string, command: string, sign: string): Promise<string> {
  const person = await desk.person(user);
  await person.command(CHANNEL, command);
  const answer = await person.message(({ blocks, text }) => `${text}${JSON.stringify(blocks)}`.includes(sign));
  return JSON.stringify(answer.blocks);
}
const timeline = (user: string) => shown(user, '/account C-1 timeline', 'Timeline of Holm Ltd');
const card = (user: string) => shown(user, '/account C-1', 'Last recorded');

describe('what is privileged', () => {
  test.each([
    ['the collector', 'U0MARA'],
    ['a manager', 'U0INES'],
    ['a finance lead', 'U0PAUL'],
    ['an admin', 'U0ALEX'],
  ])('is read by %s', async (_, user) => {
    for (const text of [await timeline(user), await card(user)]) {
      expect(text).toContain(SECRET);
      expect(text).toContain(LATER);
    }
  });

  test('is read by whoever wrote it, and only that', async () => {
    const text = await timeline('U0TOM');
    expect(text).toContain(SECRET);
    expect(text).not.toContain(LATER);
    expect(await card('U0TOM')).not.toContain(LATER);
  });

  test('is not read by others with a role: they see that an entry is there, and who may read it', async () => {
    const text = await timeline('U0SARA');
    for (const words of [SECRET, LATER, WHY]) expect(text).not.toContain(words);
    expect(text).toContain('Only people on the case, managers, finance leads and admins can read this entry.');
    for (const words of [SECRET, LATER, WHY]) expect(await card('U0SARA')).not.toContain(words);
    const sara = await desk.person('U0SARA');
    await sara.command(CHANNEL, '/account C-1 timeline');
    const page = await sara.message((message) => message.text.startsWith('Timeline of Holm'));
    const row = (page.blocks as { accessory?: { action_id: string; value: string }; text?: { text: string } }[]).find((block) =>
      block.text?.text.includes('Only people on the case'),
    )!;
    await sara.act({
      do: 'click',
      from: { channel: page.channel, ts: page.ts },
      block: (row as { block_id?: string }).block_id ?? '',
      element: row.accessory!,
    } as never);
    const refusal = await until(() => sara.shown.find(({ text: said }) => said.includes('This entry is privileged')));
    expect(refusal.text).toContain('Ask one of them');
  });

  test('is read by whoever takes part in a decision about the account', async () => {
    const asked = { requester: 'U0SARA', editors: [], votes: [] };
    const cases = { ...desk.stores.cases, ofAccount: async () => [{ case: asked }] as never };
    const { readableFacts } = await import('../../src/trail/privileged.op.ts');
    const facts = await desk.stores.timeline.latest(`account:${HOLM}`, 10);
    const read = (reader: string) => readableFacts({ ...desk.stores, cases }, HOLM, reader, facts);
    expect(JSON.stringify(await read('U0SARA'))).toContain(SECRET);
    expect(JSON.stringify(await readableFacts(desk.stores, HOLM, 'U0SARA', facts))).not.toContain(SECRET);
  });
});
