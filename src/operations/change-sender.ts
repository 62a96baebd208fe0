import { stamp } from '../domain/fact.ts';
import { type SenderIdentity, type SenderProblem, senderProblem } from '../domain/sender.ts';
import type { Clock, SettingsFact, SettingsStore } from './ports.ts';

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
  for (let tries = 0; tries < 2; tries += 1) {
    const [before, recorded] = [await ports.settings.read(), await ports.settings.recorded()];
    if (recorded.commands.includes(command)) return { done: true };
    const { version: _, ...kept } = before;
    const after = { ...kept, senders: { ...before.senders, [entity]: sender } };
    const changes = { [`sender ${entity}`]: { from: before.senders?.[entity] ?? null, to: sender } };
    const facts = stamp(
      [{ type: 'settings-changed', changes } satisfies SettingsFact],
      'settings',
      recorded.facts,
      by,
      command,
      ports.clock.now(),
    );
    if (await ports.settings.save(before, after, facts, command)) return { done: true };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
