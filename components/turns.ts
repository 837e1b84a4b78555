/** The turns that an element has begun: what is on its way, what is being answered, and what went wrong. */
import type { TurnResult } from '../src/client/index.ts';
import { lateProblem } from './late-problem.ts';
import type { Problem } from './problem.ts';
import type { Worded } from './strings/index.ts';

/** A turn that is under way. */
interface Turn {
  /** What was sent, until it comes back as a message of the thread. */
  readonly text?: string;
  /** How many messages of the person come before it. */
  readonly after?: number;
  /** The interrupt that it answers. */
  readonly interruptId?: string;
}

/** Follows the promises of `send` and `answer`, and renders its element again when they settle. */
export class Turns {
  #error: unknown;
  readonly #element: Worded;
  #underWay: readonly Turn[] = [];

  constructor(element: Worded) {
    this.#element = element;
  }

  /** What went wrong last. */
  get problem(): Problem | undefined {
    return this.#error === undefined ? undefined : lateProblem(this.#error, this.#element.words);
  }

  /** Whether a turn has not come to its end. */
  get busy(): boolean {
    return this.#underWay.length > 0;
  }

  /** Whether the answer to this interrupt is under way. */
  answers(interruptId: string): boolean {
    return this.#underWay.some((turn) => turn.interruptId === interruptId);
  }

  /** The texts that were sent and are not among the first `seen` messages of the person. */
  pending(seen: number): readonly string[] {
    return this.#underWay.flatMap(({ text, after }) => (text === undefined || (after ?? 0) < seen ? [] : [text]));
  }

  /** Says a failure, thrown or as a {@link Problem}, or with undefined takes it back. */
  readonly say = (error: unknown): void => {
    this.#error = error;
    this.#element.requestUpdate();
  };

  /** Forgets the turns of a thread that the element does not show any more; they go on unseen. */
  reset(): void {
    this.#underWay = [];
    this.say(undefined);
  }

  /**
   * Follows a turn that sends a text.
   *
   * @param seen how many messages of the person the element shows
   */
  sending(work: Promise<TurnResult>, text: string, seen: number): Promise<TurnResult> {
    return this.#follow(work, { text, after: seen + this.pending(seen).length });
  }

  /** Follows a turn that sends something else than a text. */
  running(work: Promise<TurnResult>): Promise<TurnResult> {
    return this.#follow(work, {});
  }

  /** Follows a turn that answers an interrupt. */
  answering(work: Promise<TurnResult>, interruptId: string): Promise<TurnResult> {
    return this.#follow(work, { interruptId });
  }

  async #follow(work: Promise<TurnResult>, turn: Turn): Promise<TurnResult> {
    this.#underWay = [...this.#underWay, turn];
    this.say(undefined);
    const { words } = this.#element;
    try {
      const result = await work;
      this.#end(turn, result.status === 'failed' ? (result.error ?? words.ended.failed) : undefined);
      return result;
    } catch (error) {
      this.#end(turn, error);
      throw error;
    }
  }

  #end(turn: Turn, error: unknown): void {
    // A turn that was forgotten belongs to another thread, and so does its problem.
    if (!this.#underWay.includes(turn)) return;
    this.#underWay = this.#underWay.filter((other) => other !== turn);
    this.say(error ?? this.#error);
  }
}
