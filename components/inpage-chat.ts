/** `<inpage-chat>`: a conversation with an agent, its approvals, and the field to write in. Not registered here. */
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { createAgent } from '../src/client/index.ts';
import type { Agent, Thread, ThreadView, TurnResult } from '../src/client/index.ts';
import type { Approval, Grant, Interrupt } from '../src/core/index.ts';
import { announcement } from './announcement.ts';
import { requestOf } from './approval-view.ts';
import { BottomKeeper } from './bottom-keeper.ts';
import { controls } from './controls.styles.ts';
import { conversationView, jumpView } from './conversation-view.ts';
import { Download } from './download.ts';
import { Edits } from './edits.ts';
import { InpageDecisionEvent, InpageMessageEvent, InpageRunEndEvent, InpageThreadChangeEvent } from './events.ts';
import { footerView } from './footer-view.ts';
import { headerView } from './header-view.ts';
import { chatStyles } from './inpage-chat.styles.ts';
import { messageStyles } from './message.styles.ts';
import { modelMeaning, modelNow } from './model-view.ts';
import { downloadView, noticesOf, noticeView } from './notice-view.ts';
import { Permissions } from './permissions.ts';
import { permissionsView } from './permissions-view.ts';
import { permissionsStyles } from './permissions.styles.ts';
import { issuesOf, problemOf } from './problem.ts';
import { questionStyles } from './question.styles.ts';
import { Reading } from './reading.ts';
import { Readiness } from './readiness.ts';
import { Rewording } from './rewording.ts';
import { strings } from './strings.ts';
import { ThreadController } from './thread-controller.ts';
import type { Undo } from './tool-view.ts';
import { tokens } from './tokens.styles.ts';
import { Turns } from './turns.ts';

/** The agent and the thread that an element has turned to. */
interface Bound {
  readonly agent: Agent;
  readonly id: string;
  readonly thread: Thread;
}

/**
 * A conversation with an agent. It fills its container and takes light or dark from the page's `color-scheme`.
 *
 * Without an `agent` it makes one of its own, which outlives the element like any other agent of the page.
 *
 * @tag inpage-chat
 * @fires inpage-message - the person sent a message; `text`
 * @fires inpage-approve - the person approved, and `approval` is about to be given; `interrupt`; cancelable
 * @fires inpage-reject - the person rejected, and `approval` is about to be given; `interrupt`; cancelable
 * @fires inpage-run-end - a run ended; `status`, `error`
 * @fires inpage-thread-change - the element shows another thread; `thread`
 *
 * @csspart base - the outer frame
 * @csspart header - the line with the heading
 * @csspart model - the badge that says what answers
 * @csspart model-meaning - the same as a sentence, once the badge is pressed
 * @csspart notice - a sentence that the person should know
 * @csspart body - the scrolling conversation
 * @csspart starter - a button of the empty state
 * @csspart message - a message of any kind
 * @csspart message-user - a message of the person
 * @csspart message-assistant - a message of the assistant
 * @csspart message-tool - the result of a tool call
 * @csspart reword - the button that puts a message in other words
 * @csspart rewording - the form for that
 * @csspart again - the button that has the last message answered again
 * @csspart question - a question that waits for an answer
 * @csspart resume - the button that goes on with what was cut off
 * @csspart approve - the button that approves
 * @csspart reject - the button that rejects
 * @csspart edit - the button that shows the arguments as fields
 * @csspart fields - the arguments as fields
 * @csspart scope - for how long a yes holds
 * @csspart outcome-done - the button that says that a call was done after all
 * @csspart outcome-retry - the button that has it done again
 * @csspart outcome-cancel - the button that leaves it
 * @csspart undo - the button that takes a call back
 * @csspart permissions - the list of what may be done without asking
 * @csspart alert - what went wrong
 * @csspart retry - the button that tries again
 * @csspart download - the button that downloads the browser's own model; `cancel` and `reload` come after it
 * @csspart composer - the field to write in
 * @csspart send - the button that sends
 * @csspart stop - the button that stops, in the place of `send`
 * @csspart status - the line that says what happens
 *
 * @cssprop --inpage-accent - buttons and the focus ring
 * @cssprop --inpage-on-accent - text on the accent
 * @cssprop --inpage-surface - the ground of everything
 * @cssprop --inpage-text - the text; its quieter shades follow from it
 * @cssprop --inpage-danger - failures and what is dangerous
 * @cssprop --inpage-radius - the corner of a card
 * @cssprop --inpage-font - the font family
 * @cssprop --inpage-space - the unit of all distances
 *
 * @example
 * <inpage-chat heading="Shop assistant"></inpage-chat>
 */
