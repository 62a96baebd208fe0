import type { Contact } from '../account/account.ts';
import { knownContacts, mailable } from '../account/contact-book.ts';
import type { Charge } from '../charges/charges.ts';
import type { AskedInvoice } from '../follow-up/ask.ts';
import type { FollowUpAction } from '../follow-up/follow-up.ts';
import type { PlannedAccount } from '../follow-up/plan-day.op.ts';
import type { Day } from '../kernel/day.ts';
import { addTo, type Money } from '../kernel/money.ts';
import { untrusted } from '../kernel/untrusted.ts';
import { LETTER_STAGES, type LetterKind, type Shown } from './letter-facts.ts';
import type { MailAddress, ShownPart } from './mail-content.ts';

/** The letter of an action: a friendly one is written plainly where firmer words were needed lately. */
export function letterOf({ kind, plain, stage }: FollowUpAction): LetterKind | null {
  if (kind === 'statement') return 'statement';
  const letter = LETTER_STAGES.find((each) => each === stage.template) ?? null;
  return letter === 'friendly' && plain ? 'plain' : letter;
}

/** What goes with a mail follows each invoice's own stage. */
export function takenLetters({ policy }: PlannedAccount, { said, invoices }: FollowUpAction, letter: LetterKind) {
  const others = Map.groupBy(said.took, ({ stage }) => policy.stages.find(({ key }) => key === stage)?.template ?? '');
  const lower = [...others].flatMap(([template, list]) =>
    template === '' ? [] : [{ letter: template as LetterKind, invoices: list.map(({ invoice }) => invoice) }],
  );
  const own = invoices.map(({ number }) => number);
  return [
    { letter, invoices: own },
    ...lower.map((each) => ({ ...each, invoices: each.invoices.filter((number) => !own.includes(number)) })),
  ];
}

/** Interest and fees of invoices that the mail asks for; costs of none in particular belong to all. */
export function isAbout({ invoice }: Charge, { invoices, firmer }: FollowUpAction): boolean {
  return invoice === '' || [...invoices, ...firmer].some(({ number }) => number === invoice);
}

/** The contacts of other stages that the mail takes are in copy. */
export function copiedTo(
  { row, work, policy }: PlannedAccount,
  contacts: readonly Contact[],
  { said }: FollowUpAction,
  to: Pick<Contact, 'email'>,
): MailAddress[] {
  const able = mailable(knownContacts(contacts, work.contacts, row.id));
  const ranks = said.took.map(({ stage }) => policy.stages.find(({ key }) => key === stage)?.contact ?? 1);
  const others = ranks.flatMap((rank) => able[Math.min(rank, able.length) - 1] ?? []).filter(({ email }) => email !== to.email);
  return [...new Map(others.map(({ name, email }) => [email, { name, address: email }])).values()];
}

const moneyOf = ({ net, currency }: AskedInvoice): Money => ({ amount: net, currency });

/** The parts of the letter behind its list; nothing where there are none. */
export function shownOf({ firmer, also, formal, notes, open }: FollowUpAction): { readonly shown?: Shown } {
  if (firmer.length + also.length + formal.length + notes.length === 0) return {};
  const rows = (list: readonly (AskedInvoice & { readonly on?: Day })[]) =>
    list.map((each) => ({ number: untrusted(each.number), due: each.due, amount: moneyOf(each), ...(each.on ? { on: each.on } : {}) }));
  const sums = new Map<string, number>();
  for (const each of formal) addTo(sums, moneyOf(each));
  const on = formal.map((each) => each.on).sort()[0];
  return {
    shown: {
      ...{ firmer: rows(firmer), also: rows(also), notes: rows(notes) },
      notice: on
        ? {
            on,
            invoices: formal.map(({ number }) => untrusted(number)),
            sums: [...sums].map(([currency, amount]) => ({ amount, currency })),
          }
        : null,
      open: open.map(({ asked, currency }) => ({ amount: asked, currency })),
    },
  };
}

/** The same for what an approval covers, with the stage that each is taken to. */
export function partsOf({ firmer, also, formal, notes, said }: FollowUpAction): ShownPart[] {
  const lists = { firmer, also, formal, notes } as const;
  return Object.entries(lists).flatMap(([part, list]) =>
    list.map(({ number, currency, net }) => {
      const taken = said.took.find(({ invoice }) => invoice === number);
      return { part: part as ShownPart['part'], number, currency, amount: net, ...(taken ? { stage: taken.stage } : {}) };
    }),
  );
}
