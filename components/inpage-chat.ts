/** `<inpage-chat>`: a conversation with an agent, its approvals, and the field to write in. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Agent, SendOptions, ThreadView, TurnResult } from '../src/client/index.ts';
import { announcement } from './announcement.ts';
import { Binding } from './binding.ts';
import type { Bound } from './binding.ts';
import { BottomKeeper } from './bottom-keeper.ts';
import { composerStyles } from './composer.styles.ts';
import { controls } from './controls.styles.ts';
import { conversationView, jumpView } from './conversation-view.ts';
import { InpageRunEndEvent, InpageThreadChangeEvent } from './events.ts';
import { footerView } from './footer-view.ts';
import { goingOn } from './going-on.ts';
import { headerView } from './header-view.ts';
import type { HeaderAction } from './header-view.ts';
import { chatStyles } from './inpage-chat.styles.ts';
import { Markdown } from './markdown-controller.ts';
import { messageStyles } from './message.styles.ts';
import { modelMeaning, modelNow } from './model-view.ts';
import { LateFiles } from './late-files.ts';
import { LateNotices } from './late-notices.ts';
import { LatePermissions } from './late-permissions.ts';
import { LateQuestions } from './late-questions.ts';
import { LateToast } from './late-toast.ts';
import { lateProblem } from './late-problem.ts';
import { Reading } from './reading.ts';
import { Readiness } from './readiness.ts';
import { Rewording } from './rewording.ts';
import { Sending } from './sending.ts';
import { States } from './states.ts';
import { StatusLine } from './status-line.ts';
import { WordedElement } from './strings/index.ts';
import { ThreadController } from './thread-controller.ts';
import { tokens } from './tokens.styles.ts';
import { toolStyles } from './tool.styles.ts';
import { Turns } from './turns.ts';
import { Undoing } from './undoing.ts';
import { Why } from './why.ts';

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
 * @csspart offline - the notice that the model that answers is out of reach
 * @csspart body - the scrolling conversation
 * @csspart starter - a button of the empty state
 * @csspart suggestion - a button under the last answer
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
 * @csspart toast - what was done just now and can be taken back, by `toast-undo`
 * @csspart why - the reasons of the rule-based assistant, behind the question for them
 * @csspart permissions - the list of what may be done without asking
 * @csspart alert - what went wrong
 * @csspart retry - the button that tries again
 * @csspart download - the button that downloads the browser's own model; `cancel` and `reload` come after it
 * @csspart composer - the field to write in
 * @csspart add-files - the button that adds files to the message, where `accept` is set
 * @csspart file - a file, in the composer or in a message
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
 * @cssstate busy - a run is under way
 * @cssstate streaming - an answer is being written
 * @cssstate waiting - a question waits for an answer
 *
 * @example
 * <inpage-chat heading="Shop assistant"></inpage-chat>
 */
export class InpageChat extends WordedElement {
  // Decorators would bring half a kilobyte to the first load, for what a list says as well.
  static override properties = {
    agent: { attribute: false },
    thread: { reflect: true },
    heading: {},
    placeholder: {},
    namespace: {},
    workerUrl: { attribute: 'worker-url' },
    welcome: {},
    accept: {},
    starters: { attribute: false },
    suggestions: { attribute: false },
    actions: { attribute: false },
  };
  static override styles = [tokens, controls, chatStyles, composerStyles, messageStyles, toolStyles];

  /** The agent to talk to. Without one, the element makes its own from `namespace` and `worker-url`. */
  agent?: Agent;
  /** The id of the thread that is shown. By default the one that this browser used last. */
  thread = '';
  /** The name at the top. */
  heading?: string;
  /** What the empty field says. */
  placeholder?: string;
  /** Selects the database of the element's own agent. */
  namespace?: string;
  /** The URL of the worker of the element's own agent. */
  workerUrl?: string;
  /** What an empty conversation says. */
  welcome?: string;
  /**
   * The kinds of files that a person can add to a message, as in the attribute of a file field: `image/*,.pdf`, or empty for
   * all. They can while a language model answers; up to eight, of up to 10 MB each. Without it nothing can be added.
   */
  accept?: string;
  /** Up to four texts that an empty conversation offers to send. */
  starters: readonly string[] = [];
  /**
   * Up to four texts that are offered to send under the last answer, while nothing runs or waits. They go with the next message and
   * with another thread; set others at any time, as on `inpage-run-end`.
   */
  suggestions: readonly string[] = [];

  /** @ignore What an `<inpage-agent>` around it adds to its head. */
  actions: readonly HeaderAction[] = [];

