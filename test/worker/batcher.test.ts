import { expect } from 'chai';
import { Batcher } from '../../src/worker/batcher.ts';
import type { WireEvent } from '../../src/wire/index.ts';

const event = (text: string): WireEvent => ({ type: 'text-delta', id: 't', text, seq: 0, runId: 'r', ns: '' });

const textOf = (batches: readonly (readonly WireEvent[])[]): string =>
  batches
    .flat()
    .map((each) => (each.type === 'text-delta' ? each.text : ''))
    .join('');

/** One event after another, each in a task of its own. */
async function pushAll(batcher: Batcher, count: number): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  for (let index = 0; index < count; index++) {
    batcher.push(event(`${index} `));
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  }
  port1.close();
}

describe('batches of events', () => {
  it('go out with the first event at once, and then one in 16 ms however many come', async () => {
    const batches: (readonly WireEvent[])[] = [];
    const batcher = new Batcher((batch) => batches.push(batch));
    const begun = performance.now();
    batcher.push(event('first '));
    expect(textOf(batches)).to.equal('first ');
    while (performance.now() - begun < 200) await pushAll(batcher, 20);
    expect(batches.length).to.be.within(2, Math.ceil((performance.now() - begun) / 16) + 1);
    batcher.close();
  });

  it('go out at once after a silence', async () => {
    const batches: (readonly WireEvent[])[] = [];
    const batcher = new Batcher((batch) => batches.push(batch));
    batcher.push(event('first '));
    batcher.push(event('second '));
    // Two batches' time, in which nothing comes.
    const begun = performance.now();
    while (performance.now() - begun < 50) await new Promise(requestAnimationFrame);
    expect(textOf(batches)).to.equal('first second ');
    batcher.push(event('third'));
    expect(textOf(batches)).to.equal('first second third');
    batcher.close();
  });
});
