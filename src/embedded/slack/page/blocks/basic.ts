import type { ActionsBlock, ContextBlock, HeaderBlock, SectionBlock } from '@slack/types';
import { html } from 'htm/preact';
import { Element } from '../elements/element.ts';
import { SlotProvider } from '../elements/use-element.ts';
import { actionIdOf, type ElementJson } from '../form-state.ts';
import { PlainText, TextObject } from '../parts.ts';
import { Picture } from './media.ts';

export function HeaderView({ block }: { block: HeaderBlock }) {
  return html`<h3><${PlainText} text=${block.text.text} /></h3>`;
}

export function SectionView({ block, blockId }: { block: SectionBlock; blockId: string }) {
  const accessory = block.accessory as ElementJson | undefined;
  return html`<div class="section-text">
      ${block.text && html`<${TextObject} text=${block.text} />`}
      ${block.fields && html`<div class="fields">${block.fields.map((field) => html`<div class="field-text"><${TextObject} text=${field} /></div>`)}</div>`}
    </div>
    ${
      accessory &&
      html`<div class="accessory"><${SlotProvider} value=${{ blockId, dispatches: true, invalid: false }}>${
        accessory.type === 'image'
          ? html`<${Picture} image=${accessory} />`
          : html`<${Element} key=${actionIdOf(accessory)} element=${accessory} />`
      }<//></div>`
    }`;
}

export function ContextView({ block }: { block: ContextBlock }) {
  return html`${block.elements.map((element) =>
    element.type === 'image'
      ? html`<${Picture} image=${element} />`
      : html`<span class="context-text"><${TextObject} text=${element} /></span>`,
  )}`;
}

export function ActionsView({ block, blockId }: { block: ActionsBlock; blockId: string }) {
  return html`<${SlotProvider} value=${{ blockId, dispatches: true, invalid: false }}>${block.elements.map(
    (element) => html`<${Element} key=${actionIdOf(element as unknown as ElementJson)} element=${element} />`,
  )}<//>`;
}
