import { expect, it } from 'vitest';
import type { HomePlace } from '../../src/follow-up/home.slack.ts';
import { homeSubject } from '../../src/follow-up/home-tab.slack.ts';
import type { ClickRequest, EventRequest } from '../../src/slack/listeners.ts';

const drawn: [string, HomePlace][] = [];
const subject = homeSubject({ show: async (user, place) => void drawn.push([user, place]) });
const asker = { user: 'U1', team: 'T1', channel: '' };
const click = (value: string) =>
  subject.clicks!['home-page']!.run({ asker, value, body: { view: { hash: 'h' } } } as unknown as ClickRequest);
const opened = (tab: string) =>
  subject.events!.app_home_opened!.run({ asker, event: { type: 'app_home_opened', tab } } as unknown as EventRequest);

it('a page button draws its page over the view it was clicked in', async () => {
  await click(JSON.stringify({ p: 3, o: 1 }));
  expect(drawn.pop()).toEqual(['U1', { page: 3, owned: 1, hash: 'h' }]);
});

it.each(['x', '{}', '{"p":-1,"o":0}', '{"p":1e99,"o":0}', '{"p":"1","o":0}', '{"p":0.5,"o":0}', 'null'])(
  'refuses %s with what to do',
  async (value) => {
    await expect(click(value)).rejects.toThrow('Open Home again');
    expect(drawn).toEqual([]);
  },
);

it('opening the Messages tab draws nothing', async () => {
  await opened('messages');
  expect(drawn).toEqual([]);
  await opened('home');
  expect(drawn.pop()).toEqual(['U1', { page: 0, owned: 0 }]);
});
