import type { AnyBlock } from '@slack/types';
import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageView } from '../page-protocol.ts';
import { Avatar } from './avatar.ts';
import { BlockList } from './blocks/block-list.ts';
import { ScopeProvider, useClient } from './context.ts';
import { Dialog } from './dialog.ts';
import { formErrors } from './form-errors.ts';
import { stateOf } from './form-state.ts';
import { Icon } from './icons.ts';
import { Notices } from './notices.ts';

/** The topmost view of the modal stack; closing it shows the one below. */
export function Modal({ views }: { views: readonly PageView[] }) {
  const client = useClient();
  const view = views.at(-1)!;
  const bot = client.state.snapshot?.bot;
  const [errors, setErrors] = useState<Record<string, string>>(view.errors ?? {});
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const blocks = view.blocks as AnyBlock[];
  useEffect(() => setErrors(view.errors ?? {}), [view.id, view.errors]);
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>('.modal-body :is(input, textarea)');
    (field ?? form.current?.querySelector<HTMLElement>('h2'))?.focus();
  }, [view.id]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const close = () => void client.act({ do: 'close', view: view.id });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (sending) return;
    const entries = client.entries(view.id);
    const wrong = formErrors(blocks, entries);
    setErrors(wrong);
    if (Object.keys(wrong).length) return;
    setSending(true);
    const result = await client.act({ do: 'submit', view: view.id, state: stateOf(blocks, entries) });
    setSending(false);
    if (result.ok) setErrors(result.errors ?? {});
  };
  const scope = { from: { view: view.id }, kind: 'modal' as const, blocks, errors, locked: sending };
  return html`<${Dialog} labelledBy="modal-title" className="modal" onClose=${close}>
    <form ref=${form} novalidate onSubmit=${submit} data-testid="modal" aria-busy=${sending}>
      <header>${bot && html`<${Avatar} user=${client.user(bot.id)} size=${28} />`}
        <h2 id="modal-title" tabindex="-1">${view.title ?? bot?.name ?? 'Dialog'}</h2>
        <button type="button" class="tool" aria-label="Close" onClick=${close}>
          <${Icon} name=${views.length > 1 ? 'back' : 'close'} size=${18} /></button></header>
      <${Notices} />
      <div class="modal-body"><${ScopeProvider} value=${scope}><${BlockList} key=${view.id} blocks=${blocks} /><//></div>
      <footer>${bot && html`<span class="muted by">${bot.name}</span>`}
        <button type="button" class="btn" onClick=${close}>${view.close ?? (view.submit ? 'Cancel' : 'Close')}</button>
        ${
          view.submit &&
          html`<button type="submit" class="btn primary solid" disabled=${sending}>
          ${sending && html`<span class="spinner"></span>`}${view.submit}</button>`
        }
      </footer></form><//>`;
}
