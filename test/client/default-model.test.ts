import { expect } from 'chai';
import { createAgent } from '../../src/index.ts';
import type { Agent, AgentOptions } from '../../src/index.ts';
import { attach } from '../../src/worker/host.ts';
import { createPlanner } from '../../src/models/index.ts';
import { eraseAll, freshNamespace, keep, tool } from '../agent/conversation.ts';
import { rejection } from '../helpers/rejection.ts';
import { installPromptApi, removePromptApi } from '../page/fake-prompt-api.ts';

const open = (options: AgentOptions = {}): Agent => keep(createAgent({ namespace: freshNamespace(), ...options }));

const PLANNER = { id: 'planner', generative: false };
const OWN = { id: 'prompt-api', generative: true, sentTo: [] };

describe('an agent whose site names no model', () => {
  afterEach(async () => {
    await eraseAll();
    removePromptApi();
  });

  it('has the planner where the browser has no model, or does not say', async () => {
    const silent = { availability: () => Promise.reject(new DOMException('No.', 'InvalidStateError')) };
    for (const api of [undefined, silent]) {
      Object.defineProperty(globalThis, 'LanguageModel', { configurable: true, value: api });
      expect(await open().ready).to.deep.include({ model: PLANNER, notices: [] });
    }
    const fake = installPromptApi({ availability: 'unavailable' });
    expect(await open().ready).to.deep.include({ model: PLANNER, notices: [] });
    expect(fake.created).to.deep.equal([]);
  });

  it('has the browser’s own model where it is there, and calls tools through it', async () => {
    const fake = installPromptApi({
      reply: ({ messages }) =>
        messages.length < 3 ? '{"tool":"add","input":{"a":1}}' : '{"answer":"I have added it."}',
    });
    const agent = open({ instructions: 'Be short.' });
    agent.tool(tool('add', 'write'));
    expect(await agent.ready).to.deep.include({ host: 'worker', model: OWN, notices: [] });
    expect(fake.created, 'nothing is loaded before it is asked').to.deep.equal([]);
    const { text, toolCalls } = await agent.thread().send('add one');
    expect([text, toolCalls.map(({ outcome }) => outcome)]).to.deep.equal(['I have added it.', ['ok']]);
  });

  it('has the planner where another model is named', async () => {
    installPromptApi();
    expect((await open({ model: 'planner' }).ready).model).to.deep.equal(PLANNER);
  });

  it('says that there is a model to be downloaded, and downloads it only when told to', async () => {
    const fake = installPromptApi({ availability: 'downloadable' });
    const namespace = freshNamespace();
    const before = open({ namespace });
    const { model, notices } = await before.ready;
    expect(model).to.deep.equal(PLANNER);
    expect(notices.map(({ code }) => code)).to.deep.equal(['model-downloadable']);
    expect(fake.created).to.deep.equal([]);
    expect(await rejection(before.prepareModel())).to.include({ code: 'model-unauthorized' });
    fake.isActive = true;
    const told: number[] = [];
    await before.prepareModel({
      onProgress: (ratio) => {
        told.push(ratio);
        fake.finishDownload();
      },
    });
    expect(told).to.deep.equal([0, 0.5, 1, 1]);
    expect((await before.ready).model, 'what was begun goes on').to.deep.equal(PLANNER);
    const after = open({ namespace });
    expect((await after.ready).model).to.deep.equal(OWN);
    expect(open({ namespace }).ready, 'they share it').to.equal(after.ready);
    await before.close();
  });

  it('says that a model is being downloaded', async () => {
    installPromptApi({ availability: 'downloading' });
    expect((await open().ready).notices.map(({ code }) => code)).to.deep.equal(['model-downloading']);
  });

  it('has the planner where the site’s worker has no code for a language model, and says so', async () => {
    installPromptApi();
    const worker = (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = ({ data }: MessageEvent<{ port: MessagePort }>) => {
        attach({ models: { planner: createPlanner } }, data.port);
      };
      return port1;
    };
    const { model, notices } = await open({ worker }).ready;
    expect(model).to.deep.equal(PLANNER);
    expect(notices.map(({ code }) => code)).to.deep.equal(['model-fallback']);
  });
});

describe('prepareModel', () => {
  afterEach(eraseAll);

  it('resolves at once where there is nothing to be done', async () => {
    await open({ model: 'planner' }).prepareModel();
  });
});
