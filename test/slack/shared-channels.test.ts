import { afterAll, beforeAll, expect, it } from 'vitest';
import { supplyKinds } from '../../src/escalation/case-kinds.op.ts';
import { requestDecision } from '../../src/escalation/request-decision.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { ask, press, said } from '../support/ask.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { worldOf } from '../support/world.ts';

// Channels that become shared with another company after set-up. Monday 23 November 2026.

let desk: LetterDesk;
let people: Record<'mara' | 'ines' | 'alex', PersonOnPage>;

beforeAll(async () => {
  desk = await letterDesk(['HARBOUR', 'QUAY'].map((number) => ({ number, name: `${number} Ltd` })));
  const [mara, ines, alex] = await Promise.all(['U0MARA', 'U0INES', 'U0ALEX'].map((id) => desk.person(id)));
  people = { mara: mara!, ines: ines!, alex: alex! };
}, 60_000);
afterAll(async () => {
  await desk?.stop();
});

const DECISIONS = 'C0ESCALATE';
const NOT_SHOWN = 'shared with another company, so nothing about customers is shown here';

async function stopSupply(number: string): Promise<string> {
  const clock = { now: () => Temporal.Instant.from('2026-11-23T09:30:00Z') };
  const base = worldOf({ ...desk.stores, clock, holidays: () => new Set<string>() });
  const asked = { kind: 'stop-supply' as const, account: accountId(number), entity: 'NWUK', currency: 'GBP', amount: 1_000_00 };
  const words = { reason: `About ${number}.`, reasonCodes: [], about: {} };
  const result = await requestDecision(worldOf({ ...base, kinds: supplyKinds(base) }), { ...asked, ...words }, 'U0MARA', `ask:${number}`);
  if (!result.done) throw new Error(result.refused);
  return result.case.id;
}

/** What another company could read in a channel. */
const readable = async (channel: string) => {
  const top = await people.ines.messages(channel);
  const replies = await Promise.all(top.map(({ ts }) => people.ines.messages(channel, ts)));
  return JSON.stringify([top, replies]);
};

/** Slack's word on a channel counts for some seconds: until the new one does. */
const untilShared = (channel: string) =>
  until(async () => said(await ask(people.ines, channel, '/collections help')).includes(NOT_SHOWN) || undefined);
const untilOurs = (channel: string) =>
  until(async () => !said(await ask(people.ines, channel, '/collections help')).includes(NOT_SHOWN) || undefined);

it('the digest is not posted, the admin is told once what to do, and it comes when the sharing has ended', async () => {
  await desk.control({ do: 'share', channel: 'C0COLLECT', how: 'pending' });
  await desk.later();
  await desk.later();
  expect(await readable('C0COLLECT')).not.toContain('Overdue digest');
  const { alex } = people;
  const told = await alex.says('is shared with another company, or somebody was invited to share it');
  expect(told.text).toContain('/collections setup');
  await desk.control({ do: 'share', channel: 'C0COLLECT', how: 'ended' });
  await desk.later();
  expect(await readable('C0COLLECT')).toContain('Overdue digest');
  expect(alex.shown.filter(({ text }) => text.includes('<#C0COLLECT> is shared'))).toHaveLength(1);
});

it('a card that waits for its channel is posted when the sharing has ended', async () => {
  await desk.control({ do: 'share', channel: DECISIONS, how: 'accepted' });
  await untilShared(DECISIONS);
  await stopSupply('HARBOUR');
  await desk.later();
  await desk.later();
  expect(await readable(DECISIONS)).not.toContain('HARBOUR');
  await people.alex.says(`<#${DECISIONS}> is shared`);
  await desk.control({ do: 'share', channel: DECISIONS, how: 'ended' });
  await untilOurs(DECISIONS);
  await desk.later();
  await desk.later();
  expect(await readable(DECISIONS)).toContain('HARBOUR');
});

it('a card that is there is not redrawn, its buttons answer without names, and whoever asked hears of the outcome all the same', async () => {
  const { ines, mara } = people;
  const card = (await ines.messages(DECISIONS)).find((each) => said(each).includes('HARBOUR'))!;
  const before = said(card);
  await desk.control({ do: 'share', channel: DECISIONS, how: 'accepted' });
  await untilShared(DECISIONS);
  const answers = ines.shown.length;
  await press(ines, card, 'case-approve');
  await until(() => ines.shown.slice(answers).some((each) => said(each).includes(NOT_SHOWN)) || undefined);
  await desk.later();
  await mara.message((each) => each.channel.startsWith('D') && said(each).includes('HARBOUR Ltd'));
  await desk.later();
  const still = (await ines.messages(DECISIONS)).find(({ ts }) => ts === card.ts)!;
  expect(said(still)).toBe(before);
  expect(await readable(DECISIONS)).not.toContain('approved');
  await desk.control({ do: 'share', channel: DECISIONS, how: 'ended' });
  await untilOurs(DECISIONS);
  await desk.later();
  await desk.later();
  expect(said((await ines.messages(DECISIONS)).find(({ ts }) => ts === card.ts)!)).not.toBe(before);
});

it('a command in such a channel is answered without names, to the person alone', async () => {
  const { mara } = people;
  await desk.control({ do: 'share', channel: DECISIONS, how: 'pending' });
  await untilShared(DECISIONS);
  for (const line of ['/account QUAY', '/overdue', '/collections mine', '/collections review approved']) {
    const answer = said(await ask(mara, DECISIONS, line));
    expect(answer).toContain(NOT_SHOWN);
    expect(answer).not.toMatch(/QUAY|HARBOUR|£/);
  }
  expect(said(await ask(mara, 'C0COLLECT', '/account QUAY'))).toContain('QUAY Ltd');
});

it('a channel that is shared within the organisation is ours', async () => {
  await desk.control({ do: 'share', channel: DECISIONS, how: 'organisation' });
  await untilOurs(DECISIONS);
  expect(said(await ask(people.mara, DECISIONS, '/account QUAY'))).toContain('QUAY Ltd');
});
