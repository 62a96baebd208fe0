import type { ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import type { AccountWork } from '../account/account-work.ts';
import type { World } from '../kernel/world.port.ts';
import type { Payment } from '../ledger/invoice.ts';
import { invoiceOptions, invoicesSelect, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { readCarried } from '../slack/carried.ts';
import { shortDay } from '../slack/freshness.ts';
import { type Asker, type ClickRequest, Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { ACTION, entered, enteredOptions, field, fieldErrors, modal } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { waitingView } from '../slack/surface.ts';
import { clip, money } from '../slack/text.ts';
import { ANSWERED_BY, type Correspondence } from './correspondence.ts';
import { type DraftCardNeeds, draftCards } from './draft-cards.slack.ts';
import { CORRESPONDENCE, type CorrespondenceKind } from './letter-facts.ts';
import { FIRST_SITTING } from './review.view.ts';
import { layOn, orRefused } from './review-place.slack.ts';
import { writeCorrespondence } from './write-correspondence.op.ts';

export type CorrespondenceSubjectNeeds = World & DraftCardNeeds;

const itsRef = z.looseObject({ a: z.string().max(100), i: z.string().max(100) });
/** Slack's limit of an option's value. */
const LONGEST_VALUE = 150;
const PAYMENTS_SHOWN = 5;

/** Mails that confirm, acknowledge, answer or thank: drafted on a word, then reviewed like every other. */
export function correspondenceSubject(world: CorrespondenceSubjectNeeds, cards: AccountCards): Subject {
  const { show } = draftCards(world);
  const write = async (account: string, about: Correspondence, asker: Asker): Promise<ModalView> => {
    const written = await writeCorrespondence(world, account, about, asker.user);
    if (!written.done) throw new Refused(written.says);
    return show(written.draft, { user: asker.user, sitting: FIRST_SITTING, outcome: null });
  };
  /** A button that names the account and what the mail is about. */
  const writing = (kind: CorrespondenceKind) => ({
    may: 'collect' as const,
    async run(request: ClickRequest) {
      const { a, i } = readCarried(itsRef, request.value);
      await layOn(request, write(a, aboutOne(kind, i, await workOf(world, a)), request.asker));
    },
  });
  const written = (request: SubmitRequest, about: Correspondence) => {
    const { a } = carriedBy(request);
    const { client, view } = request;
    request.later(
      async () => void (await client.views.update({ view_id: view.id, view: await orRefused(write(a, about, request.asker)) })),
    );
    return { response_action: 'update' as const, view: waitingView('Writing the email…') };
  };

  return {
    clicks: {
      'promise-confirm': writing('promise-confirmation'),
      'draft-broken-promise': writing('promise-broken'),
      'dispute-acknowledge': writing('dispute-received'),
      'draft-plan-offer': writing('plan-offer'),
      'reply-copy': {
        may: 'collect',
        run: cards.open(async ({ ref, today }, carried) =>
          modal('reply-copy', 'Copy of invoices', 'Write the mail', carried, [copiesField(await openOptions(world, ref.a, today), false)]),
        ),
      },
      'account-statement': { may: 'collect', run: (request) => sendStatement(world, cards, write, request) },
      'account-write': {
        may: 'collect',
        run: cards.open(({ ref, today, work }, carried) => writeForm(world, ref.a, today, work, carried)),
      },
    },
    submits: {
      'reply-copy': {
        may: 'collect',
        async run(request) {
          const about = copiesOf(request, carriedBy(request).i ?? null);
          return about ? written(request, about) : fieldErrors({ copies: ONE_ENTITY });
        },
      },
      'account-write': {
        may: 'collect',
        async run(request) {
          const [kind, id = ''] = entered(request, 'what').split('|');
          const chosen = z.enum(CORRESPONDENCE).parse(kind);
          const work = await workOf(world, carriedBy(request).a);
          const about =
            chosen === 'invoice-copy'
              ? copiesOf(request, replyFor(chosen, work))
              : chosen === 'message' || chosen === 'statement-copy'
                ? ofCompany(chosen, id)
                : aboutOne(chosen, id, work);
          return about ? written(request, about) : fieldErrors({ copies: ONE_ENTITY });
        },
      },
    },
  };
}

/** Everything that one may write about on this account. */
async function writeForm(
  world: CorrespondenceSubjectNeeds,
  account: string,
  today: Parameters<typeof invoiceOptions>[1],
  work: AccountWork,
  carried: object,
) {
  const [payments, copies, companies] = await Promise.all([
    world.ledger.payments(account, 50),
    openOptions(world, account, today),
    companiesOf(world, account),
  ]);
  const own = companyOptions(companies, ['message', 'statement-copy']);
  const options = [...own, ...matters(work, payments, copies.length > 0)].slice(0, 100);
  return modal('account-write', 'New email', 'Write it', carried, [
    field('what', 'What about', { type: 'static_select', action_id: ACTION, options }, { hint: 'You review it before it is sent.' }),
    ...(copies.length > 0 ? [copiesField(copies, true)] : []),
  ]);
}

/** A customer who owes one company only gets its statement at once; of several one is chosen. */
async function sendStatement(
  world: CorrespondenceSubjectNeeds,
  cards: AccountCards,
  write: (account: string, about: Correspondence, asker: Asker) => Promise<ModalView>,
  request: ClickRequest,
): Promise<void> {
  const { a } = readCarried(z.looseObject({ a: z.string().max(100) }), request.value);
  const companies = await companiesOf(world, a);
  const [only] = companies;
  if (!only) throw new Refused('Nothing is open on this account, so there is no statement to send.');
  if (companies.length === 1) return layOn(request, write(a, ofCompany('statement-copy', only.code), request.asker));
  const options = companyOptions(companies, ['statement-copy']);
  await cards.openNow((_, carried) =>
    modal('account-write', 'Send statement', 'Write it', carried, [
      field(
        'what',
        'Of which company',
        { type: 'static_select', action_id: ACTION, options },
        { hint: 'You review it before it is sent.' },
      ),
    ]),
  )(request);
}

interface Company {
  readonly code: string;
  readonly name: string;
}

/** Our companies with which something is open, by their names. */
async function companiesOf(world: CorrespondenceSubjectNeeds, account: string): Promise<Company[]> {
  const [items, row, { senders }] = await Promise.all([
    world.ledger.openItems(account),
    world.ledger.account(account),
    world.settings.read(),
  ]);
  const codes = new Set(items.map(({ entity }) => entity));
  if (codes.size === 0 && row) codes.add(row.entity);
  return [...codes].map((code) => ({ code, name: senders?.[code]?.name ?? code }));
}

const COMPANY_WORDS = { message: 'Your own words', 'statement-copy': 'Statement of account' } as const;

function companyOptions(companies: readonly Company[], kinds: readonly (keyof typeof COMPANY_WORDS)[]): PlainTextOption[] {
  return kinds.flatMap((kind) =>
    companies.map(({ code, name }): PlainTextOption => {
      const words = companies.length > 1 ? `${COMPANY_WORDS[kind]}, ${name}` : COMPANY_WORDS[kind];
      return { text: { type: 'plain_text', text: clip(words, 75) }, value: `${kind}|${code}` };
    }),
  );
}

const ofCompany = (kind: 'message' | 'statement-copy', entity: string): Correspondence => ({
  kind,
  about: '',
  entity,
  invoices: [],
  answers: null,
});

const ONE_ENTITY = 'Choose at least one invoice, and only those of one selling entity.';

async function workOf(world: CorrespondenceSubjectNeeds, account: string): Promise<AccountWork> {
  const found = await world.accounts.load(account);
  if (!found) throw new Refused(REFUSED['no-such-account']);
  return found.work;
}

/** The oldest waiting reply that such a mail answers. */
function replyFor(kind: CorrespondenceKind, { replies }: AccountWork): string | null {
  return replies.find((reply) => reply.kind === ANSWERED_BY[kind])?.id ?? null;
}

function aboutOne(kind: CorrespondenceKind, about: string, work: AccountWork): Correspondence {
  return { kind, about, entity: '', invoices: [], answers: replyFor(kind, work) };
}

/** Null unless all chosen invoices are of one selling entity. */
function copiesOf(request: SubmitRequest, answers: string | null): Correspondence | null {
  const chosen = enteredOptions(request, 'copies').map(readInvoiceOption);
  const [first] = chosen;
  if (!first || chosen.some(({ entity }) => entity !== first.entity)) return null;
  return { kind: 'invoice-copy', about: '', entity: first.entity, invoices: chosen.map(({ number }) => number), answers };
}

async function openOptions(world: CorrespondenceSubjectNeeds, account: string, today: Parameters<typeof invoiceOptions>[1]) {
  return invoiceOptions(await world.ledger.openItems(account), today);
}

function copiesField(options: PlainTextOption[], optional: boolean) {
  const hint = optional ? 'For a copy of invoices only.' : 'Copies of these are attached where they are in the folder of invoices.';
  return field('copies', 'Invoices', invoicesSelect(options), { optional, hint });
}

/** What this account gives reason to write about, the newest kinds of work first. */
function matters(work: AccountWork, payments: readonly Payment[], copies: boolean): PlainTextOption[] {
  const option = (kind: CorrespondenceKind, id: string, text: string): PlainTextOption => ({
    text: { type: 'plain_text', text: clip(text, 75) },
    value: `${kind}|${id}`,
  });
  const broken = work.pastPromises.filter(({ outcome, chased }) => !chased && (outcome === 'broken' || outcome === 'partly-kept'));
  const received = payments.filter((payment) => !payment.reversed).slice(0, PAYMENTS_SHOWN);
  const all = [
    ...work.promises.map((each) =>
      option('promise-confirmation', each.id, `Confirm the promise of ${money(each.amount, each.currency)} for ${shortDay(each.date)}`),
    ),
    ...broken.map((each) =>
      option('promise-broken', each.id, `Ask about the promise of ${money(each.amount, each.currency)} for ${shortDay(each.date)}`),
    ),
    ...work.disputes
      .filter(({ credit }) => credit === null)
      .map((each) =>
        option('dispute-received', each.id, `Acknowledge the dispute of ${money(each.amount, each.currency)} on ${each.invoice}`),
      ),
    ...work.plans
      .filter(({ state }) => state !== 'proposed')
      .map((each) => option('plan-offer', each.id, `Send the plan of ${money(each.amount, each.currency)}`)),
    ...(copies ? [option('invoice-copy', '', 'Send a copy of invoices, chosen below')] : []),
    ...received.map((each) => option('thanks', each.id, `Thank for ${money(each.amount, each.currency)} of ${shortDay(each.received)}`)),
  ];
  return all.filter(({ value }) => value!.length <= LONGEST_VALUE).slice(0, 100);
}
