/** The states of the chat. */
import { html, nothing } from 'lit';
import { AgentError } from '../src/core/index.ts';
import type { ErrorCode, Interrupt, Message } from '../src/core/index.ts';
import type { AgentReady } from '../src/client/index.ts';
import {
  approval,
  attached,
  broken,
  called,
  FakeAgent,
  FakeThread,
  pictureFile,
  READY,
  REMOTE,
  replied,
  said,
  used,
} from '../test/components/fake-agent.ts';
import { found, loaded, press, seen } from './state.ts';
import type { Scene, State } from './state.ts';
import { ARABIC, KITCHEN_SINK, STREAMED } from './texts.ts';

interface ChatParts {
  readonly messages?: readonly Message[];
  readonly interrupts?: readonly Interrupt[];
  readonly ready?: () => Promise<AgentReady>;
  readonly then?: (thread: FakeThread) => void;
  readonly starters?: readonly string[];
  readonly suggestions?: readonly string[];
  /** Whether there is code that gets its colours, but for where the system chooses them. */
  readonly code?: true;
  /** Whether the network has gone. */
  readonly offline?: true;
  /** Files in the field. */
  readonly files?: readonly File[];
  readonly lang?: string;
  readonly press?: string;
  /** What was due when it was cut off. */
  readonly next?: readonly string[];
}

function chat(name: string, parts: ChatParts = {}): State {
  const { messages = [], interrupts = [], ready = () => Promise.resolve(READY), lang = nothing } = parts;
  const { starters = [], suggestions = [] } = parts;
  const make = (): Scene => {
    const thread = new FakeThread('main', messages, interrupts);
    thread.next = parts.next ?? [];
    const agent = new FakeAgent(thread, ready());
    return {
      view: html`<inpage-chat
        lang=${lang}
        heading=${lang === 'ar' ? 'متجر الشاي' : 'Tea shop'}
        .agent=${agent}
        .starters=${starters}
        .suggestions=${suggestions}
        accept=${parts.files ? 'image/*,.pdf,.txt' : nothing}
      ></inpage-chat>`,
      async then(place) {
        await loaded(place);
        parts.then?.(thread);
        if (parts.code && !matchMedia('(forced-colors: active)').matches)
          await seen(() => [...CSS.highlights.values()].some(({ size }) => size > 0));
        if (parts.offline) await goOffline(place);
        if (parts.files) await choose(place, parts.files);
        if (parts.press !== undefined) await press(place, 'inpage-chat', parts.press);
      },
    };
  };
  return { name: `chat: ${name}`, make };
}

/** Has the network go, where no other state is shown that would lose it as well. */
async function goOffline(place: HTMLElement): Promise<void> {
  if (!new URLSearchParams(location.search).has('only')) return;
  Object.defineProperty(navigator, 'onLine', { value: false });
  dispatchEvent(new Event('offline'));
  await found(place, 'inpage-chat', '[part~=offline]');
}

/** Chooses files as the dialog of the browser does. */
async function choose(place: HTMLElement, files: readonly File[]): Promise<void> {
  const field = await found(place, 'inpage-chat', 'input[type=file]');
  if (!(field instanceof HTMLInputElement)) return;
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  field.files = data.files;
  field.dispatchEvent(new Event('change'));
  await found(place, 'inpage-chat', 'canvas[data-drawn]');
}

const FILES = [
  await pictureFile(),
  new File(['x'.repeat(1_400_000)], 'What is left in the cupboard, with all prices.pdf', { type: 'application/pdf' }),
];

const ASKED = [said('Which tea without caffeine do you have?')];
const STARTERS = ['Which teas are new?', 'Where is my order?', 'Put two bags of rooibos into my cart', 'Check out'];

const SUGGESTIONS = [
  'What does the rooibos cost?',
  'Which of the two goes better with a cake of almonds and oranges, and why is that?',
  'Put the verbena into my cart',
];

const remote = (): Promise<AgentReady> => Promise.resolve(REMOTE);

