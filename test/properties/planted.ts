import fs from 'node:fs/promises';
import path from 'node:path';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import type { Draft } from '../../src/mails/draft.ts';
import type { LetterLanguage } from '../../src/mails/letter-language.ts';
import type { KnownBefore, SentBefore } from '../../src/mails/unusual.ts';
import { randomFrom } from '../support/random-from.ts';

/** What goes wrong in practice, and what it looks like. */
export const KINDS = [
  'another customer’s address',
  'a stranger’s address',
  'ten times the amount',
  'the wrong language',
  'asked for what was paid',
] as const;
export type Kind = (typeof KINDS)[number];

const TODAY = day('2026-11-30');
const OURS = { name: 'Mara Lind', address: 'receivables@northwind.example' };
const BODIES: Partial<Record<LetterLanguage, string>> = {
  en: 'Dear Sir, a payment of the invoice below is past its due date and you will find it with this email. Please tell me when you will pay it, and have a look at the amount. If you have paid, please send the advice to us. This is from the team that you know.',
  de: 'Guten Tag, die Rechnung ist fällig und wir bitten Sie, die Zahlung zu prüfen. Bitte teilen Sie uns mit, wann Sie zahlen. Wir haben die Rechnung für Sie beigefügt, und Ihr Zeichen ist nicht bekannt. Bitte antworten Sie uns mit der Nummer.',
};

interface Case {
  readonly draft: Draft;
  readonly known: KnownBefore;
  readonly kind: Kind | null;
}

/** A customer who is written to every fortnight, about some hundred pounds, in one language. */
function usual(n: number, random: () => number): Omit<Case, 'kind'> {
  const language: LetterLanguage = random() < 0.5 ? 'en' : 'de';
  const domain = `customer-${n}.example`;
  const to = { name: `Contact ${n}`, address: `ap@${domain}` };
  const amount = Math.round(100_00 + random() * 900_00);
  const sent: SentBefore[] = Array.from({ length: 4 }, (_, k) => ({
    on: addDays(TODAY, -14 * (k + 1)),
    entity: 'UK',
    to: [to],
    language,
    asked: [{ amount: Math.round(amount * (0.6 + random())), currency: 'GBP' }],
  }));
  const invoice = { number: `I-${n}`, currency: 'GBP', residual: amount, promised: 0, disputed: 0, asked: amount };
  const content = { from: OURS, to: [to], cc: [], subject: '', body: BODIES[language]!, attachments: [], invoices: [invoice], apart: [] };
  const draft = { entity: 'UK', editors: [], text: { language, tone: 'friendly', source: 'template' }, content } as unknown as Draft;
  const known: KnownBefore = {
    ...{ today: TODAY, sent, promises: [], pastPromises: [], replies: [], payments: [], shared: [] },
    lastContact: sent[0]!.on,
    dues: new Map([[invoice.number, addDays(TODAY, -12)]]),
    contacts: [`director@${domain}`],
  };
  return { draft, known };
}

function planted(kind: Kind, of: Omit<Case, 'kind'>, random: () => number): Case {
  const { draft, known } = of;
  const content = (change: Partial<Draft['content']>): Draft => ({ ...draft, content: { ...draft.content, ...change } });
  const [invoice] = draft.content.invoices;
  switch (kind) {
    case 'another customer’s address':
      return {
        kind,
        draft: content({ to: [{ name: 'Their contact', address: 'ap@another.example' }] }),
        known: { ...known, shared: ['Another Ltd'] },
      };
    case 'a stranger’s address':
      return {
        kind,
        draft: content({ to: [{ name: draft.content.to[0]!.name, address: `ap.${Math.floor(random() * 1000)}@gmail.com` }] }),
        known,
      };
    case 'ten times the amount':
      return { kind, draft: content({ invoices: [{ ...invoice!, asked: invoice!.asked * 10, residual: invoice!.residual * 10 }] }), known };
    case 'the wrong language': {
      const other: LetterLanguage = draft.text.language === 'en' ? 'de' : 'en';
      // Half of them say so, the others only have the wrong words.
      const says = random() < 0.5 ? { ...draft.text, language: other } : draft.text;
      return { kind, draft: { ...content({ body: BODIES[other]! }), text: says }, known };
    }
    case 'asked for what was paid': {
      const payment = { amount: invoice!.residual, currency: 'GBP', received: addDays(TODAY, -1 - Math.floor(random() * 4)) as Day };
      return { kind, draft, known: { ...known, payments: [payment] } };
    }
  }
}

/** Of so many seeds, 100 unremarkable emails and 50 with an error each: how many are pointed out. `src`: the program, or a copy of it without the rule. */
export async function plantedFound(src: string, seeds: number) {
  const { unusualIn } = (await import(path.join(src, 'mails/unusual.ts'))) as typeof import('../../src/mails/unusual.ts');
  await fs.access(src);
  const worst = { found: 50, falsely: 0 };
  const missed = new Map<string, number>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const random = randomFrom(seed);
    const cases: Case[] = [
      ...Array.from({ length: 100 }, (_, n) => ({ ...usual(n, random), kind: null })),
      ...Array.from({ length: 50 }, (_, n) => planted(KINDS[n % KINDS.length]!, usual(100 + n, random), random)),
    ];
    let [found, falsely] = [0, 0];
    for (const { draft, known, kind } of cases) {
      const flagged = unusualIn(draft, known).length > 0;
      if (kind && flagged) found += 1;
      if (kind && !flagged) missed.set(kind, (missed.get(kind) ?? 0) + 1);
      if (!kind && flagged) falsely += 1;
    }
    worst.found = Math.min(worst.found, found);
    worst.falsely = Math.max(worst.falsely, falsely);
  }
  return { ...worst, missed: Object.fromEntries(missed) };
}
