import type { DataTableBlock, RichTextBlock, TableBlock } from '@slack/types';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Parts } from '../parts.ts';
import { parseRichText } from '../rich-text.ts';

type Cell = TableBlock['rows'][number][number] | DataTableBlock['rows'][number][number] | undefined;

function CellView({ cell }: { cell: Cell }) {
  if (cell?.type === 'rich_text') return html`<${Parts} parts=${parseRichText(cell as RichTextBlock)} />`;
  if (cell?.type === 'raw_number') return html`${cell.text ?? String(cell.value)}`;
  return html`${cell?.type === 'raw_text' ? cell.text : ''}`;
}

/** The first row is the head, as in Slack. */
export function TableView({ block }: { block: TableBlock }) {
  const [head = [], ...rows] = block.rows;
  const style = (column: number) => {
    const settings = block.column_settings?.[column];
    return `${settings?.align ? `align-${settings.align}` : ''} ${settings?.is_wrapped ? 'wrapped' : ''}`;
  };
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="Table"><table>
    <thead><tr>${head.map((cell, column) => html`<th scope="col" class=${style(column)}><${CellView} cell=${cell} /></th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell, column) => html`<td class=${style(column)}><${CellView} cell=${cell} /></td>`)}</tr>`)}</tbody>
  </table></div>`;
}

export function DataTableView({ block }: { block: DataTableBlock }) {
  const [page, setPage] = useState(0);
  const [head = [], ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const align = (cell: Cell) => (cell?.type === 'raw_number' ? 'align-right' : '');
  return html`<div class="table-frame" tabindex="0" role="region" aria-label=${block.caption}><table>
    <caption>${block.caption}</caption>
    <thead><tr>${head.map((cell, column) => html`<th scope="col" class=${align(rows[0]?.[column])}><${CellView} cell=${cell} /></th>`)}</tr></thead>
    <tbody>${rows
      .slice(page * size, (page + 1) * size)
      .map(
        (row) =>
          html`<tr>${row.map((cell, column) =>
            column === (block.row_header_column_index ?? -1)
              ? html`<th scope="row"><${CellView} cell=${cell} /></th>`
              : html`<td class=${align(cell)}><${CellView} cell=${cell} /></td>`,
          )}</tr>`,
      )}</tbody>
  </table></div>
  ${
    pages > 1 &&
    html`<div class="pager"><button type="button" class="btn small" disabled=${page === 0} onClick=${() => setPage(page - 1)}>Previous</button>
      <span>Page ${page + 1} of ${pages}</span>
      <button type="button" class="btn small" disabled=${page === pages - 1} onClick=${() => setPage(page + 1)}>Next</button></div>`
  }`;
}

interface Chart {
  title?: string | { text?: string };
  chart?: { series?: { name?: string; data?: { label?: string; value?: number }[] }[]; segments?: { label?: string; value?: number }[] };
}

/** Slack draws a chart; here its figures stand in a table. */
export function ChartView({ block }: { block: Chart }) {
  const title = typeof block.title === 'string' ? block.title : (block.title?.text ?? 'Chart');
  const series = block.chart?.series ?? [{ name: 'Value', data: block.chart?.segments ?? [] }];
  const labels = [...new Set(series.flatMap((one) => (one.data ?? []).map((point) => point.label ?? '')))];
  return html`<div class="table-frame" tabindex="0" role="region" aria-label=${title}><table>
    <caption>${title}</caption>
    <thead><tr><th scope="col"></th>${series.map((one) => html`<th scope="col" class="align-right">${one.name}</th>`)}</tr></thead>
    <tbody>${labels.map(
      (label) =>
        html`<tr><th scope="row">${label}</th>${series.map(
          (one) => html`<td class="align-right">${one.data?.find((point) => point.label === label)?.value?.toLocaleString('en-GB')}</td>`,
        )}</tr>`,
    )}</tbody>
  </table></div>`;
}
