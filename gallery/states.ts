/** Every state of every element, each with a name and what makes it. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { AgentError } from '../src/core/index.ts';
import type { ErrorCode, Interrupt, Message } from '../src/core/index.ts';
import type { AgentReady } from '../src/client/index.ts';
import {
  approval,
  broken,
  called,
  FakeAgent,
  FakeThread,
  READY,
  REMOTE,
  replied,
  said,
  used,
} from '../test/components/fake-agent.ts';
import { ARABIC, KITCHEN_SINK, STREAMED } from './texts.ts';

/** One state: what is shown, and what happens once it is shown. */
export interface State {
  readonly name: string;
  readonly view: TemplateResult;
  readonly then?: () => void;
}

interface ChatParts {
  readonly messages?: readonly Message[];
  readonly interrupts?: readonly Interrupt[];
  readonly ready?: Promise<AgentReady>;
  readonly then?: (thread: FakeThread) => void;
  readonly starters?: readonly string[];
  readonly dir?: 'rtl';
}

function chat(name: string, parts: ChatParts = {}): State {
  const { messages = [], interrupts = [], ready = Promise.resolve(READY), then, starters = [], dir = 'ltr' } = parts;
  const thread = new FakeThread('main', messages, interrupts);
  const agent = new FakeAgent(thread, ready);
  const view = html`<inpage-chat dir=${dir} heading="Tea shop" .agent=${agent} .starters=${starters}></inpage-chat>`;
  return {
    name: `chat: ${name}`,
    view,
    ...(then
      ? {
          then: () => {
            then(thread);
          },
        }
      : {}),
  };
}

const ASKED = [said('Which tea without caffeine do you have?')];
const STARTERS = ['Which teas are new?', 'Where is my order?', 'Put two bags of rooibos into my cart', 'Check out'];

const remote = (): Promise<AgentReady> => Promise.resolve(REMOTE);

function failing(code: ErrorCode, details?: unknown): State {
  return chat(`failed, ${code}`, {
    messages: ASKED,
    ready: remote(),
    then: (thread) => {
      thread.next = ['model'];
      thread.start();
      thread.end('failed', new AgentError(code, '"m" at api.example failed (1).', { fix: 'Mend it.', details }));
    },
  });
}

const outcome: Interrupt = {
  ...{ id: 'q', task: '1:tool:0', kind: 'outcome-unknown' },
  payload: { callId: 'c1', tool: 'send_mail', description: 'Sends a mail', input: { to: 'ada@example.org' } },
};
const question: Interrupt = { id: 'q', task: '1:ask:0', kind: 'input', payload: 'Which size should it be?' };

const form = {
  tool: 'place_order',
  description: 'Places the order',
  danger: 'high',
  input: { items: ['Rooibos Vanilla', 'Lemon verbena'], total: 17.1, gift: false, note: '' },
  inputSchema: {
    type: 'object',
    required: ['items', 'total'],
    properties: {
      items: { type: 'array', items: { type: 'string' } },
      total: { type: 'number' },
      gift: { type: 'boolean' },
      note: { type: 'string' },
    },
  },
  scopes: ['once', 'run', 'thread'],
} as const;

const tools = [
  ...ASKED,
  ...used('search_products', { query: 'tea', caffeine: false }, [{ name: 'Rooibos Vanilla', price: 7.2 }]),
  ...called(
    'get_stock',
    { id: 7 },
    {
      type: 'error-json',
      value: {
        code: 'tool-timeout',
        message: '“get_stock” took longer than 5 s.',
        fix: 'Try again.',
      },
    },
  ),
  ...called('delete_cart', {}, { type: 'execution-denied', reason: 'Not now.' }),
  replied('Rooibos Vanilla is what we have.'),
];

/** All of them, in the order in which they are shown. */
export const states: readonly State[] = [
  chat('empty'),
  chat('empty, with starters', { starters: STARTERS }),
  chat('empty, with a remote model', { ready: remote(), starters: STARTERS.slice(0, 2) }),
  chat('before anything is known', { ready: new Promise(() => undefined) }),
  chat('without an agent', { ready: Promise.reject(broken()) }),
  chat('an answer in markdown', { messages: [...ASKED, replied(KITCHEN_SINK)], ready: remote() }),
  chat('an answer that is being written', {
    messages: ASKED,
    ready: remote(),
    then: (thread) => {
      thread.start();
      thread.emit({ type: 'text-start', id: 'm' }, { type: 'text-delta', id: 'm', text: STREAMED });
    },
  }),
  chat('waiting for the first word', {
    messages: ASKED,
    then: (thread) => {
      thread.start();
    },
  }),
  chat('tool calls', { messages: tools }),
  chat('a tool that is running', {
    messages: ASKED,
    then: (thread) => {
      thread.start();
      thread.emit({ type: 'tool-start', callId: 'c', tool: 'search_products', input: {} });
    },
  }),
  chat('an approval', { messages: ASKED, interrupts: [approval(form)] }),
  chat('an approval after text of strangers', {
    messages: ASKED,
    interrupts: [approval({ taintedBy: 'read_reviews', expiresAt: Date.UTC(2030, 0, 1, 12) })],
  }),
  chat('a call that was cut off', { messages: ASKED, interrupts: [outcome] }),
  chat('a question', { messages: ASKED, interrupts: [question] }),
  chat('cut off', {
    messages: ASKED,
    then: (thread) => {
      thread.next = ['model'];
      thread.start();
      thread.end('cancelled');
    },
  }),
  failing('model-unreachable'),
  failing('model-rate-limited', { retryAfter: 42_000 }),
  failing('context-overflow'),
  failing('budget-exhausted', { limit: 'tokensPerDay', used: 10, allowed: 10 }),
  chat('right to left', { messages: [said('ما هو الشاي بدون كافيين؟'), replied(ARABIC)], dir: 'rtl', ready: remote() }),
  chat('long', {
    messages: Array.from({ length: 40 }, (_, n) => [
      said(`Question ${n}`),
      replied(`Answer ${n}, in some words.`),
    ]).flat(),
  }),
];
