import { expect } from 'chai';
import {
  abortable,
  AgentError,
  asAgentError,
  createQueue,
  errorText,
  fromWire,
  isAgentError,
  shortHash,
  stableText,
  toWire,
} from '../../src/core/index.ts';
import { rejection } from '../helpers/rejection.ts';

describe('AgentError', () => {
  it('is known by its brand, also from another copy of the SDK', () => {
    const foreign = Object.assign(new Error('x'), { code: 'aborted', fix: 'y' });
    Object.defineProperty(foreign, Symbol.for('inpage.AgentError'), { value: true });
    expect(isAgentError(foreign)).to.equal(true);
    expect(isAgentError(new Error('x'))).to.equal(false);
    expect(isAgentError('text')).to.equal(false);
  });

  it('survives the wire with code, message, fix, details and the cause’s text', () => {
    const error = new AgentError('tool-failed', 'No.', { fix: 'Try.', details: { a: 1 }, cause: new TypeError('why') });
    const back = fromWire(structuredClone(toWire(error)));
    expect(isAgentError(back)).to.equal(true);
    const { code, message, fix, details, cause } = back;
    expect({ code, message, fix, details, cause }).to.deep.equal({
      code: 'tool-failed',
      message: 'No.',
      fix: 'Try.',
      details: { a: 1 },
      cause: 'why',
    });
  });

  it('wraps what is none, and leaves one as it is', () => {
    const error = new AgentError('aborted', 'x', { fix: 'y' });
    expect(asAgentError(error, 'tool-failed', 'z')).to.equal(error);
    expect(asAgentError('text', 'tool-failed', 'z')).to.include({ code: 'tool-failed', message: 'text', fix: 'z' });
  });
});

describe('errorText', () => {
  it('finds words for whatever was thrown', () => {
    const nothing = 'It failed without saying why.';
    const thrown = [new Error('a'), 'b', { message: 'c' }, undefined, null, {}, new Error('')];
    expect(thrown.map(errorText)).to.deep.equal(['a', 'b', 'c', nothing, nothing, nothing, nothing]);
  });
});

describe('the queue', () => {
  it('gives what is pushed, in order, then ends or throws', async () => {
    const queue = createQueue<number>(8, () => undefined);
    queue.push(1);
    queue.push(2);
    queue.end(new Error('end'));
    queue.push(3);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const value of queue) seen.push(value);
    })();
    expect(await rejection(reading)).to.include({ message: 'end' });
    expect(seen).to.deep.equal([1, 2]);
  });

  it('says when its reader leaves early, and forgets the rest', async () => {
    let left = 0;
    const queue = createQueue<number>(8, () => left++);
    queue.push(1);
    queue.push(2);
    for await (const value of queue) if (value === 1) break;
    expect(left).to.equal(1);
  });

  it('asks the writer to wait while its reader is behind, until that one has caught up or left', async () => {
    const queue = createQueue<number>(2, () => undefined);
    const reader = queue[Symbol.asyncIterator]();
    queue.push(1);
    expect(queue.full()).to.equal(undefined);
    queue.push(2);
    const room = queue.full();
    expect(room).to.be.instanceOf(Promise);
    expect(await reader.next()).to.deep.equal({ value: 1, done: false });
    await room;
    expect(queue.full()).to.equal(undefined);
    queue.push(3);
    queue.push(4);
    const again = queue.full();
    await reader.return?.();
    await again;
    expect(queue.full()).to.equal(undefined);
  });

  it('keeps what fits for a reader who comes later, and makes nobody wait for one who may not', async () => {
    const queue = createQueue<number>(2, () => undefined);
    for (const value of [1, 2, 3]) queue.push(value);
    expect(queue.full()).to.equal(undefined);
    const reader = queue[Symbol.asyncIterator]();
    queue.push(4);
    expect([(await reader.next()).value, (await reader.next()).value]).to.deep.equal([3, 4]);
  });
});

describe('stableText and shortHash', () => {
  it('give the same for the same value in another order of keys, and another for another value', () => {
    expect(stableText({ b: [{ y: 1, x: 2 }], a: 1 })).to.equal(stableText({ a: 1, b: [{ x: 2, y: 1 }] }));
    expect(stableText(undefined)).to.equal('undefined');
    expect(shortHash(stableText({ a: 1 }))).not.to.equal(shortHash(stableText({ a: 2 })));
  });

  it('hash as the algorithm is published', () => {
    expect(Number.parseInt(shortHash('foobar'), 36)).to.equal(0xbf9cf968);
  });
});

describe('abortable', () => {
  it('rejects at once when the signal has aborted already', async () => {
    const error = await rejection(abortable(new Promise(() => undefined), AbortSignal.abort()));
    expect(error).to.include({ code: 'aborted' });
  });

  it('rejects with the AgentError that the signal was aborted with', async () => {
    const reason = new AgentError('tool-timeout', 'late', { fix: 'wait' });
    expect(await rejection(abortable(new Promise(() => undefined), AbortSignal.abort(reason)))).to.equal(reason);
  });
});
