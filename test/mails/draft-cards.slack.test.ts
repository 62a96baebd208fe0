import { expect, onTestFinished, test } from 'vitest';
import { draftCards } from '../../src/mails/draft-cards.slack.ts';
import { reviewDesk } from '../support/review-desk.ts';
import { worldOf } from '../support/world.ts';

test('a draft that cannot be shown keeps nobody from the ones behind it', { timeout: 60_000 }, async () => {
  const after = { key: 'note', offset: -3 };
  const desk = await reviewDesk([
    { number: 'ODD', name: 'Odd Ltd', due: '2026-11-10', after },
    { number: 'EVEN', name: 'Even Ltd', due: '2026-11-10', after },
  ]);
  onTestFinished(() => desk.stop());
  await desk.later();
  // A currency that nothing can be written in, as a damaged store might hold.
  const open = (await desk.stores.drafts.open()).map((stored) => {
    if (!stored.draft.content.subject.includes('I-ODD')) return stored;
    const invoices = stored.draft.content.invoices.map((invoice) => ({ ...invoice, currency: '???' }));
    return { ...stored, draft: { ...stored.draft, content: { ...stored.draft.content, invoices } } };
  });
  const odd = open.find(({ draft }) => draft.content.invoices[0]?.currency === '???')!.draft;
  const logged: unknown[] = [];
  const { showNext } = draftCards(
    worldOf({
      ...desk.stores,
      clock: { now: () => Temporal.Instant.from('2026-11-23T09:30:00Z') },
      drafts: { ...desk.stores.drafts, open: async () => [...open].sort((a) => (a.draft.id === odd.id ? -1 : 1)) },
      log: { info: () => {}, warn: (fields: unknown) => void logged.push(fields) },
      leaving: { server: false, time: async () => null, wake: () => {}, plan: async () => null },
    }),
  );
  const even = open.find(({ draft }) => draft.id !== odd.id)!.draft.id;
  for (const skipped of [[], [odd.id], [even]]) {
    const sitting = { approved: 0, rejected: 1, later: 0, skipped };
    const said = JSON.stringify(await showNext({ user: 'U0MARA', sitting, outcome: { says: 'Rejected.' } }));
    expect(said).toContain('Even Ltd');
    expect(said).toContain('Rejected.');
  }
  expect(JSON.stringify(logged)).toContain(odd.id);
});
