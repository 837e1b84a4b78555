/** The states of the list of a run. */
import { html } from 'lit';
import { AgentError } from '../src/core/index.ts';
import { approval, FakeAgent } from '../test/components/fake-agent.ts';
import type { FakeThread } from '../test/components/fake-agent.ts';
import { seen } from './state.ts';
import type { Scene, State } from './state.ts';

function progress(name: string, play: (thread: FakeThread) => void): State {
  const make = (): Scene => {
    const agent = new FakeAgent();
    return {
      view: html`<inpage-progress .agent=${agent}></inpage-progress>`,
      async then() {
        await seen(() => agent.current.listeners > 0);
        agent.current.start();
        play(agent.current);
      },
    };
  };
  return { name: `progress: ${name}`, make };
}

function calls(thread: FakeThread): void {
  thread.emit(
    { type: 'node-start', node: 'model', task: '0:model', attempt: 1 },
    { type: 'tool-call', callId: 'c1', tool: 'search_products', input: {} },
    { type: 'tool-call', callId: 'c2', tool: 'get_stock', input: {} },
    { type: 'node-end', node: 'model', task: '0:model', outcome: 'ok' },
    { type: 'node-start', node: 'tool', task: '1:tool:0', attempt: 1 },
    { type: 'node-start', node: 'tool', task: '1:tool:1', attempt: 1 },
    { type: 'tool-start', callId: 'c1', tool: 'search_products', input: {} },
    { type: 'tool-start', callId: 'c2', tool: 'get_stock', input: {} },
    { type: 'tool-end', callId: 'c1', tool: 'search_products', outcome: 'cached' },
    { type: 'node-end', node: 'tool', task: '1:tool:0', outcome: 'ok' },
  );
}

export const progressStates: readonly State[] = [
  progress('running', calls),
  progress('waiting', (thread) => {
    calls(thread);
    thread.ask(approval());
    thread.end('interrupted');
  }),
  progress('done', (thread) => {
    calls(thread);
    thread.emit(
      { type: 'tool-end', callId: 'c2', tool: 'get_stock', outcome: 'ok' },
      { type: 'node-end', node: 'tool', task: '1:tool:1', outcome: 'ok' },
    );
    thread.end('completed');
  }),
  progress('failed', (thread) => {
    calls(thread);
    thread.emit(
      { type: 'tool-end', callId: 'c2', tool: 'get_stock', outcome: 'failed' },
      { type: 'node-end', node: 'tool', task: '1:tool:1', outcome: 'failed' },
    );
    thread.end('failed', new AgentError('tool-timeout', '“get_stock” took longer than 5 s.', { fix: 'Try again.' }));
  }),
];
