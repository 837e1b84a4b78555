/** `<inpage-trace>`: what a thread has done, version by version. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Agent } from '../src/client/index.ts';
import { controls } from './controls.styles.ts';
import { ChatFollower } from './follow-chat.ts';
import { InpageForkEvent } from './fork-event.ts';
import { addStyles } from './late-styles.ts';
import { others } from './strings/en-others.ts';
import { WordedElement } from './strings/index.ts';
import { tokens } from './tokens.styles.ts';
import type * as panel from './trace/panel.ts';
import type { TracePanel } from './trace/panel.ts';

type Module = typeof panel;

let loading: Promise<Module> | undefined;

/** Loads what it shows once for all elements; what could not be loaded is tried again by whoever asks next. */
function loadPanel(): Promise<Module> {
  return (loading ??= import('./trace/panel.ts').catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));
}

/**
 * The timeline of a thread: its runs, steps, tool and model calls with how long they took, what each version wrote, how
 * things stood then, and what was different from another version. From each of them one can go on in a copy.
 *
 * How long something took is known of what happens while the element is in the page; of what was stored before, a
 * conversation tells about how long. It fills the height of its container; without one it is as high as it needs, up to
 * that of the window. What it shows is loaded with the first element of a page.
 *
 * @tag inpage-trace
 * @fires inpage-fork - the person had the thread copied up to a version; `thread`, `from`, `version`; cancelable: the
 *   copy stays, and is not shown
 *
 * @csspart base - the outer frame
 * @csspart header - the line above the timeline
 * @csspart export - the button that saves it as JSON
 * @csspart timeline - the scrolling list of runs
 * @csspart entry - the button of one version
 * @csspart detail - what is told of the chosen one
 * @csspart fork - the button that goes on from there in a copy
 * @csspart alert - what went wrong
 *
 * @example
 * <inpage-chat id="chat"></inpage-chat>
 * <inpage-trace for="chat"></inpage-trace>
 */
export class InpageTrace extends WordedElement {
  protected static override readonly english = [others];
  static override styles = [tokens, controls];

  /** The agent of the thread; not needed with `for`. */
  @property({ attribute: false }) agent?: Agent;
  /** The id of the thread. By default the one that this browser used last. */
  @property() thread = '';
  /** The id of an `<inpage-chat>` or `<inpage-workflow>` whose agent and thread to follow, and to show copies in. */
  @property() for = '';

  readonly #chat = new ChatFollower(this);
  #panel: TracePanel | undefined;
  #module: Module | undefined;
  #hasFailed = false;
  /** Which thread is followed, by what the page has set. */
  #followed: readonly [agent: Agent | undefined, thread: string] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.#retry);
    this.#retry();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#retry);
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    const words = this.isConnected ? this.#module?.runWords.load(this) : undefined;
    return words ? words.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.#chat.copy();
    if (!this.#module) return;
    addStyles(this, this.#module.traceStyles);
    this.#panel ??= new this.#module.TracePanel(this, {
      forked: ({ id }, version) => {
        this.#show(id, version);
      },
    });
    const { agent, thread } = this;
    if (this.#followed?.[0] === agent && this.#followed?.[1] === thread) return;
    this.#followed = [agent, thread];
    this.#panel.follow(agent?.thread(thread === '' ? undefined : thread));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.#panel) return this.#panel.view();
    return this.#hasFailed ? html`<p part="alert" role="alert">${this.words.startFix}</p>` : nothing;
  }

  #show(id: string, version: number): void {
    const from = this.#followed?.[1] || (this.agent?.thread().id ?? '');
    if (!this.dispatchEvent(new InpageForkEvent(id, from, version))) return;
    const { chat } = this.#chat;
    if (chat) chat.thread = id;
    this.thread = id;
  }

  readonly #retry = (): void => {
    if (this.#module) return;
    loadPanel().then(
      async (module) => {
        // An update that is under way by then has not waited for them.
        await module.runWords.load(this);
        this.#module = module;
        this.requestUpdate();
      },
      () => {
        this.#hasFailed = true;
        this.requestUpdate();
      },
    );
  };
}
