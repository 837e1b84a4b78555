/** Everything in the scrolling part of the chat, in the order of time: messages, what is under way, open questions. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ThreadView } from '../src/client/index.ts';
import type { ToolCallPart } from '../src/core/index.ts';
import { icons } from './icons.ts';
import type { LateFiles } from './late-files.ts';
import type { LateQuestions } from './late-questions.ts';
import type { Markdown } from './markdown-controller.ts';
import { messagesView, pendingView } from './message-view.ts';
import type { Reading } from './reading.ts';
import type { Rewording } from './rewording.ts';
import type { Undo } from './tool-view.ts';
import type { Why } from './why.ts';
import { subjectsOf, whyView } from './why-view.ts';
import type { WhySubject } from './why-view.ts';
import type { Strings } from './strings/index.ts';
import { inWords } from './words.ts';

/** Texts on offer beyond these would be a list to read instead of a hand to take. */
const MOST = 4;

/** What the conversation shows and does. */
export interface ConversationScope {
  readonly view: ThreadView;
  /** Texts that were sent and have not come back as messages. */
  readonly pending: readonly string[];
  readonly busy: boolean;
  /** Whether there is no assistant to talk to. */
  readonly broken: boolean;
  /** What an empty conversation says. */
  readonly welcome: string;
  readonly starters: readonly string[];
  /** What may be said next. */
  readonly suggestions: readonly string[];
  /** Whether another answer may be another one: rules give the same. */
  readonly generative: boolean;
  /** Whether it is said elsewhere what to do about a run that has failed. */
  readonly helped: boolean;
  /** What the person should know before the first message; empty when there is nothing. */
  readonly hint: string;
  readonly reading: Reading;
  readonly showEarlier: () => void;
  readonly markdown: Markdown;
  readonly answering: (interruptId: string) => boolean;
  /** Sends a text that is offered. */
  readonly choose: (text: string) => void;
  readonly questions: LateQuestions;
  readonly undo: Undo;
  readonly why: Why;
  readonly rewording: Rewording;
  readonly files: LateFiles;
  readonly resume: () => void;
  readonly again: () => void;
}

/** Texts on offer, which a press sends. @param label what they are, where that is not plain */
function offersView(
  part: 'starter' | 'suggestion',
  texts: readonly string[],
  { choose }: ConversationScope,
  label: unknown = nothing,
): unknown {
  const offer = (text: string): TemplateResult =>
    html`<li>
      <button
        part=${part}
        class="offer"
        type="button"
        dir="auto"
        @click=${() => {
          choose(text);
        }}
      >
        ${text}
      </button>
    </li>`;
  return texts.length === 0
    ? nothing
    : html`<ul role="list" class="offers" aria-label=${label}>
        ${texts.slice(0, MOST).map(offer)}
      </ul>`;
}

function welcomeView(scope: ConversationScope): TemplateResult {
  const { welcome, starters, hint } = scope;
  return html`<div class="welcome">
    <p class="greeting">${welcome}</p>
    ${hint === '' ? nothing : html`<p class="quiet">${hint}</p>`} ${offersView('starter', starters, scope)}
  </div>`;
}

function earlierView({ showEarlier, reading: { strings } }: ConversationScope): TemplateResult {
  return html`<button class="earlier" type="button" @click=${showEarlier}>${strings.earlier}</button>`;
}

/** What happens right now, for the eye; the status line says it to everybody else. */
function activityView({ view, busy, reading: { strings } }: ConversationScope): unknown {
  if (!busy) return nothing;
  const running = view.calls.filter(({ status }) => status === 'running');
  if (running.length > 0) {
    return running.map(
      ({ tool }) => html`<p class="activity">${icons.running}${strings.toolRunning(inWords(tool))}</p>`,
    );
  }
  return view.streaming === '' ? html`<p class="dots" aria-hidden="true"><i></i><i></i><i></i></p>` : nothing;
}

/** The call that a question is about: one of the last. */
function callOf(callId: string | undefined, { messages }: ThreadView): WhySubject | undefined {
  const isIt = ({ call }: { readonly call: ToolCallPart }): boolean => call.toolCallId === callId;
  const message = messages.findLast((one) => subjectsOf(one).some(isIt));
  return message && subjectsOf(message).find(isIt);
}

/** What to do about a run that the page, the network or the person cut off. */
function unfinishedView(scope: ConversationScope): unknown {
  const { view, pending, busy, broken, helped, resume } = scope;
  const { strings } = scope.reading;
  if (!view.unfinished || busy || broken || helped || pending.length > 0) return nothing;
  return html`<p class="unfinished">
    ${strings.unfinished}
    <button part="resume" type="button" @click=${resume}>${strings.resume}</button>
  </p>`;
}

/** What may come after the last answer: another one in its place, or what may be said next. */
function nextView(scope: ConversationScope): unknown {
  const { view, busy, broken, generative, again, suggestions } = scope;
  const { strings } = scope.reading;
  const { role } = view.messages.at(-1) ?? {};
  const isOpen = view.interrupts.length === 0 && !view.unfinished && !busy && !broken;
  if (!isOpen) return nothing;
  return html`${
    role === 'assistant' && generative
      ? html`<button part="again" type="button" @click=${again}>${icons.again}${strings.again}</button>`
      : nothing
  }
  ${role === 'user' ? nothing : offersView('suggestion', suggestions, scope, strings.suggestions)}`;
}

/** The conversation of a thread. */
export function conversationView(scope: ConversationScope): unknown {
  const { view, pending, busy, reading, undo, rewording, markdown, why, files } = scope;
  const { messages, interrupts, streaming, streamingId } = view;
  const empty = messages.length + interrupts.length + pending.length === 0 && streaming === '' && !busy;
  if (empty) return view.loaded && !scope.broken ? welcomeView(scope) : nothing;
  return html`${reading.from === 0 ? nothing : earlierView(scope)}
    <div class=${busy ? 'messages busy' : 'messages'}>
      ${messagesView(messages, reading.from, { ...{ reader: reading, undo, why, rewording, busy, markdown, files }, streaming: { id: streamingId, text: streaming } })}
    </div>
    ${nextView(scope)} ${pending.map((text) => pendingView(text, reading.strings))} ${activityView(scope)}
    ${unfinishedView(scope)}
    ${scope.questions.view(interrupts, {
      reader: reading,
      answering: scope.answering,
      why: (callId) => whyView(why, callOf(callId, view), reading.strings),
    })}`;
}

/** The button that leads a reader who has scrolled up back to the end. */
export function jumpView(jump: () => void, strings: Strings): TemplateResult {
  return html`<button class="jump" type="button" aria-label=${strings.newest} title=${strings.newest} @click=${jump}>
    ${icons.down}
  </button>`;
}
