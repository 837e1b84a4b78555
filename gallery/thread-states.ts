/** The states of the list of conversations. */
import { html } from 'lit';
import { FakeAgent, listed } from '../test/components/fake-agent.ts';
import { found, press } from './state.ts';
import type { Scene, State } from './state.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const NAMES = ['Tea without caffeine', 'Where is my order?', 'A gift for the neighbours, wrapped, with a card', 'شاي'];

/** The conversations of the tea shop. */
export function conversations(count = NAMES.length): ReturnType<typeof listed>[] {
  // Noon, so that an hour ago is the same day whenever this is looked at.
  const noon = new Date().setHours(12, 0, 0, 0);
  const spans = [0, HOUR, DAY, 3 * DAY, 40 * DAY];
  return Array.from({ length: count }, (_, n) =>
    listed(NAMES[n % NAMES.length] ?? '', {
      id: `t${n}`,
      updated: noon - (spans[n] ?? 40 * DAY + n * DAY),
      status: n === 1 ? 'interrupted' : n === 2 ? 'unfinished' : 'idle',
    }),
  );
}

function threads(name: string, all: () => ReturnType<typeof listed>[], ...presses: readonly string[]): State {
  const make = (): Scene => {
    const agent = new FakeAgent();
    agent.threads.become(...all());
    return {
      view: html`<inpage-threads .agent=${agent} thread="t0"></inpage-threads>`,
      async then(place) {
        if (all().length > 0) await found(place, 'inpage-threads', '.select');
        for (const each of presses) await press(place, 'inpage-threads', each);
      },
    };
  };
  return { name: `threads: ${name}`, make };
}

export const threadStates: readonly State[] = [
  threads('none', () => []),
  threads('some', conversations),
  threads('many', () => conversations(40)),
  threads('what to do with one', conversations, '[part=thread] .plain'),
  threads('another name', conversations, '[part=thread] .plain', '.actions button:nth-child(1)'),
  threads('deleting one', conversations, '[part=thread] .plain', '.actions button:nth-child(3)'),
];
