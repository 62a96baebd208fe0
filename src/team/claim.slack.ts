import type { World } from '../kernel/world.port.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { claimAdmin } from './claim-admin.op.ts';

/** /collections claim CODE: how the first admin of a workspace comes to the role. */
export function claimSubject(world: World): Subject {
  return {
    parts: {
      claim: {
        // Nobody has a role yet; guests, bots and other companies are refused all the same.
        may: 'member',
        usage: 'claim CODE',
        help: 'become the first admin with the one-time code that starting Arrears prints',
        async run({ text, asker, answer, settings }) {
          const name = settings.commands.collections;
          if (text === '') throw new Refused(`Type the one-time code that starting Arrears prints: \`/${name} claim K7PM-2WQX-9ADT\`.`);
          const result = await claimAdmin(world, asker.user, text, `claim:${asker.user}:${text.slice(0, 40)}`);
          if (!result.done) throw new Refused(REFUSED[result.refused]);
          const next = `Next: \`/${name} setup\` says where the digest goes, \`/${name} roles @somebody\` gives your team its roles.`;
          await answer(sentence(`:white_check_mark: You are the admin now, and the code is spent. ${next}`));
        },
      },
    },
  };
}
