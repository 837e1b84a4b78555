/** `<inpage-workflow>`: a workflow that a person starts, follows and answers. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { createAgent } from '../src/client/index.ts';
import type {
  Agent,
  AgentWorkflows,
  Thread,
  ThreadView,
  WorkflowOutline,
  WorkflowSource,
} from '../src/client/index.ts';
import { AgentError, isRecord } from '../src/core/index.ts';
import { controls } from './controls.styles.ts';
import { DoneBefore } from './done-before.ts';
import { InpageRunEndEvent, InpageThreadChangeEvent } from './events.ts';
import { flowView, isOver } from './flow-view.ts';
import { progressStyles } from './inpage-progress.styles.ts';
import { workflowStyles } from './inpage-workflow.styles.ts';
import { LateQuestions } from './late-questions.ts';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { problemView } from './problem-view.ts';
import { Reading } from './reading.ts';
import { others } from './strings/en-others.ts';
import { questions } from './strings/en-questions.ts';
import { WordedElement } from './strings/index.ts';
import type { Strings } from './strings/index.ts';
import { ThreadController } from './thread-controller.ts';
import { tokens } from './tokens.styles.ts';
import { inWords } from './words.ts';

/** What decides which workflow it is. */
const WHICH = ['agent', 'src', 'source', 'workflow', 'namespace'] as const;

const noWorkflow = (strings: Strings): AgentError =>
  new AgentError('invalid-option', strings.noWorkflow, { fix: strings.noWorkflowFix });

const noObject = (): AgentError =>
  new AgentError('invalid-option', 'What the workflow should begin with is no object of JSON.', {
    fix: 'Write the attribute as in data=\'{"what":"tea"}\', with its names in double quotes.',
  });

/** A workflow that has been read. */
interface Opened {
  readonly source: WorkflowSource;
  readonly workflows: AgentWorkflows;
  readonly outline: WorkflowOutline;
  readonly thread: Thread;
}

/**
 * A workflow: its nodes, how far it has come, and the questions that it asks. After a reload it goes on where it was.
 *
 * Its text comes from `src`, from the property `source`, or from a script of a type of data inside it.
 *
 * @tag inpage-workflow
 * @fires inpage-approve - the person approved, and `approval` is about to be given; `interrupt`; cancelable
 * @fires inpage-reject - the person rejected, and `approval` is about to be given; `interrupt`; cancelable
 * @fires inpage-run-end - a run ended; `status`, `error`
 * @fires inpage-thread-change - the element shows another thread; `thread`
 *
 * @csspart base - the outer frame
 * @csspart bar - how far it has come
 * @csspart start - the button that starts it
 * @csspart resume - the button that goes on with what was cut off
 * @csspart stop - the button that stops it
 * @csspart question - a question that waits for an answer
 * @csspart alert - what went wrong
 * @csspart status - the line that says what happens
 *
 * @example
 * <inpage-workflow src="flows/order.yaml" data='{"what":"tea"}'></inpage-workflow>
 * @example
 * <inpage-workflow>
 *   <script type="application/yaml">
 *     hello: { nodes: [{ id: ask, type: hitl, hitl_type: input, prompt: Who are you? }] }
 *   </script>
 * </inpage-workflow>
 */
export class InpageWorkflow extends WordedElement {
  protected static override readonly english = [others, questions];
  static override properties: PropertyDeclarations = {
    agent: { attribute: false },
    namespace: {},
    src: {},
    source: { attribute: false },
    workflow: {},
    thread: { reflect: true },
    data: { type: Object },
    by: {},
    heading: {},
    problem: { state: true },
    status: { state: true },
    opened: { state: true },
    busy: { state: true },
  };
  static override styles = [tokens, controls, progressStyles, workflowStyles];

