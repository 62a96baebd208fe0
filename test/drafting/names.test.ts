import { describe, expect, it } from 'vitest';
import { nameIndex } from '../../src/drafting/names.ts';

const index = nameIndex(
  ['Otterby Freight Ltd', 'Nebelhorn & Söhne Elektro GmbH', 'Faro Imaginario Textil S.L.', 'Élodie Vauclair', 'Will Payne', 'ABB AG'],
  new Set(['will', 'freight']),
);

describe('a name known to the store', () => {
  it('is found whole in any case, without accents and without its legal form', () => {
    for (const text of [
      'Otterby Freight Ltd',
      'otterby freight',
      'OTTERBY  FREIGHT',
      'nebelhorn sohne elektro',
      'faro imaginario textil',
      'elodie vauclair',
    ]) {
      expect(index.find(`of ${text} here`), text).toBe(text);
    }
  });

  it('is found by its first word or a surname, where that has a capital', () => {
    expect(index.find('ask Otterby about it')).toBe('Otterby');
    expect(index.find('Mme Vauclair le sait')).toBe('Vauclair');
    expect(index.find('the payne of it')).toBeNull();
  });

  it('is not found in ordinary words', () => {
    expect(index.find('Will you send the freight papers?')).toBeNull();
    expect(index.find('This is about an invoice.')).toBeNull();
  });

  it('is masked wherever it stands', () => {
    expect(index.mask('Élodie Vauclair of Otterby Freight Ltd. said', '[name]')).toBe('[name] of [name]. said');
  });

  it('may be excepted', () => {
    expect(index.find('Dear Élodie Vauclair', ['Élodie Vauclair'])).toBeNull();
  });
});
