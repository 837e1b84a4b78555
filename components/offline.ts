/** That a model which is elsewhere cannot answer, as there is no network. */
import { html, nothing } from 'lit';
import type { ReactiveController, TemplateResult } from 'lit';
import type { ModelInfo } from '../src/client/index.ts';
import { lateIcons } from './late-icons.ts';
import type { StatusLine } from './status-line.ts';
import type { WordedElement } from './strings/index.ts';

/** A host that needs no network. */
const HERE = /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/;

/** The host that answers, where that takes a network. */
const hostOf = ({ generative, sentTo = [] }: ModelInfo): string | undefined =>
  generative ? sentTo.slice(0, 1).find((host) => !HERE.test(host)) : undefined;

/** Shows it on behalf of an element, and says it once. */
export class Offline implements ReactiveController {
  readonly #element: WordedElement;
  readonly #say: StatusLine['say'];
  /** The host that is told of as out of reach. */
  #told: string | undefined;

  /** @param say called with what is to be heard. */
  constructor(element: WordedElement, say: StatusLine['say']) {
    this.#element = element;
    this.#say = say;
    element.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#look);
    addEventListener('offline', this.#look);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#look);
    removeEventListener('offline', this.#look);
  }

  /** The line about it, while there is no network. */
  view(model: ModelInfo | undefined): TemplateResult | typeof nothing {
    const host = navigator.onLine || !model ? undefined : hostOf(model);
    this.#tell(host);
    if (host === undefined) return nothing;
    return html`<div part="notice offline">
      ${lateIcons.offline}
      <p dir="auto">${this.#element.words.offline(host)}</p>
    </div>`;
  }

  #tell(host: string | undefined): void {
    if (host === this.#told) return;
    this.#told = host;
    const { offline, online } = this.#element.words;
    // What is said is a change, which comes after what is being rendered.
    queueMicrotask(() => {
      if (host !== undefined) this.#say(offline(host), true);
      else if (navigator.onLine) this.#say(online);
    });
  }

  readonly #look = (): void => {
    this.#element.requestUpdate();
  };
}
