import type { Permission } from '../../domain/team.ts';
import type { CommandNames } from '../../operations/ports.ts';
import type { Asker, Listeners, Subject, TypedListener } from '../listeners.ts';
import { sentence } from '../reply.ts';
import { escaped } from '../text.ts';

/** /collections help lists only what the asker may do (F10). `listeners` is asked late, since help is itself one of them. */
export function helpSubject(listeners: () => Listeners, may: (asker: Asker, needed: Permission) => Promise<boolean>): Subject {
  return {
    parts: {
      help: {
        may: 'read',
        usage: 'help',
        help: 'this list',
        async run({ asker, settings, answer }) {
          const { commands, parts } = listeners();
          const typed: [string, TypedListener][] = [
            ...Object.entries(commands).map(([key, each]): [string, TypedListener] => [
              `/${settings.commands[key as keyof CommandNames]} ${each.usage}`.trim(),
              each,
            ]),
            ...Object.values(parts).map((each): [string, TypedListener] => [`/${settings.commands.collections} ${each.usage}`, each]),
          ];
          const lines: string[] = [];
          // 'member' listeners are for those who have no role yet; whoever reads this has one.
          for (const [usage, each] of typed)
            if (each.may !== 'member' && (await may(asker, each.may))) lines.push(`\`${escaped(usage)}\`\n${escaped(each.help)}`);
          await answer(sentence(`*What you can ask for*\n${lines.join('\n')}`));
        },
      },
    },
  };
}
