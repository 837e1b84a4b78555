import { html } from 'lit';
import { expect } from 'chai';
import '../../components/define.ts';
import type { InpageProgress, InpageWorkflow } from '../../components/index.ts';
import type { InpageDecisionEvent } from '../../components/events.ts';
import type { Agent } from '../../src/index.ts';
import type { AuditRecord } from '../../src/workflow/index.ts';
import { workflowStates } from '../../gallery/workflow-states.ts';
import { workflows } from '../../src/serve.ts';
import { converse, eraseAll } from '../agent/conversation.ts';
import { say } from '../../src/models/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { fixture, until } from '../helpers/fixture.ts';

const TEXT = `
order:
  description: Orders something.
  nodes:
    - { id: both, type: parallel, parallel_nodes: [price, stock] }
    - { id: price, role: analyst, goal: 'Price of {{what}}', next: [round] }
    - { id: round, type: transform, transform: 'price = price + "!"' }
    - { id: stock, role: clerk, goal: 'Stock of {{what}}' }
    - { id: enough, type: condition, condition: 'len(price) > 0', branches: { true: may, false: dear } }
    - { id: dear, type: transform, transform: 'x = 1' }
    - { id: may, name: May I?, type: hitl, hitl_type: review, prompt: 'Order {{what}}?', context_keys: [price, count] }
    - { id: place, type: compute, handler: place, retry: { attempts: 2, delay: 0.001 } }
`;

const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const find = (of: HTMLElement, selector: string): HTMLElement | null =>
  of.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

/** How far it says that it has come. */
const barOf = (of: HTMLElement): number | undefined => of.shadowRoot?.querySelector('progress')?.value;

/** The nodes that are shown, each with its state. */
const lines = (of: HTMLElement): readonly string[] =>
  [...(of.shadowRoot?.querySelectorAll('[data-node] > .line') ?? [])].map((line) =>
    words(line).replace(/ [\d.]+ (ms|sec)$/, ''),
  );

function agentOf(): Agent {
  let tries = 0;
  const place = (): string => {
    if (++tries < 2) throw new Error('Busy.');
    return 'placed';
  };
  return converse([say('3'), say('4')], { host: { parts: [workflows({ handlers: { place } })] } });
}

async function show(
  agent: Agent,
  more: { readonly source?: string; readonly thread?: string } = {},
): Promise<InpageWorkflow> {
  const { source = TEXT, thread = '' } = more;
  const data = { what: 'tea', count: 2 };
  return fixture<InpageWorkflow>(
    html`<inpage-workflow .agent=${agent} .source=${source} .data=${data} by="Ada" thread=${thread}></inpage-workflow>`,
  );
}

const press = (element: HTMLElement, part: string): void => find(element, `[part=${part}]`)?.click();

// What is loaded with the first workflow takes its time from a server of sources.
before(async () => {
  await Promise.all([import('../../src/workflow-page/index.ts'), import('../../src/yaml/index.ts')]);
});

afterEach(eraseAll);

