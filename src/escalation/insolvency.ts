import type { AccountStatus } from '../account/account.ts';
import { isPlaceOfDocument } from '../charges/agreement.ts';
import type { Day } from '../kernel/day.ts';
import { isMailAddress } from '../kernel/mail-address.ts';
import { ERASED } from '../trail/erasure.ts';

/** What was open to one selling company in one currency on the opening day. Minor units. */
export interface ClaimLine {
  readonly entity: string;
  readonly currency: string;
  readonly invoices: number;
  readonly open: number;
  /** To the opening day; null: it could not be worked out for every invoice, for a reason that `why` names by its refusal. */
  readonly interest: number | null;
  readonly why: string;
  /** Of its invoices the first and the last day on which both the invoice was issued and its payment due. */
  readonly owedFrom: Day;
  readonly owedLast: Day;
}

export const RETENTION = ['unknown', 'no', 'yes'] as const;

/** What a person enters about proceedings. '' where it is not known. */
export interface InsolvencyEntered {
  readonly procedure: string;
  readonly court: string;
  readonly reference: string;
  readonly holder: { readonly name: string; readonly email: string; readonly address: string };
  readonly opened: Day;
  /** Last day for filing the claim, as the court or the office holder set it. */
  readonly deadline: Day | null;
  /** Retention of title in what was delivered, and which goods. */
  readonly retention: (typeof RETENTION)[number];
  readonly goods: string;
  /** Months before the opening in which payments may be claimed back. */
  readonly lookBack: number;
}

export interface Dividend {
  readonly on: Day;
  readonly currency: string;
  readonly amount: number;
}

/** The document that was filed, or where it lies; null: none was named. */
export type FiledClaim = { readonly on: Day; readonly document: { readonly name: string; readonly at: string } | null };

/** Insolvency proceedings over a customer. */
export interface InsolvencyFile extends InsolvencyEntered {
  readonly id: string;
  /** 1, 2, ...: a form opened from another one is refused. */
  readonly revision: number;
  /** As of the opening day; worked out again with each edit until it is filed. */
  readonly claim: readonly ClaimLine[];
  readonly filed: FiledClaim | null;
  readonly dividends: readonly Dividend[];
  readonly closed: { readonly on: Day; readonly note: string } | null;
  /** Slack user id of who opened the file. */
  readonly by: string;
  readonly on: Day;
}

export type InsolvencyRequest =
  | { readonly do: 'open-insolvency'; readonly id: string; readonly entered: InsolvencyEntered; readonly claim: readonly ClaimLine[] }
  | {
      readonly do: 'edit-insolvency';
      readonly id: string;
      readonly seen: number;
      readonly entered: InsolvencyEntered;
      readonly claim: readonly ClaimLine[];
    }
  | { readonly do: 'file-claim'; readonly id: string; readonly filed: FiledClaim }
  | { readonly do: 'record-dividend'; readonly id: string; readonly dividend: Dividend }
  | { readonly do: 'close-insolvency'; readonly id: string; readonly note: string };

export type InsolvencyFact = { readonly file: string; readonly procedure: string; readonly opened: Day } & (
  | { readonly type: 'insolvency-opened'; readonly deadline: Day | null; readonly claim: readonly ClaimLine[] }
  | { readonly type: 'insolvency-edited'; readonly deadline: Day | null; readonly changed: readonly string[] }
  | ({ readonly type: 'claim-filed'; readonly claim: readonly ClaimLine[] } & FiledClaim)
  | ({ readonly type: 'dividend-received' } & Dividend)
  | { readonly type: 'insolvency-closed'; readonly note: string }
);

export type InsolvencyRefusal =
  | 'not-insolvent'
  | 'insolvency-open-already'
  | 'no-insolvency-file'
  | 'insolvency-changed'
  | 'procedure-missing'
  | 'opened-in-future'
  | 'deadline-before-opening'
  | 'holder-email'
  | 'look-back-out-of-range'
  | 'claim-filed-already'
  | 'filed-in-future'
  | 'filed-before-opening'
  | 'document-name-missing'
  | 'document-link'
  | 'dividend-in-future'
  | 'dividend-before-opening'
  | 'dividend-above-claim'
  | 'amount-not-positive'
  | 'reason-missing';

/** The file that is not closed; null: none. */
export const openFile = (files: readonly InsolvencyFile[]): InsolvencyFile | null => files.find(({ closed }) => closed === null) ?? null;

/** Office holders that files name, as people whose data can be erased. */
export function officeHolders(files: readonly InsolvencyFile[]) {
  return files
    .map(({ id, holder: { name, email, address } }) => ({ id: `holder:${id}`, name, email, phone: '', address }))
    .filter(({ name, email, address }) => [name, email, address].some((each) => each !== '' && each !== ERASED));
}

/** Without the data of an erased office holder; the file stays. What was erased is no address any more that could be written to. */
export function withoutHolder(files: readonly InsolvencyFile[], id: string): InsolvencyFile[] {
  return files.map((file) => (`holder:${file.id}` === id ? { ...file, holder: { name: ERASED, email: '', address: '' } } : file));
}

/** An invoice of before the opening bears interest through that day and no longer, also behind the end of the proceedings; null: it goes on. */
export function interestStop(files: readonly Pick<InsolvencyFile, 'opened'>[], issued: Day): Day | null {
  const days = files.map(({ opened }) => opened).filter((opened) => issued <= opened);
  return days.sort()[0] ?? null;
}

