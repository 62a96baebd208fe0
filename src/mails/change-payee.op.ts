import type { Clock } from '../kernel/clock.port.ts';
import { dayIn } from '../kernel/day.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { SettingsFact } from '../trail/fact-table.ts';
import { decidePayee, type PayeeRefusal, type PayeeRequest, plainIban } from './payee.ts';

export type ChangePayeeResult = { readonly done: true } | { readonly done: false; readonly refused: PayeeRefusal | 'changed-meanwhile' };

/** Our bank accounts: entered by one person, confirmed by another. The caller has authorized `by`. */
export function changePayee(
  ports: { readonly clock: Clock; readonly settings: SettingsStore },
  request: PayeeRequest,
  by: string,
  command: string,
): Promise<ChangePayeeResult> {
  const now = ports.clock.now();
  return writeOnce({
    ...{ aggregate: 'settings', by, command, now },
    load: async () => ({ settings: await ports.settings.read(), ...(await ports.settings.recorded()) }),
    decide: ({ settings: { payees = {}, zone } }) => {
      const decided = decidePayee(payees, request, by, dayIn(zone, now));
      if ('refused' in decided) return decided;
      const name = `payee account ${plainIban(request.iban)} of ${request.entity}`;
      const changes = { [name]: { from: payees[request.entity] ?? [], to: decided.payees[request.entity] } };
      return { payees: decided.payees, facts: [{ type: 'settings-changed', changes } satisfies SettingsFact] };
    },
    save({ settings: before }, { payees }, facts) {
      const { version: _, ...kept } = before;
      return ports.settings.save(before, { ...kept, payees }, facts, command);
    },
  });
}
