import type { Series } from './interest-rates.ts';
import type { EuMember, Law } from './law.ts';

/** When interest begins where no term of payment was agreed: so many days from the invoice, its due date, or Germany's default. */
export interface Untermed {
  readonly how: 'thirty-days' | 'due-date' | 'demand-or-thirty-days';
  /** As it is told on the card. */
  readonly source: string;
}

export interface FixedSum {
  readonly currency: 'GBP' | 'EUR';
  /** From which size of the debt which sum is owed, the smallest first. Minor units. */
  readonly steps: readonly { readonly from: number; readonly amount: number }[];
  /** An agreed rate displaces the statutory one and with it the sum. */
  readonly needsStatutoryRate: boolean;
  readonly source: string;
}

/** The most that may be agreed: so many times the reference rate with these points; what is above it is not owed. */
export interface RateCap {
  readonly series: Series;
  readonly points: number;
  readonly times: number;
}

/** What a law gives on a business debt that is paid late. Amounts in minor units, points in hundredths of a percent a year. */
export interface InterestRule {
  readonly series: Series;
  /** Added to the reference rate. */
  readonly points: number;
  /** The reference rate is that of the due date, of the day on which interest began, or of each half-year. */
  readonly fixing: 'due-date' | 'when-interest-starts' | 'each-half-year';
  /** The reference rate is rounded up to the half point before the points are added. */
  readonly roundedUp: boolean;
  /** After each year the interest of that year is added to what bears interest. */
  readonly compound: boolean;
  readonly sum: FixedSum | 'not-checked' | 'needs-exchange-rate';
  /** A public body owes the same, by a rule of its own, or that was not checked, or it depends on what kind of body it is. */
  readonly publicBodies: 'same' | 'not-checked' | 'by-kind-of-body' | InterestRule;
  /** Null: not checked. */
  readonly untermed: Untermed | null;
  /** A term that ends on a Saturday, Sunday or public holiday of this country ends on the next working day; null where none was found. */
  readonly daysOff: string | null;
  /** In insolvency proceedings the law does not apply, so nothing is claimed. */
  readonly notInInsolvency: boolean;
  /** What the law says of an agreed rate; '' where nothing was found. */
  readonly agreed: string;
  readonly cap: RateCap | null;
  readonly source: string;
}

const fixedEuro = (source: string): FixedSum => ({
  currency: 'EUR',
  steps: [{ from: 0, amount: 4000 }],
  needsStatutoryRate: false,
  source,
});
const thirtyDays = (source: string): Untermed => ({ how: 'thirty-days', source });

/** Directive 2011/7/EU art. 2(6), (7): what most members took over. Never used for a member whose own act was not looked up. */
const EURO = {
  series: 'ecb-mro',
  points: 800,
  fixing: 'each-half-year',
  roundedUp: false,
  compound: false,
  publicBodies: 'same',
  untermed: null,
  daysOff: null,
  notInInsolvency: false,
  agreed: '',
  cap: null,
} as const;

const UNITED_KINGDOM: InterestRule = {
  ...EURO,
  series: 'bank-of-england',
  fixing: 'when-interest-starts',
  sum: {
    currency: 'GBP',
    steps: [
      { from: 0, amount: 4000 },
      { from: 100_000, amount: 7000 },
      { from: 1_000_000, amount: 10_000 },
    ],
    // s.5A: the sum is owed "once statutory interest begins to run"; with an agreed substantial remedy it does not (s.8).
    needsStatutoryRate: true,
    source: 'Late Payment of Commercial Debts (Interest) Act 1998, s.5A',
  },
  // legislation.gov.uk/ukpga/1998/20/section/4: the last day of 30 days from performance or from notice of the amount.
  untermed: thirtyDays('Late Payment of Commercial Debts (Interest) Act 1998, s.4(2A)(b)'),
  // cms-lawnow.com, October 2024: base rate + 2 % was no substantial remedy.
  agreed: 'UK Act 1998 s.8 and 9: only a substantial remedy takes the place of the statutory rate; have a low one looked at by counsel',
  source: 'Late Payment of Commercial Debts (Interest) Act 1998, s.1, 4 and 6; SI 2002/1675 art. 4',
};

/** SI 2002/1675 is of England, Wales and Northern Ireland (art. 1(2)); Scotland's own order of the rate was not found. The fixed sums were: SSI 2002/335. */
const SCOTLAND: InterestRule = {
  ...UNITED_KINGDOM,
  source:
    'Late Payment of Commercial Debts (Interest) Act 1998, s.1, 4 and 6; the rate is that of England (SI 2002/1675): the Scottish order was not seen, so have counsel confirm it',
};

