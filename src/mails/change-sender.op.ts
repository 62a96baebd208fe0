import type { Clock } from '../kernel/clock.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { SettingsFact } from '../trail/fact-table.ts';
import { type SenderIdentity, type SenderProblem, senderProblem } from './sender.ts';

export type ChangeSenderResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: SenderProblem | 'no-such-entity' | 'changed-meanwhile' };

/** How a selling entity writes. `entities` are the codes of the ledger. The caller has authorized `by`. */
export async function changeSender(
  ports: { readonly clock: Clock; readonly settings: SettingsStore },
  entity: string,
  sender: SenderIdentity,
  entities: ReadonlySet<string>,
  by: string,
  command: string,
): Promise<ChangeSenderResult> {
  if (!entities.has(entity)) return { done: false, refused: 'no-such-entity' };
  const problem = senderProblem(sender);
  if (problem) return { done: false, refused: problem };
  return writeOnce({
    ...{ aggregate: 'settings', by, command, now: ports.clock.now() },
    load: async () => ({ settings: await ports.settings.read(), ...(await ports.settings.recorded()) }),
    decide: ({ settings: { senders } }) => {
      const changes = { [`sender ${entity}`]: { from: senders?.[entity] ?? null, to: sender } };
      return { senders: { ...senders, [entity]: sender }, facts: [{ type: 'settings-changed', changes } satisfies SettingsFact] };
    },
    save({ settings: before }, { senders }, facts) {
      const { version: _, ...kept } = before;
      return ports.settings.save(before, { ...kept, senders }, facts, command);
    },
  });
}
