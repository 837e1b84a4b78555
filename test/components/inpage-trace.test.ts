import { html } from 'lit';
import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import '../../components/define.ts';
import type { InpageChat, InpageForkEvent, InpageTrace } from '../../components/index.ts';
import { changesBetween } from '../../components/trace/difference.ts';
import { longLog, traceStates } from '../../gallery/trace-states.ts';
import { say } from '../../src/models/index.ts';
import { calls, converse, eraseAll, tool } from '../agent/conversation.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { FakeAgent, FakeThread } from './fake-agent.ts';

const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const all = (trace: InpageTrace, selector: string): HTMLElement[] => [
  ...(trace.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const find = (trace: InpageTrace, selector: string): HTMLElement | undefined => all(trace, selector)[0];
const rows = (trace: InpageTrace): readonly string[] =>
  all(trace, '[data-key]').map((row) => words(row.querySelector('bdi')));
const focused = (trace: InpageTrace): string => words(trace.shadowRoot?.activeElement?.querySelector('bdi'));

/** Has what an agent does shown, of which one tool has been called. */
async function conversed(): Promise<{ readonly agent: ReturnType<typeof converse>; readonly trace: InpageTrace }> {
  const agent = converse([calls(['look_up', { what: 'tea' }]), say('Two are left.')], {
    tools: [tool('look_up', 'read', { run: () => ({ left: 2 }) })],
  });
  const trace = await fixture<InpageTrace>(html`<inpage-trace .agent=${agent} thread="t1"></inpage-trace>`);
  await until(() => words(trace.shadowRoot?.firstElementChild).includes('Nothing has been run'), 'it is empty');
  await agent.thread('t1').send('How much tea is there?');
  await until(() => rows(trace).length === 4, 'all versions are shown');
  return { agent, trace };
}

/** What a model says about what it took. */
const used = { type: 'finish', reason: 'tool-calls', inputTokens: 11, outputTokens: 5 } as const;

/** A promise, and what resolves it. */
function door(): readonly [gate: Promise<void>, open: () => void] {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return [
    gate,
    () => {
      open();
    },
  ];
}

afterEach(eraseAll);

describe('<inpage-trace>', () => {
  it('shows what a run does as it does it, with how long that took', async () => {
    const { trace } = await conversed();
    expect(rows(trace)).to.deep.equal(['Message', 'Model', 'Look up', 'Model']);
    expect(all(trace, '[data-key]').map((row) => words(row.querySelector('.number [aria-hidden]')))).to.deep.equal([
      '1',
      '2',
      '3',
      '4',
    ]);
    await until(() => words(find(trace, 'h3')).includes('Done.'), 'it says how the run has ended');
    expect(all(trace, '[data-kind=step] .time').map(words)).to.satisfy((times: string[]) =>
      times.every((time) => /^[\d.]+ (ms|sec)$/.test(time)),
    );
    await expectAccessible(trace);
  });

  it('shows what a run has done once and for as long as it took, also after it was moved meanwhile', async () => {
    const [gate, open] = door();
    const agent = converse([[...calls(['look_up']).slice(0, -1), used], say('Two are left.')], {
      tools: [tool('look_up', 'read', { run: () => gate })],
    });
    const trace = await fixture<InpageTrace>(html`<inpage-trace .agent=${agent} thread="t1"></inpage-trace>`);
    await until(() => words(trace.shadowRoot?.firstElementChild).includes('Nothing has been run'), 'it is empty');
    const turn = agent.thread('t1').send('How much tea is there?');
    await until(() => rows(trace).length === 3, 'it is under way');
    const place = trace.parentElement;
    trace.remove();
    place?.append(trace);
    await trace.updateComplete;
    await until(() => rows(trace).length === 3, 'it is read again');
    all(trace, '[data-key]')[1]?.click();
    await trace.updateComplete;
    expect(words(find(trace, '[part=detail]')))
      .to.match(/\b11\b/)
      .and.not.match(/\b22\b/);
    trace.remove();
    open();
    await turn;
    place?.append(trace);
    await until(() => rows(trace).length === 4, 'what was done meanwhile is shown');
    expect(words(find(trace, 'h3'))).to.not.include('running');
  });

  it('tells of what was stored before what the messages say', async () => {
    const { agent } = await conversed();
    const later = await fixture<InpageTrace>(html`<inpage-trace .agent=${agent} thread="t1"></inpage-trace>`);
    await until(() => rows(later).length === 4, 'it is read');
    expect(rows(later)).to.deep.equal(['Message', 'Model', 'Look up', 'Model']);
    find(later, '[data-key]:nth-child(1)');
    all(later, '[data-key]')[2]?.click();
    await later.updateComplete;
    expect(words(find(later, '[part=detail]')))
      .to.contain('Look up done')
      .and.to.contain('left 2');
  });

  it('shows of a version what it wrote, what changed and how things stood, and compares it with another one', async () => {
    const { trace } = await conversed();
    all(trace, '[data-key]')[2]?.click();
    await until(() => find(trace, '.changes'), 'the changes are read');
    expect(words(find(trace, '.writes'))).to.contain('messages added to');
    expect(all(trace, '.changes > li > p').map(words)).to.deep.equal(['messages.2 added']);
    const since = find(trace, '.since input') as HTMLInputElement;
    expect(since.value).to.equal('2');
    since.value = '1';
    since.dispatchEvent(new Event('change'));
    await until(() => words(find(trace, '.changes')).includes('messages.1 added'), 'it is compared with the first one');
    expect(find(trace, '.part .tree details')).to.not.equal(undefined);
    const state = all(trace, '.part').at(-1);
    state?.querySelector('summary')?.click();
    await until(() => state?.querySelector('.tree'), 'the state is shown');
    const messages = (): HTMLElement | undefined =>
      [...(state?.querySelectorAll<HTMLElement>('summary') ?? [])].find((each) => words(each).startsWith('messages'));
    expect(words(messages())).to.equal('messages 3 items');
    expect(state?.querySelectorAll('.tree .tree').length, 'what is closed is not rendered').to.equal(0);
    messages()?.click();
    await until(() => state?.querySelector('.tree .tree'), 'a branch is rendered when it is opened');
  });

  it('goes on from a version in a copy, which the chat that it follows shows', async () => {
    const { agent } = await conversed();
    const chat = await fixture<InpageChat>(html`<inpage-chat id="talk" .agent=${agent} thread="t1"></inpage-chat>`);
    const trace = await fixture<InpageTrace>(html`<inpage-trace for="talk"></inpage-trace>`);
    await until(() => rows(trace).length === 4, 'it is read');
    let copied: InpageForkEvent | undefined;
    trace.addEventListener('inpage-fork', (event) => (copied = event));
    all(trace, '[data-key]')[1]?.click();
    await trace.updateComplete;
    find(trace, '[part=fork]')?.click();
    await until(() => rows(trace).length === 2, 'the copy is shown');
    expect(copied).to.include({ from: 't1', version: 2, thread: trace.thread });
    expect(chat.thread).to.equal(trace.thread).and.not.to.equal('t1');
    expect(words(find(trace, '[role=status]'))).to.contain('Copied.');
    expect((await agent.thread('t1').state())?.version, 'the first one stays as it is').to.equal(4);
    expect((await agent.thread(chat.thread).state())?.version).to.equal(2);
  });

  it('leaves the copy unseen where the page wants that, and says why none could be made', async () => {
    const { trace } = await conversed();
    trace.addEventListener('inpage-fork', (event) => {
      event.preventDefault();
    });
    all(trace, '[data-key]')[1]?.click();
    await trace.updateComplete;
    find(trace, '[part=fork]')?.click();
    await until(() => words(find(trace, '[role=status]')) !== '', 'it is copied');
    expect(trace.thread).to.equal('t1');
    const thread = new FakeThread('main');
    thread.log = longLog(3);
    thread.copy = () => Promise.reject(new Error('No room.'));
    const other = await fixture<InpageTrace>(html`<inpage-trace .agent=${new FakeAgent(thread)}></inpage-trace>`);
    await until(() => rows(other).length === 4, 'it is read');
    all(other, '[data-key]')[1]?.click();
    await other.updateComplete;
    find(other, '[part=fork]')?.click();
    await until(() => words(find(other, '[part=alert]')).includes('No room.'), 'it says why not');
  });

  it('gives all of it as a JSON file', async () => {
    const { trace } = await conversed();
    const create = URL.createObjectURL.bind(URL);
    let file: Blob | undefined;
    URL.createObjectURL = (blob) => {
      file = blob as Blob;
      return create(blob);
    };
    try {
      find(trace, '[part=export]')?.click();
      await until(() => file, 'it is saved');
    } finally {
      URL.createObjectURL = create;
    }
    const saved = JSON.parse((await file?.text()) ?? '') as Record<string, unknown>;
    expect(saved).to.include({ format: 'inpage-trace', version: 1, thread: 't1', graph: 'agent' });
    expect(saved['state']).to.have.property('messages').with.length(4);
    expect(saved['runs'])
      .to.have.nested.property('[0].rows[2].calls[0]')
      .that.deep.includes({
        tool: 'look_up',
        status: 'ok',
        input: { what: 'tea' },
        output: { left: 2 },
      });
  });

  it('is one stop of the tab key, and moves along by the arrow keys', async () => {
    const thread = new FakeThread('main');
    thread.log = longLog(30);
    const trace = await fixture<InpageTrace>(html`<inpage-trace .agent=${new FakeAgent(thread)}></inpage-trace>`);
    await until(() => rows(trace).length === 31, 'it is read');
    expect(all(trace, '[data-key][tabindex="0"]')).to.have.length(1);
    all(trace, '[data-key]')[0]?.focus();
    for (const [key, name, current] of [
      ['ArrowDown', 'Fetch page', 1],
      ['ArrowDown', 'Read page', 2],
      ['PageDown', 'Note result', 12],
      ['End', 'Note result', 30],
      ['ArrowDown', 'Note result', 30],
      ['Home', 'Message', 0],
    ] as const) {
      await sendKeys({ press: key });
      await trace.updateComplete;
      expect(focused(trace), key).to.equal(name);
      expect(all(trace, '[data-key]').findIndex((row) => row.ariaCurrent === 'true')).to.equal(current);
    }
  });

  it('lays out those in sight alone', async () => {
    const thread = new FakeThread('main');
    thread.log = longLog();
    const trace = await fixture<InpageTrace>(
      html`<inpage-trace style="block-size: 400px" .agent=${new FakeAgent(thread)}></inpage-trace>`,
    );
    await until(() => rows(trace).length === 1_001, 'all steps are there');
    const last = all(trace, '[data-key]').at(-1);
    expect(last?.checkVisibility({ contentVisibilityAuto: true }), 'it begins at the end').to.equal(true);
    const first = all(trace, '[data-key]')[0];
    expect(first?.checkVisibility({ contentVisibilityAuto: true })).to.equal(false);
  });

  it('leaves room for what is chosen where there is hardly any height, and scrolls as a whole then', async () => {
    const thread = new FakeThread('main');
    thread.log = longLog(30);
    const trace = await fixture<InpageTrace>(
      html`<div style="inline-size: 320px; block-size: 256px">
        <inpage-trace .agent=${new FakeAgent(thread)}></inpage-trace>
      </div>`,
    ).then((place) => place.querySelector('inpage-trace') as InpageTrace);
    await until(() => rows(trace).length === 31, 'it is read');
    all(trace, '[data-key]')[3]?.click();
    await trace.updateComplete;
    const heights = ['[part=timeline]', '[part=detail]'].map((selector) => find(trace, selector)?.clientHeight ?? 0);
    expect(Math.min(...heights)).to.be.greaterThan(140);
    const base = find(trace, '[part=base]');
    expect(base?.clientHeight).to.be.lessThan(257);
    base?.scrollTo(0, 1_000);
    const [inner, outer] = [find(trace, '[part=detail]'), base].map(
      (each) => each?.getBoundingClientRect().bottom ?? 0,
    );
    expect(inner).to.be.lessThan((outer ?? 0) + 1);
  });

  it('has the bars below each other also where the units have long names', async () => {
    const state = traceStates.find(({ name }) => name === 'trace: done');
    const { view, then } = state?.make() ?? {};
    const place = (await fixture(html`<div lang="ar" style="inline-size: 380px">${view}</div>`)) as HTMLElement;
    await then?.(place);
    const trace = place.querySelector('inpage-trace') as InpageTrace;
    await until(() => all(trace, '.bar').length > 2 && trace.words.locale.startsWith('ar'), 'bars are shown in Arabic');
    await trace.updateComplete;
    const ends = all(trace, '.row > .bar').map((bar) => Math.round(bar.getBoundingClientRect().left));
    expect([...new Set(ends)]).to.have.length(1);
  });

  it('keeps what has failed apart from what has become a version, and goes on after it', async () => {
    const agent = converse([
      () => {
        throw new Error('Gone.');
      },
      say('Here again.'),
    ]);
    const trace = await fixture<InpageTrace>(html`<inpage-trace .agent=${agent} thread="t1"></inpage-trace>`);
    await until(() => find(trace, '.empty'), 'it is empty');
    await agent.thread('t1').send('Hello');
    await until(() => rows(trace).length === 3, 'the failure is shown');
    expect(rows(trace).slice(0, 2)).to.deep.equal(['Message', 'Model']);
    // Of a long text in a short row the beginning stays, in whatever direction: how it ended is heard after it.
    expect(words(all(trace, '[data-key] .name')[2])).to.match(/^(?!Failed).+Gone\..*, Failed\.$/);
    await agent.thread('t1').resume();
    await until(() => rows(trace).length === 4, 'it went on');
    expect(all(trace, '[data-key]').map((row) => row.dataset['status'])).to.deep.equal([
      'ok',
      'failed',
      'failed',
      'ok',
    ]);
    expect(all(trace, 'section[aria-label^=Run]')).to.have.length(2);
  });

  it('speaks the language of the page, and a page’s own words', async () => {
    const thread = new FakeThread('main');
    const trace = await fixture<InpageTrace>(
      html`<inpage-trace
        lang="ar"
        .agent=${new FakeAgent(thread)}
        .strings=${{ runs: { timeline: 'سجل' } }}
      ></inpage-trace>`,
    );
    await until(() => words(find(trace, '.empty')).includes('هنا بعد'), 'it is read');
    expect(words(find(trace, '.empty'))).to.equal('لم يُشغَّل شيء هنا بعد.');
    expect(words(find(trace, 'h2'))).to.equal('سجل');
    expect(find(trace, '[part=base]')?.getAttribute('dir')).to.equal('rtl');
  });
});

describe('the difference of two values', () => {
  it('is told by path, what is in both only where it differs', () => {
    const { changes } = changesBetween(
      { kept: 1, gone: true, list: [1, { a: 1 }], map: new Map([['x', 1]]), day: new Date(5) },
      { kept: 1, list: [1, { a: 2 }, 3], map: new Map([['x', 2]]), day: new Date(5) },
    );
    expect(changes).to.deep.equal([
      { path: ['list', 1, 'a'], kind: 'changed', before: 1, after: 2 },
      { path: ['list', 2], kind: 'added', after: 3 },
      { path: ['map', 'x'], kind: 'changed', before: 1, after: 2 },
      { path: ['gone'], kind: 'removed', before: true },
    ]);
  });

  it('stops where nobody reads on', () => {
    const { changes, isCut } = changesBetween([], Array.from({ length: 1_000 }, Number));
    expect([changes.length, isCut]).to.deep.equal([200, true]);
  });
});
