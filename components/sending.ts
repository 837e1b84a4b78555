/** What a person sends: what is being written, or a text to choose. */
import type { SendOptions } from '../src/client/index.ts';
import { InpageMessageEvent } from './events.ts';
import type { LateFiles } from './late-files.ts';
import type { StatusLine } from './status-line.ts';
import type { WordedElement } from './strings/index.ts';

/** An element that sends. */
export interface Sender extends WordedElement {
  send(text: string, options: SendOptions): Promise<unknown>;
}

/** Keeps what is being written, and sends it on behalf of an element. */
export class Sending {
  draft = '';
  readonly #element: Sender;
  readonly #status: StatusLine;
  readonly #files: LateFiles;

  constructor(element: Sender, status: StatusLine, files: LateFiles) {
    this.#element = element;
    this.#status = status;
    this.#files = files;
  }

  /** Whether there is something to send. */
  get isSendable(): boolean {
    return this.draft.trim() !== '' || this.#files.has;
  }

  readonly type = (draft: string): void => {
    this.draft = draft;
    this.#element.requestUpdate();
  };

  readonly submit = (text: string, files: readonly File[] = []): void => {
    const said = text.trim();
    if (said === '' && files.length === 0) return;
    if (text === this.draft) this.draft = '';
    this.#status.say(this.#element.words.sent);
    this.#element.send(said, { files }).catch(() => {
      this.#files.giveBack(files);
      // Why is shown already. What was written must not be lost, nor overwrite what was written since.
      if (this.draft === '') this.draft = text;
      this.#status.fail();
    });
    this.#element.dispatchEvent(new InpageMessageEvent(said));
  };

  readonly submitDraft = (): void => {
    this.submit(this.draft, this.#files.take());
  };
}
