/** The foot of the chat: what went wrong, the composer, and the line that says what happens. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { composerView } from './composer-view.ts';
import type { ComposerScope } from './composer-view.ts';
import type { Problem } from './problem.ts';
import { problemView } from './problem-view.ts';
import type { Remedies } from './problem-view.ts';
import { strings } from './strings.ts';

/** What the foot shows and does. */
export interface FooterScope extends ComposerScope {
  readonly problem: Problem | undefined;
  readonly remedies: Remedies;
  readonly status: string;
}

export function footerView(scope: FooterScope): TemplateResult {
  return html`<footer>
    ${problemView(scope.problem, scope.remedies)} ${composerView(scope)}
    <div class="foot">
      <p part="status" role="status"><bdi>${scope.status}</bdi></p>
      <p class="keys">${strings.keys}</p>
    </div>
  </footer>`;
}
