/** Reads an answer as it comes in, as far as it comes. */
import { createParser } from 'eventsource-parser';
import { abortable, abortError } from '../../core/index.ts';
import type { AgentError, ModelPart } from '../../core/index.ts';
import type { Answer } from './answer.ts';
import type { Reader } from './dialect.ts';
import { broken, nonsense, serverFault, streamFault } from './faults.ts';
import type { Target } from './faults.ts';
import type { Watch } from './watch.ts';

/** The parts of an answer, those of each chunk together; the last is its `finish`. */
export async function* readAnswer(
  response: Response,
  to: Target,
  reader: Reader,
  answer: Answer,
  watch: Watch,
  now: () => number,
): AsyncGenerator<readonly ModelPart[]> {
  const { ok, status, headers, body } = response;
  const { signal } = watch;
  watch.wait();
  if (!ok) {
    const said = await abortable(response.text(), signal).catch(() => '');
    throw serverFault(to, status, said, now(), headers);
  }
  const type = headers.get('content-type') ?? '';
  if (type.includes('html')) throw nonsense(to, 'a web page');
  if (!body) throw nonsense(to, 'nothing');

  const isWhole = /json$|json;/.test(type);
  let isComplete = false;
  let isTail = false;
  let fault: AgentError | undefined;
  const take = (data: string): void => {
    if (isComplete || fault) return;
    try {
      const outcome = reader.push(data);
      if (outcome === true) isComplete = true;
      else if (outcome !== false) fault = streamFault(to, outcome, now());
    } catch {
      // The end of what was cut off is no JSON.
      if (!isTail) fault = nonsense(to, 'what is no JSON');
    }
  };
  const parser = createParser({
    onEvent: (event) => {
      take(event.data);
    },
  });
  const chunks = body.getReader();
  const decoder = new TextDecoder();
  let whole = '';
  while (!isComplete) {
    watch.wait();
    let chunk: ReadableStreamReadResult<Uint8Array> | undefined;
    try {
      chunk = await abortable(chunks.read(), signal);
    } catch {
      const stopped = signal.aborted ? abortError(signal) : undefined;
      if (stopped && stopped.code !== 'model-timeout') throw stopped;
      // Some keep the line open, or drop it, once all has been said.
      if (reader.end()) break;
      throw stopped ?? broken(to);
    }
    const text = decoder.decode(chunk.value, { stream: !chunk.done });
    if (isWhole) whole += text;
    else parser.feed(text);
    if (chunk.done) {
      if (isWhole) take(whole);
      isTail = true;
      // The last event may lack its end.
      parser.feed('\n\n');
    }
    const isOver = isComplete || chunk.done;
    const isEnded = isOver && !fault && reader.end();
    const parts = answer.take();
    if (parts.length > 0) yield parts;
    if (fault) throw fault;
    if (isEnded) return;
    if (isOver) throw broken(to);
  }
  yield answer.take();
}
