import { html } from 'htm/preact';
import type { PageUser } from '../page-protocol.ts';

/** A person's initials on their colour; a bot's are square with its sign. */
export function Avatar({ user, size = 36 }: { user: PageUser | undefined; size?: number }) {
  const name = user?.realName ?? '?';
  const initials = name
    .split(/[\s-]+/)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word))
    .map((word) => [...word][0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
  const style = { background: user?.color ?? '#616061', width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.4)}px` };
  return html`<span class="avatar" style=${style} aria-hidden="true">${initials || '?'}</span>`;
}

/** What a reader has to know of somebody beside the name. */
export function UserBadge({ user }: { user: PageUser | undefined }) {
  if (user?.kind === 'bot') return html`<span class="badge">APP</span>`;
  if (user?.deactivated) return html`<span class="badge">DEACTIVATED</span>`;
  if (user?.kind === 'guest') return html`<span class="badge">GUEST</span>`;
  if (user?.kind === 'external') return html`<span class="badge external">EXTERNAL</span>`;
  return null;
}
