import { z } from 'zod';
import { anyCarried } from '../slack/carried.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import type { Home } from './home.slack.ts';

const page = z.number().int().min(0).max(1_000_000);
const place = z.object({ p: page, o: page });

/** App Home: drawn when it is opened, and again by its own page buttons. */
export function homeSubject(home: Pick<Home, 'show'>): Subject {
  return {
    events: {
      app_home_opened: {
        may: 'read',
        async run({ asker, event }) {
          if (event.tab === 'home') await home.show(asker.user, { page: 0, owned: 0 });
        },
      },
    },
    clicks: {
      'home-page': {
        may: 'read',
        async run({ asker, value, body }) {
          const wanted = place.safeParse(anyCarried(value));
          if (!wanted.success) throw new Refused('This page cannot be read any more. Open Home again.');
          const hash = body.view?.hash;
          await home.show(asker.user, { page: wanted.data.p, owned: wanted.data.o, ...(hash ? { hash } : {}) });
        },
      },
    },
  };
}
