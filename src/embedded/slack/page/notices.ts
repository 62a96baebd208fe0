import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { useClient } from './context.ts';
import { Icon } from './icons.ts';
import type { Notice } from './state.ts';

const SHOWN_MS = 12_000;

/** What a Slack user would be told in a banner; each goes away by itself or when closed. */
export function Notices() {
  const client = useClient();
  return html`<div class="notices" role="status" aria-live="polite">${client.state.notices.map(
    (notice) => html`<${NoticeView} key=${notice.id} notice=${notice} />`,
  )}</div>`;
}

function NoticeView({ notice }: { notice: Notice }) {
  const client = useClient();
  useEffect(() => {
    const timer = setTimeout(() => client.dismiss(notice.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice.id]);
  return html`<div class="notice" data-testid="notice"><span>${notice.text}</span>
    <button type="button" class="tool" aria-label="Dismiss" onClick=${() => client.dismiss(notice.id)}><${Icon} name="close" size=${14} /></button></div>`;
}
