import { expect } from 'chai';
import { createAgent } from '../../src/index.ts';
import { startHost } from '../../src/client/ladder.ts';
import type { Rung } from '../../src/client/ladder.ts';
import { PROTOCOL } from '../../src/wire/index.ts';
import type { Hello } from '../../src/wire/index.ts';
import { hostStarter } from '../helpers/host.ts';
import { rejection } from '../helpers/rejection.ts';

const policy = { approval: 'dangerous', secretFields: [], logTools: false } as const;
const hello: Hello = {
  protocol: PROTOCOL,
  namespace: 'ladder',
  model: { kind: 'host', name: 'planner' },
  agent: {},
  policy,
  retention: {},
};
const inPage: Rung = { kind: 'page', start: hostStarter({}) };
const blob = (text: string): Rung => ({
  kind: 'blob',
  start: () => new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))),
});
const start = (...rungs: Rung[]) => startHost(rungs, hello, () => undefined, 1000);

describe('the ladder', () => {
  const broken: readonly (readonly [string, Rung, RegExp])[] = [
    ['a worker whose script is not there', { kind: 'worker', start: () => new Worker('/nothing.js') }, /^worker: /],
    ['a worker whose script throws', blob('throw new Error("no luck")'), /^blob: .*no luck/],
    [
      'a constructor that throws',
      { kind: 'worker', start: () => new Worker('https://other.example/w.js') },
      /^worker: /,
    ],
  ];
  for (const [what, rung, reason] of broken) {
    it(`goes down from ${what}, and says why`, async () => {
      const connected = await start(rung, inPage);
      expect([connected.kind, connected.welcome.scope]).to.deep.equal(['page', 'Window']);
      expect(connected.failures).to.have.length(1);
      expect(connected.failures[0]).to.match(reason);
      connected.end();
    });
  }

  it('goes down from a worker that never answers, when its time is up', async () => {
    const connected = await startHost([blob(''), inPage], hello, () => undefined, 50);
    expect([connected.kind, connected.failures]).to.deep.equal(['page', ['blob: no answer in time']]);
    connected.end();
  });

  it('names every rung when none holds', async () => {
    const error = await rejection(
      start(blob('throw 1'), { kind: 'page', start: () => Promise.reject(new Error('no')) }),
    );
    expect(error).to.include({ code: 'worker-failed' });
    expect((error as Error).message).to.match(/blob: .*; page: no/);
  });

  it('does not try elsewhere what a host itself refuses', async () => {
    const wrong = startHost([inPage, inPage], { ...hello, model: { kind: 'host', name: 'gpt' } }, () => undefined);
    expect(await rejection(wrong)).to.include({
      code: 'unknown-model',
      fix: 'It has: planner. Models of your own are given to serve().',
    });
    const odd = startHost([{ kind: 'worker', start: () => ({}) as Worker }, inPage], hello, () => undefined);
    expect(await rejection(odd)).to.include({ code: 'invalid-option' });
    const old = startHost([inPage], { ...hello, protocol: 0 }, () => undefined);
    expect(await rejection(old)).to.include({ code: 'protocol-mismatch' });
  });
});

describe('createAgent', () => {
  it('takes a worker by its address, and says which rung holds when it is not there', async () => {
    const agent = createAgent({ namespace: 'ladder-url', worker: '/not-there.js' });
    const ready = await agent.ready;
    expect(ready.host).to.equal('worker');
    expect(ready.notices.map(({ code }) => code)).to.deep.equal(['worker-fallback']);
    await agent.erase();
  });

  it('does not put another host in the place of a starter of the site’s own', async () => {
    const agent = createAgent({
      worker: () => {
        throw new Error('not today');
      },
    });
    expect(await rejection(agent.ready)).to.include({ code: 'worker-failed' });
    expect(await rejection(agent.thread().send('hello'))).to.include({ code: 'worker-failed' });
    await agent.close();
  });

  it('refuses a namespace that is none', () => {
    expect(() => createAgent({ namespace: 'a/b' }))
      .to.throw()
      .with.property('code', 'invalid-option');
  });

  it('gives the same host for the same options, and another for others', async () => {
    let starts = 0;
    const starter = hostStarter({});
    const worker = () => {
      starts++;
      return starter();
    };
    const [one, two, other] = [
      createAgent({ namespace: 'same', worker }),
      createAgent({ namespace: 'same', worker }),
      createAgent({ namespace: 'other', worker }),
    ];
    await Promise.all([one.ready, two.ready, other.ready]);
    expect(starts).to.equal(2);
    await one.erase();
    await other.erase();
  });

  it('works when there is no IndexedDB, and says so', async () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      const agent = createAgent({ namespace: 'refused', worker: hostStarter({}) });
      const ready = await agent.ready;
      expect(ready.storage).to.equal('memory');
      expect(ready.notices[0]).to.include({ code: 'storage-unavailable' });
      const { status } = await agent.thread().send('hello');
      expect(status).to.equal('completed');
      await agent.close();
    } finally {
      if (original) Object.defineProperty(globalThis, 'indexedDB', original);
    }
  });
});
