/** The foot of the chat: what went wrong, the composer, and the line that says what happens. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { composerView } from './composer-view.ts';
import type { ComposerScope } from './composer-view.ts';
import type { Problem } from './problem.ts';
import { lateProblemView } from './late-problem.ts';
import type { Remedies } from './problem-view.ts';
import type { StatusLine } from './status-line.ts';
import type { WordedElement } from './strings/index.ts';

/** What the foot shows and does. */
export interface FooterScope extends ComposerScope {
  readonly element: WordedElement;
  readonly problem: Problem | undefined;
  readonly remedies: Remedies;
  readonly status: StatusLine;
  readonly toast: unknown;
}

export function footerView(scope: FooterScope): TemplateResult {
  return html`<footer>
    ${lateProblemView(scope.problem, scope.remedies, scope.element)} ${scope.toast} ${composerView(scope)}
    <div class="foot">
      <p part="status" role="status"><bdi class=${scope.status.isHeard ? 'hidden' : ''}>${scope.status.words}</bdi></p>
      <p class="keys">${scope.strings.keys}</p>
    </div>
  </footer>`;
}
