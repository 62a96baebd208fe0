import { writtenAmount } from './amounts.ts';
import { writtenDay } from './days.ts';
import { plainWord } from './field-words.ts';

/** Most cells of a list come again: each text is looked at once. */
function remembered(look: (cell: string) => boolean): (cell: string) => boolean {
  const known = new Map<string, boolean>();
  return (cell) => {
    let is = known.get(cell);
    if (is === undefined) {
      if (known.size > 50_000) known.clear();
      is = look(cell);
      known.set(cell, is);
    }
    return is;
  };
}

export const isAmountCell = remembered((cell) => writtenAmount(cell) !== null);
export const isDateCell = remembered((cell) => writtenDay(cell) !== null);

const TOTAL = words(
  'total, totals, grand total, grand totals, report total, sub total, subtotal, sum, summe, gesamt, gesamtsumme, endsumme, zwischensumme, saldo gesamt, total general, total generale, sous total, sous-total, suma, suma total, subtotales, totales, ending balance, partner ending balance, account total, customer total, open balance total, total open, total due, summe gesamt, total a cobrar, total du',
);
const TOTAL_HEAD = /^(?:grand |sub-?|sous-|report )?(?:total|totals|summe|gesamt(?:summe)?|zwischensumme|subtotal|suma)\b/i;
const DETAIL_HEAD = words(
  'turnover, credit limit, umsatz, kreditlimit, limite de credit, limite de credito, chiffre d affaires, encours autorise, telephone, tel, terms, contact',
);
const PERCENT_HEAD = /percent|prozent|pourcentage|porcentaje|^%|in %/i;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s*,\s*/).map(plainWord));
}

/** The word of a total alone, or stars as SAP draws them. */
export function isTotalWord(cell: string): boolean {
  return /^\*{1,5}$/.test(cell) || TOTAL.has(plainWord(cell));
}

/** Begins like a total; so do names of companies. */
export function beginsLikeTotal(cell: string): boolean {
  return isTotalWord(cell) || TOTAL_HEAD.test(cell.trim());
}

export function isDetailWord(cell: string): boolean {
  return DETAIL_HEAD.has(plainWord(cell.replace(/[£€$]/g, '')));
}

/** A heading by age or kind, under which rows of several customers stand. */
export function isAgeWord(cell: string): boolean {
  return /past due|days?\b|tage?\b|jours?\b|d[ií]as\b|^current$|^\d+ ?[-–] ?\d+$|^(?:not (?:yet )?due|overdue|open items|invoices|credits?|payments)$/i.test(
    cell.trim(),
  );
}

export function isPercentWord(cell: string): boolean {
  return PERCENT_HEAD.test(cell);
}

const HEADS: Readonly<Record<'account' | 'accountName' | 'entity', ReadonlySet<string>>> = {
  account: words(
    'a/c, account, account no, customer, customer no, customer number, debitor, debtor, kunde, kundennummer, konto, client, code client, cliente, deudor, compte',
  ),
  accountName: words('name, name 1, kundenname, customer name, nom, nombre, raison sociale, razon social'),
  entity: words('buchungskreis, company code, societe, sociedad, mandant'),
};

/** What lines such as "Debitor 100234" or "A/C: ABC001, Name: …" say; null for other lines. */
export function headPairs(cells: readonly string[]): { account?: string; accountName?: string; entity?: string } | null {
  const found: { account?: string; accountName?: string; entity?: string } = {};
  const filled = cells.filter((cell) => cell !== '');
  for (const [at, cell] of filled.entries()) {
    const next = filled[at + 1];
    if (next === undefined || /:$/.test(next)) continue;
    for (const [kind, known] of Object.entries(HEADS) as [keyof typeof HEADS, ReadonlySet<string>][])
      if (known.has(plainWord(cell))) found[kind] ??= next;
  }
  return Object.keys(found).length > 0 ? found : null;
}
