import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCurrencyAmount, readOptionalAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import { mayDo } from '../team/team.ts';
import { isPlaceOfDocument } from './agreement.ts';
import { changeCharges } from './change-charges.op.ts';
import { type ChargesRequest, waiverLimit } from './charges.ts';
import { chargesReply, missingRate } from './charges.view.ts';
import { type ClaimChargesResult, claimCharges } from './claim-charges.op.ts';
import { readCharges } from './read-charges.op.ts';
import { sendStatements } from './send-statements.slack.ts';

const aboutAccount = z.looseObject({ a: z.string().max(100), b: z.boolean().default(false) });
const aboutCharge = z.looseObject({ a: z.string().max(100), i: z.string().max(500) });
const aboutClaim = z.object({
  a: z.string().max(100),
  e: z.string().max(100),
  n: z.string().max(200),
  w: z.string().max(100),
  s: z.number().int(),
  d: z.string().max(10),
  b: z.boolean(),
});
/** What a form carries: account, charge, channel of the asker. */
const carriedRef = z.object({ a: z.string().max(100), i: z.string().max(500), c: z.string().max(40) });

const ALL_LEFT = 'Empty: all that is left. For example 25.00.';
/** No invoice in a select, which cannot offer an empty value. */
const WHOLE_ACCOUNT = '-';
/** With a thousand a form stays within Slack’s 250 kB. */
const MOST_OPTIONS = 1000;

/** Interest, fixed sums, reminder fees and recovery costs: shown with how they are worked out, claimed and waived by people. */
export function chargesSubject(world: World): Subject {
  const form = (id: string, title: string, submit: string, fields: Parameters<typeof modal>[4]) => async (request: ClickRequest) => {
    const { a, i } = readCarried(aboutCharge, request.value);
    const view = modal(id, title, submit, { a, i, c: request.asker.channel }, fields);
    await request.client.views.open({ trigger_id: request.triggerId, view });
  };

  return {
    clicks: {
      'account-charges': {
        may: 'collect',
        run: async ({ value, answer }) => answer(await shown(world, readCarried(aboutAccount, value).a, false)),
      },
      'charge-business': {
        may: 'collect',
        async run({ value, replace }) {
          const { a, b } = readCarried(aboutAccount, value);
          await replace(await shown(world, a, b, 'Said for these claims: the customer owes this as part of a business.'));
        },
      },
      'charge-claim': { may: 'collect', run: (request) => claim(world, request) },
      'charge-waive': {
        may: 'collect',
        run: form('charge-waive', 'Waive', 'Waive', [
          textField('amount', 'Amount to waive', { optional: true, max: 30, hint: ALL_LEFT }),
          textField('reason', 'Reason', { multiline: true, hint: 'Kept in the file.' }),
        ]),
      },
      'charge-paid': {
        may: 'collect',
        run: form('charge-paid', 'Paid', 'Record', [textField('amount', 'Amount paid', { optional: true, max: 30, hint: ALL_LEFT })]),
      },
      'charge-cost': { may: 'collect', run: (request) => openCost(world, request) },
      'charge-statement': {
        may: 'collect',
        run: async (request) => sendStatements(world, request, readCarried(aboutAccount, request.value).a),
      },
    },
    submits: {
      'charge-waive': { may: 'collect', run: (request) => waive(world, request) },
      'charge-paid': { may: 'collect', run: (request) => recordPaid(world, request) },
      'charge-cost': { may: 'collect', run: (request) => recordCost(world, request) },
    },
  };
}

async function claim(world: World, { value, asker, replace }: ClickRequest): Promise<void> {
  const { a, e, n, w, s, d, b } = readCarried(aboutClaim, value);
  const what = w.startsWith('fee:') ? { feeOf: w.slice(4) } : w === 'interest' ? ('interest' as const) : ('compensation' as const);
  const asked = { account: a, entity: e, invoice: n, what, seen: s, inBusiness: b };
  const result = await claimCharges(world, asked, asker.user, `claim:${a}:${e}:${n}:${w}:${s}:${d}:${asker.user}`);
  const notice = result.done ? ':white_check_mark: Claimed. It is shown apart from the invoices.' : refusalOf(result);
  await replace(await shown(world, a, b, notice));
}

async function waive(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const { a, i, c } = readCarried(carriedRef, request.view.private_metadata);
  const part = await partOf(world, request, a, i);
  if (typeof part === 'string') return fieldErrors({ amount: part });
  const mayManage = mayDo(await world.team.read(), request.asker.user, 'manage');
  const { amount, currency } = part;
  const wanted = {
    do: 'waive' as const,
    charge: i,
    amount,
    reason: entered(request, 'reason'),
    limit: waiverLimit(currency),
    mayManage,
  };
  return changed(world, request, a, c, wanted, 'amount', ':white_check_mark: Waived. It is not asked for any more.');
}

