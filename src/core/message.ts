/**
 * Messages of a conversation, with the parts named as in the AI SDK's language model specification, plus an `id` and
 * the time in ms since 1970. Plain data: they are stored, sent and shown as they are.
 */
import type { WireError } from './errors.ts';

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
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

export interface UserMessage {
  readonly id: string;
  readonly at: number;
  readonly role: 'user';
  readonly content: readonly TextPart[];
}

export interface AssistantMessage {
  readonly id: string;
  readonly at: number;
  readonly role: 'assistant';
  readonly content: readonly (TextPart | ToolCallPart)[];
}

export interface ToolMessage {
  readonly id: string;
  readonly at: number;
  readonly role: 'tool';
  readonly content: readonly ToolResultPart[];
}

export type Message = UserMessage | AssistantMessage | ToolMessage;

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
