/** Styles that come with what is loaded late. */
import type { CSSResult, ReactiveElement } from 'lit';

/** Adds styles to an element, once. */
export function addStyles({ shadowRoot }: Pick<ReactiveElement, 'shadowRoot'>, { styleSheet }: CSSResult): void {
  if (!shadowRoot || !styleSheet || shadowRoot.adoptedStyleSheets.includes(styleSheet)) return;
  shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, styleSheet];
}