function failing(code: ErrorCode, details?: unknown): State {
  return chat(`failed, ${code}`, {
    messages: ASKED,
    ready: remote,
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

/** What a call would do, with an argument of every kind. */
export const form = {
  tool: 'place_order',
  description: 'Places the order',
  danger: 'high',
  input: { items: ['Rooibos Vanilla', 'Lemon verbena'], total: 17.1, gift: false, delivery: '2030-05-04', note: '' },
  inputSchema: {
    type: 'object',
    required: ['items', 'total'],
    properties: {
      items: { type: 'array', items: { type: 'string' } },
      total: { type: 'number' },
      gift: { type: 'boolean' },
      delivery: { type: 'string', format: 'date' },
      note: { type: 'string' },
    },
  },
  touches: ['orders'],
  scopes: ['once', 'run', 'thread'],
} as const;

const ARABIC_FORM = {
  ...form,
  tool: 'place_order',
  summary: 'إرسال الطلب: رويبوس بالفانيليا ولويزة',
  input: { items: ['رويبوس بالفانيليا', 'لويزة'], total: 17.1, gift: false, delivery: '2030-05-04' },
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

export const chatStates: readonly State[] = [
  chat('empty'),
  chat('empty, with starters', { starters: STARTERS }),
  chat('empty, with a remote model', { ready: remote, starters: STARTERS.slice(0, 2) }),
  chat('before anything is known', { ready: () => new Promise(() => undefined) }),
  chat('without an agent', { ready: () => Promise.reject(broken()) }),
  chat('an answer in markdown', { messages: [...ASKED, replied(KITCHEN_SINK)], ready: remote, code: true }),
  chat('an answer that is being written', {
    messages: ASKED,
    ready: remote,
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
  chat('what may be said next', {
    messages: [...ASKED, replied('Rooibos and verbena.')],
    ready: remote,
    suggestions: SUGGESTIONS,
  }),
  chat('what may be said next, in Arabic', {
    messages: [said('ما هو الشاي بدون كافيين؟'), replied('رويبوس وليمونية.')],
    ready: remote,
    suggestions: ['ما سعر الرويبوس؟', 'أضف الليمونية إلى سلتي'],
    lang: 'ar',
  }),
  chat('a tool that is running', {
    messages: ASKED,
    then: (thread) => {
      thread.start();
      thread.emit({ type: 'tool-start', callId: 'c', tool: 'search_products', input: {} });
    },
  }),
  chat('an approval', { messages: ASKED, interrupts: [approval(form)] }),
  chat('an approval that is being changed', {
    messages: ASKED,
    interrupts: [approval(form)],
    press: '[part=edit]',
  }),
  chat('an approval after text of strangers', {
    messages: ASKED,
    interrupts: [approval({ taintedBy: 'read_reviews', expiresAt: Date.UTC(2030, 0, 1, 12) })],
  }),
  chat('an approval that nobody gave', { messages: ASKED, interrupts: [approval({ expiresAt: 1 })] }),
  chat('a call that was cut off', { messages: ASKED, interrupts: [outcome] }),
  chat('a question', { messages: ASKED, interrupts: [question] }),
  chat('without a network', { messages: [...ASKED, replied('Rooibos and verbena.')], ready: remote, offline: true }),
  chat('cut off', { messages: ASKED, next: ['model'] }),
  failing('model-unreachable'),
  failing('model-rate-limited', { retryAfter: 42_000 }),
  failing('context-overflow'),
  failing('budget-exhausted', { limit: 'tokensPerDay', used: 10, allowed: 10 }),
  chat('in Arabic', {
    messages: [said('ما هو الشاي بدون كافيين؟'), replied(ARABIC)],
    lang: 'ar',
    ready: remote,
    code: true,
  }),
  chat('an approval in Arabic', { messages: [said('أرسل طلبي')], interrupts: [approval(ARABIC_FORM)], lang: 'ar' }),
  chat('empty, in German', { lang: 'de', starters: ['Welche Tees sind neu?', 'Wo ist meine Bestellung?'] }),
  chat('permissions', { messages: ASKED, press: '[data-opens=permissions]' }),
  chat('what answers', {
    messages: [...ASKED, Object.assign(replied('Rooibos.'), { usage: { inputTokens: 1_840, outputTokens: 96 } })],
    ready: remote,
    press: '[part=model]',
  }),
  chat('a message in other words', {
    messages: [...ASKED, replied('Rooibos and verbena.')],
    ready: remote,
    press: '[part=reword]',
  }),
  chat('files to be sent', { messages: ASKED, ready: remote, files: FILES }),
  chat('files that were sent', {
    messages: [attached('Which tea goes with this?', ...FILES), replied('Rooibos.')],
    ready: remote,
  }),
  chat('files in Arabic', {
    messages: [attached('أي شاي يناسب هذا؟', ...FILES)],
    ready: remote,
    files: FILES,
    lang: 'ar',
  }),
  chat('a file that is too large', {
    messages: ASKED,
    ready: remote,
    files: [...FILES, new File([new Uint8Array(12_000_000)], 'film.pdf', { type: 'application/pdf' })],
  }),
  chat('long', {
    messages: Array.from({ length: 40 }, (_, n) => [
      said(`Question ${n}`),
      replied(`Answer ${n}, in some words.`),
    ]).flat(),
  }),
];
