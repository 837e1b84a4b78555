/** The messages of a thread as articles. A message that has been rendered is not looked at again until it changes. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { messageText } from '../src/core/index.ts';
import type { Message, ToolResultPart } from '../src/core/index.ts';
import { icons } from './icons.ts';
import type { LateFiles } from './late-files.ts';
import { longText, MESSAGE_LIMIT } from './long-text.ts';
import type { Markdown } from './markdown-controller.ts';
import type { Rewording } from './rewording.ts';
import type { Strings } from './strings/index.ts';
import { toolView } from './tool-view.ts';
import type { ToolScope } from './tool-view.ts';
import { ruled, subjectsOf, whyView } from './why-view.ts';
import type { WhySubject } from './why-view.ts';

/** One article to be: a text, or one result of a tool. */
type Entry = {
  readonly key: string;
  readonly message: Message;
  /** What may be asked why; undefined for what nothing is known of. */
  readonly made: WhySubject | undefined;
} & ({ readonly text: string } | { readonly part: ToolResultPart });

/** The text that the assistant is writing, and the id that it will have as a message. */
export interface Streaming {
  readonly id: string;
  readonly text: string;
}

function entriesOf(messages: readonly Message[]): readonly Entry[] {
  const made = new Map<string, WhySubject>();
  // A call that was taken back has a second result, which is shown in the place of the first.
  const undone = new Map<string, Message & { role: 'tool' }>();
  for (const message of messages) {
    if (message.role === 'tool' && message.content[0]?.undo === 'done') {
      undone.set(message.content[0].toolCallId, message);
    }
  }
  return messages.flatMap((message, at): readonly Entry[] => {
    for (const subject of subjectsOf(message)) made.set(subject.call.toolCallId, subject);
    if (message.role === 'tool') {
      return message.content.flatMap((first): readonly Entry[] => {
        if (first.undo === 'done') return [];
        const { toolCallId } = first;
        const last = undone.get(toolCallId);
        const part = last?.content[0] ?? first;
        return [{ key: `${message.id}/${toolCallId}`, message: last ?? message, part, made: made.get(toolCallId) }];
      });
    }
    // What the agent itself tells the model is nobody else's affair.
    if (message.role === 'system') return [];
    const text = messageText(message);
    // What is said of results needs no reason.
    const isReply = messages[at - 1]?.role === 'user';
    const subject = isReply ? { messageId: ruled(message), text } : undefined;
    return text === '' && isText(message) ? [] : [{ key: message.id, message, text, made: subject }];
  });
}

/** Whether it has no files. */
const isText = ({ content }: Message): boolean => content.every(({ type }) => type !== 'file');

function saidView(content: unknown, strings: Strings, more: unknown = nothing): TemplateResult {
  return html`<article part="message message-user" data-role="user" aria-label=${strings.you}>
    <div class="text" dir="auto">${content}</div>
    ${more}
  </article>`;
}

/** One and the same while it is written and after that, so that nothing on the page is made anew. */
function repliedView(
  content: unknown,
  strings: Strings,
  {
    isStreaming = false,
    isOld = false,
    more = nothing,
  }: { readonly isStreaming?: boolean; readonly isOld?: boolean; readonly more?: unknown },
): TemplateResult {
  return html`<article
    class=${isOld ? 'old' : ''}
    part="message message-assistant"
    data-role="assistant"
    ?data-streaming=${isStreaming}
    aria-label=${strings.assistant}
  >
    <div class="markdown">${content}</div>
    ${more}
  </article>`;
}

function rewordView({ key }: Entry, { begin }: Rewording, strings: Strings): TemplateResult {
  return html`<button
    part="reword"
    class="plain reword"
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
export interface MessagesScope extends ToolScope {
  readonly files: LateFiles;
  readonly rewording: Rewording;
  readonly busy: boolean;
  readonly markdown: Markdown;
  readonly streaming: Streaming;
}

function entryView(entry: Entry, isOld: boolean, scope: MessagesScope): TemplateResult {
  const { reader, rewording, busy, markdown, why } = scope;
  const { key, message, made } = entry;
  const { strings } = reader;
  if ('part' in entry) return toolView(entry.part, made, key, scope);
  if (message.role !== 'user') {
    const limit = markdown.hasGrown(key) ? Infinity : MESSAGE_LIMIT;
    const text = longText(entry.text, key, reader, limit, (shown) => markdown.view(shown, message));
    return repliedView(text, strings, { isOld, more: whyView(why, made, strings) });
  }
  if (rewording.messageId === key && rewording.view)
    return rewording.view(key, messageText(message), rewording, busy, strings);
  // Files would have to be chosen anew.
  const more = isText(message) ? rewordView(entry, rewording, strings) : scope.files.view(message);
  return saidView(entry.text === '' ? nothing : longText(entry.text, key, reader), strings, more);
}

/** So many at the end are in sight when the reader is there, and have to have their heights at once. */
const NEW = 24;

/** The entries of the messages that were shown last: while a text is written, they stay. */
const known = new WeakMap<readonly Message[], { readonly from: number; readonly entries: readonly Entry[] }>();

function entriesFrom(messages: readonly Message[], from: number): readonly Entry[] {
  const before = known.get(messages);
  if (before?.from === from) return before.entries;
  const entries = entriesOf(messages.slice(from));
  known.set(messages, { from, entries });
  return entries;
}

/** The messages as of the index `from`, each keyed by its id, and the text that is being written. */
export function messagesView(messages: readonly Message[], from: number, scope: MessagesScope): unknown {
  const { reader, undo, rewording, busy, markdown, streaming, why, files } = scope;
  const common = [reader.strings, reader.shown, undo.underWay, markdown.version, why.isOffered, why.told, files.parts];
  const view = (entry: Entry | Streaming, isOld: boolean): unknown => {
    if (!('key' in entry)) {
      const grown = (text: string): unknown => markdown.growing(text, entry.id);
      return repliedView(longText(entry.text, entry.id, reader, Infinity, grown), reader.strings, {
        isStreaming: true,
      });
    }
    const form = rewording.messageId === entry.key ? [entry.key, busy] : [];
    return guard([entry.message, isOld, ...common, ...form], () => entryView(entry, isOld, scope));
  };
  const form = rewording.messageId === undefined ? [] : [rewording.messageId, busy];
  return guard([messages, from, streaming.text, ...common, ...form], () => {
    const entries = entriesFrom(messages, from);
    const all = streaming.text === '' ? entries : [...entries, streaming];
    const keyOf = (entry: Entry | Streaming): string => ('key' in entry ? entry.key : entry.id);
    return repeat(all, keyOf, (entry, at) => view(entry, at + NEW < all.length));
  });
}

/** A text that was sent and is not a message of the thread yet. */
export function pendingView(text: string, strings: Strings): TemplateResult {
  return saidView(text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT)}…` : text, strings);
}
