import type { AlertBlock, CardBlock, CarouselBlock } from '@slack/types';
import { html } from 'htm/preact';
import { Element } from '../elements/element.ts';
import { SlotProvider } from '../elements/use-element.ts';
import { actionIdOf, type ElementJson } from '../form-state.ts';
import { TextObject } from '../parts.ts';
import { Picture } from './media.ts';

export function AlertView({ block }: { block: AlertBlock }) {
  return html`<div class=${`alert-box ${block.level ?? 'default'}`} role="note"><${TextObject} text=${block.text} /></div>`;
}

export function CardView({ block, blockId }: { block: CardBlock; blockId: string }) {
  return html`<div class="card-box">
    ${block.hero_image && html`<div class="hero"><${Picture} image=${block.hero_image} /></div>`}
    <div class="card-head">${block.icon && html`<${Picture} image=${block.icon} />`}
      <div>${block.title && html`<strong><${TextObject} text=${block.title} /></strong>`}
      ${block.subtitle && html`<div class="muted"><${TextObject} text=${block.subtitle} /></div>`}</div></div>
    ${block.body && html`<${TextObject} text=${block.body} />`}
    ${
      block.actions &&
      html`<div class="card-actions"><${SlotProvider} value=${{ blockId, dispatches: true, invalid: false }}>${block.actions.map(
        (button) => html`<${Element} key=${actionIdOf(button as unknown as ElementJson)} element=${button} />`,
      )}<//></div>`
    }</div>`;
}

export function CarouselView({ block, blockId }: { block: CarouselBlock; blockId: string }) {
  return html`<div class="carousel-row" tabindex="0" role="group" aria-label="Cards">${block.elements.map(
    (card) => html`<${CardView} block=${card} blockId=${card.block_id ?? blockId} />`,
  )}</div>`;
}
