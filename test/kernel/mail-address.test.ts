import { expect, it } from 'vitest';
import { isMailAddress } from '../../src/kernel/mail-address.ts';

it.each(['ap@alder.example', "o'neil+ap@mail.alder-mills.co.uk", 'a.b@x1.example'])('takes %s', (text) => {
  expect(isMailAddress(text)).toBe(true);
});

it.each([
  '',
  'alder.example',
  '@alder.example',
  'a@b',
  'b@y.test, c@evil.test',
  'b@y.test;c@evil.test',
  'b@y.test\r\nBcc: c@evil.test',
  'Group: a@y.test, b@y.test;',
  '"b@y.test, c"@evil.test',
  'Anna <a@y.test>',
  'a b@y.test',
  'a@y.test ',
  'a..b@y.test',
  '.a@y.test',
  'а@y.test',
  'a@y．test',
  'a@-y.test',
  `${'a'.repeat(65)}@y.test`,
])('refuses %j', (text) => {
  expect(isMailAddress(text)).toBe(false);
});
