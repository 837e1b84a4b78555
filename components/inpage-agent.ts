/** `<inpage-agent>`: a button in the corner of a page, and the panel with the chat that it opens. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { Agent } from '../src/client/index.ts';
import type { RunStatus } from '../src/core/index.ts';
import { isComposing } from './composer-view.ts';
import { controls } from './controls.styles.ts';
import { InpageToggleEvent } from './events.ts';
import type { InpageRunEndEvent, InpageThreadSelectEvent } from './events.ts';
import type { HeaderAction } from './header-view.ts';
import { icons } from './icons.ts';
import { lateIcons } from './late-icons.ts';
import { agentStyles } from './inpage-agent.styles.ts';
import type { InpageChat } from './inpage-chat.ts';
import { States } from './states.ts';
import { agentWords } from './strings/en-agent.ts';
import { WordedElement } from './strings/index.ts';
import { ThreadList } from './thread-list.ts';
import { tokens } from './tokens.styles.ts';

/** The width of a page, in px, up to which the panel takes all of it. */
const PHONE = '(max-width: 480px)';

/** What has the focus, whatever shadow root it is in. */
function focused(): HTMLElement | undefined {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement && at !== document.body ? at : undefined;
}

/** Whether a node is in an element, in whatever shadow root. */
function isWithin(node: Node, element: Element): boolean {
  if (element.contains(node)) return true;
  const root = node.getRootNode();
  return root instanceof ShadowRoot && isWithin(root.host, element);
}

/**
 * A button in the corner of the page, and the panel that it opens: the chat and, once there is more than one, the
 * conversations. On a phone the panel takes the whole screen. With `mode="inline"` there is no button, and the panel
 * fills its container.
 *
 * The chat is a child of the element: the page's own, or one that the element makes. Everything about it is set there.
 *
 * @tag inpage-agent
 * @fires inpage-toggle - the panel was opened or closed, by whomever; `open`
 *
 * @slot - the `<inpage-chat>`; what else is in here stands above or below it
 * @slot launcher - what the button shows in the place of its icon
 *
 * @csspart base - everything
 * @csspart launcher - the button
 * @csspart panel - what it opens
 * @csspart threads - the conversations
 *
 * @cssprop --inpage-width - of the panel, where it floats
 * @cssprop --inpage-height - of the panel, where it floats and there is room
 * @cssprop --inpage-layer - the z-index of button and panel
 *
 * @cssstate open - the panel is open
 * @cssstate attention - while it was closed, a run has ended or has come to wait for an answer
 *
 * @example
 * <inpage-agent heading="Shop assistant"></inpage-agent>
 */
export class InpageAgent extends WordedElement {
  protected static override readonly english = [agentWords];
  static override properties: PropertyDeclarations = {
    agent: { attribute: false },
    heading: {},
    open: { type: Boolean, reflect: true },
    mode: { reflect: true },
    corner: { reflect: true },
    listIsOpen: { state: true },
    unseen: { state: true },
  };
  static override styles = [tokens, controls, agentStyles];

  /** The agent to talk to; without one the chat makes its own. */
  agent?: Agent;
  /** The name at the top of a chat that the element makes. */
  heading?: string;
  /** Whether the panel is open. To move the focus as well, call `show()` and `hide()`. */
  open = false;
  /** `floating` above the page, or `inline` where the element stands. */
  mode: 'floating' | 'inline' = 'floating';
  /** The lower corner of the page that it floats in, where its text ends or begins. */
  corner: 'end' | 'start' = 'end';

  private listIsOpen = false;
  /** How a run ended that nobody has seen the end of. */
  private unseen: RunStatus | undefined;

  readonly #states = new States(this);
  readonly #list = new ThreadList(this);
  #chat: InpageChat | undefined;
  #made: InpageChat | undefined;
  #phone: MediaQueryList | undefined;
  /** What had the focus before the panel was opened. */
  #before: HTMLElement | undefined;