/**
 * "Only one rate will apply to a late payment, that is the rate in force on the payment date": the department (enterprise.gov.ie, djei.ie) and the
 * minister in the Dáil on 6 February 2013. The regulation's text on it was not seen; the payment date is read as the due date.
 */
const IRELAND: InterestRule = {
  ...EURO,
  fixing: 'due-date',
  sum: fixedEuro('SI 580/2012 as enterprise.gov.ie tells it: 40 EUR at least'),
  untermed: thirtyDays('SI 580/2012 as enterprise.gov.ie tells it: 30 days after the invoice was received'),
  source: 'SI 580/2012 as enterprise.gov.ie tells it: one rate, that of the payment date',
};

const GERMANY: InterestRule = {
  ...EURO,
  series: 'german-base',
  points: 900,
  sum: fixedEuro('BGB s.288(5)'),
  // BGH III ZR 91/07: a date that stands on the invoice alone starts no default (streifler.de, schaeuffelen.de).
  untermed: { how: 'demand-or-thirty-days', source: 'BGB s.286(1), (3); BGH III ZR 91/07' },
  // BGB s.193; BGH III ZR 159/06 (webshoprecht.de, datenbank.nwb.de).
  daysOff: 'DE',
  agreed: 'BGB s.288(6): an exclusion of interest is void, a limit if it is grossly unfair',
  source: 'BGB s.288(2), s.247, s.289 (no interest on interest)',
};

/** gesetzefinden.at UGB 456; linda.lindeverlag.at and 360.lexisnexis.at UGB 458. */
const AUSTRIA: InterestRule = {
  ...EURO,
  series: 'austrian-base',
  points: 920,
  sum: fixedEuro('UGB s.458'),
  source: 'UGB s.456 (where the customer is not responsible for the delay only 4 %)',
};

/** code-commande-publique.com/article-r2192-31, L2192-13; D2192-35: juriblio.fr D2392-11; R2192-36: legal.tricoteuses.fr. */
const FRENCH_PUBLIC: InterestRule = {
  ...EURO,
  fixing: 'when-interest-starts',
  sum: fixedEuro('Code de la commande publique D2192-35, to be paid within 45 days of the principal (R2192-36)'),
  untermed: { how: 'due-date', source: 'Code de la commande publique L2192-13' },
  source: 'Code de la commande publique R2192-31',
};

/** lexing.law, dormane.fr; D441-5: legifrance.gouv.fr JORFTEXT000026453427. */
const FRANCE: InterestRule = {
  ...EURO,
  points: 1000,
  sum: fixedEuro('Code de commerce D441-5'),
  publicBodies: FRENCH_PUBLIC,
  untermed: { how: 'due-date', source: 'Code de commerce L441-10 II: from the day after the date on the invoice, without notice' },
  agreed: 'Code de commerce L441-10 II: not below three times the legal rate; compare it with the legal rate of the half-year',
  source: 'Code de commerce L441-10 II',
};

/** wetboekplus.nl BW 6:119a, 6:119b, 6:120(2); the sum: advocaten.nl, avvr.nl. */
const NETHERLANDS: InterestRule = {
  ...EURO,
  compound: true,
  sum: fixedEuro('BW 6:96: 40 EUR at least'),
  untermed: thirtyDays('BW 6:119a(2): 30 days after the invoice was received'),
  source: 'BW 6:119a(1), (3) and 6:120(2): the interest of each year is added to the debt',
};

/** etaamb.openjustice.be (10.50 of 2023), embuild.be (10.50 of 2026); art. 4 as wordscope.be quotes it; the sum: flhm.be. */
const BELGIUM: InterestRule = {
  ...EURO,
  roundedUp: true,
  sum: fixedEuro('Loi du 2 août 2002: 40 EUR'),
  untermed: thirtyDays('Loi du 2 août 2002, art. 4: 30 days from the day after the invoice was received'),
  source: 'Loi du 2 août 2002, art. 5',
};

/** finlex.fi/en/legislation/2022/1276, sttinfo.fi; 30 days: axactor.com, moreni.fi; the sum: edilex.fi HE 57/2012. */
const FINLAND: InterestRule = {
  ...EURO,
  roundedUp: true,
  sum: fixedEuro('Laki saatavien perinnästä, as the bill HE 57/2012 has it'),
  untermed: thirtyDays('Korkolaki: 30 days after the invoice was sent'),
  agreed: 'Korkolaki s.2: firms may agree another rate',
  source: 'Korkolaki s.4 a and 12',
};

