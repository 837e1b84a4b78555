/** What a page that has the script tag finds as `window.inpage`: types alone. */
import type { Agent, OfferOptions, TurnResult } from './client/index.ts';
import type { ToolDefinition } from './tools/index.ts';

/** The agent as commands get it: it takes a tool's definition as it is, since a script tag has no imports. */
export interface TagAgent extends Omit<Agent, 'tool'> {
  tool(definition: ToolDefinition<never, unknown>, options?: OfferOptions): () => void;
  /** Says something in the conversation of the tag; resolves when the turn has ended or waits for an answer. */
  run(text: string): Promise<TurnResult>;
  /** Stops what runs in the conversation of the tag. */
  stop(): Promise<void>;
}

/** What a page wants done with its agent. */
export type TagCommand = (agent: TagAgent) => void;

/**
 * The script tag, as a page has it. Before the script has run it may be an array, which takes `push` as well.
 *
 * @example
 * (window.inpage ??= []).push((agent) => agent.tool({ name: 'greet', description: 'Greet', effect: 'read', run: () => 'Hello' }));
 * const { text } = await window.inpage.run('greet');
 */
export interface ScriptTag {
  /** Commands for the agent: they run once there is one, in the order in which they came. */
  push(...commands: TagCommand[]): unknown;
  /** Says something in the conversation of the tag, which is loaded now if it is not. Missing until the script has run. */
  run?(text: string): Promise<TurnResult>;
  /** Stops what runs in the conversation of the tag. Missing until the script has run. */
  stop?(): Promise<void>;
}

declare global {
  interface Window {
    /** The script tag, or what waits for it. */
    inpage?: ScriptTag;
  }
}
