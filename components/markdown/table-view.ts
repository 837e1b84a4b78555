/** A table in a frame of its own to scroll in, so that a wide one does not push the page. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tokens } from 'marked';
import { inlineView } from './inline-view.ts';
import type { Shown } from './shown.ts';

/** Characters of a cell beyond which it is broken into lines, and those that its padding takes. */
const [WIDE, PADDING] = [28, 4];

const needOf = ({ text }: Tokens.TableCell): number => Math.min(WIDE, text.length) + PADDING;

/**
 * The table of a token. How wide its columns are is told by its headings and its first row: what comes in after them
 * moves nothing, as long as its words have room.
 */
export function tableView({ header, rows }: Tokens.Table, shown: Shown): TemplateResult {
  const [first = []] = rows;
  const needs = header.map((cell, at) => Math.max(...[cell, first[at] ?? cell].map(needOf)));
  const all = needs.reduce((sum, need) => sum + need);
  const cell = ({ tokens, align }: Tokens.TableCell): TemplateResult =>
    html`<td dir="auto" class=${align ?? ''}>${inlineView(tokens, shown)}</td>`;
  const heading = ({ tokens, align }: Tokens.TableCell): TemplateResult =>
    html`<th scope="col" dir="auto" class=${align ?? ''}>${inlineView(tokens, shown)}</th>`;
  return html`<div class="table" role="region" aria-label=${shown.strings.table} tabindex="0">
    <table>
      <colgroup>
        ${needs.map((need) => html`<col width="${((100 * need) / all).toFixed(1)}%" />`)}
      </colgroup>
      <thead>
        <tr>
          ${header.map(heading)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
