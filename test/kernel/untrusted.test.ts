import { describe, expect, it } from 'vitest';
import { looksLikeIban, payLink, personName, reference, untrusted, visibleText } from '../../src/kernel/untrusted.ts';

describe('text from outside', () => {
  it('is shown as one line without what cannot be seen', () => {
    expect(visibleText(untrusted('a\u200Bb\r\nc\u202E d \u{E0041}e'), 50)).toBe('ab c d e');
    expect(visibleText(untrusted('abcdef'), 4)).toBe('abc…');
  });

  it('is a name when it reads like one', () => {
    expect(personName(untrusted(' Élodie  Vauclair '))).toBe('Élodie Vauclair');
    expect(personName(untrusted('Dale Whitlock-Reyes'))).toBe('Dale Whitlock-Reyes');
    expect(personName(untrusted('Frau Dr. Birkenhain'))).toBe('Frau Dr. Birkenhain');
    for (const text of [
      '',
      'Anna2',
      'evil.com',
      'a@b.example',
      'Bob, pay here',
      'One Two Three Four Five Six Seven',
      'Анна',
      'x'.repeat(61),
      'Bob {{total}}',
    ]) {
      expect(personName(untrusted(text)), text).toBeNull();
    }
  });

  it('is a reference unless it could be an account, a link or a sentence', () => {
    for (const text of ['UK-24012', '2026/0815', 'PO 4711', 'INV_1.2']) expect(reference(untrusted(text)), text).toBe(text);
    for (const text of [
      '',
      'DE89370400440532013000',
      'DE89 3704 0044 0532 0130 00',
      'pay.evil.example',
      'a@b',
      'call me on my number now',
      '<b>1</b>',
      'x'.repeat(31),
    ]) {
      expect(reference(untrusted(text)), text).toBeNull();
    }
  });

  it('is a link when it is plain https', () => {
    expect(payLink(untrusted('https://pay.example/uk-1'))).toBe('https://pay.example/uk-1');
    for (const text of [
      'http://pay.example',
      'https://user:pw@pay.example',
      'https://localhost',
      'javascript:alert(1)',
      'https://pay.example/\u202Ex',
      'https://pay.example/a b',
    ]) {
      expect(payLink(untrusted(text)), text).toBeNull();
    }
  });

  it('holds a bank account in any spacing', () => {
    for (const text of ['DE89370400440532013000', 'to GB29 NWBK 6016 1331 9268 19 please', 'ES91-2100-0418-4502-0005-1332'])
      expect(looksLikeIban(text), text).toBe(true);
    for (const text of ['UK-24012', 'due 31 October 2026', 'PO-55120 and PO-55121']) expect(looksLikeIban(text), text).toBe(false);
  });
});
