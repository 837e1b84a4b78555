/** A table in a frame of its own to scroll in, so that a wide one does not push the page. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tokens } from 'marked';
import { inlineView } from './inline-view.ts';
import type { Shown } from './shown.ts';

/** The table of a token. */
export function tableView({ header, rows }: Tokens.Table, shown: Shown): TemplateResult {
  const cell = ({ tokens, align }: Tokens.TableCell): TemplateResult =>
    html`<td dir="auto" class=${align ?? ''}>${inlineView(tokens, shown)}</td>`;
  const heading = ({ tokens, align }: Tokens.TableCell): TemplateResult =>
    html`<th scope="col" dir="auto" class=${align ?? ''}>${inlineView(tokens, shown)}</th>`;
  return html`<div class="table" role="region" aria-label=${shown.strings.table} tabindex="0">
    <table>
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
