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
  { signal, wait }: Watch,
  now: () => number,
): AsyncGenerator<readonly ModelPart[]> {
  const { ok, status, headers, body } = response;
  wait();
  // Pages see no more of one than that.
  if (status < 400 && !ok) throw nonsense(to, 'a redirect');
  if (!ok) throw serverFault(to, status, await abortable(response.text(), signal).catch(() => ''), now(), headers);
  const type = headers.get('content-type') ?? '';
  if (type.includes('html') || !body) throw nonsense(to, 'a web page');

  const events: string[] = [];
  const parser = createParser({
    onEvent({ data }) {
      events.push(data);
    },
  });
  const chunks = body.getReader();
  const decoder = new TextDecoder();
  let whole = '';
  for (let isOver = false; !isOver;) {
    let fault: AgentError | undefined;
    wait();
    try {
      const { done, value } = await abortable(chunks.read(), signal);
      const text = decoder.decode(value, { stream: !done });
      isOver = done;
      if (type.includes('json')) {
        // It does not stream.
        whole += text;
        if (done) events.push(whole);
      } else {
        // The last event may lack its end.
        parser.feed(done ? `${text}\n\n` : text);
      }
    } catch {
      const stopped = signal.aborted ? abortError(signal) : broken(to);
      // Some keep the line open, or drop it, once all has been said.
      if (stopped.code === 'aborted' || !reader.end()) throw stopped;
      yield answer.take();
      return;
    }
    for (const data of events.splice(0)) {
      try {
        const outcome = reader.push(data);
        if (outcome === true) isOver = true;
        else if (outcome !== false) fault ??= streamFault(to, outcome, now());
      } catch {
        // The end of what was cut off is no JSON.
        if (!isOver || whole) fault ??= nonsense(to, 'what is no JSON');
      }
    }
    if (isOver && !fault && !reader.end()) fault = broken(to);
    const parts = answer.take();
    if (parts.length > 0) yield parts;
    if (fault) throw fault;
  }
}
