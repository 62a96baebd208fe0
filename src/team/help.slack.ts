import type { KnownBlock } from '@slack/types';
import type { Asker, Listeners, Subject } from '../slack/listeners.ts';
import { section } from '../slack/parts.ts';
import { clip, escaped } from '../slack/text.ts';
import type { CommandNames } from './settings.port.ts';
import type { Permission } from './team.ts';

/** In the order in which people meet them. What stands in no group comes last, so that nothing is left out. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Your work': ['mine', 'review', 'decide', 'absence', 'alerts'],
  'Accounts and what is overdue': [
    'overdue',
    'account',
    'why',
    'note',
    'missing',
    'promises',
    'postings',
    'small',
    'simulate',
    'export',
    'evidence',
  ],
  Figures: ['report', 'forecast', 'targets', 'lessons'],
  'Who works on what': ['assign', 'reassign', 'rules', 'roles'],
  'How we collect': ['policy', 'approvals', 'agencies', 'terms', 'rates'],
  'Set-up': ['start', 'setup', 'sender', 'payee', 'import', 'erase', 'legal-hold', 'retention'],
};
const REST = 'Besides';

interface Line {
  readonly group: string;
  readonly text: string;
}

/** /collections help lists only what the asker may do. `listeners` is asked late, since help is itself one of them. */
export function helpSubject(listeners: () => Listeners, may: (asker: Asker, needed: Permission) => Promise<boolean>): Subject {
  return {
    parts: {
      help: {
        may: 'read',
        usage: 'help',
        help: 'this list',
        async run({ asker, settings, answer }) {
          const { commands, parts } = listeners();
          const typed = [
            ...Object.entries(commands).map(([key, each]) => ({ key, name: settings.commands[key as keyof CommandNames], each })),
            ...Object.entries(parts).map(([key, each]) => ({ key, name: settings.commands.collections, each })),
          ];
          const lines: Line[] = [];
          // 'member' listeners are for those who have no role yet; whoever reads this has one.
          for (const { key, name, each } of typed)
            if (each.may !== 'member' && (await may(asker, each.may)))
              lines.push({ group: groupOf(key), text: `\`${escaped(`/${name} ${each.usage}`.trim())}\`\n${escaped(each.help)}` });
          await answer({ text: 'What you can ask for', blocks: helpBlocks(lines) });
        },
      },
    },
  };
}

const groupOf = (key: string) => Object.keys(GROUPS).find((group) => GROUPS[group]!.includes(key)) ?? REST;

function helpBlocks(lines: readonly Line[]): KnownBlock[] {
  const title = section('*What you can ask for*');
  const groups = [...Object.keys(GROUPS), REST].flatMap((group) => {
    const own = lines.filter((line) => line.group === group).map(({ text }) => text);
    return own.length === 0 ? [] : [section(clip(`*${group}*\n${own.join('\n')}`, 3000))];
  });
  return [title, ...groups];
}
