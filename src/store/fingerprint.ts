import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 over RFC 8785 JSON, in hex: the same value always gives the same text, whatever the order of its keys. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalize(value)!).digest('hex');
}