  /** Where the focus goes when a button that was pressed goes. */
  readonly #back = (): void => {
    this.focus({ preventScroll: true });
  };
  readonly #states = new States(this);
  readonly #status = new StatusLine(this);
  readonly #turns = new Turns(this);
  readonly #binding = new Binding(this, (bound, isOtherAgent) => {
    this.#turn(bound, isOtherAgent);
  });
  readonly #goingOn = goingOn(this.#binding, this.#turns, this.#status, this.#back);
  readonly #watch = new ThreadController(this, (view, before) => {
    this.#onView(view, before);
  });
  readonly #keeper = new BottomKeeper(
    this,
    () => this.#find('[part=body]'),
    () => (this.#watch.view.interrupts.length > 0 ? this.#find('[part=question]') : null),
  );
  readonly #reading = new Reading(this);
  readonly #markdown = new Markdown(this);
  readonly #readiness = new Readiness(this);
  readonly #permissions = new LatePermissions(this, this.#binding, this.#turns.say);
  readonly #toast = new LateToast(this, (words) => {
    this.#status.say(words, true);
  });
  readonly #files = new LateFiles(this, { tell: this.#status.say, refuse: this.#turns.say, back: this.#back });
  readonly #sending = new Sending(this, this.#status, this.#files);
  readonly #why = new Why(this, this.#binding.thread);
  readonly #undo = new Undoing(this, {
    thread: this.#binding.thread,
    begun: this.#back,
    done: () => {
      this.#status.say(this.words.undone);
    },
    failed: (error) => {
      this.#toast.close();
      this.#turns.say(error);
    },
  });
  readonly #questions = new LateQuestions(
    this,
    {
      answer: (id, value) => this.answer(id, value),
      begun: (said) => {
        this.#status.say(said);
        this.#back();
      },
      failed: this.#status.fail,
      refused: () => {
        // What the host says is for whoever calls the tool.
        this.#turns.say({ message: this.words.mendFields, fix: '' });
      },
    },
    this.#turns.say,
  );
  readonly #notices = new LateNotices(this, {
    agent: () => this.#binding.bind().agent,
    back: this.#back,
    say: this.#status.say,
    fail: this.#turns.say,
  });
  readonly #rewording = new Rewording(this, {
    binding: this.#binding,
    back: this.#back,
    submit: this.#sending.submit,
    say: this.#status.say,
    fail: this.#turns.say,
  });

  /**
   * Sends a message, or the input of a graph of your own, and resolves when the run ends or waits for an answer.
   * Rejects with an AgentError when it could not be sent; the element shows that as well.
   */
  async send(input: string | object, options: SendOptions = {}): Promise<TurnResult> {
    const thread = await this.#binding.thread();
    const turn = thread.send(input, options);
    this.#keeper.toBottom();
    this.suggestions = [];
    if (typeof input !== 'string') return this.#turns.running(turn);
    const names = options.files?.map((file) => (file as Partial<File>).name) ?? [];
    return this.#turns.sending(turn, [input, ...names].filter(Boolean).join('\n'), this.#said());
  }

  /** Answers an open interrupt; resolves like `send`. Approvals take an `Approval`. */
  async answer(interruptId: string, value: unknown): Promise<TurnResult> {
    const thread = await this.#binding.thread();
    return this.#turns.answering(thread.answer(interruptId, value), interruptId);
  }

  /** Cancels the run of the thread, if there is one. */
  async stop(): Promise<void> {
    const thread = await this.#binding.thread();
    await thread.stop();
  }

  /** Begins an empty thread, shows it and returns its id. The threads before are kept. */
  newThread(): string {
    return this.#binding.choose(this.#binding.bind().agent.newThread().id);
  }

  /** Puts the focus into the field. */
  override focus(options?: FocusOptions): void {
    this.#find('[part=composer]')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // On a server, where elements are rendered without being connected, no agent must be made.
    if (!this.isConnected) return;
    try {
      this.#binding.bind();
    } catch (error) {
      this.#readiness.fail(error);
    }
    if (changed.has('thread') && !changed.has('suggestions')) this.suggestions = [];
    const { ready } = this.#readiness;
    this.#why.isOffered = ready !== undefined && !modelNow(ready, this.#watch.view).generative;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { running, streaming, interrupts } = this.#watch.view;
    this.#states.set('busy', running || this.#turns.busy);
    this.#states.set('streaming', streaming !== '');
    this.#states.set('waiting', interrupts.length > 0);
    if (!this.#binding.bound || !(changed.has('thread') || changed.has('agent'))) return;
    this.dispatchEvent(new InpageThreadChangeEvent(this.thread));
  }

  /** Shows another thread. */
  #turn({ agent, thread }: Bound, isOtherAgent: boolean): void {
    if (isOtherAgent) {
      this.#readiness.follow(agent);
      this.#notices.reset();
    }
    this.#turns.reset();
    this.#rewording.end();
    this.#toast.close();
    this.#watch.follow(thread);
    this.#permissions.follow();
    this.#keeper.toBottom();
    this.#status.say('');
    this.#reading.begin(0);
  }

  #find(selector: string): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  /** How many messages of the person are shown. */
  #said(): number {
    return this.#watch.view.messages.filter(({ role }) => role === 'user').length;
  }

  #onView(view: ThreadView, before: ThreadView): void {
    const said = announcement(before, view, this.words);
    this.#toast.follow(before, view);
    // That it is done is said with what was done, once.
    const isTold = said === this.words.ended.completed && this.#toast.isBusy;
    if (said !== undefined && !isTold) this.#status.say(said);
    const { loaded, running, ended } = view;
    if (loaded && !before.loaded) this.#reading.begin(view.messages.length);
    if (running && !before.running) this.#turns.say(undefined);
    if (ended === undefined || ended === before.ended) return;
    if (ended.status === 'failed') this.#turns.say(ended.error ?? this.words.ended.failed);
    this.dispatchEvent(new InpageRunEndEvent(ended.status, ended.error));
  }

  /** Sends a text that is offered. */
  readonly #choose = (text: string): void => {
    // The button goes, and must not take the focus with it.
    this.#keeper.focus();
    this.#sending.submit(text);
  };

  readonly #halt = (): void => {
    this.stop().catch(this.#turns.say);
  };

  readonly #showEarlier = (): void => {
    const first = this.#find('article');
    if (first) this.#keeper.hold(first);
    this.#reading.showEarlier();
    void this.updateComplete.then(() => {
      // Where there is nothing before it any more, the button has gone, and the focus with it.
      if (this.#reading.from === 0) this.#keeper.focus();
    });
  };

  readonly #begin = (): void => {
    this.newThread();
    this.focus();
  };

  #meaningIsOpen = false;
  readonly #toggleMeaning = (): void => {
    this.#meaningIsOpen = !this.#meaningIsOpen;
    this.requestUpdate();
  };

  protected override render(): TemplateResult {
    const { words: strings, heading = strings.heading, placeholder = strings.placeholder } = this;
    const { ready, error } = this.#readiness;
    const { view } = this.#watch;
    const model = ready && modelNow(ready, view);
    const busy = view.running || this.#turns.busy;
    return html`<section part="base" dir=${strings.dir === 'rtl' ? 'rtl' : nothing} aria-label=${heading}>
      ${headerView({
        strings,
        heading,
        model,
        messages: view.messages,
        isOpen: { model: this.#meaningIsOpen, permissions: this.#permissions.isOpen },
        broken: error !== undefined,
        actions: this.actions,
        begin: this.#begin,
        permissions: this.#permissions.toggle,
        meaning: this.#toggleMeaning,
      })}
      ${this.#notices.view(ready, view, model)}
      <div class="frame">
        <div part="body" role="log" aria-live="off" aria-label=${strings.conversation} tabindex="0">
          <div class="flow">${this.#conversation(busy)}</div>
        </div>
        ${this.#keeper.atBottom ? nothing : jumpView(this.#keeper.jump, strings)} ${this.#permissions.view() || nothing}
      </div>
      ${footerView({
        element: this,
        problem: error ? lateProblem(error, this.words) : this.#turns.problem,
        remedies: {
          resume: view.unfinished && !busy ? this.#goingOn.resume : undefined,
          begin: busy ? undefined : this.#begin,
        },
        status: this.#status,
        toast: this.#toast.view(this.#undo, this.#back),
        draft: this.#sending.draft,
        files: this.#files.composer(model?.generative ? this.accept : undefined),
        isSendable: this.#sending.isSendable,
        strings,
        placeholder,
        busy,
        disabled: error !== undefined,
        type: this.#sending.type,
        send: this.#sending.submitDraft,
        stop: this.#halt,
      })}
    </section>`;
  }

  #conversation(busy: boolean): unknown {
    return conversationView({
      view: this.#watch.view,
      pending: this.#turns.pending(this.#said()),
      busy,
      broken: this.#readiness.error !== undefined,
      welcome: this.welcome ?? this.words.welcome,
      starters: this.starters,
      suggestions: this.suggestions,
      generative: this.#readiness.ready?.model.generative === true,
      helped: this.#turns.problem?.way !== undefined,
      hint: this.#readiness.ready ? modelMeaning(this.#readiness.ready.model, this.words) : '',
      reading: this.#reading,
      showEarlier: this.#showEarlier,
      markdown: this.#markdown,
      answering: (id) => this.#turns.answers(id),
      choose: this.#choose,
      questions: this.#questions,
      undo: this.#undo,
      why: this.#why,
      rewording: this.#rewording,
      files: this.#files,
      resume: this.#goingOn.resume,
      again: this.#goingOn.again,
    });
  }
}
