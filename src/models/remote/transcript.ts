/**
 * A conversation as the text of a request's `messages`. Each message becomes text once; a conversation that went on is
 * what it was, with more behind it, and its first bytes stay the same.
 */
import { messageCalls, messageText } from '../../core/index.ts';
import type { FilePart, Message, TextPart, ToolResultPart } from '../../core/index.ts';
import type { Dialect, Piece } from './dialect.ts';
import type { Flags } from './flags.ts';
import { encoded, isTextual, marked, outputText, textPart } from './pieces.ts';

export interface Transcript {
  /** @param notes what the agent says at the end, this time only. */
  write(messages: readonly Message[], notes: readonly string[]): Promise<string>;
}

/** What has been written: whole messages, each with a comma, and the inside of one that may still grow. */
interface Written {
  readonly done: string;
  readonly role?: string;
  readonly inner: string;
}

const NOTHING: Written = { done: '', inner: '' };

/**
 * @param by whose reasoning is given back
 * @param flags what the server takes: without tools, calls and results are told as text; without messages of the system,
 *   they are told as the user's.
 */
export function createTranscript(dialect: Dialect, by: string, { tools, system }: Flags): Transcript {
  const cache = new WeakMap<Message, readonly Piece[]>();
  /** What was written last, and for which messages; no call of theirs lacks its result. */
  let last = NOTHING;
  let of: readonly Message[] = [];

  const user = (value: string): Piece => dialect.user([textPart(value)], () => '');

  const result = (part: ToolResultPart): Piece =>
    tools ? dialect.result(part) : user(`Result of ${part.toolName}: ${outputText(part)}`);

  const close = ({ done, role = '', inner }: Written): string => done + dialect.wrap(role, inner);

  const add = (to: Written, piece: Piece): Written => {
    const [role, inner] = piece;
    // A conversation begins with the user.
    if (to.role === undefined && role === 'assistant') return add(add(to, user('Go on.')), piece);
    if (role !== '' && to.role === role) return { ...to, inner: dialect.join(to.inner, inner) };
    return { done: to.role === undefined ? '' : `${close(to)},`, role, inner };
  };

  const piecesOf = (message: Message, files: ReadonlyMap<FilePart, string>): readonly Piece[] => {
    const { role, content } = message;
    if (role === 'tool') return content.map(result);
    if (role === 'assistant') {
      const asText = content.map((part) =>
        part.type === 'tool-call'
          ? textPart(JSON.stringify({ tool_calls: [{ name: part.toolName, input: part.input }] }))
          : part,
      );
      return dialect.assistant(tools ? content : asText, by);
    }
    if (role === 'system') {
      const said = messageText(message);
      return [system ? ['', JSON.stringify({ role, content: said })] : user(marked(said))];
    }
    const data = (file: FilePart): string => files.get(file) ?? '';
    const parts = content.map((part): TextPart | FilePart =>
      part.type === 'file' && isTextual(part)
        ? textPart(`<file name="${part.filename ?? ''}">\n${data(part)}\n</file>`)
        : part,
    );
    return [dialect.user(parts, data)];
  };

  return {
    async write(messages, notes) {
      let from = 0;
      while (from < of.length && of[from] === messages[from]) from++;
      if (from < of.length) from = 0;
      let written = from > 0 ? last : NOTHING;

      const files = new Map<FilePart, string>();
      for (const message of messages.slice(from)) {
        if (message.role !== 'user' || cache.has(message)) continue;
        for (const part of message.content) {
          if (part.type === 'file') files.set(part, await (isTextual(part) ? part.data.text() : encoded(part.data)));
        }
      }
      const put = (message: Message): readonly Piece[] => {
        const pieces = cache.get(message) ?? piecesOf(message, files);
        cache.set(message, pieces);
        return pieces;
      };

      /** The tools of calls whose results have not come yet, by the calls' ids. */
      const open = new Map<string, string>();
      let gaps = 0;
      const answer = (message: Message): void => {
        if (message.role !== 'tool') return;
        message.content.forEach(({ toolCallId }, at) => {
          const piece = put(message)[at];
          if (piece && open.delete(toolCallId)) written = add(written, piece);
        });
      };
      /** The results stand right behind their calls, whenever they came; each call has one. */
      const settle = (rest: readonly Message[]): void => {
        rest.forEach(answer);
        for (const [toolCallId, toolName] of open) {
          const output = { type: 'json', value: 'It gave no result.' } as const;
          written = add(written, result({ type: 'tool-result', toolCallId, toolName, output }));
          gaps++;
        }
        open.clear();
      };
      for (const message of messages.slice(from)) {
        answer(message);
        if (message.role === 'tool') continue;
        if (open.size > 0) settle(messages.slice(messages.indexOf(message)));
        written = put(message).reduce(add, written);
        for (const { toolCallId, toolName } of messageCalls(message)) open.set(toolCallId, toolName);
      }
      settle([]);
      // A result that is made up here may still come.
      last = written;
      of = gaps === 0 ? messages : [];

      const said = notes.map((note) => user(marked(note)));
      // It is the model's turn only behind the user's.
      if (said.length === 0 && (written.role ?? 'assistant') === 'assistant') said.push(user('Go on.'));
      return close(said.reduce(add, written));
    },
  };
}