async function recordPaid(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const { a, i, c } = readCarried(carriedRef, request.view.private_metadata);
  const part = await partOf(world, request, a, i);
  if (typeof part === 'string') return fieldErrors({ amount: part });
  return changed(
    world,
    request,
    a,
    c,
    { do: 'record-paid', charge: i, amount: part.amount },
    'amount',
    ':white_check_mark: Payment recorded.',
  );
}

async function recordCost(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const { a, i, c } = readCarried(carriedRef, request.view.private_metadata);
  const cost = readCurrencyAmount(entered(request, 'amount'));
  if ('problem' in cost) return fieldErrors({ amount: cost.problem });
  const document = entered(request, 'document').trim();
  if (document !== '' && !isPlaceOfDocument(document)) return fieldErrors({ document: REFUSED['document-link'] });
  const [entity = '', invoice = ''] = entered(request, 'invoice') === WHOLE_ACCOUNT ? [i] : invoiceOf(entered(request, 'invoice'));
  const purpose = entered(request, 'purpose');
  const { currency, amount } = cost;
  const wanted = { do: 'add-cost' as const, id: `cost:${request.view.id}`, entity, invoice, currency, amount, purpose, document };
  return changed(
    world,
    request,
    a,
    c,
    wanted,
    'amount',
    ':white_check_mark: Recovery cost saved. A fixed sum that was claimed on the same debt counts towards it.',
  );
}

async function shown(world: World, account: string, inBusiness: boolean, notice?: string): Promise<Reply> {
  const read = await readCharges(world, account, inBusiness);
  if (!read) throw new Refused(REFUSED['no-such-account']);
  const view = { read, inBusiness, refusals: REFUSED };
  return chargesReply(notice === undefined ? view : { ...view, notice });
}

async function changed(world: World, request: SubmitRequest, a: string, c: string, wanted: ChargesRequest, field: string, done: string) {
  const result = await changeCharges(world, a, () => wanted, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) {
    const at = { 'reason-missing': 'reason', 'purpose-missing': 'purpose' }[result.refused as string] ?? field;
    return fieldErrors({ [at]: REFUSED[result.refused] });
  }
  request.later(async () => request.tell(c, await shown(world, a, false, done)));
  return undefined;
}

/** The amount of a part, minor units; null where the field was left empty. */
async function partOf(
  world: World,
  request: SubmitRequest,
  a: string,
  i: string,
): Promise<{ amount: number | null; currency: string } | string> {
  const charge = (await world.charges.load(a)).charges.claimed.find(({ id }) => id === i);
  if (!charge) return REFUSED['no-such-charge'];
  const { currency } = charge;
  const read = readOptionalAmount(entered(request, 'amount'), currency);
  return 'problem' in read ? read.problem : { ...read, currency };
}

async function openCost(world: World, request: ClickRequest): Promise<void> {
  const { a } = readCarried(aboutAccount, request.value);
  const [row, items] = await Promise.all([world.ledger.account(a), world.ledger.openItems(a)]);
  if (!row) throw new Refused(REFUSED['no-such-account']);
  const open = items.sort((x, y) => (x.due < y.due ? -1 : 1)).slice(0, MOST_OPTIONS);
  const all =
    open.length === items.length
      ? ''
      : `The oldest ${MOST_OPTIONS.toLocaleString('en-GB')} of ${items.length.toLocaleString('en-GB')} are listed. For another one take the whole account and name it above.`;
  const invoices = Object.fromEntries(open.map(({ entity, number }) => [JSON.stringify([entity, number]), number]));
  const view = modal('charge-cost', 'Recovery cost', 'Record', { a, i: row.entity, c: request.asker.channel }, [
    textField('amount', 'Amount', { max: 40, hint: 'With its currency, like GBP 120.00.' }),
    textField('purpose', 'What for', { hint: 'For example tracing, court fee, agency.' }),
    choiceField('invoice', 'Invoice', { [WHOLE_ACCOUNT]: 'The whole account', ...invoices }, WHOLE_ACCOUNT, all),
    textField('document', 'Where its document lies', {
      optional: true,
      max: 500,
      hint: 'https://… or a Slack file’s link or id; only the address is kept.',
    }),
  ]);
  await request.client.views.open({ trigger_id: request.triggerId, view });
}

function invoiceOf(option: string): [string, string] {
  return readCarried(z.tuple([z.string().max(100), z.string().max(200)]), option);
}

function refusalOf(result: Extract<ClaimChargesResult, { done: false }>): string {
  return result.refused === 'rate-missing' ? missingRate(result) : REFUSED[result.refused];
}
