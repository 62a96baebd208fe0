import type { AccountRequest } from '../../src/account/account-work.ts';
import { day } from '../../src/kernel/day.ts';
import type { House } from '../support/house.ts';
import { contact, payment } from '../support/ledger-place.ts';

export interface Changing {
  readonly house: House;
  /** Of the account, whose one invoice is I-number. */
  readonly number: string;
  readonly account: string;
}

const DAY = day('2026-11-23');
const money = { entity: 'NWUK', currency: 'GBP', date: DAY } as const;

/** What can happen to what people decided on. One unit is enough. */
export const CHANGES = {
  payment: ({ house, number }: Changing) =>
    house.importRecords([payment(`P-${number}`, 1, { [`I-${number}`]: 1 }, { ...money, account: number })]),
  'credit note': ({ house, number }: Changing) =>
    house.importRecords([payment(`C-${number}`, 1, { [`I-${number}`]: 1 }, { ...money, account: number, kind: 'credit-note' })]),
  'money on account': ({ house, number }: Changing) => house.importRecords([payment(`U-${number}`, 1, {}, { ...money, account: number })]),
  promise: (of: Changing) => promise(of),
  dispute: (of: Changing) => dispute(of),
  insolvency: (of: Changing) => change(of, { do: 'set-status', status: 'insolvent', reason: 'Gazette of today' }),
  hold: (of: Changing) => change(of, { do: 'hold', until: day('2026-12-04'), reason: 'Sales asked for time.' }),
  'address for notice': ({ house, number, account }: Changing) => agreement({ house, number, account }),
  'no contact any more': ({ house, number }: Changing) =>
    house.importRecords([
      contact('Imogen Larch', { account: number, email: `ap@${number.toLowerCase()}.example`, doNotContact: true }),
      contact('Ada Marsh', { account: number, email: `ada@${number.toLowerCase()}.example` }),
    ]),
} as const;

export type Changed = keyof typeof CHANGES;

async function change({ house, number, account }: Changing, request: AccountRequest): Promise<void> {
  const { changeAccount } = await house.load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
  const result = await changeAccount(house.ports, account, request, 'U0MARA', `changed:${request.do}:${number}`);
  if (!result.done) throw new Error(`a change was refused: ${result.refused}`);
}

async function promise({ house, number, account }: Changing): Promise<void> {
  const { recordPromise } =
    await house.load<typeof import('../../src/arrangements/record-promise.op.ts')>('arrangements/record-promise.op.ts');
  const invoices = [{ entity: 'NWUK', number: `I-${number}` }];
  const asked = { id: `p:${number}`, account, invoices, amount: 1, date: day('2026-12-01'), saidBy: 'AP' };
  const result = await recordPromise(house.ports, asked, 'U0MARA', `promise:${number}`);
  if (!result.done) throw new Error(`a change was refused: ${result.refused}`);
}

async function dispute({ house, number, account }: Changing): Promise<void> {
  const { recordDispute } =
    await house.load<typeof import('../../src/arrangements/record-dispute.op.ts')>('arrangements/record-dispute.op.ts');
  const invoice = { entity: 'NWUK', number: `I-${number}` };
  const asked = { id: `d:${number}`, account, invoice, amount: 1, reason: 'price', note: 'Wrong price', owner: 'U0MARA' };
  const result = await recordDispute(house.ports, asked as never, 'U0MARA', `dispute:${number}`);
  if (!result.done) throw new Error(`a change was refused: ${result.refused}`);
}

async function agreement(of: Changing): Promise<void> {
  const { agreement } = (await of.house.ports.accounts.load(of.account))!.work;
  const { revision, ...terms } = agreement!;
  const address = `notice@${of.number.toLowerCase()}.example`;
  await change(of, { do: 'set-agreement', seen: revision, terms: { ...terms, notice: { method: 'email', address } } } as never);
}
