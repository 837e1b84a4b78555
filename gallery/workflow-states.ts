/** The states of a workflow with its questions. */
import { html } from 'lit';
import type { AgentWorkflows } from '../src/client/index.ts';
import { AgentError } from '../src/core/index.ts';
import { approval, FakeAgent } from '../test/components/fake-agent.ts';
import type { FakeThread } from '../test/components/fake-agent.ts';
import { enough, lookUp, ORDER, over } from './progress-states.ts';
import { found, seen } from './state.ts';
import type { Scene, State } from './state.ts';

/** An agent with one workflow, whose text nobody reads. */
class OrderAgent extends FakeAgent {
  override workflows(): Promise<AgentWorkflows> {
    const order: Partial<AgentWorkflows> = {
      documentOf: () => Promise.resolve(undefined),
      read: () => Promise.resolve({} as Awaited<ReturnType<AgentWorkflows['read']>>),
      outline: () => Promise.resolve({ ...ORDER, description: 'Looks a thing up, and orders it if that pays.' }),
      thread: () => Promise.resolve(this.current),
    };
    return Promise.resolve(order as AgentWorkflows);
  }
}

function workflow(name: string, play: (thread: FakeThread) => void = () => undefined): State {
  const make = (): Scene => {
    const agent = new OrderAgent();
    return {
      view: html`<inpage-workflow .agent=${agent} .source=${'order'}></inpage-workflow>`,
      async then(place) {
        await seen(() => agent.current.listeners > 0);
        play(agent.current);
        await found(place, 'inpage-workflow', 'ol');
      },
    };
  };
  return { name: `workflow: ${name}`, make };
}

export const workflowStates: readonly State[] = [
  workflow('not begun'),
  workflow('running', lookUp),
  workflow('waits for a person', (thread) => {
    enough(thread);
    thread.emit({ type: 'node-end', node: 'approve', task: '2:approve', outcome: 'interrupted' });
    thread.ask({ ...approval(), task: '2:approve' });
    thread.end('interrupted');
  }),
  workflow('done', over),
  workflow('failed', (thread) => {
    lookUp(thread);
    const price = '0:look_up/0:price';
    thread.emit({ type: 'node-end', node: 'price', task: `${price}/0:price`, outcome: 'failed', ...{ ns: price } });
    thread.emit({ type: 'node-end', node: 'price', task: price, outcome: 'failed', ...{ ns: '0:look_up' } });
    thread.emit({ type: 'node-end', node: 'look_up', task: '0:look_up', outcome: 'failed' });
    thread.end('failed', new AgentError('tool-timeout', '“get_stock” took longer than 5 s.', { fix: 'Try again.' }));
  }),
];
