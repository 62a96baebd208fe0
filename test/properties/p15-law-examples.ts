import type { DatedRate, Half, Series } from '../../src/charges/interest-rates.ts';
import type { Law } from '../../src/charges/law.ts';

/** Id, amount, due, paid, interest, fixed sum; null: refused. */
type Row = readonly [id: string, amount: string, due: string, paid: string, interest: string, sum: string | null];

/**
 * Examples of each law, worked out apart from the program from the text that is named: actual days over 365, rounded half up. Those with P or T in their id
 * were published by the page named beside them. For the other laws no published example was found whose rate is of 2020 or later and exact to the cent
 * (tools.gera.services, support.paidnice.com, steadynews.de, heropay.eu, enterprise.gov.ie and others were looked at): there the article alone is the source.
 */
export const LAW_EXAMPLES: readonly {
  readonly law: Law;
  readonly kind?: 'public-body';
  readonly currency: string;
  readonly basis: string;
  readonly rows: readonly Row[];
}[] = [
  {
    law: 'UK',
    currency: 'GBP',
    basis: 'Act 1998 s.4(2), s.5A, s.6; SI 2002/1675 art. 4',
    rows: [
      ['UK1', '10000.00', '2026-05-31', '2026-08-31', '296.16', '100.00'],
      ['UK2', '10000.00', '2024-11-30', '2025-09-30', '1103.56', '100.00'],
      ['UK3', '1234.56', '2025-12-31', '2026-11-27', '131.55', '70.00'],
      // Published: tools.gera.services, 12,000 for 90 days at 13 %: "roughly 384", and 100.
      ['UK-P1', '12000.00', '2023-06-30', '2023-09-28', '384.66', '100.00'],
    ],
  },
  {
    law: 'UK:SCT',
    currency: 'GBP',
    // SI 2002/1675 is of England, Wales and Northern Ireland alone. The order of Scotland itself was not found; the fixed sums were, in SSI 2002/335 reg. 2(5).
    basis:
      'Act 1998 s.4(2), s.6; s.5A as inserted for Scotland by SSI 2002/335 reg. 2(5); the rate as in England, the Scottish order not seen',
    rows: [
      ['SCT1', '2500.00', '2024-08-15', '2024-12-20', '115.26', '70.00'],
      ['SCT2', '999.99', '2025-01-10', '2025-09-30', '91.87', '40.00'],
      ['SCT3', '48250.40', '2025-12-31', '2026-11-27', '5141.31', '100.00'],
    ],
  },
  {
    law: 'UK:NI',
    currency: 'GBP',
    basis: 'Act 1998 s.4(2), s.5A, s.6; SI 2002/1675 art. 4, of England, Wales and Northern Ireland',
    rows: [
      ['NI1', '1000.00', '2024-12-31', '2025-03-31', '31.44', '70.00'],
      ['NI2', '730.15', '2025-07-01', '2026-07-01', '89.44', '40.00'],
      ['NI3', '15000.00', '2026-06-30', '2026-11-23', '705.00', '100.00'],
    ],
  },
  {
    law: 'EU:IE',
    currency: 'EUR',
    basis: 'SI 580/2012 as the department reads it: one rate, that of the due date',
    rows: [
      ['IE1', '10000.00', '2026-05-31', '2026-08-31', '255.84', '40.00'],
      ['IE2', '10000.00', '2024-11-30', '2025-09-30', '1020.27', '40.00'],
      ['IE3', '1234.56', '2025-12-31', '2026-11-27', '113.64', '40.00'],
    ],
  },
  {
    law: 'DE',
    currency: 'EUR',
    basis: 'BGB s.288(2), (5), s.247',
    rows: [
      ['DE1', '10000.00', '2026-05-31', '2026-08-31', '263.11', '40.00'],
      ['DE2', '10000.00', '2024-11-30', '2025-09-30', '922.79', '40.00'],
      ['DE3', '1234.56', '2025-12-31', '2026-11-27', '116.25', '40.00'],
    ],
  },
  {
    law: 'EU:AT',
    currency: 'EUR',
    basis: 'UGB s.456, s.458; the rates of 2024 H2 and from 2025 H1 on are entered by an admin',
    rows: [
      // Published: solidbau.at, 100,000 for a year at 8.58 % = 8,580.00. Half of it to 30 June 2023 at 11.08 %.
      ['AT-T1', '100000.00', '2021-12-31', '2022-12-31', '8580.00', '40.00'],
      ['AT-T2', '100000.00', '2022-12-31', '2023-06-30', '5494.47', '40.00'],
      ['AT1', '10000.00', '2026-05-31', '2026-08-31', '270.45', '40.00'],
      ['AT2', '10000.00', '2024-11-30', '2025-09-30', '963.22', '40.00'],
      ['AT3', '1234.56', '2025-12-31', '2026-11-27', '120.13', '40.00'],
      ['AT4', '10000.00', '2024-01-31', '2026-11-27', '3296.13', '40.00'],
    ],
  },
  {
    law: 'FR',
    currency: 'EUR',
    basis: 'Code de commerce L441-10 II, D441-5',
    rows: [
      ['FR1', '10000.00', '2026-05-31', '2026-08-31', '310.49', '40.00'],
      ['FR2', '10000.00', '2024-11-30', '2025-09-30', '1079.37', '40.00'],
      ['FR3', '1234.56', '2025-12-31', '2026-11-27', '137.29', '40.00'],
    ],
  },
  {
    law: 'FR',
    kind: 'public-body',
    currency: 'EUR',
    basis: 'Code de la commande publique R2192-31, D2192-35',
    rows: [
      ['FRP1', '10000.00', '2026-05-31', '2026-08-31', '255.84', '40.00'],
      ['FRP2', '10000.00', '2024-11-30', '2025-09-30', '1020.27', '40.00'],
      ['FRP3', '1234.56', '2025-12-31', '2026-11-27', '113.64', '40.00'],
    ],
  },
  {
    law: 'EU:NL',
    currency: 'EUR',
    basis: 'BW 6:119a(1), (3), 6:120(2); NL4 shows the interest of each year added',
    rows: [
      ['NL1', '10000.00', '2026-05-31', '2026-08-31', '260.08', '40.00'],
      ['NL2', '10000.00', '2024-11-30', '2025-09-30', '912.79', '40.00'],
      ['NL3', '1234.56', '2025-12-31', '2026-11-27', '114.90', '40.00'],
      ['NL4', '10000.00', '2024-01-31', '2026-11-27', '3463.78', '40.00'],
    ],
  },
  {
    law: 'EU:BE',
    currency: 'EUR',
    basis: 'Loi du 2 août 2002, art. 5: rounded up to the half point',
    rows: [
      ['BE1', '10000.00', '2026-05-31', '2026-08-31', '264.66', '40.00'],
      ['BE2', '10000.00', '2024-11-30', '2025-09-30', '941.10', '40.00'],
      ['BE3', '1234.56', '2025-12-31', '2026-11-27', '117.55', '40.00'],
      ['BE4', '10000.00', '2024-01-31', '2026-11-27', '3199.04', '40.00'],
    ],
  },
  {
    law: 'EU:FI',
    currency: 'EUR',
    basis: 'Korkolaki s.4 a, 12: rounded up to the half point',
    rows: [
      ['FI1', '10000.00', '2026-05-31', '2026-08-31', '264.66', '40.00'],
      ['FI2', '10000.00', '2024-11-30', '2025-09-30', '941.10', '40.00'],
      ['FI3', '1234.56', '2025-12-31', '2026-11-27', '117.55', '40.00'],
    ],
  },
  {
    law: 'EU:IT',
    currency: 'EUR',
    basis: 'D.Lgs. 231/2002 art. 5, 6',
    rows: [
      ['IT1', '10000.00', '2026-05-31', '2026-08-31', '260.08', '40.00'],
      ['IT2', '10000.00', '2024-11-30', '2025-09-30', '912.79', '40.00'],
      ['IT3', '1234.56', '2025-12-31', '2026-11-27', '114.90', '40.00'],
    ],
  },
  {
    law: 'EU:ES',
    currency: 'EUR',
    basis: 'Ley 3/2004 art. 7, 8',
    rows: [
      ['ES1', '10000.00', '2026-05-31', '2026-08-31', '260.08', '40.00'],
      ['ES2', '10000.00', '2024-11-30', '2025-09-30', '912.79', '40.00'],
      ['ES3', '1234.56', '2025-12-31', '2026-11-27', '114.90', '40.00'],
    ],
  },
  {
    law: 'EU:LU',
    currency: 'EUR',
    basis: 'Loi du 18 avril 2004, as changed on 29 March 2013',
    rows: [
      ['LU1', '10000.00', '2026-05-31', '2026-08-31', '260.08', '40.00'],
      ['LU2', '10000.00', '2024-11-30', '2025-09-30', '912.79', '40.00'],
      ['LU3', '1234.56', '2025-12-31', '2026-11-27', '114.90', '40.00'],
    ],
  },
  {
    law: 'EU:PT',
    currency: 'EUR',
    basis: 'Código Comercial art. 102 § 5; DL 62/2013',
    rows: [
      ['PT1', '10000.00', '2026-05-31', '2026-08-31', '260.08', '40.00'],
      ['PT2', '10000.00', '2024-11-30', '2025-09-30', '912.79', '40.00'],
      ['PT3', '1234.56', '2025-12-31', '2026-11-27', '114.90', '40.00'],
    ],
  },
  {
    law: 'EU:PL',
    currency: 'PLN',
    basis: 'Ustawa z 8 marca 2013, art. 4(3), 7, 11b; its rates of 2025 H2 on are entered by an admin',
    rows: [
      ['PL1', '10000.00', '2026-05-31', '2026-08-31', '348.63', null],
      ['PL2', '10000.00', '2024-11-30', '2025-09-30', '1299.18', null],
      ['PL3', '1234.56', '2025-12-31', '2026-11-27', '155.47', null],
    ],
  },
  {
    law: 'EU:SE',
    currency: 'SEK',
    basis: 'Räntelag s.6, 9; its rates of 2022 H2, 2023 H1 and 2024 H1 are entered by an admin',
    rows: [
      ['SE1', '10000.00', '2023-05-31', '2023-08-31', '281.64', null],
      ['SE2', '10000.00', '2022-11-30', '2023-09-30', '882.74', null],
      ['SE3', '1234.56', '2023-12-31', '2024-06-27', '72.65', null],
    ],
  },
  {
    law: 'EU:DK',
    currency: 'DKK',
    basis: 'Rentelov s.5; its rate of 2022 H2 is entered by an admin',
    rows: [
      ['DK1', '10000.00', '2023-05-31', '2023-08-31', '272.47', null],
      ['DK2', '10000.00', '2022-11-30', '2023-09-30', '838.62', null],
      ['DK3', '1234.56', '2023-12-31', '2024-06-27', '71.14', null],
    ],
  },
];

const entered = (series: Series, rates: Readonly<Record<string, number>>): DatedRate[] =>
  Object.entries(rates).map(([half, rate]) => ({ series, half: half as Half, rate, source: 'entered by an admin' }));

/** What the program refuses until somebody enters it; the examples that reach there were worked out with these. */
export const ENTERED: readonly DatedRate[] = [
  ...entered('austrian-base', { '2024H2': 388, '2025H1': 253, '2025H2': 153, '2026H1': 153, '2026H2': 153 }),
  ...entered('polish-reference', { '2025H2': 525, '2026H1': 400, '2026H2': 375 }),
  ...entered('swedish-reference', { '2022H2': 50, '2023H1': 250, '2024H1': 400 }),
  ...entered('danish-lending', { '2022H2': -45 }),
];
