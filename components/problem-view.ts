/** A failure: what happened, what the person can do about it, and behind that what the site has to know. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icons } from './icons.ts';
import type { Problem } from './problem.ts';
import type { Strings } from './strings/index.ts';

/** What can be done just now about a failure; undefined for what cannot. */
export interface Remedies {
  readonly resume: (() => void) | undefined;
  readonly begin: (() => void) | undefined;
}

function remedyView({ way = 'none' }: Problem, { resume, begin }: Remedies, strings: Strings): unknown {
  const [part, text, press] = {
    retry: ['retry', strings.retry, resume] as const,
    'go-on': ['retry', strings.resume, resume] as const,
    begin: ['begin', strings.newConversation, begin] as const,
    none: ['', '', undefined] as const,
  }[way];
  return press ? html`<button part=${part} type="button" @click=${press}>${text}</button>` : nothing;
}

/** A failure, in the place that is always there for it. */
export function alertView(problem: Problem, remedies: Remedies, strings: Strings): TemplateResult {
  return html`<div part="alert">
    ${icons.alert}
    <p dir="auto"><strong>${problem.message}</strong> ${problem.fix}</p>
    ${remedyView(problem, remedies, strings)}
    ${
      problem.details === undefined
        ? nothing
        : html`<details>
            <summary class="aside">${strings.forTheSite}<span class="chevron">${icons.open}</span></summary>
            <p dir="auto">${problem.details.message} ${problem.details.fix}</p>
          </details>`
    }
  </div>`;
}

/** The place of failures is always there, so that screen readers notice what appears in it. */
export function problemView(problem: Problem | undefined, remedies: Remedies, strings: Strings): TemplateResult {
  return html`<div class="said" aria-live="polite" aria-atomic="true">
    ${problem === undefined ? nothing : alertView(problem, remedies, strings)}
  </div>`;
}
