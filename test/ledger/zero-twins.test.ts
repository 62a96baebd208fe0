import { expect, test } from 'vitest';
import { zeroTwins } from '../../src/ledger/zero-twins.ts';

test.each([
  [['123', '124'], ['00123'], [['123', '00123']]],
  [['00123', '123'], [], [['123', '00123']]],
  [['0123'], ['123'], [['0123', '123']]],
  [['123'], ['0123', '00123'], [['123', '00123']]],
  [['A1', '0A1', '0'], ['00', 'A1'], [['0', '00']]],
  [['123'], ['123'], []],
] as [string[], string[], [string, string][]][])('%j beside %j', (inFile, known, twins) => {
  expect(zeroTwins(inFile, known)).toEqual(twins);
});
