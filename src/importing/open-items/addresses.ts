import { domainToASCII } from 'node:url';
import { isMailAddress } from '../../kernel/mail-address.ts';

export interface Addresses {
  /** Each once, in small letters behind the @, as mail servers compare them. */
  readonly usable: readonly { readonly address: string; readonly name: string | null }[];
  /** What stands there and cannot be written to, and why. */
  readonly unusable: readonly { readonly text: string; readonly why: string }[];
}

const NOTHING = /^(?:n\/?a|none|null|keine?|unknown|unbekannt|sans|aucune?|ninguno|-+|\.+)$/i;

/** The addresses of a cell, which may hold several, with or without names. */
export function addressesIn(cell: string): Addresses {
  const usable = new Map<string, string | null>();
  const unusable: { text: string; why: string }[] = [];
  for (const part of pieces(cell)) {
    const named = /^"?([^"<>]*?)"?\s*<([^<>]+)>$/.exec(part);
    const text = (named?.[2] ?? part)
      .trim()
      .replace(/^mailto:/i, '')
      .replace(/\.$/, '');
    if (text === '' || NOTHING.test(text)) continue;
    if (!text.includes('@')) {
      unusable.push({ text: part, why: 'is no mail address' });
      continue;
    }
    const address = inAscii(text);
    if (address === null)
      unusable.push({
        text: part,
        why: /[^ -~]/.test(text.slice(0, text.lastIndexOf('@')))
          ? 'has letters before the @ that not every mail server takes'
          : 'is no mail address',
      });
    else if (!usable.has(address.toLowerCase())) usable.set(address.toLowerCase(), named?.[1]?.trim() || null);
  }
  return { usable: [...usable].map(([address, name]) => ({ address, name })), unusable };
}

/** Apart at commas and semicolons, but not inside quotes: "Berg, Dana" <dana@x.example>. */
function pieces(cell: string): string[] {
  const found: string[] = [];
  let quoted = false;
  let piece = '';
  for (const sign of cell) {
    if (sign === '"') quoted = !quoted;
    if (!quoted && /[;,\n|]/.test(sign) && (piece.includes('@') || !/^[^@<]*[,]/.test(`${piece}${sign}`) || !cell.includes('<'))) {
      found.push(piece.trim());
      piece = '';
    } else piece += sign;
  }
  found.push(piece.trim());
  return found
    .flatMap((each) => (/\s\S+@/.test(each) && !each.includes('<') ? each.split(/\s+(?=\S+@)/) : [each]))
    .filter((each) => each !== '');
}

/** A domain with other letters in the form mail servers know: bücher.example is xn--bcher-kva.example. null where there is none. */
function inAscii(address: string): string | null {
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  const whole = `${address.slice(0, at)}@${domain}`;
  return domain !== '' && isMailAddress(whole) ? whole : null;
}
