import type { ConfirmationDialog } from '@slack/types';
import { html } from 'htm/preact';
import { Dialog } from './dialog.ts';
import { PlainText, TextObject } from './parts.ts';

/** An element's confirmation dialog; Esc and the second button deny. */
export function Confirm({ confirm, answer }: { confirm: unknown; answer(yes: boolean): void }) {
  const { title, text, confirm: yes, deny: no, style } = confirm as ConfirmationDialog;
  return html`<${Dialog} labelledBy="confirm-title" className="modal confirm" role="alertdialog" onClose=${() => answer(false)}>
    <header><h2 id="confirm-title"><${PlainText} text=${title?.text ?? 'Are you sure?'} /></h2></header>
    <div class="modal-body"><${TextObject} text=${text} /></div>
    <footer><button type="button" class="btn" onClick=${() => answer(false)}>${no?.text ?? 'Cancel'}</button>
      <button type="button" class=${`btn solid ${style === 'danger' ? 'danger' : 'primary'}`} autofocus
        onClick=${() => answer(true)}>${yes?.text ?? 'Yes'}</button></footer><//>`;
}
