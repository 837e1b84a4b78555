/** The messages of a conversation as a model gets them, made anew only from where they have changed. */
import { messageCalls } from '../core/index.ts';
import type { Message, ToolMessage } from '../core/index.ts';
import { fenced } from './fence.ts';

/** The messages with each call's result right behind the call, where models want it, whenever it came. */
export function arranged(messages: readonly Message[]): Message[] {
  const results = new Map<string, ToolMessage>();
  for (const message of messages) {
    if (message.role === 'tool') for (const { toolCallId } of message.content) results.set(toolCallId, message);
  }
  return messages.flatMap((message) => {
    if (message.role === 'tool') return [];
    return [message, ...messageCalls(message).flatMap(({ toolCallId }) => results.get(toolCallId) ?? [])];
  });
}

/** What was made of a conversation so far. */
interface Made {
  /** The messages that it was made of. */
  readonly messages: readonly Message[];
  readonly prompt: readonly Message[];
  /** The calls of the newest message of the model that have no result yet, while nothing else has come after it. */
  readonly open: readonly string[];
}

const NOTHING: Made = { messages: [], prompt: [], open: [] };

/** What is made of some more messages; undefined where one belongs further up. */
function extended({ prompt, open: before }: Made, messages: readonly Message[], from: number): Made | undefined {
  const more = [...prompt];
  let open = [...before];
  for (let at = from; at < messages.length; at++) {
    const message = messages[at] as Message;
    if (message.role === 'tool') {
      for (const { toolCallId } of message.content) {
        const place = open.indexOf(toolCallId);
        if (place < 0) return undefined;
        open.splice(place, 1);
      }
      more.push(fenced(message));
    } else {
      more.push(message);
      open = messageCalls(message).map(({ toolCallId }) => toolCallId);
    }
  }
  return { messages, prompt: more, open };
}

/** By the first message of a conversation, which is the same object from version to version. */
const known = new WeakMap<Message, Made>();

/** Whether messages begin with others. All are compared: the first and the last may be shown as before, and one between not. */
const isGrown = (messages: readonly Message[], before: readonly Message[]): boolean =>
  before.length <= messages.length && before.every((message, at) => message === messages[at]);

/**
 * The messages in the order that models want, with every untrusted result in a fence. As long as a conversation only
 * grows, so does what is made of it: the same objects come first.
 */
export function promptOf(messages: readonly Message[]): readonly Message[] {
  const [first] = messages;
  if (!first) return messages;
  const made = known.get(first) ?? NOTHING;
  const from = isGrown(messages, made.messages) ? made : NOTHING;
  const next = extended(from, messages, from.messages.length) ?? {
    messages,
    prompt: arranged(messages).map((message) => (message.role === 'tool' ? fenced(message) : message)),
    open: NOTHING.open,
  };
  known.set(first, next);
  return next.prompt;
}