  /** The agent that runs it. Without one, the element makes its own from `namespace`. */
  agent?: Agent;
  /** Selects the database of the element's own agent. */
  namespace?: string;
  /** The address of the file, relative to the page. */
  src = '';
  /** The text, or the document; it comes before `src`. */
  source?: WorkflowSource;
  /** Which workflow of the document; not needed where it has only one. */
  workflow?: string;
  /** The id of the thread that it runs on. By default one by its name, so that a reload finds it again. */
  thread = '';
  /** What it begins with. */
  data: Readonly<Record<string, unknown>> = {};
  /** Who answers, for the record, such as a user id. */
  by?: string;
  /** The name at the top. By default that of the workflow. */
  heading = '';

  private problem: Problem | undefined;
  private status = '';
  private opened: Opened | undefined;
  private busy = false;

  readonly #watch = new ThreadController(this, (view, before) => {
    this.#onView(view, before);
  });
  readonly #before = new DoneBefore(this);
  readonly #reading = new Reading(this);
  readonly #questions = new LateQuestions(
    this,
    {
      answer: (id, value) => this.answer(id, value),
      begun: (said) => {
        this.status = said;
        this.#back();
      },
      failed: () => {
        this.status = this.words.ended.failed;
      },
      refused: () => {
        this.problem = { message: this.words.mendFields, fix: '' };
      },
    },
    (error) => {
      this.problem = problemOf(error, this.words);
    },
  );
  readonly #answering = new Set<string>();
  #opening: Promise<Opened> | undefined;

  /** The nodes of the workflow, for whoever shows its progress elsewhere. */
  get outline(): WorkflowOutline | undefined {
    return this.opened?.outline;
  }

  /** Starts the workflow anew, on the same thread. Resolves when it ends or waits for an answer. */
  async start(data = this.data): Promise<void> {
    this.status = this.words.started;
    await this.#run(({ workflows, source, thread }) => {
      // An attribute that cannot be read comes as null.
      if (!isRecord(data)) throw noObject();
      return workflows.execute(source, data, { ...this.#which(), threadId: thread.id });
    });
  }

  /** Goes on with what was cut off, stopped or has failed. */
  async resume(): Promise<void> {
    await this.#run(({ workflows, source, thread }) => workflows.resume(source, thread.id, {}, this.#which()).result);
  }

  /** Answers an open question. */
  async answer(interruptId: string, value: unknown): Promise<void> {
    this.#answering.add(interruptId);
    try {
      await this.#run(({ workflows, source, thread }) => {
        const by = this.by === undefined ? {} : { by: this.by };
        return workflows.resume(source, thread.id, { [interruptId]: value }, { ...this.#which(), ...by }).result;
      });
    } finally {
      this.#answering.delete(interruptId);
      this.requestUpdate();
    }
  }

  /** Stops what runs. What was done is kept. */
  async stop(): Promise<void> {
    const { workflows, thread } = await this.#open();
    await workflows.cancel(thread.id);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // On a server, where elements are rendered without being connected, no agent must be made.
    if (!this.isConnected) return;
    const isOther = WHICH.some((name) => changed.has(name));
    const isElsewhere = changed.has('thread') && this.opened !== undefined && this.thread !== this.opened.thread.id;
    if (!isOther && !isElsewhere && this.#opening) return;
    const opening = this.#read();
    this.#opening = opening;
    opening.then(
      (opened) => {
        if (opening === this.#opening) this.#show(opened);
      },
      (error: unknown) => {
        if (opening === this.#opening) this.problem = problemOf(error, this.words);
      },
    );
  }

  #which(): { readonly workflow?: string } {
    return this.workflow === undefined ? {} : { workflow: this.workflow };
  }

  #sourceOf(): WorkflowSource {
    if (this.source !== undefined) return this.source;
    if (this.src !== '') return new URL(this.src, document.baseURI);
    return this.querySelector('script')?.textContent ?? '';
  }

  async #read(): Promise<Opened> {
    this.agent ??= createAgent(this.namespace === undefined ? {} : { namespace: this.namespace });
    const source = this.#sourceOf();
    const workflows = await this.agent.workflows();
    // What has been begun goes on as it was begun, whatever the page says by now.
    let kept = this.thread === '' ? undefined : await workflows.documentOf(this.thread);
    if (!kept && source === '') throw noWorkflow(this.words);
    const given = kept ?? (await workflows.read(source));
    const { name } = await workflows.outline(given, this.workflow);
    const id = this.thread === '' ? `workflow:${name}` : this.thread;
    kept ??= await workflows.documentOf(id);
    const document = kept ?? given;
    const outline = await workflows.outline(document, this.workflow);
    const thread = await workflows.thread(document, id, this.workflow);
    return { source: document, workflows, outline, thread };
  }

  #show(opened: Opened): void {
    this.opened = opened;
    this.thread = opened.thread.id;
    this.problem = undefined;
    this.#before.follow(opened.thread);
    this.#watch.follow(opened.thread);
    this.dispatchEvent(new InpageThreadChangeEvent(this.thread));
  }

  /** The workflow, once what the page has set is in place. */
  async #open(): Promise<Opened> {
    // Properties that were set before the element was defined arrive with its first update.
    if (this.isConnected && !this.hasUpdated) await this.updateComplete;
    if (this.#opening) return this.#opening;
    throw noWorkflow(this.words);
  }

  async #run(work: (opened: Opened) => Promise<unknown>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      await work(await this.#open());
    } catch (error) {
      this.problem = problemOf(error, this.words);
      throw error;
    } finally {
      this.busy = false;
    }
  }

  #onView(view: ThreadView, before: ThreadView): void {
    this.#before.onView(view, before);
    const { ended } = view;
    const { words } = this;
    if (view.interrupts.length > before.interrupts.length) this.status = words.asksAnswer;
    if (ended === undefined || ended === before.ended) return;
    this.status = words.ended[ended.status];
    if (ended.status === 'failed') this.problem = problemOf(ended.error ?? words.ended.failed, words);
    this.dispatchEvent(new InpageRunEndEvent(ended.status, ended.error));
  }

  /** A button that was pressed is about to go or to be disabled, and would drop the focus. */
  #back(): void {
    this.shadowRoot?.querySelector<HTMLElement>('[part=base]')?.focus({ preventScroll: true });
  }

  /** What is shown already needs not be told again. */
  #press(work: Promise<void>): void {
    this.#back();
    work.catch(() => undefined);
  }

  protected override render(): TemplateResult {
    const { view } = this.#watch;
    const { outline } = this.opened ?? {};
    const strings = this.words;
    const name = this.heading === '' ? inWords(outline?.name ?? '') : this.heading;
    return html`<section part="base" tabindex="-1" aria-label=${name} dir=${strings.dir === 'rtl' ? 'rtl' : nothing}>
      <div class="head">
        <div>
          <h2 dir="auto">${name}</h2>
          ${outline?.description ? html`<p class="about" dir="auto">${outline.description}</p>` : nothing}
        </div>
        ${this.#actions(view)}
      </div>
      ${outline ? html`<div>${flowView({ outline, view, before: this.#before.tasks, strings })}</div>` : nothing}
      <div class="questions">
        ${this.#questions.view(view.interrupts, {
          reader: this.#reading,
          answering: (id) => this.#answering.has(id),
        })}
      </div>
      <div>
        ${problemView(this.problem, { resume: undefined, begin: undefined }, strings)}
        <p part="status" role="status"><bdi>${this.status}</bdi></p>
      </div>
    </section>`;
  }

  #actions(view: ThreadView): TemplateResult {
    const strings = this.words;
    const busy = this.busy || view.running;
    const button = (part: string, text: string, work: () => Promise<void>, kind = ''): TemplateResult =>
      html`<button
        part=${part}
        class=${kind}
        type="button"
        @click=${() => {
          this.#press(work());
        }}
      >
        ${text}
      </button>`;
    const isAsked = view.interrupts.length > 0;
    return html`<div class="buttons">
      ${busy && view.running ? button('stop', strings.stop, () => this.stop()) : nothing}
      ${!busy && view.unfinished ? button('resume', strings.resume, () => this.resume(), 'primary') : nothing}
      ${
        busy || isAsked || view.unfinished || !view.loaded
          ? nothing
          : button(
              'start',
              isOver(view) ? strings.startAgain : strings.start,
              () => this.start(),
              isOver(view) ? '' : 'primary',
            )
      }
    </div>`;
  }
}