  constructor() {
    super();
    this.addEventListener('inpage-run-end', this.#onRunEnd);
    this.addEventListener('inpage-thread-change', () => {
      this.requestUpdate();
    });
  }

  /** The chat in the panel. */
  get chat(): InpageChat | undefined {
    return this.#chat;
  }

  /** Opens the panel and puts the focus into it. */
  show(): void {
    this.#before ??= focused();
    this.open = true;
    void this.updateComplete.then(() => {
      // The field of a phone would bring its keyboard, over what there is to read.
      if (matchMedia('(pointer: coarse)').matches) this.#find('[part=panel]')?.focus();
      else this.focus();
    });
  }

  /** Closes the panel. The focus goes back to where it was. */
  hide(): void {
    this.open = false;
  }

  /** Opens or closes the panel. */
  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /** Puts the focus into the field of the chat. */
  override focus(options?: FocusOptions): void {
    this.#chat?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#phone = matchMedia(PHONE);
    this.#phone.addEventListener('change', this.#present);
    // What was moved has left the top layer.
    this.#present();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#phone?.removeEventListener('change', this.#present);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (changed.has('open') && this.open) this.unseen = undefined;
    this.#hold();
    this.#list.follow(this.#chat?.agent);
    if (!this.#hasThreads) this.listIsOpen = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#states.set('open', this.open);
    this.#states.set('attention', this.unseen !== undefined);
    if (this.#chat) this.#chat.actions = this.#actions();
    if (changed.has('open') || changed.has('mode')) this.#present();
    if (!changed.has('open') || changed.get('open') === undefined) return;
    if (!this.open) this.#giveBack();
    this.dispatchEvent(new InpageToggleEvent(this.open));
  }

  /** Whether there is a conversation beside the one that is shown. */
  get #hasThreads(): boolean {
    const { threads = [] } = this.#list;
    return threads.some(({ id }) => id !== this.#chat?.thread);
  }

  #find(selector: string): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  /** Finds the page's chat, which may come later than the element, or makes one. */
  #hold(): void {
    const given = [...this.querySelectorAll<InpageChat>('inpage-chat')].find((chat) => chat !== this.#made);
    if (given) {
      this.#made?.remove();
      this.#made = undefined;
    } else if (!this.#made) {
      this.#made = document.createElement('inpage-chat');
      this.append(this.#made);
    }
    const chat = (this.#chat = given ?? this.#made);
    if (!chat) return;
    if (this.agent) chat.agent = this.agent;
    if (chat !== this.#made) return;
    if (this.heading !== undefined) chat.heading = this.heading;
    if (this.strings) chat.strings = this.strings;
  }

  /** What the head of the chat offers beside its own. */
  #actions(): readonly HeaderAction[] {
    const { conversations, closeAgent } = this.words;
    const list = { at: 'start', label: conversations, icon: lateIcons.list, run: this.#toggleList } as const;
    const close = { at: 'end', label: closeAgent, icon: icons.failed, run: this.#close } as const;
    return [
      ...(this.#hasThreads ? [{ ...list, expanded: this.listIsOpen }] : []),
      ...(this.mode === 'inline' ? [] : [close]),
    ];
  }

  /** Has the panel shown as it should be: above all else on a phone, and nothing more than open elsewhere. */
  readonly #present = (): void => {
    const dialog = this.#find('dialog');
    if (!(dialog instanceof HTMLDialogElement)) return;
    const isModal = this.#phone?.matches === true;
    const at = focused();
    if (dialog.open && (!this.open || isModal !== dialog.matches(':modal'))) dialog.close();
    if (!this.open || dialog.open) return;
    if (isModal) dialog.showModal();
    // Its method would take the focus, which may not be what the page wants.
    else dialog.setAttribute('open', '');
    // To be shown in another way moves it, which nobody has asked for.
    if (at && isWithin(at, this)) at.focus({ preventScroll: true });
  };

  #giveBack(): void {
    const before = this.#before;
    this.#before = undefined;
    const at = focused();
    // Whoever has gone on elsewhere stays there.
    if (at !== undefined && !isWithin(at, this)) return;
    if (before?.isConnected) before.focus();
    else this.#find('[part=launcher]')?.focus();
  }

  readonly #onRunEnd = ({ status }: InpageRunEndEvent): void => {
    if (!this.open && this.mode === 'floating') this.unseen = status;
  };

  readonly #toggle = (): void => {
    this.toggle();
  };

  readonly #close = (): void => {
    this.hide();
  };

  readonly #toggleList = (): void => {
    this.listIsOpen = !this.listIsOpen;
    if (this.listIsOpen) void this.updateComplete.then(() => this.#find('.back')?.focus());
  };

  readonly #closeList = (): void => {
    this.listIsOpen = false;
    void this.updateComplete.then(() => {
      this.focus({ preventScroll: true });
    });
  };

  readonly #select = (event: InpageThreadSelectEvent): void => {
    if (this.#chat) this.#chat.thread = event.thread;
    this.#closeList();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
    if (this.listIsOpen) this.#closeList();
    else if (this.mode === 'floating') this.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** The browser's own ways to close a dialog, such as the back button of a phone. */
  readonly #onClose = (event: Event): void => {
    const isOpen = event.currentTarget instanceof HTMLDialogElement && event.currentTarget.open;
    if (!isOpen && this.#phone?.matches) this.hide();
  };

  readonly #onSlot = (): void => {
    this.requestUpdate();
  };

  protected override render(): TemplateResult {
    const { words, open, mode } = this;
    const direction = words.dir === 'rtl' ? 'rtl' : nothing;
    if (mode === 'inline') return html`<div part="base" dir=${direction}>${this.#panel('div')}</div>`;
    return html`<div part="base" dir=${direction}>
      <button
        part="launcher"
        class="primary"
        type="button"
        aria-expanded=${open}
        aria-haspopup="dialog"
        aria-label=${open ? words.closeAgent : words.openAgent}
        title=${open ? words.closeAgent : words.openAgent}
        @click=${this.#toggle}
      >
        <slot name="launcher">${open ? icons.down : lateIcons.question}</slot>
        ${this.unseen === undefined ? nothing : html`<span class="mark"></span>`}
      </button>
      <p class="hidden" role="status">${this.unseen === undefined ? nothing : words.ended[this.unseen]}</p>
      ${this.#panel('dialog')}
    </div>`;
  }

  #panel(kind: 'dialog' | 'div'): TemplateResult {
    const { words, listIsOpen } = this;
    const content = html`<div part="threads" ?hidden=${!listIsOpen}>
        <header>
          <button
            class="plain back"
            type="button"
            aria-label=${words.close}
            title=${words.close}
            @click=${this.#closeList}
          >
            ${icons.open}
          </button>
          <h2>${words.conversations}</h2>
        </header>
        <inpage-threads
          .agent=${listIsOpen ? this.#chat?.agent : undefined}
          .thread=${this.#chat?.thread ?? ''}
          .strings=${this.strings}
          @inpage-thread-select=${this.#select}
        ></inpage-threads>
      </div>
      <div class="content"><slot @slotchange=${this.#onSlot}></slot></div>`;
    if (kind === 'div') return html`<div part="panel" @keydown=${this.#onKey}>${content}</div>`;
    return html`<dialog
      part="panel"
      tabindex="-1"
      aria-label=${this.#chat?.heading ?? words.heading}
      @keydown=${this.#onKey}
      @close=${this.#onClose}
    >
      ${content}
    </dialog>`;
  }
}
