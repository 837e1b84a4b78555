import { expect } from 'chai';
import type { Message, ModelPart, RunEvent } from '../../src/core/index.ts';
import { messageCalls } from '../../src/core/index.ts';
import { finish, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { calls, converse, eraseAll, tool } from './conversation.ts';

/** How often a run is stopped. */
const TIMES = 200;

/** Pseudo-random numbers that are the same each time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const words = (text: string): readonly ModelPart[] => [
  ...text.split(' ').map((word): ModelPart => ({ type: 'text-delta', id: 't', text: `${word} ` })),
  finish(),
];

describe('a run that is stopped at any moment', () => {
  afterEach(eraseAll);

  it(`ends once, has no call without a result, and goes on: ${TIMES} times`, async function () {
    this.timeout(60_000);
    const random = createRandom(7);
    /** What is counted: the moments in which the model or a tool is at work. */
    let moments = 0;
    let at = -1;
    let stop = (): void => undefined;
    const moment = async (): Promise<void> => {
      if (moments++ === at) stop();
      await new Promise((resolve) => setTimeout(resolve));
    };
    // The same for every thread: what comes next follows from what is there.
    const next: ScriptedAnswer = async ({ messages }) => {
      await moment();
      await moment();
      const made = messages.slice(messages.findLastIndex(({ role }) => role === 'user')).flatMap(messageCalls).length;
      if (made === 0) return calls(['look', { n: 1 }], ['look', { n: 2 }], ['put', { n: 3 }]);
      return made < 5 ? calls(['put', { n: made }]) : words('All of it is done now, I think.');
    };
    const work = async (input: unknown): Promise<unknown> => {
      await moment();
      return input;
    };
    const agent = converse(Array.from({ length: 20 * TIMES }, () => next));
    agent.tool(tool('look', 'read', { reads: ['cart'], run: work }));
    agent.tool(tool('put', 'write', { writes: ['cart'], run: work }));
    let stopped = 0;
    for (let time = 0; time < TIMES; time++) {
      const thread = agent.thread(`t${time}`);
      const ended: string[] = [];
      moments = 0;
      at = Math.floor(random() * 14);
      stop = () => {
        void thread.stop();
      };
      const ends = new Promise<void>((resolve) => {
        thread.subscribe((batch: readonly RunEvent[]) => {
          for (const event of batch) if (event.type === 'run-end') ended.push(event.status);
          if (ended.length > 0) resolve();
        });
      });
      let turn = await thread.send('go');
      await ends;
      expect(ended, `stopped at moment ${at}`).to.deep.equal([turn.status]);
      expect(turn.status).to.be.oneOf(['cancelled', 'completed']);
      if (turn.status === 'cancelled') stopped++;
      for (let tries = 0; turn.status !== 'completed' && tries < 5; tries++) {
        // A write that was cut off may have been made: a person says.
        const [open] = turn.interrupts;
        turn = open ? await thread.answer(open.id, { outcome: 'retry' }) : await thread.resume();
      }
      expect(turn.status, `resumed after moment ${at}`).to.equal('completed');
      const messages = (await thread.state())?.state['messages'] as readonly Message[];
      const made = messages.flatMap(messageCalls).map(({ toolCallId }) => toolCallId);
      const results = messages.flatMap(({ role, content }) =>
        role === 'tool' ? content.map(({ toolCallId }) => toolCallId) : [],
      );
      expect(results.toSorted(), `calls after moment ${at}`).to.deep.equal(made.toSorted());
      expect(turn.text).to.include('All of it is done');
    }
    expect(stopped).to.be.above(TIMES / 2);
  });

  it('before it has begun is not begun', async () => {
    const agent = converse([say('Hello.')]);
    const stop = new AbortController();
    stop.abort();
    const error: unknown = await agent
      .thread()
      .send('hello', { signal: stop.signal })
      .catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'aborted' });
  });
});
