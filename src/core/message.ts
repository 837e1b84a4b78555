/**
 * Messages of a conversation, with the parts named as in the AI SDK's language model specification, plus an `id` and
 * the time in ms since 1970. Plain data: they are stored, sent and shown as they are.
 */
import type { WireError } from './errors.ts';
import type { JsonSchema } from './json.ts';

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** A picture or another file that a person has added. */
export interface FilePart {
  readonly type: 'file';
  /** As in `image/png`. */
  readonly mediaType: string;
  readonly data: Blob;
  readonly filename?: string;
}

/** What a model has thought before it spoke, as far as it says. */
export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
  /** What the model's provider wants back with it, as it came: nobody else reads it. */
  readonly meta?: unknown;
}

export interface ToolCallPart {
  readonly type: 'tool-call';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
}

export interface ToolResultPart {
  readonly type: 'tool-result';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly output: ToolOutput;
  /** What the tool ran with, where a person changed it before allowing it. */
  readonly input?: unknown;
  /** Whether the output may hold words of strangers. */
  readonly untrusted?: true;
  /** `offered`: the tool can take the call back; `done`: it has. */
  readonly undo?: 'offered' | 'done';
}

/** How a call ended: with a value, with an error, or not run because a person said no. */
export type ToolOutput =
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'error-json'; readonly value: WireError }
  | { readonly type: 'execution-denied'; readonly reason?: string };

/** What the agent itself tells the model in the course of a conversation. It is shown to nobody. */
export interface SystemMessage {
  readonly id: string;
  readonly at: number;
  readonly role: 'system';
  readonly content: readonly TextPart[];
}

export interface UserMessage {
  readonly id: string;
  readonly at: number;
  readonly role: 'user';
  readonly content: readonly (TextPart | FilePart)[];
  /** When given, the answer is to be JSON that fits it. */
  readonly schema?: JsonSchema;
}

export interface AssistantMessage {
  readonly id: string;
  readonly at: number;
  readonly role: 'assistant';
  readonly content: readonly (ReasoningPart | TextPart | ToolCallPart)[];
  /** What it took, where the model says so. */
  readonly usage?: Usage;
  /** The answer as data, where that was asked for. */
  readonly output?: unknown;
}

export interface ToolMessage {
  readonly id: string;
  readonly at: number;
  readonly role: 'tool';
  readonly content: readonly ToolResultPart[];
}

export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** What an answer of a model took. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The text of a message: its text parts, joined. */
export function messageText(message: Message): string {
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The tool calls that a message makes. */
export function messageCalls(message: Message): readonly ToolCallPart[] {
  return message.role === 'assistant' ? message.content.filter((part) => part.type === 'tool-call') : [];
}

/** A tool call of a turn and how it ended. `unknown`: it was cut off before it answered. */
export interface TurnCall {
  readonly callId: string;
  readonly tool: string;
  readonly input: unknown;
  readonly outcome: 'ok' | 'failed' | 'denied' | 'unknown';
  readonly output?: unknown;
  readonly error?: WireError;
}
