import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { type Absence, actingFor, leastLoaded, mayDo, type Role, ruleMatches, type Team } from '../../src/team/team.ts';

const member = (user: string, roles: Role[], absence: Absence | null = null) => ({ user, roles, absence });
const away = (cover: string) => ({ from: day('2026-11-16'), to: day('2026-11-20'), cover });
const team = (...members: ReturnType<typeof member>[]): Team => ({ version: 1, members, rules: [] });
const friday = day('2026-11-20');

describe('permissions', () => {
  it('follow from roles, and nobody without a role has any', () => {
    const people = team(member('C', ['collector']), member('M', ['manager']), member('A', ['admin']), member('O', ['owner']));
    expect(['C', 'M', 'A', 'O', 'X'].filter((user) => mayDo(people, user, 'collect'))).toEqual(['C', 'M']);
    expect(['C', 'M', 'A', 'O', 'X'].filter((user) => mayDo(people, user, 'manage'))).toEqual(['M', 'A']);
    expect(['C', 'M', 'A', 'O', 'X'].filter((user) => mayDo(people, user, 'approve'))).toEqual(['M']);
    expect(['C', 'M', 'A', 'O', 'X'].filter((user) => mayDo(people, user, 'read'))).toEqual(['C', 'M', 'A', 'O']);
  });
});

describe('cover for absence', () => {
  it('goes to the cover through the last day and no longer', () => {
    const people = team(member('C', ['collector'], away('D')), member('D', ['collector']));
    expect(actingFor(people, 'C', friday)).toBe('D');
    expect(actingFor(people, 'C', day('2026-11-21'))).toBe('C');
    expect(actingFor(people, 'C', day('2026-11-15'))).toBe('C');
  });

  it('goes on to the cover of the cover, and comes back where two cover each other', () => {
    expect(actingFor(team(member('C', [], away('D')), member('D', [], away('E')), member('E', [])), 'C', friday)).toBe('E');
    expect(actingFor(team(member('C', [], away('D')), member('D', [], away('C'))), 'C', friday)).toBe('C');
  });
});

describe('an assignment rule', () => {
  const account = {
    ...{ name: 'Birch & Co', segment: 'SME', country: 'GB', entity: 'UK', entities: new Set(['UK', 'EU']) },
    open: new Map([['GBP', 500_00]]),
  };
  it('takes a range of names with both ends', () => {
    expect(ruleMatches({ id: '1', from: 'A', to: 'B', collectors: [] }, account)).toBe(true);
    expect(ruleMatches({ id: '1', from: 'C', collectors: [] }, account)).toBe(false);
    expect(ruleMatches({ id: '1', to: 'A', collectors: [] }, account)).toBe(false);
  });

  it('takes a selling entity: the account’s own, or where the ledger names none those of its invoices', () => {
    expect(ruleMatches({ id: '1', entity: 'UK', collectors: [] }, account)).toBe(true);
    expect(ruleMatches({ id: '1', entity: 'EU', collectors: [] }, account)).toBe(false);
    expect(ruleMatches({ id: '1', entity: 'EU', collectors: [] }, { ...account, entity: '' })).toBe(true);
    expect(ruleMatches({ id: '1', entity: 'US', collectors: [] }, { ...account, entity: '' })).toBe(false);
  });

  it('takes a size in one currency from the minimum on', () => {
    expect(ruleMatches({ id: '1', currency: 'GBP', minimum: 500_00, collectors: [] }, account)).toBe(true);
    expect(ruleMatches({ id: '1', currency: 'GBP', minimum: 500_01, collectors: [] }, account)).toBe(false);
    expect(ruleMatches({ id: '1', currency: 'EUR', collectors: [] }, account)).toBe(false);
  });
});

describe('round-robin', () => {
  it('gives to the collector with the fewest accounts who is there', () => {
    const people = team(
      member('C', ['collector']),
      member('D', ['collector']),
      member('E', ['collector'], away('C')),
      member('F', ['owner']),
    );
    const load = new Map([
      ['C', 2],
      ['D', 1],
    ]);
    expect(leastLoaded(['C', 'D', 'E', 'F'], load, people, friday)).toBe('D');
    expect(leastLoaded(['E', 'F'], load, people, friday)).toBe(null);
  });
});
