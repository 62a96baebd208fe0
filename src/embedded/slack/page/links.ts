/** The address when a browser may follow it from a message (http, https, mailto, tel), else null. */
export function safeLink(url: unknown): string | null {
  return allowed(url, ['http:', 'https:', 'mailto:', 'tel:']);
}

/** The address when it may be shown as a picture: http or https, or a file of this workspace. */
export function safeImage(url: unknown): string | null {
  return allowed(url, ['http:', 'https:']);
}

function allowed(url: unknown, schemes: string[]): string | null {
  if (typeof url !== 'string') return null;
  try {
    const parsed = new URL(url, location.href);
    return schemes.includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
