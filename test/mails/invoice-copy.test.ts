import { expect, it } from 'vitest';
import { invoiceCopy } from '../../src/mails/invoice-copy.ts';

it.each(['UK-1.pdf', '2026/November/Rechnung 12 (Kopie).PDF', 'Märkte_7.pdf'])('takes the file %s', (file) => {
  expect(invoiceCopy(file)).toEqual({ file });
});

it('takes an https link', () => {
  expect(invoiceCopy('https://docs.northwind.example/i/1?k=2')).toEqual({ link: 'https://docs.northwind.example/i/1?k=2' });
});

it.each([
  '',
  'UK-1.exe',
  '.hidden.pdf',
  '../secret.pdf',
  'a/../../secret.pdf',
  'a/.ssh/key.pdf',
  '/etc/passwd.pdf',
  'C:\\invoices\\1.pdf',
  'a\\..\\b.pdf',
  'a//b.pdf',
  'a..b.pdf',
  'a\u0000.pdf',
  'http://docs.northwind.example/1.pdf',
  'https://user:secret@docs.northwind.example/1.pdf',
  'file:///etc/passwd.pdf',
  `${'x'.repeat(200)}.pdf`,
])('refuses %j', (text) => {
  expect(invoiceCopy(text)).toBeNull();
});
