/** The messages of a thread as articles. A message that has been rendered is not looked at again until it changes. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { messageCalls, messageText } from '../src/core/index.ts';
import type { Message, ToolResultPart } from '../src/core/index.ts';
import { icons } from './icons.ts';
import { longText, MESSAGE_LIMIT } from './long-text.ts';
import type { Reader } from './long-text.ts';
import type { Rewording } from './rewording.ts';
import { rewordingView } from './rewording-view.ts';
import { strings } from './strings.ts';
import { toolView } from './tool-view.ts';
import type { Undo } from './tool-view.ts';
import { tail } from './words.ts';

/** One article to be: a text, or one result of a tool. */
type Entry = { readonly key: string; readonly message: Message } & (
  { readonly text: string } | { readonly part: ToolResultPart; readonly input: unknown }
);

/** What stands for a file in a message. */
const fileName = (part: Message['content'][number]): string =>
  part.type === 'file' ? (part.filename ?? part.mediaType) : '';

function entriesOf(messages: readonly Message[]): readonly Entry[] {
  const inputs = new Map<string, unknown>();
  // A call that was taken back has a second result, which is shown in the place of the first.
  const undone = new Map<string, Message & { role: 'tool' }>();
  for (const message of messages) {
    if (message.role === 'tool' && message.content[0]?.undo === 'done') {
      undone.set(message.content[0].toolCallId, message);
    }
  }
  return messages.flatMap((message): readonly Entry[] => {
    for (const call of messageCalls(message)) inputs.set(call.toolCallId, call.input);
    if (message.role === 'tool') {
      return message.content.flatMap((first): readonly Entry[] => {
        if (first.undo === 'done') return [];
        const { toolCallId } = first;
        const last = undone.get(toolCallId);
        const part = last?.content[0] ?? first;
        return [{ key: `${message.id}/${toolCallId}`, message: last ?? message, part, input: inputs.get(toolCallId) }];
      });
    }
    // What the agent itself tells the model is nobody else's affair.
    if (message.role === 'system') return [];
    const text = [messageText(message), ...message.content.map(fileName)].filter(Boolean).join('\n');
    return text === '' ? [] : [{ key: message.id, message, text }];
  });
}

function textView(role: 'user' | 'assistant', content: unknown, more: unknown = nothing): TemplateResult {
  const name = role === 'user' ? strings.you : strings.assistant;
  return html`<article part="message message-${role}" data-role=${role} aria-label=${name}>
    <div class="text" dir="auto">${content}</div>
    ${more}
  </article>`;
}

function rewordView({ key }: Entry, { begin }: Rewording): TemplateResult {
  return html`<button
    part="reword"
    class="plain"
    type="button"
    data-message=${key}
    aria-label=${strings.reword}
    title=${strings.reword}
    @click=${() => {
      begin(key);
    }}
  >
    ${icons.pencil}
  </button>`;
}

/** What messages are shown with. */
export interface MessagesScope {
  readonly reader: Reader;
  readonly undo: Undo;
  readonly rewording: Rewording;
  readonly busy: boolean;
}

function entryView(entry: Entry, { reader, undo, rewording, busy }: MessagesScope): TemplateResult {
  const { key, message } = entry;
  if ('part' in entry) return toolView(entry.part, entry.input, key, reader, undo);
  const text = longText(entry.text, key, reader);
  if (message.role !== 'user') return textView('assistant', text);
  if (rewording.messageId === key) return rewordingView(key, messageText(message), rewording, busy);
  // Files would have to be chosen anew.
  const isText = message.content.every(({ type }) => type === 'text');
  return textView('user', text, isText ? rewordView(entry, rewording) : nothing);
}

/** The messages as of the index `from`, each keyed by its id. */
export function messagesView(messages: readonly Message[], from: number, scope: MessagesScope): unknown {
  const { reader, undo, rewording, busy } = scope;
  const common = [reader.shown, undo.underWay];
  const view = (entry: Entry): unknown => {
    const form = rewording.messageId === entry.key ? [entry.key, busy] : [];
    return guard([entry.message, ...common, ...form], () => entryView(entry, scope));
  };
  const form = rewording.messageId === undefined ? [] : [rewording.messageId, busy];
  return guard([messages, from, ...common, ...form], () =>
    repeat(entriesOf(messages.slice(from)), ({ key }) => key, view),
  );
}

/** A text that was sent and is not a message of the thread yet. */
export function pendingView(text: string): TemplateResult {
  return textView('user', text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT)}…` : text);
}

/** The text that the assistant is writing. Of a very long one the end is shown, where it grows. */
export function streamingView(text: string): TemplateResult | typeof nothing {
  if (text === '') return nothing;
  return html`<article
    part="message message-assistant"
    data-role="assistant"
    data-streaming
    aria-label=${strings.assistant}
  >
    <div class="text" dir="auto">${text.length > MESSAGE_LIMIT ? `…${tail(text, MESSAGE_LIMIT)}` : text}</div>
  </article>`;
}
