import { expect } from 'chai';
import { defineTool } from '../../src/tools/index.ts';
import type { ToolDefinition } from '../../src/tools/index.ts';
import { callTool } from '../../src/tools/call.ts';
import { rejection } from '../helpers/rejection.ts';

const toolOf = (changes: Partial<ToolDefinition<unknown, unknown>> = {}) =>
  defineTool({ name: 'double', description: 'Double a number', effect: 'read', run: () => 8, ...changes });

const context = (signal = new AbortController().signal) => ({
  signal,
  idempotencyKey: 'key',
  progress: () => undefined,
});

const run = (tool: ReturnType<typeof toolOf>, signal?: AbortSignal) =>
  callTool(tool, (inner) => tool.run({}, inner), context(signal));

describe('callTool', () => {
  it('gives what the tool returns', async () => {
    expect(await run(toolOf())).to.deep.equal({ outcome: 'ok', output: 8 });
  });

  it('turns what a tool throws into a typed failure with its sentence', async () => {
    const throwing = toolOf({
      run: () => {
        throw new RangeError('Sold out.');
      },
    });
    const result = await run(throwing);
    expect(result.outcome === 'failed' && result.error).to.include({ code: 'tool-failed', message: 'Sold out.' });
  });

  it('gives up on a tool that never ends, and aborts it', async () => {
    let aborted = false;
    const endless = toolOf({
      timeout: 20,
      run: (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted = true));
        }),
    });
    const result = await run(endless);
    expect(result.outcome === 'failed' && result.error.code).to.equal('tool-timeout');
    expect(aborted).to.equal(true);
  });

  it('rejects, and aborts the tool, when the run is stopped', async () => {
    const stop = new AbortController();
    let aborted = false;
    const endless = toolOf({
      run: (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted = true));
        }),
    });
    const call = run(endless, stop.signal);
    stop.abort();
    expect(await rejection(call)).to.include({ code: 'aborted' });
    expect(aborted).to.equal(true);
  });

  it('tries a read again as often as it says, and no longer once the run is stopped', async () => {
    const stop = new AbortController();
    let tries = 0;
    const failing = toolOf({
      retries: 5,
      run: () => {
        if (++tries === 2) stop.abort();
        throw new Error('not yet');
      },
    });
    expect(await rejection(run(failing, stop.signal))).to.include({ code: 'aborted' });
    expect(tries).to.equal(2);
  });
});
