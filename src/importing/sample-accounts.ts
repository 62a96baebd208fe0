import type { AgreedInFile, CustomerKind, LimitsInFile } from '../account/account.ts';
import type { AccountPart, ContactRecord } from '../ledger/ledger-record.ts';
import type { Chance } from './random.ts';
import { SAMPLE_COUNTRIES, SAMPLE_OWNERS, type SampleCountry } from './sample-names.ts';

/** An account of the sample and how it behaves. */
export interface SampleAccount {
  readonly part: Required<Omit<AccountPart, keyof (AgreedInFile & LimitsInFile)>>;
  readonly currency: string;
  readonly contacts: readonly ContactRecord[];
  /** 0 pays on time, 2 pays late. */
  readonly slowness: 0 | 1 | 2;
  readonly terms: number;
}

/** The first account is the parent of the next three. */
const CHILDREN = new Set([1, 2, 3]);
const SWISS_FRANC_ACCOUNTS = 3;
const KINDS: readonly CustomerKind[] = [
  'company',
  'company',
  'company',
  'company',
  'company',
  'company',
  'sole-trader',
  'public-body',
  'unknown',
];

export function sampleAccounts(random: Chance): SampleAccount[] {
  const made: SampleAccount[] = [];
  const names = new Set<string>();
  for (const country of SAMPLE_COUNTRIES) {
    for (let i = 0; i < country.accounts; i += 1)
      made.push(sampleAccount(country, i, made.length, uniqueName(country, names, random), random));
  }
  return made;
}

function sampleAccount(country: SampleCountry, inCountry: number, index: number, name: string, random: Chance): SampleAccount {
  const place = random.between(0, country.regions.length - 1);
  const number = `C${String(1001 + index)}`;
  const part: Required<Omit<AccountPart, keyof (AgreedInFile & LimitsInFile)>> = {
    number,
    name: index === 0 ? 'Lanternfish Holdings plc' : name,
    country: country.code,
    region: country.regions[place]!,
    language: country.language,
    zone: country.zones[place % country.zones.length]!,
    segment: random.pick(['large', 'medium', 'medium', 'small', 'small']),
    kind: index < 4 ? 'company' : random.pick(KINDS),
    parent: CHILDREN.has(index) ? 'C1001' : '',
    entity: country.entity,
    owner: random.of(0.8) ? random.pick(SAMPLE_OWNERS) : '',
    autopay: random.of(0.05),
  };
  const inFrancs = country.code === 'DE' && inCountry < SWISS_FRANC_ACCOUNTS;
  return {
    part,
    currency: inFrancs ? 'CHF' : country.currency,
    contacts: sampleContacts(country, part, random),
    slowness: random.pick([0, 0, 0, 1, 1, 2]),
    terms: random.pick([14, 30, 30, 30, 45, 60]),
  };
}

function uniqueName(country: SampleCountry, taken: Set<string>, random: Chance): string {
  for (;;) {
    const name = `${random.pick(country.first)} ${random.pick(country.trade)}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return `${name} ${random.pick(country.forms)}`;
  }
}

/** Accounts payable for everyone, a decision-maker for most. */
function sampleContacts(
  country: SampleCountry,
  account: Required<Omit<AccountPart, keyof (AgreedInFile & LimitsInFile)>>,
  random: Chance,
): ContactRecord[] {
  const roles = random.of(0.85) ? ['accounts-payable', 'decision-maker'] : ['accounts-payable'];
  const people = random.shuffled(country.people);
  return roles.map((role, i) => ({
    kind: 'contact',
    account: { number: account.number },
    name: people[i]!,
    email: `${slug(people[i]!, '.')}@${slug(account.name, '-')}.example`,
    phone: country.phone.replaceAll(/#/g, () => String(random.between(0, 9))),
    role,
    rank: i + 1,
    doNotContact: role === 'decision-maker' && random.of(0.04),
  }));
}

function slug(text: string, joint: string): string {
  const plain = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, joint);
  return plain.replaceAll(new RegExp(`^\\${joint}+|\\${joint}+$`, 'g'), '');
}
