/** A message of the person, being put in other words. Loaded with the first one. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { isComposing } from './composer-view.ts';
import type { Rewording } from './rewording.ts';
import type { Strings } from './strings/index.ts';
export { rewordingStyles as styles } from './rewording.styles.ts';
export { rewording as words } from './strings/en-rewording.ts';

/** The field is at least and at most so many lines high, where a browser cannot fit it to its text. */
const LINES = [2, 8] as const;

/**
 * The form in the place of the message. Enter sends, Escape leaves it as it was.
 *
 * @param busy whether a run is under way, which a copy has to wait for
 */
export function rewordingView(
  messageId: string,
  text: string,
  { cancel, send }: Rewording,
  busy: boolean,
  strings: Strings,
): TemplateResult {
  const submit = (form: HTMLFormElement): void => {
    const said = new FormData(form).get('text');
    if (typeof said === 'string' && said.trim() !== '' && !busy) send(messageId, said.trim());
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }
    const { target } = event;
    if (!(target instanceof HTMLTextAreaElement) || event.key !== 'Enter' || event.shiftKey || isComposing(event))
      return;
    event.preventDefault();
    target.form?.requestSubmit();
  };
  const rows = Math.min(LINES[1], Math.max(LINES[0], text.split('\n').length));
  return html`<form
    part="rewording"
    @keydown=${key}
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.currentTarget instanceof HTMLFormElement) submit(event.currentTarget);
    }}
  >
    <textarea name="text" dir="auto" rows=${rows} aria-label=${strings.rewording} .value=${text}></textarea>
    <p class="quiet">${strings.rewordingMeaning}</p>
    <div class="actions">
      <button type="button" @click=${cancel}>${strings.keepWords}</button>
      <button class="primary" type="submit" ?disabled=${busy}>${strings.send}</button>
    </div>
  </form>`;
}
