/** The states of the button in the corner and its panel. */
import { html, nothing } from 'lit';
import type { InpageAgent } from '../components/index.ts';
import { approval, FakeAgent, FakeThread, replied, said } from '../test/components/fake-agent.ts';
import { found, loaded, press } from './state.ts';
import type { Scene, State } from './state.ts';
import { conversations } from './thread-states.ts';

interface AgentParts {
  readonly mode?: InpageAgent['mode'];
  readonly open?: boolean;
  readonly corner?: InpageAgent['corner'];
  readonly lang?: string;
  /** Whether the conversations are shown. */
  readonly list?: boolean;
  readonly then?: (thread: FakeThread) => void;
}

const TALK = [
  said('Which tea without caffeine do you have?'),
  replied('Rooibos and lemon verbena. Shall I order one?'),
];

function agent(name: string, parts: AgentParts): State {
  const { mode = 'floating', open = false, corner = 'end', lang = nothing } = parts;
  const make = (): Scene => {
    const thread = new FakeThread('t0', TALK);
    const fake = new FakeAgent(thread);
    fake.threads.become(...conversations());
    return {
      view: html`${mode === 'inline' ? nothing : html`<p>The page that it is for.</p>`}
        <inpage-agent
          lang=${lang}
          mode=${mode}
          corner=${corner}
          heading="Tea shop"
          .open=${open}
          .agent=${fake}
        ></inpage-agent>`,
      async then(place) {
        await loaded(place);
        parts.then?.(thread);
        if (parts.list !== true) return;
        await found(place, 'inpage-chat', 'header [aria-expanded=false]:first-child');
        await press(place, 'inpage-chat', 'header [aria-expanded=false]:first-child');
        await found(place, 'inpage-agent', 'inpage-threads', '.select');
      },
    };
  };
  return { name: `agent: ${name}`, make };
}

export const agentStates: readonly State[] = [
  agent('closed', {}),
  agent('closed, and something waits', {
    then: (thread) => {
      thread.start();
      thread.ask(approval());
      thread.end('interrupted');
    },
  }),
  agent('open', { open: true }),
  agent('open, with the conversations', { open: true, list: true }),
  agent('open in the other corner', { open: true, corner: 'start' }),
  agent('open, in Arabic', { open: true, lang: 'ar' }),
  agent('in the page', { mode: 'inline', list: true }),
];
