/** Text as text, whatever is in it; a very long one is cut until the reader asks for all of it. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from './strings/index.ts';
import { head } from './words.ts';

/** Who reads: what is said in which words, which long texts are asked for, by key, and how to ask for one. */
export interface Reader {
  readonly strings: Strings;
  readonly shown: ReadonlySet<string>;
  readonly show: (key: string) => void;
}

/** How many characters of a message are shown at first. Laying out a megabyte at once would freeze the page. */
export const MESSAGE_LIMIT = 20_000;

/**
 * The text, or its beginning and a button that shows the rest.
 *
 * @param key names the text among all texts of the reader
 * @param limit in characters
 * @param view shows a text; by default as it is
 */
export function longText(
  text: string,
  key: string,
  reader: Reader,
  limit = MESSAGE_LIMIT,
  view: (text: string) => unknown = (given) => given,
): TemplateResult {
  if (text.length <= limit || reader.shown.has(key)) return html`${view(text)}`;
  const show = (): void => {
    reader.show(key);
  };
  return html`${view(`${head(text, limit)}…`)}<button class="show-all" type="button" @click=${show}>
      ${reader.strings.showAll(text.length)}
    </button>`;
}
