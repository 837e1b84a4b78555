/** Where the person writes: a field that grows with its text, and one button that sends or, during a run, stops. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icons } from './icons.ts';
import type { Strings } from './strings/index.ts';

/** More than six lines of text; the field does not grow beyond them. */
const MEASURED = 2_000;

/** What the composer shows and does. */
export interface ComposerScope {
  readonly strings: Strings;
  readonly draft: string;
  readonly placeholder: string;
  /** The files that the message takes along, and the button that adds some. */
  readonly files: unknown;
  /** Whether there is something to send. */
  readonly isSendable: boolean;
  /** Whether a run is under way. */
  readonly busy: boolean;
  /** Whether there is no assistant to write to. */
  readonly disabled: boolean;
  readonly type: (draft: string) => void;
  readonly send: () => void;
  readonly stop: () => void;
}

/** Whether a key press only chooses among an input method's suggestions. Safari ends the composition before it. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other sign of it in Safari
  return event.isComposing || event.keyCode === 229;
}

export function composerView(scope: ComposerScope): TemplateResult {
  const { draft, placeholder, busy, disabled, isSendable, strings } = scope;
  const onInput = (event: InputEvent): void => {
    if (event.target instanceof HTMLTextAreaElement) scope.type(event.target.value);
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    scope.send();
  };
  const onClick = (event: MouseEvent): void => {
    if (!busy) scope.send();
    // The second click of a double click on "send" is not meant for the button that has taken its place.
    else if (event.detail <= 1) scope.stop();
  };
  return html`<div class="composer">
    ${scope.files}
    <div class="draft" data-draft=${draft.slice(0, MEASURED)}>
      <textarea
        part="composer"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${strings.message}
        placeholder=${placeholder}
        .value=${live(draft)}
        ?disabled=${disabled}
        @input=${onInput}
        @keydown=${onKeydown}
      ></textarea>
    </div>
    <button
      class="primary round"
      part=${busy ? 'stop' : 'send'}
      type="button"
      aria-label=${busy ? strings.stop : strings.send}
      title=${busy ? strings.stop : strings.send}
      aria-disabled=${String(!busy && !isSendable)}
      ?disabled=${disabled}
      @click=${onClick}
    >
      ${busy ? icons.stop : icons.send}
    </button>
  </div>`;
}
