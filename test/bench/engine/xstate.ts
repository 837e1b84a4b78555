/** XState: a machine whose one state invokes a promise actor and enters itself again. */
import { assign, createActor, fromPromise, setup, toPromise } from 'xstate';
import { contender, verify } from '../harness/contender.ts';
import { asyncNode } from './node.ts';
import type { Count } from './node.ts';

interface Scope {
  readonly context: Count & { readonly limit: number };
  readonly event: { readonly output: Count };
}

const take = assign(({ event }: Scope) => event.output);

const machine = setup({
  actors: { node: fromPromise(({ input }: { input: Count }) => asyncNode(input)) },
}).createMachine({
  context: ({ input }: { input: { limit: number } }) => ({ n: 0, limit: input.limit }),
  initial: 'a',
  states: {
    a: {
      invoke: {
        src: 'node',
        input: ({ context }: Scope) => ({ n: context.n }),
        onDone: [
          {
            guard: ({ context, event }: Scope) => event.output.n < context.limit,
            target: 'a',
            reenter: true,
            actions: take,
          },
          { target: 'done', actions: take },
        ],
      },
    },
    done: { type: 'final' },
  },
});

contender({
  async 'async node'(units) {
    const actor = createActor(machine, { input: { limit: units } });
    actor.start();
    await toPromise(actor);
    verify(actor.getSnapshot().context.n, units, 'n');
  },
});
