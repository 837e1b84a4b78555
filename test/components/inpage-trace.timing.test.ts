import { html } from 'lit';
import { expect } from 'chai';
import '../../components/define.ts';
import type { InpageTrace } from '../../components/index.ts';
import { longLog } from '../../gallery/trace-states.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { FakeAgent, FakeThread } from './fake-agent.ts';

async function msToShow(log: FakeThread['log']): Promise<number> {
  const thread = new FakeThread('main');
  thread.log = log;
  const began = performance.now();
  const trace = await fixture<InpageTrace>(
    html`<inpage-trace style="block-size: 400px" .agent=${new FakeAgent(thread)}></inpage-trace>`,
  );
  await until(() => trace.shadowRoot?.querySelector('[data-key]'), 'the newest are there');
  return performance.now() - began;
}

describe('<inpage-trace>', () => {
  it('shows 1,000 steps within 300 ms', async () => {
    // The first one loads the code of what it shows.
    await msToShow(longLog(2));
    expect(await msToShow(longLog())).to.be.below(300);
  });
});
