import { html } from 'lit';
import { expect } from 'chai';
import '../../components/define.ts';
import type { InpageChat, InpageProgress } from '../../components/index.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { approval, broken, FakeAgent, FakeThread } from './fake-agent.ts';

function lines(progress: InpageProgress): string[] {
  const found = progress.shadowRoot?.querySelectorAll('.line, [part="end"]') ?? [];
  return [...found].map((line) => words(line).replace(/ [\d.]+ (ms|sec)$/, ''));
}

const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const find = (progress: InpageProgress, selector: string): HTMLElement | null =>
  progress.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

/** Goes to a moment of the run. */
function goTo(progress: InpageProgress, moment: number): void {
  const range = find(progress, '[part=replay] input') as HTMLInputElement;
  range.value = String(moment);
  range.dispatchEvent(new Event('input'));
}

function progressOf(agent: FakeAgent): Promise<InpageProgress> {
  return fixture<InpageProgress>(html`<inpage-progress .agent=${agent}></inpage-progress>`);
}

/** A model that calls two tools, of which one has ended. */
function play(thread: FakeThread): void {
  thread.start();
  thread.emit(
    { type: 'node-start', node: 'model', task: '0:model', attempt: 1 },
    { type: 'tool-call', callId: 'c1', tool: 'add_todo', input: {} },
    { type: 'tool-call', callId: 'c2', tool: 'getWeather', input: {} },
    { type: 'node-end', node: 'model', task: '0:model', outcome: 'ok' },
    { type: 'node-start', node: 'tool', task: '1:tool:0', attempt: 1 },
    { type: 'node-start', node: 'tool', task: '1:tool:1', attempt: 1 },
    { type: 'tool-start', callId: 'c1', tool: 'add_todo', input: {} },
    { type: 'tool-start', callId: 'c2', tool: 'getWeather', input: {} },
    { type: 'tool-end', callId: 'c1', tool: 'add_todo', outcome: 'ok' },
    { type: 'node-end', node: 'tool', task: '1:tool:0', outcome: 'ok' },
  );
}

