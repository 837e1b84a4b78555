import { expect } from 'chai';
import { randomId } from '../../src/core/index.ts';
import { createLead } from '../../src/worker/leader.ts';
import { openTabs } from '../../src/worker/tabs.ts';
import type { Tabs } from '../../src/worker/tabs.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';

const QUICK = { patience: 5, deaf: 50 };
const { signal: never } = new AbortController();

/** The tabs as a frozen one has them: it hears nothing and says nothing. */
const FROZEN: Tabs = { tell: () => undefined, listen: () => () => undefined, close: () => undefined };

let namespace = '';
let tabs: Tabs[] = [];
const openTab = (): Tabs => {
  const opened = openTabs(namespace);
  tabs.push(opened);
  return opened;
};

beforeEach(() => {
  namespace = randomId();
});
afterEach(() => {
  for (const each of tabs) each.close();
  tabs = [];
});

/** Work that goes on until the test ends it or its signal aborts. */
function openWork(): {
  work: (signal: AbortSignal) => Promise<string>;
  begun: Promise<void>;
  end: (this: void) => void;
} {
  const begun = deferred();
  const end = deferred();
  const work = async (signal: AbortSignal): Promise<string> => {
    begun.resolve();
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
    await Promise.race([end.promise, stopped]);
    return 'done';
  };
  return {
    work,
    begun: begun.promise,
    end: () => {
      end.resolve();
    },
  };
}

/** Resolves once as much time has passed as it takes to find out that a leader is frozen. */
async function outlast(threadId: string): Promise<void> {
  const asleep = openWork();
  const lost = rejection(createLead(namespace, FROZEN)(threadId, never, asleep.work));
  await asleep.begun;
  await createLead(namespace, openTab(), QUICK)(threadId, never, () => Promise.resolve());
  await lost;
}

describe('the leader of a thread', () => {
  it('is one at a time, over all tabs', async () => {
    const [here, there] = [createLead(namespace, openTab()), createLead(namespace, openTab())];
    const order: string[] = [];
    const first = openWork();
    const one = here('t', never, first.work).then(() => order.push('one'));
    await first.begun;
    const two = there('t', never, () => Promise.resolve(order.push('two')));
    const other = await there('another', never, () => Promise.resolve('at once'));
    first.end();
    await Promise.all([one, two]);
    expect([other, order]).to.deep.equal(['at once', ['one', 'two']]);
  });

  it('keeps the thread as long as it is awake, however long others wait', async () => {
    const [here, there] = [createLead(namespace, openTab(), QUICK), createLead(namespace, openTab(), QUICK)];
    const asked = deferred();
    let asks = 0;
    openTab().listen((news) => {
      if (news.type === 'who-leads' && ++asks === 5) asked.resolve();
    });
    const first = openWork();
    const one = here('t', never, first.work);
    await first.begun;
    const two = there('t', never, () => Promise.resolve('second'));
    await asked.promise;
    first.end();
    expect(await Promise.all([one, two])).to.deep.equal(['done', 'second']);
  });

  it('keeps it while others of its own tab wait', async () => {
    const lead = createLead(namespace, openTab(), QUICK);
    const first = openWork();
    const one = lead('t', never, first.work);
    await first.begun;
    const two = lead('t', never, () => Promise.resolve('second'));
    // Twice the time in which one that is asleep would have lost it.
    for (const other of ['a', 'b']) await outlast(other);
    first.end();
    expect(await Promise.all([one, two])).to.deep.equal(['done', 'second']);
  });

  it('keeps it when another one has waited longer than it for one that is frozen', async () => {
    const frozen = createLead(namespace, FROZEN);
    const asleep = openWork();
    const lost = rejection(frozen('t', never, asleep.work));
    await asleep.begun;
    const patient = createLead(namespace, openTab(), { ...QUICK, deaf: 2 * QUICK.deaf });
    const hasty = createLead(namespace, openTab(), QUICK);
    const second = openWork();
    const two = hasty('t', never, second.work);
    const three = patient('t', never, () => Promise.resolve('third'));
    await second.begun;
    for (const other of ['a', 'b']) await outlast(other);
    second.end();
    expect(await Promise.all([two, three])).to.deep.equal(['done', 'third']);
    expect(await lost).to.include({ code: 'fenced' });
  });

  it('loses it when it is frozen, and learns so when it thaws', async () => {
    const frozen = createLead(namespace, FROZEN);
    const first = openWork();
    const lost = rejection(frozen('t', never, first.work));
    await first.begun;
    const awake = createLead(namespace, openTab(), QUICK);
    expect(await awake('t', never, () => Promise.resolve('taken over'))).to.equal('taken over');
    expect(await lost).to.include({ code: 'fenced' });
  });

  it('stops waiting when it is stopped', async () => {
    const lead = createLead(namespace, openTab(), QUICK);
    const first = openWork();
    const one = lead('t', never, first.work);
    await first.begun;
    const stop = new AbortController();
    const two = rejection(lead('t', stop.signal, () => Promise.resolve()));
    stop.abort();
    expect(await two).to.include({ code: 'aborted' });
    first.end();
    expect(await one).to.equal('done');
  });

  it('passes on how its work failed, and the thread is free again', async () => {
    const lead = createLead(namespace, openTab());
    const failure = new DOMException('mine', 'AbortError');
    expect(await rejection(lead('t', never, () => Promise.reject(failure)))).to.equal(failure);
    expect(await lead('t', never, () => Promise.resolve(1))).to.equal(1);
  });
});
