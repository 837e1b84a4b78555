/** Stages of a conversation, as plain data that crosses ports. Types only. */

/** A part of a conversation, such as choosing or paying: what is offered and said in it. */
export interface Stage {
  readonly name: string;
  readonly description?: string;
  /** Words of the person, or phrases, that speak for this stage. */
  readonly keywords: readonly string[];
  /** The tools and categories of tools that are used in it. */
  readonly tools: readonly string[];
  /** What the model is told while it lasts. */
  readonly instructions?: string;
  /** The stages that may well follow, earlier ones too. Without it, all that come later in the list. */
  readonly next?: readonly string[];
}

/** Where a conversation is: plain data, kept with it. */
export interface StageState {
  /** The name of the stage. */
  readonly stage: string;
  /** The turns, counted from 0, in which the stage has changed; the newest at the end. */
  readonly moves: readonly number[];
}
