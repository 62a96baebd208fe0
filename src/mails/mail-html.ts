/** How the HTML alternative of a mail is laid out; what was approved keeps the layout it was approved with. */
export interface MailLayout {
  readonly version: 1;
  /** Name of the selling entity, above the words. */
  readonly house: string;
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPED[sign]!);

/** Ends before what ends a sentence. */
const LINK = /https:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;

/**
 * The words of a mail as HTML, and nothing but them: no image, no style sheet, nothing that is fetched. A pure function, so that what was approved
 * says what is sent. Mail programs that ignore white-space keep tables of figures by their no-break spaces.
 */
export function mailHtml(subject: string, body: string, { house }: MailLayout): string {
  const paragraphs = body
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => paragraph !== '');
  return [
    '<!doctype html>',
    '<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(oneLine(subject))}</title></head>`,
    '<body style="margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5">',
    '<div style="max-width:640px;margin:0 auto">',
    `<p style="margin:0 0 16px;padding:0 0 8px;border-bottom:1px solid #999"><strong>${escaped(oneLine(house))}</strong></p>`,
    ...paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${paragraph.split('\n').map(line).join('<br>\n')}</p>`),
    '</div></body></html>',
    '',
  ].join('\n');
}

const oneLine = (text: string) => text.replace(/[\p{C}\s]+/gu, ' ').trim();

function line(text: string): string {
  let html = '';
  let from = 0;
  for (const { index, 0: url } of text.matchAll(LINK)) {
    html += `${spaced(text.slice(from, index))}<a href="${escaped(url)}">${escaped(url)}</a>`;
    from = index + url.length;
  }
  return html + spaced(text.slice(from));
}

/** More than one blank in a row stays as wide as it is in the text. */
const spaced = (text: string) =>
  escaped(text.replace(/\t/g, '    ')).replace(
    /^ +| {2,}/g,
    (blanks) => '&nbsp;'.repeat(blanks.length - 1) + (blanks.length > 1 ? ' ' : '&nbsp;'),
  );
