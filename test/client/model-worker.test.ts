import { expect } from 'chai';
import { AgentError } from '../../src/core/index.ts';
import type { Model } from '../../src/core/index.ts';
import { createAgent } from '../../src/index.ts';
import type { Agent, AgentOptions } from '../../src/index.ts';
import { createScriptedModel, say } from '../../src/models/index.ts';
import { eraseAll, freshNamespace, keep, tool } from '../agent/conversation.ts';
import { deferred } from '../helpers/deferred.ts';
import { openSession } from '../helpers/model-session.ts';
import { rejection } from '../helpers/rejection.ts';
import { installPromptApi, removePromptApi } from '../page/fake-prompt-api.ts';

const open = (options: AgentOptions): Agent => keep(createAgent({ namespace: freshNamespace(), ...options }));

const ofPage = (text = 'From the page.'): Model => createScriptedModel([say(text)]);

/** Starts workers by another constructor, until a test is over. */
let restore: () => void = () => undefined;
function replaceWorker(Other: typeof Worker): void {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'Worker') ?? {};
  Object.defineProperty(globalThis, 'Worker', { ...own, value: Other });
  restore = () => {
    Object.defineProperty(globalThis, 'Worker', own);
  };
}

/** Notes the scripts of the workers that are started. */
function watchWorkers(): readonly string[] {
  const scripts: string[] = [];
  replaceWorker(
    class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        scripts.push(new URL(url, location.href).pathname.split('/').at(-1) ?? '');
        super(url, options);
      }
    },
  );
  return scripts;
}

function forbidWorkers(): void {
  const refuse = function (): never {
    throw new DOMException('No workers here.', 'SecurityError');
  };
  replaceWorker(refuse as unknown as typeof Worker);
}

afterEach(async () => {
  restore();
  removePromptApi();
  await eraseAll();
});

describe('the worker that an agent starts', () => {
  it('has no planner where a language model answers, of the page or remote, and no language model else', async () => {
    const { endpoint } = await openSession();
    const scripts = watchWorkers();
    for (const [model, script] of [
      ['planner', 'worker.ts'],
      [undefined, 'worker.ts'],
      [ofPage(), 'worker-models.ts'],
      [{ endpoint, model: 'text' }, 'worker-models.ts'],
    ] as const) {
      await open(model === undefined ? {} : { model }).ready;
      expect(scripts.at(-1)).to.equal(script);
    }
    installPromptApi();
    await open({}).ready;
    expect(scripts.at(-1)).to.equal('worker-models.ts');
    expect(scripts, 'each starts one').to.have.length(5);
  });

  it('is the stock one with language models where a site’s own is not there', async () => {
    const scripts = watchWorkers();
    const agent = open({ model: ofPage(), worker: '/not-there.js' });
    expect((await agent.ready).notices.map(({ code }) => code)).to.deep.equal(['worker-fallback']);
    expect(scripts).to.deep.equal(['not-there.js', 'worker-models.ts']);
    expect((await agent.thread().send('hello')).text).to.equal('From the page.');
  });
});

describe('where no worker can be started', () => {
  beforeEach(forbidWorkers);

  it('models of the page and remote ones answer from the page, with its tools', async () => {
    const { endpoint } = await openSession();
    for (const [model, text] of [
      [ofPage(), 'From the page.'],
      [{ endpoint, model: 'text' }, 'Hello from the server.'],
    ] as const) {
      const agent = open({ model });
      const { host, notices } = await agent.ready;
      expect([host, notices.map(({ code }) => code)]).to.deep.equal(['page', ['worker-failed']]);
      agent.tool(tool('add', 'write'));
      expect((await agent.thread().send('hello')).text).to.equal(text);
    }
  });

  it('the browser’s own model answers from the page too', async () => {
    installPromptApi({ reply: () => '{"answer":"Here I am."}' });
    const agent = open({});
    agent.tool(tool('add', 'write'));
    const { host, model } = await agent.ready;
    expect([host, model.id]).to.deep.equal(['page', 'prompt-api']);
    expect((await agent.thread().send('hello')).text).to.equal('Here I am.');
  });
});

describe('prepareModel of a model of the page', () => {
  it('has the model get ready, tells how far it is, and can be stopped', async () => {
    const told: number[] = [];
    const begun = deferred<AbortSignal>();
    const model: Model = {
      ...ofPage(),
      prepare({ onProgress, signal }) {
        onProgress(0.5);
        begun.resolve(signal);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new AgentError('aborted', 'It was stopped.', { fix: 'Begin again.' }));
          });
        });
      },
    };
    const agent = open({ model });
    const stop = new AbortController();
    const ready = agent.prepareModel({ onProgress: (ratio) => told.push(ratio), signal: stop.signal });
    expect((await begun.promise).aborted).to.equal(false);
    stop.abort();
    expect(await rejection(ready)).to.include({ code: 'aborted' });
    expect(told).to.deep.equal([0.5]);
    expect((await agent.thread().send('hello')).text).to.equal('From the page.');
  });

  it('ends with the agent', async () => {
    const begun = deferred<AbortSignal>();
    const prepare: Model['prepare'] = ({ signal }) => {
      begun.resolve(signal);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
    };
    const agent = open({ model: { ...ofPage(), prepare } });
    const ready = agent.prepareModel();
    await begun.promise;
    await agent.close();
    await ready;
    expect((await begun.promise).aborted).to.equal(true);
  });
});