/** notiziedellascuola.it D.Lgs. 231/2002 art. 5 and 6; edizionieuropee.it art. 1. Public bodies and art. 4 were not read. */
const ITALY: InterestRule = {
  ...EURO,
  sum: fixedEuro('D.Lgs. 231/2002 art. 6'),
  publicBodies: 'not-checked',
  notInInsolvency: true,
  agreed: 'D.Lgs. 231/2002 art. 5 and 7: a grossly unfair rate is void',
  source: 'D.Lgs. 231/2002 art. 5',
};

/** boe.es BOE-A-2019-18736; art. 8: supercontable.com; art. 4: gestoresderiesgo.com, aobauditores.com. */
const SPAIN: InterestRule = {
  ...EURO,
  sum: fixedEuro('Ley 3/2004 art. 8'),
  publicBodies: 'not-checked',
  untermed: thirtyDays('Ley 3/2004 art. 4: 30 days after the goods or services were received'),
  source: 'Ley 3/2004 art. 7',
};

/** legilux.public.lu loi du 29 mars 2013, guichet.public.lu; 30 days: agenceobjectifpaiement.com; the sum: cc.lu, svp.com. */
const LUXEMBOURG: InterestRule = {
  ...EURO,
  sum: fixedEuro('Loi du 18 avril 2004, as changed on 29 March 2013: 40 EUR'),
  untermed: thirtyDays('Loi du 18 avril 2004, art. 3: 30 days after the invoice was received'),
  notInInsolvency: true,
  agreed: 'Loi du 18 avril 2004: a manifestly abusive rate is void',
  source: 'Loi du 18 avril 2004, as changed on 29 March 2013',
};

/** lexpoint.pt, ggadvogados.pt, tsf.pt. */
const PORTUGAL: InterestRule = {
  ...EURO,
  sum: fixedEuro('DL 62/2013: 40 EUR at least'),
  untermed: thirtyDays('DL 62/2013: 30 days after the invoice was received'),
  source: 'Código Comercial art. 102 § 5; DL 62/2013',
};

/**
 * Rule with its numbers: table of rekompensa.pl; przysowa.pl (10.1 for firms and 8.1 for a public hospital while the reference rate was 0.1). The
 * sum is of 40, 70 or 100 EUR in PLN at the rate of the last working day of the month before (art. 10), which is not known here.
 */
const POLAND: InterestRule = {
  ...EURO,
  series: 'polish-reference',
  points: 1000,
  sum: 'needs-exchange-rate',
  publicBodies: 'by-kind-of-body',
  daysOff: 'PL',
  agreed: 'Kodeks cywilny art. 481 § 2¹: at most twice the statutory interest for delay',
  cap: { series: 'polish-reference', points: 550, times: 2 },
  source: 'Ustawa z 8 marca 2013, art. 4(3), 7 and 11b',
};

/** riksbank.se on the reference rate; + 8: sergel.se, alektumgroup.se. A sum of 450 SEK was found in one calculator alone. */
const SWEDEN: InterestRule = {
  ...EURO,
  series: 'swedish-reference',
  sum: 'not-checked',
  publicBodies: 'not-checked',
  source: 'Räntelag s.6 and 9',
};

/** selandiaadvokater.dk (text of s.5), forbrug.dk. A sum of 310 DKK was found in one calculator alone. */
const DENMARK: InterestRule = {
  ...EURO,
  series: 'danish-lending',
  sum: 'not-checked',
  publicBodies: 'not-checked',
  source: 'Rentelov s.5',
};

const MEMBERS: Readonly<Partial<Record<EuMember, InterestRule>>> = {
  AT: AUSTRIA,
  BE: BELGIUM,
  DK: DENMARK,
  ES: SPAIN,
  FI: FINLAND,
  IE: IRELAND,
  IT: ITALY,
  LU: LUXEMBOURG,
  NL: NETHERLANDS,
  PL: POLAND,
  PT: PORTUGAL,
  SE: SWEDEN,
};

/** Null where the law was not looked up: it is refused by name, since it may give more or less than the Directive asks of it. */
export function ruleOf(law: Law): InterestRule | null {
  if (law === 'UK:SCT') return SCOTLAND;
  if (law === 'UK' || law === 'UK:NI') return UNITED_KINGDOM;
  if (law === 'FR') return FRANCE;
  if (law === 'DE') return GERMANY;
  return law.startsWith('EU:') ? (MEMBERS[law.slice('EU:'.length) as EuMember] ?? null) : null;
}
