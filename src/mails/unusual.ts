import type { PastPromise } from '../arrangements/past-promises.ts';
import type { OpenPromise } from '../arrangements/promise.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import type { Money } from '../kernel/money.ts';
import type { Payment } from '../ledger/invoice.ts';
import type { Draft } from './draft.ts';
import type { LetterLanguage } from './letter-language.ts';
import { askedIn, type MailAddress } from './mail-content.ts';

/** An email that reached the customer before. */
export interface SentBefore {
  readonly on: Day;
  readonly entity: string;
  readonly to: readonly MailAddress[];
  readonly language: LetterLanguage;
  /** Minor units, one for each currency. */
  readonly asked: readonly Money[];
}

/** What is known of a customer when one of their emails is read; all days are the customer's. */
export interface KnownBefore {
  readonly today: Day;
  /** Newest first. */
  readonly sent: readonly SentBefore[];
  readonly promises: readonly OpenPromise[];
  readonly pastPromises: readonly PastPromise[];
  /** Days on which the customer answered lately. */
  readonly replies: readonly Day[];
  readonly lastContact: Day | null;
  readonly payments: readonly Pick<Payment, 'amount' | 'currency' | 'received'>[];
  /** Due days of open invoices by number. */
  readonly dues: ReadonlyMap<string, Day>;
  /** Of other customers, by an address that this email goes to. */
  readonly shared: readonly string[];
  /** Addresses, small, that somebody of ours has checked. */
  readonly checked?: ReadonlySet<string>;
  /** Addresses, small, of the customer's contacts. */
  readonly contacts?: readonly string[];
}

/** Something that is not as it was before, or not as it usually is; each names both sides. Amounts in minor units. */
export type Unusual =
  | { readonly key: 'first-email' }
  | { readonly key: 'new-recipient'; readonly on: Day; readonly before: MailAddress }
  | { readonly key: 'shared-address'; readonly with: string }
  /** Unlike the domains of the customer's other addresses. */
  | { readonly key: 'odd-domain'; readonly domain: string; readonly usual: string }
  /** More is asked for of an invoice than is open of it. */
  | { readonly key: 'sum'; readonly invoice: string }
  /** Its own words are of another language than it says. */
  | { readonly key: 'words-language'; readonly now: LetterLanguage; readonly words: LetterLanguage }
  | { readonly key: 'amount-jump'; readonly asked: Money; readonly most: number }
  | { readonly key: 'language'; readonly now: LetterLanguage; readonly before: LetterLanguage }
  | { readonly key: 'long-silence'; readonly days: number }
  | { readonly key: 'edited'; readonly by: string }
  | { readonly key: 'ai-words' }
  | { readonly key: 'promise'; readonly state: 'open' | 'broken'; readonly amount: Money; readonly date: Day }
  | { readonly key: 'reply'; readonly on: Day }
  | { readonly key: 'part-left-out'; readonly why: 'promised' | 'disputed' | 'planned'; readonly amount: Money }
  | { readonly key: 'credit-netted'; readonly credit: Money; readonly percent: number }
  | { readonly key: 'recent-payment'; readonly amount: Money; readonly on: Day }
  | { readonly key: 'step-age'; readonly percent: number };

/** More than so many times the most that was asked for in a year, of at least so many emails. */
const JUMP = 3;
const ENOUGH_SENT = 3;
const YEAR = 365;
/** Calendar days. */
const SILENCE = 60;
const PROMISE_DAYS = 90;
const REPLY_DAYS = 14;
const PAID_DAYS = 5;
const YOUNG_DAYS = 14;
/** Percent of what is asked before credit. */
const CREDIT_SHARE = 10;

/** What a reader should look at before an email goes; most telling first. Empty: nothing unusual. Our own policy. */
export function unusualIn(draft: Draft, known: KnownBefore): Unusual[] {
  return [...recipient(draft, known), ...amounts(draft, known), ...words(draft, known), ...lately(draft, known)];
}

