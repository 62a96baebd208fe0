import type { InputBlock } from '@slack/types';
import { html } from 'htm/preact';
import { useId } from 'preact/hooks';
import { useScope } from '../context.ts';
import { Element } from '../elements/element.ts';
import { SlotProvider } from '../elements/use-element.ts';
import { PlainText } from '../parts.ts';

/** A labelled input with its hint, and what is wrong with it after a refused submission. */
export function InputView({ block, blockId }: { block: InputBlock; blockId: string }) {
  const { errors } = useScope();
  const id = useId();
  const error = errors[blockId];
  const slot = {
    blockId,
    dispatches: block.dispatch_action === true,
    labelledBy: `${id}-label`,
    describedBy: [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined,
    invalid: error !== undefined,
  };
  return html`<div class="label" id=${`${id}-label`}><${PlainText} text=${block.label.text} />
      ${block.optional && html` <span class="optional">(optional)</span>`}</div>
    <${SlotProvider} value=${slot}><${Element} key=${block.element.action_id ?? block.element.type} element=${block.element} /><//>
    ${error && html`<div class="error" id=${`${id}-error`} role="alert">${error}</div>`}
    ${block.hint && html`<div class="hint" id=${`${id}-hint`}><${PlainText} text=${block.hint.text} /></div>`}`;
}
