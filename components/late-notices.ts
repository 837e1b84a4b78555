/** The lines about how the assistant works, loaded when there is something to say: most first messages need none. */
import { nothing } from 'lit';
import type { Agent, AgentReady, ModelInfo, ThreadView } from '../src/client/index.ts';
import type { Download } from './download.ts';
import { bring } from './late.ts';
import { lateProblem } from './late-problem.ts';
import type * as code from './notice-view.ts';
import type { Offline } from './offline.ts';
import type { Problem } from './problem.ts';
import type { StatusLine } from './status-line.ts';
import type { WordedElement } from './strings/index.ts';

/** What an element does for its notices. */
export interface NoticeActions {
  readonly agent: () => Agent;
  /** Called when a button that was pressed goes. */
  readonly back: () => void;
  /** Called with what is to be heard. */
  readonly say: StatusLine['say'];
  /** Called with what went wrong. */
  readonly fail: (problem: Problem) => void;
}

/** Shows what the person should know, on behalf of an element. */
export class LateNotices {
  readonly #element: WordedElement;
  readonly #actions: NoticeActions;
  #loaded: { readonly parts: typeof code; readonly download: Download; readonly offline: Offline } | undefined;
  /** How many there were when the lines were last asked for: what could not be loaded is tried again for others. */
  #asked = 0;
  /** Those that the person has read. */
  readonly #dismissed = new Set<string>();

  constructor(element: WordedElement, actions: NoticeActions) {
    this.#element = element;
    this.#actions = actions;
  }

  /** The lines, once they are there: before the network goes, where something may have to be said of that. */
  view(ready: AgentReady | undefined, view: ThreadView, model: ModelInfo | undefined): unknown {
    const count = (ready?.notices.length ?? 0) + view.notices.length + (model?.sentTo?.length ?? 0);
    if (count === 0) return nothing;
    if (!this.#loaded) {
      if (this.#asked !== count) this.#load();
      this.#asked = count;
      return nothing;
    }
    const { parts, ...loaded } = this.#loaded;
    const { back, agent } = this.#actions;
    return parts.noticesView({
      ...{ ...loaded, ready, view, model, back, strings: this.#element.words },
      isDismissed: (text) => this.#dismissed.has(text),
      dismiss: (text) => {
        this.#dismissed.add(text);
        this.#element.requestUpdate();
        back();
      },
      begin: () => {
        loaded.download.begin(agent());
        void this.#element.updateComplete.then(() =>
          this.#element.shadowRoot?.querySelector<HTMLElement>('[part=cancel]')?.focus(),
        );
      },
    });
  }

  /** Another agent has notices of its own. */
  reset(): void {
    this.#loaded?.download.cancel();
    this.#dismissed.clear();
  }

  readonly #downloaded = (error: unknown): void => {
    const { words } = this.#element;
    if (error === undefined) this.#actions.say(words.hasDownloaded);
    else {
      const { message, fix, details = { message, fix } } = lateProblem(error, words);
      this.#actions.fail({ message: words.downloadFailed, fix: words.failedFix, details });
    }
  };

  #load(): void {
    bring(import('./notice-view.ts'), this.#element).then(
      (parts) => {
        const element = this.#element;
        const download = new parts.Download(element, this.#downloaded);
        this.#loaded = { parts, download, offline: new parts.Offline(element, this.#actions.say) };
        this.#element.requestUpdate();
      },
      () => undefined,
    );
  }
}
