/** What a vertical may be given to stand on, as ports: the page, the network, storage and navigation. Types only. */

export type FieldKind =
  | 'text'
  | 'long'
  | 'email'
  | 'tel'
  | 'url'
  | 'number'
  | 'date'
  | 'time'
  | 'moment'
  | 'month'
  | 'week'
  | 'color'
  /** One box to tick. */
  | 'tick'
  /** One of several: radio buttons, a list. */
  | 'choice'
  /** Any of several: boxes of one name, a list of which many can be chosen. */
  | 'choices'
  /** What is never read, such as a password, a card number or a file. */
  | 'secret';

export type FieldValue = string | boolean | readonly string[];

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

/** A field of a form as it is now: plain data. */
export interface PageField {
  /** Names it to `fill()`. */
  readonly key: string;
  readonly name: string;
  readonly label: string;
  /** What the page says to help with it. */
  readonly help: string;
  /** The heading of the group that it is in. */
  readonly group: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Whether it takes no other value just now. */
  readonly fixed: boolean;
  /** Empty for a secret. */
  readonly value: FieldValue;
  readonly options: readonly FieldOption[];
  readonly min?: string;
  readonly max?: string;
  readonly step?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly autocomplete: string;
  /** What is wrong with the value, in the words of the browser or the page; empty where nothing is. */
  readonly problem: string;
}

/** A form that the person can see: plain data. */
export interface PageForm {
  /** Names it to `submit()`. The same for as long as the form is there. */
  readonly key: string;
  readonly title: string;
  readonly fields: readonly PageField[];
  /** How many hidden values the page adds to what is sent. */
  readonly hidden: number;
  /** Where it is sent: the host, or empty for this site. */
  readonly sentTo: string;
  /** What the button says that sends it; undefined where it cannot be sent from here. */
  readonly button?: string;
}

/** How a submission ended. */
export interface Submission {
  /** False where the browser found it invalid; it then shows why. */
  readonly sent: boolean;
  /** Whether a script of the page took it over. Else the browser sends it, mostly to another page. */
  readonly taken: boolean;
}

/** The page, within what the site has named. */
export interface PageGround {
  /** The forms that can be seen, also those in open shadow roots. Needs `page:read`. */
  forms(): readonly PageForm[];
  /** The text that is shown. Needs `page:read`. */
  text(): string;
  /** Calls `listener` when forms may have changed. The returned function ends that. Needs `page:read`. */
  watch(listener: () => void): () => void;
  /**
   * Gives a field a value as a person would, with the events that frameworks listen for. Returns what is wrong with it
   * now, in the words of the page; empty where nothing is. Needs `page:act`. Throws for secrets and fields that are gone.
   */
  fill(field: string, value: FieldValue): string;
  /** Sends a form if it is valid, else has the browser say what is not. Needs `page:act`. */
  submit(form: string): Submission;
}

/** A store of a vertical's own, for plain data; up to 64 kB of JSON for each value. */
export interface StorageGround {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  keys(): readonly string[];
}

export interface FetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob | FormData | URLSearchParams;
  /** Whether cookies go along. Default: `omit`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  readonly signal?: AbortSignal;
}

/** All that a vertical is handed out. Each call throws `capability-denied` unless what it needs was granted. */
export interface Ground {
  readonly page: PageGround;
  /** Asks an origin. Redirects are refused. Needs `network:` with that origin. */
  fetch(url: string | URL, options?: FetchOptions): Promise<Response>;
  readonly storage: StorageGround;
  /** Goes to another page, by http or https. Needs `navigate`. */
  navigate(url: string | URL): void;
  /**
   * Asks the worker half. What is given and what comes back is what can be cloned; a call that it does not have gives
   * `undefined`. Needs `worker`.
   */
  readonly ask: (call: string, ...args: readonly unknown[]) => Promise<unknown>;
}
