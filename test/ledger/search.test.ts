import { expect, it } from 'vitest';
import { searchRank, searchWords } from '../../src/ledger/search.ts';

it.each([
  ['osterm', 'Östermann & Söhne GmbH', 1],
  ['OESTERMANN', 'Östermann & Söhne GmbH', 1],
  ['Ostermann Sohne', 'Östermann & Söhne GmbH', 0],
  ['wolkenhiem', 'Wolkenheim Logistik AG', 3],
  ['molen scheve bv', 'De Scheve Molen Kaas B.V.', 1],
  ['scheve mol', 'De Scheve Molen Kaas B.V.', 1],
  ['heim log', 'Wolkenheim Logistik AG', 2],
  ['belle ecluse', 'Belle-Écluse Pâtisserie Industrielle SARL', 1],
  ['strasse', 'Straße & Co. KG', 0],
  ['xyzzy', 'Wolkenheim Logistik AG', null],
  ['log', 'Lug Ltd', null],
  ['', 'Lug Ltd', null],
])('%s finds %s: %s', (wanted, name, rank) => {
  expect(searchRank(wanted, name)).toBe(rank);
});

it('a name of nothing but legal words is itself', () => {
  expect(searchWords('The Co. Ltd')).toEqual(['the', 'co', 'ltd']);
});