describe('<inpage-workflow>', () => {
  it('shows what is to come, runs it, and asks; an edited value goes on, and who answered is kept', async () => {
    const agent = agentOf();
    const element = await show(agent);
    await until(() => find(element, '[part=start]'), 'it can be started');
    expect(words(find(element, 'h2'))).to.equal('Order');
    expect(lines(element)).to.deep.equal([
      'Both not begun',
      'Price not begun',
      'Round not begun',
      'Stock not begun',
      'Enough not begun',
      'Dear not begun',
      'May I? not begun',
      'Place not begun',
    ]);
    press(element, 'start');
    await until(() => find(element, '[part=question]'), 'it asks');
    expect(lines(element).slice(0, 7)).to.deep.equal([
      'Both done',
      'Price done',
      'Round done',
      'Stock done',
      'Enough done',
      'Dear not begun',
      'May I? waits for you',
    ]);
    expect(words(find(element, '[part=question] .what'))).to.equal('Order tea?');
    await expectAccessible(element);
    press(element, 'edit');
    await element.updateComplete;
    const count = [...(element.shadowRoot?.querySelectorAll<HTMLInputElement>('[part=fields] input') ?? [])].at(-1);
    if (count) {
      count.value = '5';
      count.dispatchEvent(new Event('input'));
    }
    let decided: InpageDecisionEvent | undefined;
    element.addEventListener('inpage-approve', (event) => (decided = event));
    press(element, 'approve');
    await until(() => find(element, '[part=start]'), 'it has ended');
    expect(decided?.approval).to.deep.include({ decision: 'approve' });
    expect(lines(element).slice(5)).to.deep.equal(['Dear not needed', 'May I? done', 'Place done try 2']);
    expect(barOf(element)).to.equal(1);
    const { state } = (await agent.thread(element.thread).state()) ?? {};
    expect(state?.['data']).to.deep.include({ count: 5, place: 'placed', may: true });
    const [record] = state?.['audit'] as readonly AuditRecord[];
    expect(record).to.deep.include({ node: 'may', by: 'Ada', outcome: 'approved' });
  });

  it('says that its data cannot be read, instead of beginning with nothing', async () => {
    const element = await fixture<InpageWorkflow>(
      html`<inpage-workflow .agent=${agentOf()} .source=${TEXT} data="{what: 'tea'}"></inpage-workflow>`,
    );
    await until(() => find(element, '[part=start]'), 'it can be started');
    press(element, 'start');
    await until(() => find(element, '[part=alert]'), 'it is said');
    expect(words(find(element, '[part=alert]')))
      .to.include('no object of JSON')
      .and.include('data=');
    expect(lines(element)).to.satisfy((all: string[]) => all.every((line) => line.endsWith('not begun')));
  });

  it('keeps the focus when the button that was pressed goes', async () => {
    const element = await show(agentOf());
    await until(() => find(element, '[part=start]'), 'it can be started');
    find(element, '[part=start]')?.focus();
    press(element, 'start');
    await until(() => find(element, '[part=question]'), 'it asks');
    expect(element.shadowRoot?.activeElement?.part.value).to.equal('base');
  });

  it('shows after it was opened anew what was done before, here and in a list that follows it', async () => {
    const agent = agentOf();
    const first = await show(agent, { thread: 'order-1' });
    await until(() => find(first, '[part=start]'), 'it can be started');
    press(first, 'start');
    await until(() => find(first, '[part=question]'), 'it asks');
    first.remove();
    const second = await show(agent, { thread: 'order-1' });
    second.id = 'flow';
    const progress = await fixture<InpageProgress>(html`<inpage-progress for="flow"></inpage-progress>`);
    await until(() => lines(second).includes('May I? waits for you'), 'the element knows');
    await until(() => lines(second)[0] === 'Both done', 'what was done is read');
    expect(lines(second).slice(0, 5)).to.deep.equal([
      'Both done',
      'Price done',
      'Round done',
      'Stock done',
      'Enough done',
    ]);
    await until(() => lines(progress).includes('Stock done'), 'the list follows');
    expect(barOf(progress)).to.equal(5 / 8);
  });

  it('tells in a list elsewhere which way was taken and how long it took, goes through it, and shows it as a graph', async () => {
    const agent = agentOf();
    const element = await show(agent, { thread: 'order-2' });
    element.id = 'taken';
    const progress = await fixture<InpageProgress>(html`<inpage-progress for="taken"></inpage-progress>`);
    await until(() => find(element, '[part=start]'), 'it can be started');
    await until(() => find(progress, '[part=graph-toggle]'), 'the list is whole');
    press(element, 'start');
    await until(() => find(element, '[part=question]'), 'it asks');
    const ways = (): readonly string[] => [...(progress.shadowRoot?.querySelectorAll('.ways li') ?? [])].map(words);
    await until(() => ways()[0] === 'true: May I? taken', 'it says which way was taken');
    expect(ways()).to.deep.equal(['true: May I? taken', 'false: Dear not taken']);
    expect(words(find(progress, '[data-node=price] .time'))).to.match(/^[\d.]+ (ms|sec)/);
    press(element, 'approve');
    await until(() => find(element, '[part=start]'), 'it has ended');
    await until(() => lines(progress).includes('Place done try 2'), 'the list knows');
    const range = find(progress, '[part=replay] input') as HTMLInputElement;
    range.value = '1';
    range.dispatchEvent(new Event('input'));
    await progress.updateComplete;
    expect(lines(progress).slice(0, 2)).to.deep.equal(['Both running', 'Price not begun']);
    press(progress, 'now');
    press(progress, 'graph-toggle');
    await until(() => find(progress, '[part=graph] .node'), 'the graph is laid out');
    const graph = find(progress, '[part=graph] [role=img]');
    expect(graph?.getAttribute('aria-label')).to.equal('Order as a graph of 8 nodes; the list says the same');
    expect(graph?.querySelectorAll('.node[data-status=ok]')).to.have.length(7);
    expect(graph?.querySelectorAll('.way[data-way=passed]')).to.have.length(1);
    expect(progress.shadowRoot?.querySelector('[style]'), 'a strict policy forbids styles').to.equal(null);
    await expectAccessible(progress);
    press(progress, 'graph-toggle');
    await progress.updateComplete;
    expect(find(progress, '[part=graph]')).to.equal(null);
  });

  const cards: readonly (readonly [string, (element: HTMLElement) => void, unknown])[] = [
    [
      '{ hitl_type: approval }',
      (element) => {
        press(element, 'approve');
      },
      true,
    ],
    [
      '{ hitl_type: confirmation }',
      (element) => {
        press(element, 'approve');
      },
      true,
    ],
    [
      '{ hitl_type: review, context_keys: [count] }',
      (element) => {
        press(element, 'approve');
      },
      true,
    ],
    [
      '{ hitl_type: choice, choices: [tea, milk] }',
      (element) => element.shadowRoot?.querySelectorAll<HTMLButtonElement>('[part=choice]')[1]?.click(),
      'milk',
    ],
    [
      '{ hitl_type: input }',
      (element) => {
        const form = element.shadowRoot?.querySelector('form');
        const input = form?.querySelector('input');
        if (input) input.value = 'much';
        form?.requestSubmit();
      },
      'much',
    ],
  ];
  for (const [fields, answer, value] of cards) {
    it(`has a card for ${fields}`, async () => {
      const agent = converse([], { host: { parts: [workflows()] } });
      const node = fields.replace('{', `{ id: ask, type: hitl, prompt: 'What?',`);
      const element = await show(agent, { source: `flow:\n  nodes:\n    - ${node}\n` });
      await until(() => find(element, '[part=start]'), 'it can be started');
      press(element, 'start');
      await until(() => find(element, '[part=question]'), 'it asks');
      await expectAccessible(element);
      answer(element);
      await until(() => find(element, '[part=start]'), 'it has ended');
      expect((await agent.thread(element.thread).state())?.state['data']).to.deep.include({ ask: value });
    });
  }

  it('takes its text from a script inside it or from a file, and says what is wrong with it', async () => {
    const agent = converse([], { host: { parts: [workflows()] } });
    const inline = await fixture<InpageWorkflow>(
      html`<inpage-workflow .agent=${agent}
        ><script type="application/yaml">
          hello: { nodes: [{ id: ask, type: hitl, hitl_type: input, prompt: Who are you? }] }
        </script></inpage-workflow
      >`,
    );
    await until(() => lines(inline).length > 0, 'the text is read');
    expect(lines(inline)).to.deep.equal(['Ask not begun']);
    const file = await fixture<InpageWorkflow>(
      html`<inpage-workflow .agent=${agent} src="/test/fixtures/page-workflows/greeting.yaml"></inpage-workflow>`,
    );
    await until(() => lines(file).length > 0, 'the file is read');
    expect(lines(file)).to.deep.equal(['Greet not begun', 'Sure not begun']);
    const wrong = await show(agent, { source: 'flow: { nodes: [{ id: a, type: nothing }] }' });
    await until(() => find(wrong, '[part=alert]'), 'it says what is wrong');
    expect(words(find(wrong, '[part=alert]'))).to.include('nothing');
  });

  for (const [name, looks] of [
    ['not begun', 'leaves no room for questions where nothing is asked'],
    ['waits for a person', 'has a question look as it does in a chat'],
  ] as const) {
    it(looks, async () => {
      const { view, then } = workflowStates.find((state) => state.name === `workflow: ${name}`)?.make() ?? {};
      const place = (await fixture(html`<div>${view}</div>`)) as HTMLElement;
      await then?.(place);
      const element = place.querySelector('inpage-workflow') as InpageWorkflow;
      const style = (selector: string): CSSStyleDeclaration => getComputedStyle(find(element, selector) as HTMLElement);
      if (name === 'not begun') {
        expect(style('.questions').display).to.equal('none');
        return;
      }
      await until(() => find(element, '.danger .icon'), 'it asks');
      expect(style('.danger .icon').color).to.equal(style('.danger').color);
    });
  }
});
