/** A table in a frame of its own to scroll in, so that a wide one does not push the page. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tokens } from 'marked';
import { inlineView } from './inline-view.ts';
import type { Shown } from './shown.ts';

/** Characters of a heading that its column is at least, and at most, taken to need. */
const [NARROW, WIDE] = [10, 30];

const needOf = ({ text }: Tokens.TableCell): number => Math.max(NARROW, Math.min(WIDE, text.length));

/**
 * The table of a token. How wide its columns are is told by their headings, which come first: what comes in after them
 * moves nothing, as long as its words have room.
 */
export function tableView({ header, rows }: Tokens.Table, shown: Shown): TemplateResult {
  const all = header.reduce((sum, cell) => sum + needOf(cell), 0);
  const cell = ({ tokens, align }: Tokens.TableCell): TemplateResult =>
    html`<td dir="auto" class=${align ?? ''}>${inlineView(tokens, shown)}</td>`;
  const heading = ({ tokens, align }: Tokens.TableCell): TemplateResult =>
    html`<th scope="col" dir="auto" class=${align ?? ''}>${inlineView(tokens, shown)}</th>`;
  return html`<div class="table" role="region" aria-label=${shown.strings.table} tabindex="0">
    <table>
      <colgroup>
        ${header.map((cell) => html`<col width="${((100 * needOf(cell)) / all).toFixed(1)}%" />`)}
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