/** Longer ones are mistyped. */
const MOST_MONTHS = 120;

type Decision =
  | { readonly insolvencies: readonly InsolvencyFile[]; readonly fact: InsolvencyFact }
  | { readonly refused: InsolvencyRefusal };

export function decideInsolvency(
  work: { readonly status: AccountStatus; readonly insolvencies: readonly InsolvencyFile[] },
  request: InsolvencyRequest,
  { by, today }: { readonly by: string; readonly today: Day },
): Decision {
  const { insolvencies } = work;
  const open = openFile(insolvencies);
  if (request.do === 'open-insolvency') {
    if (open) return { refused: 'insolvency-open-already' };
    if (work.status !== 'insolvent') return { refused: 'not-insolvent' };
    const problem = enteredProblem(request.entered, today);
    if (problem) return { refused: problem };
    const { id, entered, claim } = request;
    const file: InsolvencyFile = { ...entered, id, revision: 1, claim, filed: null, dividends: [], closed: null, by, on: today };
    const { procedure, opened, deadline } = file;
    return { insolvencies: [...insolvencies, file], fact: { type: 'insolvency-opened', file: id, procedure, opened, deadline, claim } };
  }
  if (open?.id !== request.id) return { refused: 'no-insolvency-file' };
  const changed = changeFile(open, request, today);
  if ('refused' in changed) return changed;
  const { file, fact } = changed;
  return {
    insolvencies: insolvencies.map((each) => (each.id === file.id ? { ...file, revision: file.revision + 1 } : each)),
    fact: { ...fact, file: file.id, procedure: file.procedure, opened: file.opened } as InsolvencyFact,
  };
}

type Changed = { readonly file: InsolvencyFile; readonly fact: object } | { readonly refused: InsolvencyRefusal };

function changeFile(file: InsolvencyFile, request: Exclude<InsolvencyRequest, { do: 'open-insolvency' }>, today: Day): Changed {
  switch (request.do) {
    case 'edit-insolvency': {
      if (request.seen !== file.revision) return { refused: 'insolvency-changed' };
      const { entered } = request;
      const problem = enteredProblem(entered, today);
      if (problem) return { refused: problem };
      const keys = Object.keys(entered) as (keyof InsolvencyEntered)[];
      const changed = keys.filter((key) => JSON.stringify(entered[key]) !== JSON.stringify(file[key]));
      const claim = file.filed ? file.claim : request.claim;
      return { file: { ...file, ...entered, claim }, fact: { type: 'insolvency-edited', deadline: entered.deadline, changed } };
    }
    case 'file-claim': {
      const { filed } = request;
      const problem = filedProblem(file, filed, today);
      return problem ? { refused: problem } : { file: { ...file, filed }, fact: { type: 'claim-filed', claim: file.claim, ...filed } };
    }
    case 'record-dividend': {
      const { dividend } = request;
      const problem = dividendProblem(file, dividend, today);
      if (problem) return { refused: problem };
      return { file: { ...file, dividends: [...file.dividends, dividend] }, fact: { type: 'dividend-received', ...dividend } };
    }
    case 'close-insolvency': {
      const note = request.note.trim();
      if (note === '') return { refused: 'reason-missing' };
      return { file: { ...file, closed: { on: today, note } }, fact: { type: 'insolvency-closed', note } };
    }
  }
}

function enteredProblem({ procedure, opened, deadline, holder, lookBack }: InsolvencyEntered, today: Day): InsolvencyRefusal | null {
  if (procedure.trim() === '') return 'procedure-missing';
  if (opened > today) return 'opened-in-future';
  if (deadline !== null && deadline < opened) return 'deadline-before-opening';
  if (holder.email !== '' && !isMailAddress(holder.email)) return 'holder-email';
  return Number.isInteger(lookBack) && lookBack >= 0 && lookBack <= MOST_MONTHS ? null : 'look-back-out-of-range';
}

function filedProblem(file: InsolvencyFile, { on, document }: FiledClaim, today: Day): InsolvencyRefusal | null {
  if (file.filed) return 'claim-filed-already';
  if (on > today) return 'filed-in-future';
  if (on < file.opened) return 'filed-before-opening';
  if (document && document.name.trim() === '') return 'document-name-missing';
  return document && !isPlaceOfDocument(document.at) ? 'document-link' : null;
}

/** Principal and interest of the claim in one currency; what the interest is when it is not known does not make a dividend too large. */
export function claimIn(claim: readonly ClaimLine[], currency: string): number {
  return claim.reduce((sum, line) => (line.currency === currency ? sum + line.open + (line.interest ?? 0) : sum), 0);
}

function dividendProblem(
  { opened, claim, dividends }: InsolvencyFile,
  { on, currency, amount }: Dividend,
  today: Day,
): InsolvencyRefusal | null {
  if (!Number.isSafeInteger(amount) || amount <= 0) return 'amount-not-positive';
  if (on > today) return 'dividend-in-future';
  if (on < opened) return 'dividend-before-opening';
  const before = dividends.reduce((sum, each) => (each.currency === currency ? sum + each.amount : sum), 0);
  return before + amount > claimIn(claim, currency) ? 'dividend-above-claim' : null;
}