function recipient({ content, entity }: Draft, { sent, shared, checked = new Set(), contacts = [] }: KnownBefore): Unusual[] {
  const others = [
    ...shared.map((each): Unusual => ({ key: 'shared-address', with: each })),
    ...oddDomain(content, sent, contacts, checked),
  ];
  const unchecked = (list: readonly MailAddress[]) => list.filter(({ address }) => !checked.has(address.toLowerCase()));
  if (sent.length === 0) return [...(unchecked(content.to).length > 0 ? [{ key: 'first-email' as const }] : []), ...others];
  const before = sent.find((each) => each.entity === entity) ?? sent[0]!;
  const known = new Set(before.to.map(({ address }) => address.toLowerCase()));
  // Our own people are nobody to be checked.
  const ours = domainOf(content.from.address);
  const added = unchecked([...content.to, ...content.cc]).some(
    ({ address }) => !known.has(address.toLowerCase()) && domainOf(address) !== ours,
  );
  return [...(added && before.to[0] ? [{ key: 'new-recipient' as const, on: before.on, before: before.to[0] }] : []), ...others];
}

/** Anybody has an address there. */
const PUBLIC = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'proton.me',
  'aol.com',
  'orange.fr',
  'free.fr',
]);

/** The first that is like none of the customer's other addresses, earlier recipients among them; a company of public addresses has no usual domain. */
function oddDomain(
  { from, to, cc }: Draft['content'],
  sent: readonly SentBefore[],
  contacts: readonly string[],
  checked: ReadonlySet<string>,
): Unusual[] {
  const earlier = sent.flatMap((each) => each.to.map(({ address }) => address.toLowerCase()));
  const now = [...to, ...cc].map(({ address }) => address.toLowerCase());
  const others = [...earlier, ...contacts].filter((address) => !now.includes(address)).map(domainOf);
  const usual = [
    ...Map.groupBy(
      others.filter((domain) => !PUBLIC.has(domain) && domain !== domainOf(from.address)),
      (domain) => domain,
    ),
  ];
  const [most] = usual.sort(([, a], [, b]) => b.length - a.length);
  if (!most) return [];
  const known = new Set(usual.map(([domain]) => domain));
  const odd = now.find((address) => !known.has(domainOf(address)) && domainOf(address) !== domainOf(from.address) && !checked.has(address));
  return odd ? [{ key: 'odd-domain', domain: domainOf(odd), usual: most[0] }] : [];
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

function amounts({ content, text }: Draft, { today, sent, dues }: KnownBefore): Unusual[] {
  const year = sent.filter(({ on }) => daysBetween(on, today) <= YEAR);
  const jumps = askedIn(content).flatMap((asked): Unusual[] => {
    const before = year.flatMap((each) => each.asked.filter(({ currency }) => currency === asked.currency).map(({ amount }) => amount));
    const most = Math.max(0, ...before);
    return before.length >= ENOUGH_SENT && asked.amount > JUMP * most ? [{ key: 'amount-jump', asked, most }] : [];
  });
  const leftOut = content.apart.flatMap(({ why, amount, currency }): Unusual[] => {
    if (why === 'promised' || why === 'disputed' || why === 'planned') return [{ key: 'part-left-out', why, amount: { amount, currency } }];
    if (why !== 'credit') return [];
    const gross = content.invoices.filter((each) => each.currency === currency).reduce((sum, { asked }) => sum + asked, 0);
    const percent = Math.floor((amount * 100) / gross);
    return percent >= CREDIT_SHARE ? [{ key: 'credit-netted', credit: { amount, currency }, percent }] : [];
  });
  const tooMuch = content.invoices
    .filter(({ asked, residual }) => asked > residual)
    .map(({ number }): Unusual => ({ key: 'sum', invoice: number }));
  return [...tooMuch, ...jumps, ...leftOut, ...(text.tone === 'friendly' ? [] : young(content.invoices, dues, today))];
}

/** A firm letter over money that is hardly late; shares are counted in each currency by itself. */
function young(invoices: Draft['content']['invoices'], dues: ReadonlyMap<string, Day>, today: Day): Unusual[] {
  const shares = [...Map.groupBy(invoices, ({ currency }) => currency).values()].map((own) => {
    const late = (number: string) => daysBetween(dues.get(number) ?? today, today);
    const sum = (each: typeof own) => each.reduce((total, { asked }) => total + asked, 0);
    const [some, all] = [sum(own.filter(({ number }) => late(number) < YOUNG_DAYS)), sum(own)];
    return 2 * some > all ? Math.floor((some * 100) / all) : 0;
  });
  const percent = Math.max(0, ...shares);
  return percent > 0 ? [{ key: 'step-age', percent }] : [];
}

/** Little words that the other three languages do not have; counted, the language of a text shows in a few lines. */
const LITTLE: Readonly<Record<LetterLanguage, RegExp>> = {
  en: /\b(?:the|and|you|your|please|with|this|that|have|from|are|will)\b/gi,
  de: /\b(?:der|die|das|und|sie|ihr|ihre|bitte|mit|nicht|wir|für|ist|zu)\b/gi,
  fr: /\b(?:le|les|et|vous|votre|nous|pour|avec|est|une|dans|merci)\b/gi,
  es: /\b(?:el|los|y|usted|su|para|con|una|por|favor|que|del)\b/gi,
};
/** Fewer say nothing. */
const ENOUGH_WORDS = 12;

function ownLanguage(body: string): LetterLanguage | null {
  const counts = (Object.keys(LITTLE) as LetterLanguage[]).map((language) => ({ language, n: body.match(LITTLE[language])?.length ?? 0 }));
  const [first, second] = counts.sort((a, b) => b.n - a.n);
  return first!.n >= ENOUGH_WORDS && first!.n > 2 * second!.n ? first!.language : null;
}

function words({ text, editors, content }: Draft, { sent }: KnownBefore): Unusual[] {
  const before = sent[0]?.language;
  const own = ownLanguage(content.body ?? '');
  return [
    ...(before && before !== text.language ? [{ key: 'language' as const, now: text.language, before }] : []),
    ...(own && own !== text.language ? [{ key: 'words-language' as const, now: text.language, words: own }] : []),
    ...(editors.length > 0 ? [{ key: 'edited' as const, by: editors.at(-1)! }] : []),
    ...(editors.length === 0 && text.source === 'model' ? [{ key: 'ai-words' as const }] : []),
  ];
}

function lately({ entity }: Draft, known: KnownBefore): Unusual[] {
  const { today, promises, pastPromises, replies, lastContact, payments } = known;
  const within = (on: Day, days: number) => daysBetween(on, today) <= days;
  const own = <Each extends { readonly entity: string }>(all: readonly Each[]) => all.filter((each) => each.entity === entity);
  const promise = (state: 'open' | 'broken', { amount, currency, date }: { amount: number; currency: string; date: Day }): Unusual => ({
    key: 'promise',
    state,
    amount: { amount, currency },
    date,
  });
  const silent = lastContact ? daysBetween(lastContact, today) : 0;
  return [
    ...own(promises).map((each) => promise('open', each)),
    ...own(pastPromises)
      .filter(({ outcome, closed }) => outcome === 'broken' && within(closed, PROMISE_DAYS))
      .map((each) => promise('broken', each)),
    ...replies
      .filter((on) => within(on, REPLY_DAYS))
      .slice(0, 1)
      .map((on): Unusual => ({ key: 'reply', on })),
    ...payments
      .filter(({ received }) => within(received, PAID_DAYS))
      .map(({ amount, currency, received }): Unusual => ({ key: 'recent-payment', amount: { amount, currency }, on: received })),
    ...(silent > SILENCE ? [{ key: 'long-silence' as const, days: silent }] : []),
  ];
}
