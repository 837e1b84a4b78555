/** A tool call as a card of one line, with its input and output behind it. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ToolResultPart } from '../src/core/index.ts';
import { icons } from './icons.ts';
import { longText } from './long-text.ts';
import type { Reader } from './long-text.ts';
import type { Strings } from './strings/index.ts';
import type { Why } from './why.ts';
import { whyView } from './why-view.ts';
import type { WhySubject } from './why-view.ts';
import { inWords, readableJson } from './words.ts';

/** How many characters of a value are shown at first. */
const VALUE_LIMIT = 4_000;

/** How calls are taken back. */
export interface Undo {
  /** The calls that are being taken back. */
  readonly underWay: ReadonlySet<string>;
  /** Takes calls back, the last one first. */
  readonly run: (...callIds: readonly string[]) => void;
}

/** What results are shown with. */
export interface ToolScope {
  readonly reader: Reader;
  readonly undo: Undo;
  readonly why: Why;
}

interface Outcome {
  readonly state: 'done' | 'failed' | 'denied';
  readonly words: string;
  /** What the output is called, and the output; undefined when there is none. */
  readonly label?: string | undefined;
  readonly value?: unknown;
}

function outcomeOf({ output, undo }: ToolResultPart, strings: Strings): Outcome {
  if (undo === 'done') return { state: 'denied', words: strings.toolUndone };
  switch (output.type) {
    case 'json':
      return { state: 'done', words: strings.toolDone, label: strings.output, value: output.value };
    case 'error-json':
      return { state: 'failed', words: strings.toolFailed, label: strings.error, value: output.value };
    case 'execution-denied':
      return {
        state: 'denied',
        words: strings.toolDenied,
        label: output.reason === undefined ? undefined : strings.reason,
        value: output.reason,
      };
  }
}

function undoView(callId: string, name: string, { underWay, run }: Undo, strings: Strings): TemplateResult {
  return html`<button
    part="undo"
    class="undo"
    type="button"
    aria-label=${strings.undoTool(name)}
    ?disabled=${underWay.has(callId)}
    @click=${() => {
      run(callId);
    }}
  >
    ${strings.undo}
  </button>`;
}

function valueView(label: string, value: unknown, key: string, reader: Reader): TemplateResult {
  return html`<dt>${label}</dt>
    <dd><pre dir="auto">${longText(readableJson(value), key, reader, VALUE_LIMIT)}</pre></dd>`;
}

/**
 * The result of a tool call.
 *
 * @param made how the call was made; undefined when that is not known any more
 * @param key names the result among all messages
 */
export function toolView(
  part: ToolResultPart,
  made: WhySubject | undefined,
  key: string,
  { reader, undo, why }: ToolScope,
): TemplateResult {
  const input = made?.call?.input;
  const { strings } = reader;
  const name = inWords(part.toolName);
  const { state, words, label, value } = outcomeOf(part, strings);
  return html`<article
    part="message message-tool"
    data-role="tool"
    data-state=${state}
    aria-label=${strings.tool(name)}
  >
    <details>
      <summary>
        ${icons[state]}<span class="name">${name}</span> <span class="outcome">${words}</span>
        ${
          part.untrusted
            ? html`<span class="outside" title=${strings.outsideMeaning}
                >${strings.outside}<span class="hidden">. ${strings.outsideMeaning}</span></span
              >`
            : nothing
        }
        <span class="chevron">${icons.open}</span>
      </summary>
      <dl>
        ${input === undefined ? nothing : valueView(strings.input, input, `${key}:input`, reader)}
        ${label === undefined ? nothing : valueView(label, value, `${key}:output`, reader)}
      </dl>
      ${whyView(why, made, strings)}
    </details>
    ${part.undo === 'offered' ? undoView(part.toolCallId, name, undo, strings) : nothing}
  </article>`;
}