export class InpageChat extends LitElement {
  static override styles = [tokens, controls, chatStyles, messageStyles, questionStyles, permissionsStyles];

  /** The agent to talk to. Without one, the element makes its own from `namespace` and `worker-url`. */
  @property({ attribute: false }) agent?: Agent;
  /** The id of the thread that is shown. By default the one that this browser used last. */
  @property({ reflect: true }) thread = '';
  /** The name at the top. */
  @property() heading: string = strings.heading;
  /** What the empty field says. */
  @property() placeholder: string = strings.placeholder;
  /** Selects the database of the element's own agent. */
  @property() namespace?: string;
  /** The URL of the worker of the element's own agent. */
  @property({ attribute: 'worker-url' }) workerUrl?: string;
  /** What an empty conversation says. */
  @property() welcome: string = strings.welcome;
  /** Up to four texts that an empty conversation offers to send. */
  @property({ attribute: false }) starters: readonly string[] = [];

  @state() private draft = '';
  @state() private status = '';
  /** The notices that the person has read. */
  @state() private dismissed: ReadonlySet<string> = new Set();
  @state() private meaningIsOpen = false;

  readonly #watch = new ThreadController(this, (view, before) => {
    this.#onView(view, before);
  });
  readonly #keeper = new BottomKeeper(
    this,
    () => this.#find('[part=body]'),
    () => this.#find('[part=question]'),
  );
  readonly #reading = new Reading(this);
  readonly #readiness = new Readiness(this);
  readonly #edits = new Edits(this);
  readonly #permissions = new Permissions(this, (error) => {
    this.#turns.say(problemOf(error));
  });
  #undo: Undo = {
    underWay: new Set(),
    run: (callId) => {
      this.#takeBack(callId);
    },
  };
  readonly #turns = new Turns(this);
  readonly #download = new Download(this, (error) => {
    if (error === undefined) this.status = strings.hasDownloaded;
    else {
      const { message, fix, details = { message, fix } } = problemOf(error);
      this.#turns.say({ message: strings.downloadFailed, fix: strings.failedFix, details });
    }
  });
  readonly #rewording = new Rewording(this, (messageId, text) => {
    this.#sendReworded(messageId, text);
  });
  #bound?: Bound;
  /** The thread that the element chose by itself, and may choose again when the agent changes. */
  #chosen = '';

  /**
   * Sends a message, or the input of a graph of your own, and resolves when the run ends or waits for an answer.
   * Rejects with an AgentError when it could not be sent; the element shows that as well.
   */
  async send(input: string | object, options?: { signal?: AbortSignal }): Promise<TurnResult> {
    const thread = await this.#thread();
    const turn = thread.send(input, options);
    this.#keeper.toBottom();
    return typeof input === 'string' ? this.#turns.sending(turn, input, this.#said()) : this.#turns.running(turn);
  }

  /** Answers an open interrupt; resolves like `send`. Approvals take an `Approval`. */
  async answer(interruptId: string, value: unknown): Promise<TurnResult> {
    const thread = await this.#thread();
    return this.#turns.answering(thread.answer(interruptId, value), interruptId);
  }

  /** Cancels the run of the thread, if there is one. */
  async stop(): Promise<void> {
    const thread = await this.#thread();
    await thread.stop();
  }

  /** Begins an empty thread, shows it and returns its id. The threads before are kept. */
  newThread(): string {
    const { agent } = this.#bind();
    this.#chosen = this.thread = agent.newThread().id;
    return this.thread;
  }

  /** Puts the focus into the field. */
  override focus(options?: FocusOptions): void {
    this.#find('[part=composer]')?.focus(options);
  }

  protected override willUpdate(): void {
    // On a server, where elements are rendered without being connected, no agent must be made.
    if (!this.isConnected) return;
    try {
      this.#bind();
    } catch (error) {
      this.#readiness.fail(error);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#bound === undefined || !(changed.has('thread') || changed.has('agent'))) return;
    this.dispatchEvent(new InpageThreadChangeEvent(this.thread));
  }

  /** Makes what is shown agree with `agent` and `thread`, which the page may set at any time. */
  #bind(): Bound {
    const agent = (this.agent ??= createAgent({
      ...(this.namespace === undefined ? {} : { namespace: this.namespace }),
      ...(this.workerUrl === undefined ? {} : { worker: this.workerUrl }),
    }));
    const other = this.#bound?.agent !== agent;
    if (this.thread === '' || (other && this.thread === this.#chosen)) this.#chosen = this.thread = agent.thread().id;
    if (this.#bound?.agent === agent && this.#bound.id === this.thread) return this.#bound;
    if (other) {
      this.#readiness.follow(agent);
      this.#download.cancel();
      this.dismissed = new Set();
    }
    this.#bound = { agent, id: this.thread, thread: agent.thread(this.thread) };
    this.#turns.reset();
    this.#rewording.end();
    this.#watch.follow(this.#bound.thread);
    if (this.#permissions.isOpen) this.#permissions.open(Promise.resolve(this.#bound.thread), agent);
    this.#keeper.toBottom();
    this.status = '';
    this.#reading.begin(0);
    return this.#bound;
  }

  /** The thread, once what the page has set is in place. */
  async #thread(): Promise<Thread> {
    // Properties that were set before the element was defined arrive with its first update.
    if (this.isConnected && !this.hasUpdated) await this.updateComplete;
    return this.#bind().thread;
  }

  #find(selector: string): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  /** How many messages of the person are shown. */
  #said(): number {
    return this.#watch.view.messages.filter(({ role }) => role === 'user').length;
  }

  #onView(view: ThreadView, before: ThreadView): void {
    this.status = announcement(before, view) ?? this.status;
    const { loaded, running, ended } = view;
    if (loaded && !before.loaded) this.#reading.begin(view.messages.length);
    if (running && !before.running) this.#turns.say(undefined);
    if (ended === undefined || ended === before.ended) return;
    if (ended.status === 'failed') this.#turns.say(problemOf(ended.error ?? strings.ended.failed));
    this.dispatchEvent(new InpageRunEndEvent(ended.status, ended.error));
  }

  /** Sends what the person wrote or chose. */
  readonly #submit = (text: string): void => {
    const said = text.trim();
    if (said === '') return;
    if (text === this.draft) this.draft = '';
    this.status = strings.sent;
    this.send(said).catch(() => {
      // Why is shown already. What was written must not be lost, nor overwrite what was written since.
      if (this.draft === '') this.draft = text;
      this.status = strings.ended.failed;
    });
    this.dispatchEvent(new InpageMessageEvent(said));
  };

  readonly #type = (draft: string): void => {
    this.draft = draft;
  };

  readonly #submitDraft = (): void => {
    this.#submit(this.draft);
  };

  readonly #halt = (): void => {
    this.stop().catch((error: unknown) => {
      this.#turns.say(problemOf(error));
    });
  };

  readonly #resume = (): void => {
    this.#run((thread) => thread.resume());
  };

  readonly #again = (): void => {
    this.#run((thread) => thread.regenerate());
  };

  /** Has a thread go on. */
  #run(work: (thread: Thread) => Promise<TurnResult>): void {
    // The button is about to go, and would drop the focus.
    this.focus({ preventScroll: true });
    this.#turns.running(this.#thread().then(work)).catch(() => {
      this.status = strings.ended.failed;
    });
  }

  /** Sends a message in other words, in a copy of the thread up to before it. */
  #sendReworded(messageId: string, text: string): void {
    // The form is about to go, and would drop the focus.
    this.focus({ preventScroll: true });
    const { agent } = this.#bind();
    const copied = this.#thread().then((thread) => thread.branch(messageId));
    copied.then(
      (copy) => {
        // Whoever has turned elsewhere in the meantime stays there.
        if (this.#rewording.messageId !== messageId || this.#bind().agent !== agent) return;
        this.#chosen = this.thread = copy.id;
        this.#submit(text);
        this.status = strings.reworded;
      },
      (error: unknown) => {
        this.#turns.say(problemOf(error));
      },
    );
  }

  readonly #beginDownload = (): void => {
    this.#download.begin(this.#bind().agent);
    void this.updateComplete.then(() => this.#find('[part=cancel]')?.focus());
  };

  #dismiss(text: string): void {
    this.dismissed = new Set([...this.dismissed, text]);
    this.focus({ preventScroll: true });
  }

  readonly #decide = (interrupt: Interrupt, approval: Approval): void => {
    const isYes = approval.decision === 'approve';
    const event = new InpageDecisionEvent(isYes ? 'inpage-approve' : 'inpage-reject', interrupt, approval);
    if (!this.dispatchEvent(event)) return;
    this.#reply(interrupt, approval, isYes ? strings.approved : strings.rejected);
  };

  /** Takes a call back; what keeps the tool from doing so is said like any other problem. */
  #takeBack(callId: string): void {
    const mark = (isUnderWay: boolean): void => {
      const underWay = new Set(this.#undo.underWay);
      if (isUnderWay) underWay.add(callId);
      else underWay.delete(callId);
      this.#undo = { ...this.#undo, underWay };
      this.requestUpdate();
    };
    mark(true);
    // The button is about to be disabled, and then to go.
    this.focus({ preventScroll: true });
    this.#thread()
      .then((thread) => thread.undo(callId))
      .then(
        () => {
          this.status = strings.undone;
        },
        (error: unknown) => {
          this.#turns.say(problemOf(error));
        },
      )
      .finally(() => {
        mark(false);
      });
  }

  readonly #togglePermissions = (): void => {
    if (this.#permissions.isOpen) {
      this.#closePermissions();
      return;
    }
    this.#permissions.open(this.#thread(), this.#bind().agent);
    void this.updateComplete.then(() => this.#find('[part=permissions]')?.focus());
  };

  readonly #closePermissions = (): void => {
    this.#permissions.close();
    this.#find(`[aria-label="${strings.permissions}"]`)?.focus();
  };

  #reply(interrupt: Interrupt, value: unknown, said: string): void {
    const { id } = interrupt;
    this.status = said;
    // The button or field is about to be disabled, and would drop the focus.
    this.focus({ preventScroll: true });
    this.answer(id, value).catch((error: unknown) => {
      this.status = strings.ended.failed;
      const request = requestOf(interrupt);
      const issues = issuesOf(error);
      if (!request || issues.length === 0) return;
      this.#edits.refuse(id, request, issues);
      // What the host says is for whoever calls the tool.
      this.#turns.say({ message: strings.mendFields, fix: '' });
    });
  }

  readonly #begin = (): void => {
    this.newThread();
    this.focus();
  };

  readonly #toggleMeaning = (): void => {
    this.meaningIsOpen = !this.meaningIsOpen;
  };

  readonly #revoke = (grant: Grant): void => {
    this.#permissions.revoke(this.#thread(), grant);
    this.#find('[part=permissions]')?.focus();
  };

  protected override render(): TemplateResult {
    const { ready, error } = this.#readiness;
    const { view } = this.#watch;
    const busy = view.running || this.#turns.busy;
    return html`<section part="base" aria-label=${this.heading}>
      ${headerView({
        heading: this.heading,
        model: ready && modelNow(ready, view),
        isOpen: { model: this.meaningIsOpen, permissions: this.#permissions.isOpen },
        broken: error !== undefined,
        begin: this.#begin,
        permissions: this.#togglePermissions,
        meaning: this.#toggleMeaning,
      })}
      ${downloadView(ready, this.#download, {
        begin: this.#beginDownload,
        back: () => {
          this.focus({ preventScroll: true });
        },
      })}
      ${noticesOf(ready, view)
        .filter((text) => !this.dismissed.has(text))
        .map((text) =>
          noticeView(text, () => {
            this.#dismiss(text);
          }),
        )}
      <div class="frame">
        <div part="body" role="log" aria-live="off" aria-label=${strings.conversation} tabindex="0">
          <div class="flow">${this.#conversation(busy)}</div>
        </div>
        ${this.#keeper.atBottom ? nothing : jumpView(this.#jump)}
        ${
          this.#permissions.isOpen
            ? permissionsView(
                this.#permissions.grants,
                this.#bind().agent.verticals.list(),
                this.#revoke,
                this.#closePermissions,
              )
            : nothing
        }
      </div>
      ${footerView({
        problem: error ? problemOf(error) : this.#turns.problem,
        remedies: {
          resume: view.unfinished && !busy ? this.#resume : undefined,
          begin: busy ? undefined : this.#begin,
        },
        status: this.status,
        draft: this.draft,
        placeholder: this.placeholder,
        busy,
        disabled: error !== undefined,
        type: this.#type,
        send: this.#submitDraft,
        stop: this.#halt,
      })}
    </section>`;
  }

  readonly #jump = (): void => {
    this.#keeper.toBottom();
    // The button goes, and must not take the focus with it.
    this.#find('[part=body]')?.focus({ preventScroll: true });
  };

  #conversation(busy: boolean): unknown {
    return conversationView({
      view: this.#watch.view,
      pending: this.#turns.pending(this.#said()),
      busy,
      broken: this.#readiness.error !== undefined,
      welcome: this.welcome,
      starters: this.starters,
      generative: this.#readiness.ready?.model.generative === true,
      helped: this.#turns.problem?.way !== undefined,
      hint: this.#readiness.ready ? modelMeaning(this.#readiness.ready.model) : '',
      reading: this.#reading,
      answering: (id) => this.#turns.answers(id),
      send: this.#submit,
      edits: this.#edits,
      undo: this.#undo,
      decide: this.#decide,
      reply: (interrupt, value) => {
        this.#reply(interrupt, value, strings.answered);
      },
      rewording: this.#rewording,
      resume: this.#resume,
      again: this.#again,
    });
  }
}
