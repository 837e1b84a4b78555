/** The toast that says what was done, with a button that takes it back. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isRecord } from '../src/core/index.ts';
import type { ToolResultPart } from '../src/core/index.ts';
import { icons } from './icons.ts';
import type { Strings } from './strings/index.ts';
import type { Undo } from './tool-view.ts';
export { toast as words } from './strings/en-toast.ts';
import type { UndoToast } from './undo-toast.ts';
export { UndoToast } from './undo-toast.ts';
export { toastStyles as styles } from './undo-toast.styles.ts';
import { head, inWords } from './words.ts';

type Say = Strings['toast'];

/** Characters of what a tool says of itself. */
const LIMIT = 160;

function sentenceOf(say: Say, { output, toolName, untrusted }: ToolResultPart): string {
  const value: unknown = output.type === 'json' ? output.value : undefined;
  const said = isRecord(value) ? (value['message'] ?? value['summary'] ?? value['text']) : value;
  // Words that others may have written are not put into the mouth of the page.
  const isSaid = typeof said === 'string' && said.trim() !== '' && !untrusted;
  if (!isSaid) return say.hasDone([inWords(toolName)]);
  return said.length > LIMIT ? `${head(said, LIMIT)}…` : said;
}

/** What was done, as a sentence. */
function doneWords(say: Say, calls: readonly ToolResultPart[]): string {
  const [only, second] = calls;
  if (only !== undefined && second === undefined) return sentenceOf(say, only);
  return say.hasDone(calls.map(({ toolName }) => inWords(toolName)));
}

/** What is heard of it. */
export function heardWords(calls: readonly ToolResultPart[], strings: Strings): string {
  const say = strings.toast;
  return say.canUndo(doneWords(say, calls));
}

/** What the toast does. */
export interface ToastActions {
  readonly undo: Undo;
  readonly strings: Strings;
  /** Called when a button that was pressed goes. */
  readonly back: () => void;
}

export function undoToastView(
  toast: UndoToast,
  { undo, strings, back }: ToastActions,
): TemplateResult | typeof nothing {
  const { calls } = toast;
  if (calls.length === 0) return nothing;
  const say = strings.toast;
  const ids = calls.map(({ toolCallId }) => toolCallId);
  const dismiss = (): void => {
    toast.close();
    back();
  };
  const hold = ({ type }: Event): void => {
    toast.hold(type.startsWith('pointer') ? 'pointer' : 'focus', type === 'pointerenter' || type === 'focusin');
  };
  return html`<div
    part="toast"
    role="group"
    aria-label=${say.justDone}
    @pointerenter=${hold}
    @pointerleave=${hold}
    @focusin=${hold}
    @focusout=${hold}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') dismiss();
    }}
  >
    ${icons.done}
    <p dir="auto">${doneWords(say, calls)}</p>
    <button
      part="toast-undo"
      class="undo"
      type="button"
      ?disabled=${ids.some((id) => undo.underWay.has(id))}
      @click=${() => {
        undo.run(...ids);
      }}
    >
      ${calls.length > 1 ? say.undoAll : strings.undo}
    </button>
    <button class="plain" type="button" aria-label=${strings.dismiss} title=${strings.dismiss} @click=${dismiss}>
      ${icons.failed}
    </button>
  </div>`;
}
