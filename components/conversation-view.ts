/** Everything in the scrolling part of the chat, in the order of time: messages, what is under way, open questions. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ThreadView } from '../src/client/index.ts';
import type { Approval, Interrupt } from '../src/core/index.ts';
import { approvalView } from './approval-view.ts';
import type { Edits } from './edits.ts';
import { hitlOf, hitlView } from './hitl-view.ts';
import { icons } from './icons.ts';
import type { Reader } from './long-text.ts';
import { messagesView, pendingView, streamingView } from './message-view.ts';
import { outcomeView } from './outcome-view.ts';
import { questionView } from './question-view.ts';
import type { Reading } from './reading.ts';
import type { Rewording } from './rewording.ts';
import type { Undo } from './tool-view.ts';
import { strings } from './strings.ts';
import { inWords } from './words.ts';

/** Starters beyond these would be a list to read instead of a hand to take. */
const STARTERS = 4;

/** What open questions need. */
export interface AskingScope {
  readonly reading: Reader;
  readonly answering: (interruptId: string) => boolean;
  readonly edits: Edits;
  readonly decide: (interrupt: Interrupt, approval: Approval) => void;
  readonly reply: (interrupt: Interrupt, value: unknown) => void;
}

/** What the conversation shows and does. */
export interface ConversationScope extends AskingScope {
  readonly view: ThreadView;
  /** Texts that were sent and have not come back as messages. */
  readonly pending: readonly string[];
  readonly busy: boolean;
  /** Whether there is no assistant to talk to. */
  readonly broken: boolean;
  /** What an empty conversation says. */
  readonly welcome: string;
  readonly starters: readonly string[];
  /** Whether another answer may be another one: rules give the same. */
  readonly generative: boolean;
  /** Whether it is said elsewhere what to do about a run that has failed. */
  readonly helped: boolean;
  /** What the person should know before the first message; empty when there is nothing. */
  readonly hint: string;
  readonly reading: Reading;
  readonly send: (text: string) => void;
  readonly undo: Undo;
  readonly rewording: Rewording;
  readonly resume: () => void;
  readonly again: () => void;
}

function welcomeView({ welcome, starters, hint, send }: ConversationScope): TemplateResult {
  const starter = (text: string): TemplateResult =>
    html`<li>
      <button
        part="starter"
        type="button"
        dir="auto"
        @click=${() => {
          send(text);
        }}
      >
        ${text}
      </button>
    </li>`;
  return html`<div class="welcome">
    <p class="greeting">${welcome}</p>
    ${hint === '' ? nothing : html`<p class="quiet">${hint}</p>`}
    ${
      starters.length === 0
        ? nothing
        : html`<ul role="list">
            ${starters.slice(0, STARTERS).map(starter)}
          </ul>`
    }
  </div>`;
}

function earlierView({ showEarlier }: Reading): TemplateResult {
  return html`<button class="earlier" type="button" @click=${showEarlier}>${strings.earlier}</button>`;
}

/** What happens right now, for the eye; the status line says it to everybody else. */
function activityView({ view, busy }: ConversationScope): unknown {
  if (!busy) return nothing;
  const running = view.calls.filter(({ status }) => status === 'running');
  if (running.length > 0) {
    return running.map(
      ({ tool }) => html`<p class="activity">${icons.running}${strings.toolRunning(inWords(tool))}</p>`,
    );
  }
  return view.streaming === '' ? html`<p class="dots" aria-hidden="true"><i></i><i></i><i></i></p>` : nothing;
}

/** The card of a question, whatever it asks. */
export function interruptView(interrupt: Interrupt, scope: AskingScope): TemplateResult {
  const question = { answering: scope.answering(interrupt.id), reader: scope.reading, edits: scope.edits };
  const reply = (value: unknown): void => {
    scope.reply(interrupt, value);
  };
  const decide = (approval: Approval): void => {
    scope.decide(interrupt, approval);
  };
  const hitl = hitlOf(interrupt);
  if (hitl) return hitlView(interrupt, hitl, question, { decide, reply });
  switch (interrupt.kind) {
    case 'approval':
      return approvalView(interrupt, question, decide);
    case 'outcome-unknown':
      return outcomeView(interrupt, question, reply);
    default:
      return questionView(interrupt, question, reply);
  }
}

/** What to do about a run that the page, the network or the person cut off. */
function unfinishedView({ view, pending, busy, broken, helped, resume }: ConversationScope): unknown {
  if (!view.unfinished || busy || broken || helped || pending.length > 0) return nothing;
  return html`<p class="unfinished">
    ${strings.unfinished}
    <button part="resume" type="button" @click=${resume}>${strings.resume}</button>
  </p>`;
}

/** Another answer in the place of the last one. */
function againView({ view, busy, broken, generative, again }: ConversationScope): unknown {
  const isAnswered = view.messages.at(-1)?.role === 'assistant' && view.interrupts.length === 0 && !view.unfinished;
  if (!isAnswered || !generative || busy || broken) return nothing;
  return html`<button part="again" type="button" @click=${again}>${icons.again}${strings.again}</button>`;
}

/** The conversation of a thread. */
export function conversationView(scope: ConversationScope): unknown {
  const { view, pending, busy, reading, undo, rewording } = scope;
  const { messages, interrupts, streaming } = view;
  const empty = messages.length + interrupts.length + pending.length === 0 && streaming === '' && !busy;
  if (empty) return view.loaded && !scope.broken ? welcomeView(scope) : nothing;
  return html`${reading.from === 0 ? nothing : earlierView(reading)}
    <div class="messages" ?data-busy=${busy}>
      ${messagesView(messages, reading.from, { reader: reading, undo, rewording, busy })}
    </div>
    ${againView(scope)} ${pending.map(pendingView)} ${streamingView(streaming)} ${activityView(scope)}
    ${unfinishedView(scope)}
    ${repeat(
      interrupts,
      ({ id }) => id,
      (interrupt) => interruptView(interrupt, scope),
    )}`;
}

/** The button that leads a reader who has scrolled up back to the end. */
export function jumpView(jump: () => void): TemplateResult {
  return html`<button class="jump" type="button" aria-label=${strings.newest} title=${strings.newest} @click=${jump}>
    ${icons.down}
  </button>`;
}
