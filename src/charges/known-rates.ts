/** Pages on which the rates below were read. */
const BANQUE_DE_FRANCE = 'banque-france.fr/en/policy-rates';
const SLOVENIA = 'bsi.si/en/ecb-interest-rates';
const ECB_MIRROR = 'sdw.zentral-bank.eu, key ECB interest rates';
const PAY_ON_TIME = 'payontime.co.uk, how to calculate late payment interest';
const FOCUS = 'focus-economics.com, Bank Rate in United Kingdom';
const BUNDESBANK = 'Bundesbank series BBKBAS2, in github ameax/bgb-interest';
const GERMAN_TABLE = 'github ThomasMoreAI/legal-skills-open, verzugszins_rechner.py';
const OENB = 'oenb.at, Interest Rates on Business Arrears';
const SOLIDBAU = 'solidbau.at, Verzugszinsen';
const NBP_NOTES = 'github Kleinster2/financial-charts, NBP.md';
const POLISH_TABLE = 'table of rekompensa.pl with numbers of Monitor Polski';
const FORBRUG = 'forbrug.dk, morarenten';
const GLOBAL_RATES = 'global-rates.com, Danish Nationalbanken lending rate';
const RIKSBANK = 'riksbank.se, referensränta';

const ecb = (rate: number) => [rate, BANQUE_DE_FRANCE, ECB_MIRROR] as const;
const german = (rate: number) => [rate, BUNDESBANK, GERMAN_TABLE] as const;
const austrian = (rate: number) => [rate, OENB, SOLIDBAU] as const;
const polish = (rate: number) => [rate, POLISH_TABLE, NBP_NOTES] as const;

/**
 * Rates of half-years since 2020, hundredths of a percent a year, each with the two places in which it was found. One that was found in one place
 * alone, or only worked out, is not here: it is asked for by name.
 */
export const KNOWN = {
  // As of 31 December 2019, 30 June 2020, 31 December 2020, ... 30 June 2026.
  'bank-of-england': {
    '2020H1': [75, PAY_ON_TIME, FOCUS],
    '2020H2': [10, PAY_ON_TIME, 'helvetia-facility.ch, decision of June 2020'],
    '2021H1': [10, PAY_ON_TIME, FOCUS],
    '2021H2': [10, PAY_ON_TIME, 'advisoryfs.co.uk, Bank Rate held at 0.1%'],
    '2022H1': [25, PAY_ON_TIME, FOCUS],
    '2022H2': [125, PAY_ON_TIME, 'vatupdate.com, 18 June 2022'],
    '2023H1': [350, PAY_ON_TIME, FOCUS],
    '2023H2': [500, PAY_ON_TIME, 'bbc.co.uk, 22 June 2023'],
    '2024H1': [525, PAY_ON_TIME, FOCUS],
    '2024H2': [525, FOCUS, 'londondevelopmentsites.com, cut from 5.25% to 5% in August 2024'],
    '2025H1': [475, FOCUS, 'londondevelopmentsites.com, cut by 0.25 to 4.5% on 5 February 2025'],
    '2025H2': [425, 'xtb.com, market analysis', 'fx.co, forex news 2652720'],
    '2026H1': [375, 'research.titanfx.com, central bank watch', FOCUS],
    '2026H2': [375, 'research.titanfx.com, central bank watch', 'livesquawk.com, BoE holds Bank Rate at 3.75%'],
  },
  // Applied to the last main refinancing operation before the first day of the half-year (Directive 2011/7/EU art. 2(7)).
  'ecb-mro': {
    '2020H1': ecb(0),
    '2020H2': ecb(0),
    '2021H1': ecb(0),
    '2021H2': ecb(0),
    '2022H1': ecb(0),
    '2022H2': ecb(0),
    '2023H1': ecb(250),
    '2023H2': ecb(400),
    '2024H1': ecb(450),
    '2024H2': ecb(425),
    '2025H1': [315, SLOVENIA, 'capitalizar.pt (11.15 = 3.15 + 8)'],
    '2025H2': [215, 'ECB press release of 11 September 2025', 'capitalizar.pt (10.15 = 2.15 + 8)'],
    '2026H1': [215, 'ntplusdiritto.ilsole24ore.com, interessi mora 2026', 'lexpoint.pt, juros moratórios do 1.º semestre 2026'],
    '2026H2': [240, 'Spanish calculator yuli3/oiyo-calculations (10.40 = 2.40 + 8)', 'stored late-fee service, rates of 2026 H2'],
  },
  'german-base': {
    '2020H1': german(-88),
    '2020H2': german(-88),
    '2021H1': german(-88),
    '2021H2': german(-88),
    '2022H1': german(-88),
    '2022H2': german(-88),
    '2023H1': german(162),
    '2023H2': german(312),
    '2024H1': german(362),
    '2024H2': german(337),
    '2025H1': german(227),
    '2025H2': german(127),
    '2026H1': [127, GERMAN_TABLE, 'state-of.biz, notice of the Bundesbank for 1 January 2026'],
    '2026H2': [152, GERMAN_TABLE, 'German calculator yuli3/oiyo-calculations (10.52 = 1.52 + 9)'],
  },
  // On the first day of the half-year. 2023H2, 2024H2 and all from 2025H1 on were found once, or only worked out.
  'austrian-base': {
    '2020H1': austrian(-62),
    '2020H2': austrian(-62),
    '2021H1': austrian(-62),
    '2021H2': austrian(-62),
    '2022H1': austrian(-62),
    '2022H2': austrian(-62),
    '2023H1': austrian(188),
    '2024H1': [388, OENB, 'wko.at, Verzugszinssatz zwischen Unternehmern (13.08 = 3.88 + 9.2)'],
  },
  // On 1 January and 1 July. The rest was found once, or its source says that it is to be verified.
  'polish-reference': {
    '2021H2': [10, NBP_NOTES, 'przysowa.pl, odsetki od 4.11.2021 (10.1 = 0.1 + 10)'],
    '2023H1': polish(675),
    '2023H2': polish(675),
    '2024H1': polish(575),
    '2024H2': polish(575),
    '2025H1': polish(575),
  },
  // Two pages of the Riksbank agree on one half-year; the rest was found once or not at all.
  'swedish-reference': { '2023H2': [350, RIKSBANK, 'riksbank.se, news of 2023: referensräntan fastställd till 3,50 procent'] },
  'danish-lending': {
    '2023H1': [190, FORBRUG, GLOBAL_RATES],
    '2023H2': [325, FORBRUG, GLOBAL_RATES],
    '2024H1': [375, 'selandiaadvokater.dk, renteoplysninger', GLOBAL_RATES],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly [rate: number, string, string]>>>>;
