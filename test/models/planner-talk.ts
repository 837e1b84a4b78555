/** Talks with the planner in tests. */
import type { Message, ModelPart, ModelTool } from '../../src/core/index.ts';
import { createPlanner } from '../../src/models/index.ts';

/** A Tuesday, ten in the morning, local time. */
export const NOW = new Date(2026, 10, 24, 10, 0).getTime();

/** A wall-clock time such as `2026-11-25T17:00` as RFC 3339, with the offset that it has where the test runs. */
export function local(wallClock: string): string {
  const minutes = -new Date(wallClock).getTimezoneOffset();
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${wallClock}:00${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

export interface Call {
  readonly name: string;
  readonly input: unknown;
}

export interface Answer {
  /** The first call, and all of them. */
  readonly call?: Call;
  readonly calls: readonly Call[];
  readonly text: string;
  readonly candidates: readonly string[];
  readonly parts: readonly ModelPart[];
}

export async function answer(tools: readonly ModelTool[], messages: readonly Message[]): Promise<Answer> {
  const parts: ModelPart[] = [];
  const { signal } = new AbortController();
  for await (const part of createPlanner().stream({ messages, tools, now: NOW }, { signal })) parts.push(part);
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [{ name: part.name, input: part.input }] : []));
  return {
    ...(calls[0] ? { call: calls[0] } : {}),
    calls,
    text: parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join(''),
    candidates: parts.flatMap((part) => (part.type === 'candidates' ? part.calls.map((one) => one.name) : [])),
    parts,
  };
}

export const user = (id: string, text: string): Message => ({
  id,
  at: NOW,
  role: 'user',
  content: [{ type: 'text', text }],
});

/** Says some things one after another, as long as the planner asks, and gives the answer to the last one. */
export async function say(tools: readonly ModelTool[], ...texts: readonly string[]): Promise<Answer> {
  const messages: Message[] = [];
  let last: Answer | undefined;
  for (const [index, text] of texts.entries()) {
    messages.push(user(`u${index}`, text));
    last = await answer(tools, messages);
    messages.push({ id: `a${index}`, at: NOW, role: 'assistant', content: [{ type: 'text', text: last.text }] });
  }
  if (last === undefined) throw new Error('Nothing was said.');
  return last;
}
