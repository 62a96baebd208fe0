import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A modal dialog of the browser itself: it traps the focus and makes the rest inert. Esc asks `onClose`. */
export function Dialog(props: { labelledBy: string; className: string; role?: string; onClose(): void; children?: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const cancel = (event: Event) => {
    if (event.target !== ref.current) return;
    event.preventDefault();
    props.onClose();
  };
  return html`<dialog ref=${ref} class=${props.className} role=${props.role ?? 'dialog'} aria-modal="true"
    aria-labelledby=${props.labelledBy} onCancel=${cancel}>${props.children}</dialog>`;
}
