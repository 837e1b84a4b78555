/** PocketFlow: a flow of one node, whose action leads back to it. */
import { Flow, Node } from 'pocketflow';
import { contender, verify } from '../harness/contender.ts';
import { asyncNode } from './node.ts';
import type { Count } from './node.ts';

interface Shared {
  n: number;
  limit: number;
}

class Step extends Node<Shared> {
  override async prep(shared: Shared): Promise<Count> {
    return shared;
  }

  override async exec(count: Count): Promise<Count> {
    return asyncNode(count);
  }

  override async post(shared: Shared, _count: Count, result: Count): Promise<string> {
    shared.n = result.n;
    return shared.n < shared.limit ? 'again' : 'done';
  }
}

class End extends Node<Shared> {}

const step = new Step();
step.on('again', step);
step.on('done', new End());
const flow = new Flow<Shared>(step);

contender({
  async 'async node'(units) {
    const shared = { n: 0, limit: units };
    await flow.run(shared);
    verify(shared.n, units, 'n');
  },
});
