import { expect } from 'chai';
import { expose, wrap } from 'comlink';
import { AgentError, isAgentError } from '../../src/core/index.ts';
import type { RunEvent } from '../../src/core/index.ts';
import { eventFromWire, eventToWire, installErrorHandler } from '../../src/wire/index.ts';
import { rejection } from '../helpers/rejection.ts';

describe('errors on the wire', () => {
  const thrown: { current: unknown } = { current: undefined };
  let remote: { fail(): Promise<void> };
  before(() => {
    installErrorHandler();
    const { port1, port2 } = new MessageChannel();
    expose(
      {
        fail() {
          throw thrown.current;
        },
      },
      port1,
    );
    remote = wrap<{ fail(): void }>(port2);
  });

  it('keep code, fix and details of an AgentError', async () => {
    thrown.current = new AgentError('fenced', 'Taken.', { fix: 'Reopen.', details: { thread: 't' } });
    const error = await rejection(remote.fail());
    expect(isAgentError(error)).to.equal(true);
    expect(error).to.deep.include({ code: 'fenced', message: 'Taken.', fix: 'Reopen.', details: { thread: 't' } });
  });

  it('keep what else is thrown as Comlink does', async () => {
    thrown.current = new RangeError('far');
    expect(await rejection(remote.fail())).to.include({ name: 'RangeError', message: 'far' });
    thrown.current = 'text';
    expect(await rejection(remote.fail())).to.equal('text');
  });
});

describe('events on the wire', () => {
  it('carry their error in plain form and get it back', () => {
    const error = new AgentError('node-failed', 'No.', { fix: 'Mend.' });
    const event: RunEvent = { type: 'run-end', status: 'failed', error, seq: 1, runId: 'r', ns: '' };
    const back = eventFromWire(structuredClone(eventToWire(event)));
    expect(back).to.include({ type: 'run-end', status: 'failed', seq: 1 });
    expect(back.type === 'run-end' && isAgentError(back.error)).to.equal(true);
  });

  it('pass through as they are without one', () => {
    const event: RunEvent = { type: 'step-start', step: 1, seq: 0, runId: 'r', ns: '' };
    expect(eventToWire(event)).to.equal(event);
    expect(eventFromWire(event)).to.equal(event);
  });
});
