/** A block of code: its language, a button that copies it, and the code. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tokens } from 'marked';
import { lateIcons } from '../late-icons.ts';
import { coloured } from './code-colours.ts';
import type { Shown } from './shown.ts';

/** The block of a token. */
export function codeView({ text, lang = '' }: Tokens.Code, { strings, isGrowing }: Shown): TemplateResult {
  const language = /^[\w+#.-]{1,30}/.exec(lang)?.[0] ?? '';
  const copy = (event: Event): void => {
    const { currentTarget: button } = event;
    void navigator.clipboard.writeText(text).then(
      () => {
        if (button instanceof HTMLElement) button.dataset['copied'] = '';
      },
      () => undefined,
    );
  };
  return html`<figure class="code" dir="ltr">
    <figcaption>
      <span>${language}</span>
      <button type="button" class="copy" aria-label=${strings.copyCode} title=${strings.copyCode} @click=${copy}>
        ${lateIcons.copy}
      </button>
    </figcaption>
    <pre tabindex="0"><code ${coloured(text, language, isGrowing !== true)}>${text}</code></pre>
  </figure>`;
}
