import { createHash, createVerify, type KeyObject } from 'node:crypto';

/** Whether a message's DKIM signature (RFC 6376, rsa-sha256, relaxed/relaxed) is that of the key, and what it says it covers. */
export function dkimVerdict(message: Buffer, publicKey: KeyObject): { holds: boolean; tags: Map<string, string> } {
  const text = message.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const headers = text
    .slice(0, end)
    .replace(/\r\n([ \t])/g, '$1')
    .split('\r\n');
  const own = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tags = new Map(
    own
      .slice(own.indexOf(':') + 1)
      .split(';')
      .map((tag): [string, string] => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')]),
  );
  const body = text
    .slice(end + 4)
    .replace(/[ \t]+\r\n/g, '\r\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '\r\n');
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  const relaxed = (line: string) => {
    const colon = line.indexOf(':');
    return `${line.slice(0, colon).trim().toLowerCase()}:${line
      .slice(colon + 1)
      .replace(/[ \t]+/g, ' ')
      .trim()}`;
  };
  const signed = (tags.get('h') ?? '')
    .split(':')
    .map((name) => headers.findLast((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)));
  const lines = [...signed.filter((line) => line !== undefined).map(relaxed), relaxed(own).replace(/(;\s*b=)[^;]*/, '$1')];
  const verify = createVerify('sha256').update(lines.join('\r\n'), 'latin1');
  return { holds: bodyHash === tags.get('bh') && verify.verify(publicKey, tags.get('b') ?? '', 'base64'), tags };
}
