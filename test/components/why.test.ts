import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import type { AssistantMessage, Explanation, Message, ToolCallPart } from '../../src/core/index.ts';
import { createPlanner } from '../../src/models/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { answer, NOW, user } from '../models/planner-talk.ts';
import { office } from '../models/planner-tools.ts';
import { all, chatWith, find, part, textOf } from './chat.ts';
import { approval, FakeAgent, FakeThread, READY, REMOTE } from './fake-agent.ts';

/** What the planner does in the office, message by message, and why. */
async function talk(...texts: readonly string[]): Promise<FakeThread> {
  const messages: Message[] = [];
  const reasons = new Map<string, Explanation | undefined>();
  const { signal } = new AbortController();
  for (const [index, text] of texts.entries()) {
    messages.push(user(`u${index}`, text));
    const said = await answer(office, messages);
    const calls = said.calls.map(({ name, input }, at): ToolCallPart => ({
      ...{ type: 'tool-call', toolCallId: `c${index}-${at}` },
      ...{ toolName: name, input },
    }));
    const id = `a${index}`;
    reasons.set(id, await createPlanner().explain?.({ messages: [...messages], tools: office, now: NOW }, { signal }));
    const content: AssistantMessage['content'] = calls.length > 0 ? calls : [{ type: 'text', text: said.text }];
    messages.push({ id, at: NOW, role: 'assistant', content });
    for (const { toolCallId, toolName } of calls) {
      const output = { type: 'json', value: 'Done.' } as const;
      messages.push({
        ...{ id: `${toolCallId}:result`, at: NOW, role: 'tool' },
        content: [{ type: 'tool-result', toolCallId, toolName, output }],
      });
    }
  }
  const thread = new FakeThread('main', messages);
  for (const [id, reason] of reasons) if (reason) thread.reasons.set(id, reason);
  return thread;
}

const shownIn = (chat: InpageChat): string[] =>
  all(chat, '[part="why"][open] :is(.reasons p, .reasons dl > div, p.quiet)').map(textOf);

/** Opens the last question why, and gives what is told. */
async function why(chat: InpageChat): Promise<string[]> {
  await until(() => find(chat, '[part="why"]'), 'the reasons are offered');
  for (const card of all(chat, '[data-role="tool"] > details')) card.setAttribute('open', '');
  all(chat, '[part="why"] > summary').at(-1)?.click();
  await until(() => find(chat, '.reasons, [part="why"][open] > p:not(:empty)'), 'something is told');
  await until(() => !shownIn(chat).includes('Reading your message again…'), 'it is read');
  return shownIn(chat);
}

const whyAfter = async (...texts: readonly string[]): Promise<string[]> =>
  why(await chatWith(new FakeAgent(await talk(...texts))));

