import type { VatPlace } from '../charges/terms.ts';
import type { Day } from '../kernel/day.ts';

/** Common proceedings of a country, in its own words; any other is written by whoever enters it. */
const PROCEDURES: Readonly<Record<string, readonly string[]>> = {
  GB: [
    'Administration',
    'Compulsory liquidation',
    'Creditors’ voluntary liquidation',
    'Company voluntary arrangement',
    'Administrative receivership',
    'Bankruptcy',
    'Individual voluntary arrangement',
    'Sequestration',
  ],
  DE: ['Insolvenzverfahren', 'Vorläufiges Insolvenzverfahren', 'Eigenverwaltung', 'Schutzschirmverfahren'],
  AT: ['Konkursverfahren', 'Sanierungsverfahren mit Eigenverwaltung', 'Sanierungsverfahren ohne Eigenverwaltung'],
  FR: ['Sauvegarde', 'Redressement judiciaire', 'Liquidation judiciaire'],
  NL: ['Faillissement', 'Surseance van betaling', 'WHOA-akkoord'],
  BE: ['Faillite / faillissement', 'Réorganisation judiciaire / gerechtelijke reorganisatie'],
  IE: ['Liquidation', 'Examinership', 'Receivership', 'SCARP'],
  ES: ['Concurso de acreedores'],
  IT: ['Liquidazione giudiziale', 'Concordato preventivo', 'Amministrazione straordinaria'],
};
export const proceduresOf = (country: string): readonly string[] => PROCEDURES[country] ?? ['Insolvency', 'Liquidation', 'Restructuring'];

/** Months to begin with. None was checked against the law: the form and the card say so, and people enter what counsel says. */
const LOOK_BACK: Readonly<Record<string, number>> = { GB: 6, DE: 3, FR: 18, NL: 12, IE: 6, ES: 24, IT: 6 };
export const lookBackOf = (country: string): number => LOOK_BACK[country] ?? 6;

/** When a claim must be filed, where a source says so; the court's or office holder's own day goes first. */
const FILING: Readonly<Record<string, string>> = {
  FR: 'France: two months from publication in BODACC, four for creditors abroad (infogreffe.fr).',
  ES: 'Spain: one month from the day after publication in the BOE (TRLC art. 28 and 255).',
};
export const filingHint = (country: string): string => FILING[country] ?? 'As the court or the office holder has set it.';

export function monthsAfter(from: Day, months: number): Day {
  return Temporal.PlainDate.from(from).add({ months }).toString() as Day;
}

/** When VAT on what is not paid can be claimed back. */
export type VatRelief =
  | { readonly place: 'UK' /** Of the first invoice, and of all. */; readonly first: Day; readonly all: Day; readonly ends: Day }
  | { readonly place: 'DE'; readonly from: Day };

/** VATA 1994 s.36 and HMRC's manual VR7420: six months after payment was due, or after the supply if that is later; four years and six months at most. */
const UK_FROM = 6;
const UK_ENDS = 54;

/** The invoice's day stands for that of the supply, which the ledger does not know. Null: another country, or none is set. */
export function vatRelief(
  place: VatPlace | null,
  { owedFrom, owedLast }: { readonly owedFrom: Day; readonly owedLast: Day },
  opened: Day,
): VatRelief | null {
  if (place === 'UK')
    return { place, first: monthsAfter(owedFrom, UK_FROM), all: monthsAfter(owedLast, UK_FROM), ends: monthsAfter(owedFrom, UK_ENDS) };
  return place === 'DE' ? { place, from: opened } : null;
}

export const VAT_SOURCE: Readonly<Record<VatRelief['place'], string>> = {
  UK: 'VATA 1994 s.36, HMRC VR7420',
  DE: 'UStG § 17(2) no. 1; at the latest with the opening, earlier where a provisional administrator consents to payments (Haufe)',
};