describe('<inpage-progress>', () => {
  for (const scheme of ['light', 'dark']) {
    it(`has no accessibility faults in ${scheme}`, async () => {
      document.documentElement.style.colorScheme = scheme;
      // It has no ground of its own: the page's is the one that its text is made for.
      document.body.style.background = 'Canvas';
      const agent = new FakeAgent();
      const progress = await progressOf(agent);
      play(agent.current);
      await progress.updateComplete;
      await expectAccessible(progress);
      document.documentElement.style.colorScheme = '';
      document.body.style.background = '';
    });
  }

  it('is empty when there has been no run', async () => {
    const progress = await progressOf(new FakeAgent());
    expect(progress.shadowRoot?.textContent.trim()).to.equal('');
    expect(progress.offsetHeight).to.equal(0);
  });

  it('shows each task in words with its state, and its tool call under it', async () => {
    const agent = new FakeAgent();
    const progress = await progressOf(agent);
    play(agent.current);
    await progress.updateComplete;
    expect(progress.shadowRoot?.querySelector('ol')?.getAttribute('role')).to.equal('list');
    expect(lines(progress)).to.deep.equal([
      'Model done',
      'Tool done',
      'Add todo done',
      'Tool running',
      'Get weather running',
    ]);
  });

  it('says what it waits for', async () => {
    const agent = new FakeAgent();
    const progress = await progressOf(agent);
    agent.current.start();
    agent.current.emit(
      { type: 'node-start', node: 'model', task: '0:model', attempt: 1 },
      { type: 'tool-call', callId: 'c1', tool: 'delete_todo', input: {} },
      { type: 'node-end', node: 'model', task: '0:model', outcome: 'ok' },
      { type: 'node-start', node: 'tool', task: '1:tool:0', attempt: 1 },
      { type: 'node-end', node: 'tool', task: '1:tool:0', outcome: 'interrupted' },
    );
    agent.current.ask(approval());
    agent.current.end('interrupted');
    await until(() => lines(progress).length === 3, 'the question is shown');
    expect(lines(progress)).to.deep.equal(['Model done', 'Tool waits for you', 'Waiting for you Delete todo']);
  });

  it('says what it waits for after a reload', async () => {
    const progress = await progressOf(new FakeAgent(new FakeThread('main', [], [approval()])));
    await until(() => lines(progress).length === 1, 'the question is shown');
    expect(lines(progress)).to.deep.equal(['Waiting for you Delete todo']);
  });

  it('says how the run ended', async () => {
    const agent = new FakeAgent();
    const progress = await progressOf(agent);
    agent.current.start();
    agent.current.end('failed', broken());
    await progress.updateComplete;
    expect(lines(progress)).to.deep.equal(['Failed. The agent could not be started.']);
  });

  it('follows the chat that it is for, also one that comes later and changes its thread', async () => {
    const agent = new FakeAgent();
    const progress = await fixture<InpageProgress>(html`<inpage-progress for="chat"></inpage-progress>`);
    const chat = await fixture<InpageChat>(html`<inpage-chat id="chat" .agent=${agent}></inpage-chat>`);
    await progress.updateComplete;
    play(agent.current);
    await progress.updateComplete;
    expect(lines(progress)).to.have.length(5);
    chat.newThread();
    await until(() => lines(progress).length === 0, 'the new thread has no run');
    expect(progress.thread).to.equal(agent.current.id);
  });

  it('follows a chat that was there before', async () => {
    const agent = new FakeAgent();
    await fixture<InpageChat>(html`<inpage-chat id="early" .agent=${agent}></inpage-chat>`);
    const progress = await fixture<InpageProgress>(html`<inpage-progress for="early"></inpage-progress>`);
    expect(progress.agent).to.equal(agent);
    expect(progress.thread).to.equal('main');
  });

  it('tells how long each task took, and how it stood at each moment', async () => {
    const agent = new FakeAgent();
    const progress = await progressOf(agent);
    await until(() => agent.current.listeners === 2, 'what comes with the list is loaded');
    await new Promise(requestAnimationFrame);
    play(agent.current);
    await until(() => find(progress, '[part=replay]'), 'one can go through it');
    expect(words(find(progress, '.time'))).to.match(/^[\d.]+ ms$/);
    expect(words(find(progress, '.moment'))).to.equal('8 of 8 – as it is now');
    goTo(progress, 1);
    await progress.updateComplete;
    expect(lines(progress)).to.deep.equal(['Model running']);
    expect(find(progress, '[part=replay] input')?.getAttribute('aria-valuetext')).to.equal('1 of 8 – Model: running');
    await expectAccessible(progress);
    // What happens meanwhile does not take the person away from there.
    agent.current.emit({ type: 'node-end', node: 'tool', task: '1:tool:1', outcome: 'ok' });
    await progress.updateComplete;
    expect(lines(progress)).to.deep.equal(['Model running']);
    goTo(progress, 0);
    await progress.updateComplete;
    expect(words(find(progress, '.moment bdi'))).to.equal('0 of 9 – before it began');
    find(progress, '[part=now]')?.click();
    await progress.updateComplete;
    expect(lines(progress)).to.have.length(5);
    expect(find(progress, '[part=now]')).to.equal(null);
  });

  it('goes through each moment once, also after it was moved while the run was under way', async () => {
    const agent = new FakeAgent();
    const progress = await progressOf(agent);
    await until(() => agent.current.listeners === 2, 'what comes with the list is loaded');
    play(agent.current);
    await until(() => find(progress, '[part=replay]'), 'one can go through it');
    const place = progress.parentElement;
    progress.remove();
    place?.append(progress);
    await until(() => agent.current.listeners === 2, 'it listens again');
    // The host tells a new listener what the run has done.
    play(agent.current);
    await progress.updateComplete;
    expect(words(find(progress, '.moment'))).to.equal('8 of 8 – as it is now');
    expect(lines(progress)).to.have.length(5);
  });
});