describe('why this?', () => {
  it('is asked of nobody before the reader asks', async () => {
    const thread = await talk('set the kitchen to 20 degrees');
    const chat = await chatWith(new FakeAgent(thread));
    await until(() => find(chat, '[part="why"]'), 'it is offered');
    expect(thread.asked).to.deep.equal([]);
    await why(chat);
    expect(thread.asked).to.deep.equal(['a0']);
  });

  it('says which words meant the tool, which became what, and what came second', async () => {
    expect(await whyAfter('set the kichen to 20 degrees')).to.deep.equal([
      '“set” means “Heating set”.',
      'Room “kitchen”: one of the choices',
      'Temperature in degrees “to 20 degrees”: a number, taken for 20',
      '“kichen” was read as “kitchen”.',
      'Next came “Light set”, which fits less well (0.42 of 1, against 0.83); ' +
        'it has no use for “20 degrees”; it would still need: state.',
    ]);
  });

  it('speaks the language of the chat, and the words of the page', async () => {
    const chat = await chatWith(new FakeAgent(await talk('set the kichen to 20 degrees')));
    chat.lang = 'de';
    chat.strings = { reasons: { rules: { number: 'eine Gradzahl' } } };
    await until(() => find(chat, '[part="why"] > summary')?.textContent.includes('Warum?'), 'it asks in German');
    await why(chat);
    await until(() => find(chat, '.reasons'), 'it is told');
    expect(shownIn(chat)).to.deep.equal([
      '„set“ bedeutet „Heating set“.',
      'Room „kitchen“: eine der Möglichkeiten',
      'Temperature in degrees „to 20 degrees“: eine Gradzahl, verstanden als 20',
      '„kichen“ wurde als „kitchen“ gelesen.',
      'Danach kam „Light set“, das weniger gut passt (0,42 von 1, gegen 0,83); ' +
        'es kann mit „20 degrees“ nichts anfangen; ihm würde noch fehlen: state.',
    ]);
  });

  it('says of each call of a message what is its own', async () => {
    const chat = await chatWith(new FakeAgent(await talk('start a timer for 5 minutes and set the office to 21')));
    const [last] = await why(chat);
    expect(last).to.equal('“set” means “Heating set”.');
    find(chat, '[part="why"] > summary')?.click();
    await until(() => shownIn(chat).includes('“start” and “timer” mean “Timer start”.'), 'the first is told too');
  });

  it('says why it asks, and after the answer what was said before', async () => {
    expect(await whyAfter('heating in the kitchen')).to.include.members([
      '“heating” means “Heating set”.',
      'It asks because this is still needed: temperature in degrees.',
    ]);
    expect(await whyAfter('heating in the kitchen', '20')).to.deep.equal([
      '“heating” means “Heating set”.',
      'Room “kitchen”: one of the choices, from what you said before',
      'Temperature in degrees “20”: a number',
    ]);
  });

  it('says what was kept of the call before', async () => {
    const lines = await whyAfter('set the kitchen to 20 degrees', 'make that 22');
    expect(lines).to.include.members([
      'This goes on from the call before, “Heating set”.',
      'Room kitchen, kept from the call before',
    ]);
  });

  it('says what came closest where nothing was done', async () => {
    expect(await whyAfter('the alarm of the building')).to.include(
      'No tool was clear enough to go on with. These came closest:',
    );
    const [lead, closest] = await whyAfter('do not heat the kitchen');
    expect(lead).to.equal('Your words were read as wanting nothing done.');
    expect(closest).to.match(/^The closest was “Heating set”/);
    expect(await whyAfter('hello')).to.deep.equal(['No tool was looked for: this needed none.']);
  });

  it('says so when it would come out otherwise now, or cannot be told any more', async () => {
    const thread = await talk('set the kitchen to 20 degrees');
    const reason = thread.reasons.get('a0');
    const [call] = reason?.calls ?? [];
    if (reason === undefined || call === undefined) throw new Error('There is a reason.');
    thread.reasons.set('a0', { ...reason, calls: [{ ...call, input: { room: 'office', degrees: 20 } }] });
    const [changed] = await why(await chatWith(new FakeAgent(thread)));
    expect(changed).to.match(/^Something has changed since/);

    const other = await talk('set the kitchen to 20 degrees');
    other.reasons.set('a0', { ...reason, calls: [{ ...call, tool: 'light.set' }] });
    const [gone] = await why(await chatWith(new FakeAgent(other)));
    expect(gone).to.match(/^This cannot be told any more/);
  });

  it('stands in an approval, before anything is done', async () => {
    const thread = await talk('set the kitchen to 20 degrees');
    const asking = new FakeThread('main', (await thread.state()).state['messages'] as Message[], [
      approval({ callId: 'c0-0', tool: 'heating.set' }),
    ]);
    for (const [id, reason] of thread.reasons) asking.reasons.set(id, reason);
    const chat = await chatWith(new FakeAgent(asking));
    await until(() => find(chat, '.question [part="why"]'), 'it is offered');
    const [lead] = await why(chat);
    expect(lead).to.equal('“set” means “Heating set”.');
    for (const animation of chat.shadowRoot?.getAnimations() ?? []) animation.finish();
    await expectAccessible(chat);
  });

  it('is not asked of a language model, nor of what one has said in a thread of rules', async () => {
    const thread = await talk('set the kitchen to 20 degrees', 'hello');
    const chat = await chatWith(new FakeAgent(thread, Promise.resolve(REMOTE)));
    await until(() => textOf(part(chat, 'model')).includes('big-model'), 'the agent is ready');
    expect(find(chat, '[part="why"]')).to.equal(undefined);

    const usage = { inputTokens: 9, outputTokens: 9 };
    const messages = (await thread.state()).state['messages'] as Message[];
    const counted = messages.map((one) => (one.role === 'assistant' ? { ...one, usage } : one));
    const mixed = await chatWith(new FakeAgent(new FakeThread('main', counted)));
    await until(() => textOf(part(mixed, 'model')), 'the agent is ready');
    expect(find(mixed, '[part="why"]')).to.equal(undefined);
  });

  it('shows words as words, whatever is in them', async () => {
    const chat = await chatWith(new FakeAgent(await talk('send a message to Ann: <img src=x onerror=alert(1)>')));
    await why(chat);
    expect(find(chat, 'img')).to.equal(undefined);
  });

  for (const dir of ['ltr', 'rtl'] as const) {
    it(`has no accessibility faults while it is open, ${dir}, and opens by the keyboard`, async () => {
      const chat = await chatWith(new FakeAgent(await talk('set the kitchen to 20 degrees', 'hello')));
      chat.dir = dir;
      await why(chat);
      await expectAccessible(chat);
      const summary = all(chat, '[part="why"] > summary')[0];
      summary?.focus();
      await sendKeys({ press: 'Enter' });
      await until(() => all(chat, '[part="why"][open]').length === 2, 'both are open');
    });
  }

  it('tells the thread that is shown, not the one before', async () => {
    const agent = new FakeAgent(await talk('hello'), Promise.resolve(READY));
    const chat = await chatWith(agent);
    await until(() => find(chat, '[part="why"]'), 'it is offered');
    find(chat, '[part="why"] > summary')?.click();
    chat.newThread();
    await until(() => find(chat, '.welcome'), 'the other thread is shown');
    expect(find(chat, '[part="why"]')).to.equal(undefined);
  });
});
