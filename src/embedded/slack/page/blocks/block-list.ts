import type { AnyBlock, ContainerBlock, RichTextBlock } from '@slack/types';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { blockIdOf } from '../form-state.ts';
import { Guard } from '../guard.ts';
import { parseMarkdown } from '../markdown.ts';
import { Parts, TextObject } from '../parts.ts';
import { parseRichText } from '../rich-text.ts';
import { ActionsView, ContextView, HeaderView, SectionView } from './basic.ts';
import { AlertView, CardView, CarouselView } from './card.ts';
import { InputView } from './input.ts';
import { FileView, ImageView, Picture, VideoView } from './media.ts';
import { ChartView, DataTableView, TableView } from './table.ts';

/** The blocks of a message or view. A malformed block says so and spares the others. */
export function BlockList({ blocks }: { blocks: readonly AnyBlock[] }) {
  return html`<div class="blocks">${blocks.map((block, index) => {
    const blockId = blockIdOf(block, index);
    return html`<${Guard} key=${blockId} fallback=${`This ${block.type} block could not be shown.`}><${BlockView} block=${block} blockId=${blockId} /><//>`;
  })}</div>`;
}

function BlockView({ block, blockId }: { block: AnyBlock; blockId: string }): VNode {
  const view = VIEWS[block.type];
  if (!view) return html`<div class="unknown">A ${block.type} block is not shown here.</div>`;
  return html`<div class=${`block ${block.type}`} data-block=${blockId}><${view} block=${block} blockId=${blockId} /></div>`;
}

/** Blocks within a block. */
function ContainerView({ block }: { block: ContainerBlock }) {
  const title = block.rich_text_title
    ? html`<${Parts} parts=${parseRichText(block.rich_text_title as RichTextBlock)} />`
    : html`<${TextObject} text=${block.title} />`;
  const head = html`<span class="container-title">${block.icon && html`<${Picture} image=${block.icon} />`}<strong>${title}</strong>
    ${block.subtitle && html`<span class="muted"><${TextObject} text=${block.subtitle} /></span>`}</span>`;
  const children = html`<${BlockList} blocks=${block.child_blocks} />`;
  if (!block.is_collapsible) return html`<div class="container-box">${head}${children}</div>`;
  return html`<details class="container-box" open=${!block.default_collapsed}><summary>${head}</summary>${children}</details>`;
}

/** Block Kit's types are a closed union, but blocks arrive as JSON: each view takes its own type on trust, under a Guard. */
const VIEWS: Record<string, unknown> = {
  section: SectionView,
  header: HeaderView,
  context: ContextView,
  actions: ActionsView,
  divider: () => html`<hr />`,
  image: ImageView,
  input: InputView,
  rich_text: ({ block }: { block: Parameters<typeof parseRichText>[0] }) => html`<${Parts} parts=${parseRichText(block)} />`,
  markdown: ({ block }: { block: { text: string } }) => html`<${Parts} parts=${parseMarkdown(block.text)} />`,
  table: TableView,
  file: FileView,
  video: VideoView,
  alert: AlertView,
  card: CardView,
  carousel: CarouselView,
  container: ContainerView,
  data_table: DataTableView,
  data_visualization: ChartView,
};
