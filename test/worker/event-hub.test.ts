import { expect } from 'chai';
import { randomId } from '../../src/core/index.ts';
import type { AnyEventBody } from '../../src/core/index.ts';
import { createEventHub } from '../../src/worker/event-hub.ts';
import type { EventHub } from '../../src/worker/event-hub.ts';
import { openTabs } from '../../src/worker/tabs.ts';
import { holdLifeline } from '../../src/wire/index.ts';
import type { WireEvent } from '../../src/wire/index.ts';
import { until } from '../helpers/fixture.ts';

/** The hub of a tab of its own. */
interface Tab {
  readonly hub: EventHub;
  readonly die: () => void;
  /** The types of events that somebody who watches the thread gets, with their texts. */
  watch(replay?: boolean): { readonly seen: string[]; readonly stop: () => void };
}

let namespace = '';
let open: Tab[] = [];

async function openTab(): Promise<Tab> {
  const tabs = openTabs(namespace);
  const { lifeline, release } = await holdLifeline();
  const hub = createEventHub(tabs, lifeline);
  const tab: Tab = {
    hub,
    die: () => {
      tabs.close();
      release();
    },
    watch(replay = true) {
      const { port1, port2 } = new MessageChannel();
      const seen: string[] = [];
      port1.onmessage = ({ data }: MessageEvent<readonly WireEvent[]>) => {
        for (const event of data) seen.push('text' in event ? `${event.type} ${event.text}` : event.type);
      };
      hub.subscribe('t', port2, replay);
      return {
        seen,
        stop: () => {
          port1.postMessage('stop');
        },
      };
    },
  };
  open.push(tab);
  return tab;
}

/** Publishes the events of a run, one after the other. */
function player(hub: EventHub, runId = 'r1'): (body: AnyEventBody) => void {
  let seq = 0;
  return (body) => {
    hub.publish('t', { ...body, seq: seq++, runId, ns: '' });
  };
}

const START: AnyEventBody = { type: 'run-start', threadId: 't', graph: 'g@1', version: 0 };
const text = (words: string): AnyEventBody => ({ type: 'text-delta', id: 'm', text: words });
const has = (seen: readonly string[], count: number) => (): boolean => seen.length >= count;

beforeEach(() => {
  namespace = randomId();
});
afterEach(() => {
  for (const { hub, die } of open) {
    hub.close();
    die();
  }
  open = [];
});

describe('the events of a run in another tab', () => {
  it('are seen live, in their order', async () => {
    const [writer, mirror] = [await openTab(), await openTab()];
    const { seen } = mirror.watch();
    const play = player(writer.hub);
    play(START);
    play(text('Hello'));
    await until(has(seen, 2), 'the text is seen');
    play({ type: 'run-end', status: 'completed' });
    await until(has(seen, 3), 'the end is seen');
    expect(seen).to.deep.equal(['run-start', 'text-delta Hello', 'run-end']);
  });

  it('are seen from their beginning by a tab that is opened in the middle', async () => {
    const writer = await openTab();
    const play = player(writer.hub);
    play(START);
    play(text('Hello'));
    const mirror = await openTab();
    const { seen } = mirror.watch();
    await until(has(seen, 2), 'the beginning is seen');
    play(text(' again'));
    await until(has(seen, 3), 'the rest is seen');
    expect(seen).to.deep.equal(['run-start', 'text-delta Hello', 'text-delta  again']);
    const { seen: late } = mirror.watch();
    await until(has(late, 2), 'a second element of that tab sees the run');
    expect(late.join()).to.equal('run-start,text-delta Hello again');
  });

  it('are seen by a tab that has watched before the writer was there', async () => {
    const mirror = await openTab();
    const { seen } = mirror.watch();
    const writer = await openTab();
    player(writer.hub)(START);
    await until(has(seen, 1), 'the run is seen');
    expect(seen).to.deep.equal(['run-start']);
  });

  it('end when the tab that it runs in dies, and have everybody look at what is stored', async () => {
    const [writer, mirror] = [await openTab(), await openTab()];
    const { seen } = mirror.watch();
    player(writer.hub)(START);
    await until(has(seen, 1), 'the run is seen');
    writer.die();
    await until(has(seen, 3), 'the death is seen');
    expect(seen).to.deep.equal(['run-start', 'run-end', 'checkpoint']);
  });

  it('of a run that lost its thread to another one are not mixed with those of that one', async () => {
    const [frozen, next, mirror] = [await openTab(), await openTab(), await openTab()];
    const { seen } = mirror.watch();
    const old = player(frozen.hub, 'old');
    old(START);
    await until(has(seen, 1), 'the first run is seen');
    const play = player(next.hub, 'new');
    play(START);
    await until(has(seen, 2), 'the second run is seen');
    old(text('I am late'));
    old({ type: 'run-end', status: 'cancelled' });
    // What two tabs tell comes in no order, so that the late ones are known to have come by what follows them.
    old({ type: 'checkpoint', version: 1 });
    await until(() => seen.includes('checkpoint'), 'the late events have come');
    play(text('Hello'));
    await until(() => seen.includes('text-delta Hello'), 'the second run goes on');
    expect(seen).to.deep.equal(['run-start', 'run-start', 'checkpoint', 'text-delta Hello']);
  });

  it('are what the tab that has lost the thread sees, and not how its own run ends', async () => {
    const [frozen, next] = [await openTab(), await openTab()];
    const { seen } = frozen.watch();
    const old = player(frozen.hub, 'old');
    old(START);
    const play = player(next.hub, 'new');
    play(START);
    await until(has(seen, 2), 'the second run is seen');
    old({ type: 'run-end', status: 'cancelled' });
    play(text('Hello'));
    await until(() => seen.includes('text-delta Hello'), 'the second run goes on');
    expect(seen).to.deep.equal(['run-start', 'run-start', 'text-delta Hello']);
  });

  it('are told to nobody where nobody watches', async () => {
    const writer = await openTab();
    const told: string[] = [];
    const ear = new BroadcastChannel(`inpage:${namespace}`);
    ear.onmessage = ({ data }: MessageEvent<{ type: string }>) => told.push(data.type);
    const mirror = await openTab();
    const { seen, stop } = mirror.watch();
    const play = player(writer.hub);
    play(START);
    await until(has(seen, 1), 'the run is seen');
    stop();
    await until(() => told.includes('leave'), 'the tab has said that it watches no more');
    const before = told.length;
    play(text('Hello'));
    const again = mirror.watch();
    await until(has(again.seen, 2), 'the run is seen again');
    ear.close();
    expect(told.slice(before)).to.deep.equal(['watch', 'events']);
  });

  it('that were stored before the tab was known to watch have it look again', async () => {
    const writer = await openTab();
    player(writer.hub)({ type: 'checkpoint', version: 3 });
    const { seen } = (await openTab()).watch();
    await until(has(seen, 1), 'it is told to look');
    expect(seen).to.deep.equal(['checkpoint']);
  });
});
