import { describe, expect, it } from 'vitest';
import { approvalBasis, type MailContent } from '../../src/mails/mail-content.ts';
import { mailHtml } from '../../src/mails/mail-html.ts';
import { fingerprint } from '../../src/store/fingerprint.ts';

const LAYOUT = { version: 1, house: 'Northwind & Sons Ltd' } as const;
const BODY = `Dear Imogen Larch,

UK-1    £1,000.00   due 17 Nov
UK-2       £10.00   due 18 Nov

Pay here: https://pay.example/UK-1?a=1&b=2.
Kind regards,
Mara <Lind>
`;

/** Its words as a reader without styles sees them. */
const words = (html: string) =>
  html
    .replace(/^.*<body[^>]*>/s, '')
    .replace(/<br>\n/g, '\n')
    .replace(/<\/p>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\n+/g, '\n')
    .trim();

describe('the HTML of a mail', () => {
  it('has the words of the text and the name of the house, and nothing else', () => {
    expect(words(mailHtml('Overdue', BODY, LAYOUT))).toBe(`Northwind & Sons Ltd\n${BODY.replace(/\n+/g, '\n').trim()}`);
  });

  it('fetches nothing, and links only where the text has an address', () => {
    const html = mailHtml('Overdue', BODY, LAYOUT);
    expect(html).not.toMatch(/<(img|link|script|iframe|style|form)\b|url\(|src=|http-equiv/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual(['https://pay.example/UK-1?a=1&amp;b=2']);
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'https://x.example/"onmouseover="alert(1)',
    "https://x.example/'><b>",
    'javascript:alert(1)',
    '</p></div></body><body onload=alert(1)>',
    '&lt;b&gt;',
  ])('%s in a name, a subject or the text stays text', (hostile) => {
    const html = mailHtml(hostile, `Dear ${hostile},\n\n${hostile}\n`, { version: 1, house: hostile });
    expect(
      html.match(/<\/?[a-z!][^>]*>/gi)!.every((tag) => /^<(\/?(html|head|title|body|div|p|strong|a)|meta|br|!doctype html)\b/i.test(tag)),
    ).toBe(true);
    expect(html).not.toMatch(/<[^>]*\son[a-z]+=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].every(([, url]) => url!.startsWith('https://'))).toBe(true);
    expect(words(html)).toContain(hostile);
  });
});

describe('what an approval covers', () => {
  const content: MailContent = {
    from: { name: 'Mara', address: 'ar@northwind.example' },
    to: [{ name: 'Ap', address: 'ap@alder.example' }],
    cc: [],
    subject: 'Overdue',
    body: BODY,
    attachments: [],
    invoices: [],
    apart: [],
  };

  it('the HTML with the text: another name above the same words voids it', () => {
    const hashes = [content, { ...content, layout: LAYOUT }, { ...content, layout: { ...LAYOUT, house: 'Other Ltd' } }].map((each) =>
      fingerprint(approvalBasis(each)),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('a mail from before there was HTML keeps its approval: this is the hash it had', () => {
    expect(fingerprint(approvalBasis(content))).toBe('312b06f08df3c68856b827f680a9b77a9a6d90e6859f1f967ba12a51f5130e13');
  });
});
