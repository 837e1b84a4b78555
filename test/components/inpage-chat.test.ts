import { html } from 'lit';
import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import '../../components/define.ts';
import type { InpageChat, InpageDecisionEvent } from '../../components/index.ts';
import { AgentError, toWire } from '../../src/core/index.ts';
import { fixture, nextEvent, until } from '../helpers/fixture.ts';
import { register } from '../../components/register.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { all, chatWith, field, find, focused, openTurns, part, press, shiftTab, status, textOf, type } from './chat.ts';
import { approval, broken, called, FakeAgent, FakeThread, READY, REMOTE, replied, said, used } from './fake-agent.ts';

const conversation = [
  said('Add milk'),
  ...used('add_todo', { title: 'Milk' }, { ok: true }),
  replied('Milk is on it.'),
];

describe('<inpage-chat>', () => {
  describe('accessibility', () => {
    const states: Record<string, () => Promise<InpageChat>> = {
      'it is empty': async () => {
        const chat = await chatWith(new FakeAgent());
        chat.starters = ['Add milk', 'What is on my list?'];
        await chat.updateComplete;
        return chat;
      },
      'it shows messages and an open tool card': async () => {
        const chat = await chatWith(new FakeAgent(new FakeThread('main', conversation)));
        find(chat, 'summary')?.click();
        return chat;
      },
      'an answer streams in': async () => {
        const agent = new FakeAgent(new FakeThread('main', conversation));
        const chat = await chatWith(agent);
        agent.current.start();
        agent.current.emit({ type: 'text-delta', id: 't', text: 'I am' });
        await until(() => find(chat, '[data-streaming]'), 'the text streams');
        return chat;
      },
      'it asks for approval': () => chatWith(new FakeAgent(new FakeThread('main', conversation, [approval()]))),
      'it asks a question': () => {
        const question = { id: 'q', task: '1:ask', kind: 'input', payload: { question: 'How many?' } } as const;
        return chatWith(new FakeAgent(new FakeThread('main', [], [question])));
      },
      'a remote model has failed and says of itself what it is': async () => {
        const agent = new FakeAgent(new FakeThread('main', conversation), Promise.resolve(REMOTE));
        agent.current.next = ['model'];
        const chat = await chatWith(agent);
        agent.current.start();
        agent.current.emit({ type: 'notice', code: 'compacted', message: 'Older parts were left out.' });
        agent.current.end('failed', new AgentError('model-timeout', 'It was silent.', { fix: 'Raise `timeouts`.' }));
        await until(() => find(chat, '[part="retry"]'), 'the failure is said');
        part(chat, 'model').click();
        find(chat, '[part="alert"] summary')?.click();
        await chat.updateComplete;
        return chat;
      },
      'a message is being put in other words': async () => {
        const chat = await chatWith(new FakeAgent(new FakeThread('main', conversation), Promise.resolve(REMOTE)));
        part(chat, 'reword').click();
        await until(() => find(chat, '[part="again"]'), 'the agent is ready');
        return chat;
      },
      'there is a model to download': async () => {
        const notices = [{ code: 'model-downloadable', message: 'There is one.' }];
        const agent = new FakeAgent(undefined, Promise.resolve({ ...READY, notices }));
        agent.prepare = ({ onProgress }) => new Promise(() => onProgress?.(0.4));
        const chat = await chatWith(agent);
        await until(() => find(chat, '[part="download"]'), 'it is offered');
        part(chat, 'download').click();
        await chat.updateComplete;
        return chat;
      },
      'there is no assistant': () => chatWith(new FakeAgent(undefined, Promise.reject(broken()))),
    };

    for (const scheme of ['light', 'dark']) {
      describe(`in ${scheme}`, () => {
        beforeEach(() => (document.documentElement.style.colorScheme = scheme));
        afterEach(() => (document.documentElement.style.colorScheme = ''));

        for (const [state, make] of Object.entries(states)) {
          it(`has no faults when ${state}`, async () => {
            await expectAccessible(await make());
          });
        }
      });
    }

    it('would not pass with a text that is hard to read', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('main', conversation)));
      chat.style.setProperty('--inpage-text', '#aaaaaa');
      const fault: unknown = await expectAccessible(chat).catch((error: unknown) => error);
      expect(String(fault)).to.contain('color-contrast');
    });

    it('keeps the conversation silent and says the boundaries of a run in one polite line', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      openTurns(agent.current);
      expect(part(chat, 'body').getAttribute('role')).to.equal('log');
      expect(part(chat, 'body').getAttribute('aria-live')).to.equal('off');
      expect(all(chat, '[role="status"]')).to.have.length(1);

      const lines: string[] = [];
      const note = (): void => {
        if (status(chat) !== lines.at(-1)) lines.push(status(chat));
      };
      new MutationObserver(note).observe(part(chat, 'status'), { childList: true, characterData: true, subtree: true });
      await type(chat, 'Delete milk');
      press(chat, {});
      await until(() => lines.length === 1, 'the sending is said');
      agent.current.start();
      agent.current.emit({ type: 'text-delta', id: 't', text: 'I have to ask' });
      await until(() => lines.length === 2, 'the work is said');
      agent.current.ask(approval());
      agent.current.end('interrupted');
      await until(() => lines.length === 3, 'the question is said');
      agent.current.start();
      agent.current.ask();
      agent.current.end('completed');
      await until(() => lines.length === 4, 'the end is said');
      expect(lines).to.deep.equal(['Sent.', 'Working…', 'Asks for your approval: Delete todo.', 'Done.']);
    });

    it('says when a run was stopped, and when it failed', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      agent.current.start();
      agent.current.end('cancelled');
      await until(() => status(chat) === 'Stopped.', 'the stop is said');
      agent.current.start();
      agent.current.end('failed', broken());
      await until(() => status(chat) === 'Failed.', 'the failure is said');
    });

    it('can be used by keyboard alone: write, send, approve, and back in the field', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      const request = approval();
      chat.focus();
      await sendKeys({ type: 'Delete the to-do' });
      await sendKeys({ press: 'Enter' });
      await until(() => agent.current.sent.length === 1, 'the message is sent');
      expect(agent.current.sent).to.deep.equal(['Delete the to-do']);
      expect(field(chat).value).to.equal('');

      agent.current.ask(request);
      await until(() => find(chat, '[part="approve"]'), 'the question is shown');
      expect(focused(chat)).to.equal(field(chat));
      await shiftTab();
      expect(focused(chat)).to.equal(part(chat, 'edit'));
      await shiftTab();
      expect(focused(chat)).to.equal(part(chat, 'reject'));
      await shiftTab();
      expect(focused(chat)).to.equal(part(chat, 'approve'));
      await sendKeys({ press: 'Enter' });
      await until(() => agent.current.answers.length === 1, 'the answer is given');
      expect(agent.current.answers).to.deep.equal([{ id: request.id, value: { decision: 'approve' } }]);
      expect(focused(chat)).to.equal(field(chat));
    });

    it('gives every button a name and at least 32 by 32 px', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('main', conversation, [approval()])));
      for (const button of all(chat, 'button, summary')) {
        const { width, height } = button.getBoundingClientRect();
        expect(Math.min(width, height), button.className).to.be.at.least(32);
        expect(button.getAttribute('aria-label') ?? textOf(button)).not.to.equal('');
      }
    });
  });

  describe('agent and thread', () => {
    it('shows the thread that this browser used last, and reflects its id', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('t7')));
      expect(chat.thread).to.equal('t7');
      expect(chat.getAttribute('thread')).to.equal('t7');
    });

    it('keeps properties that were set before the element was defined', async () => {
      const agent = new FakeAgent(new FakeThread('main', conversation));
      const early = document.createElement('inpage-late');
      Object.assign(early, { agent, starters: ['Add milk'] });
      const { InpageChat } = await import('../../components/index.ts');
      customElements.define('inpage-late', class extends InpageChat {});
      const chat = await fixture<InpageChat>(html`${early}`);
      expect(chat.agent).to.equal(agent);
      expect(chat.starters).to.deep.equal(['Add milk']);
      await until(() => find(chat, 'article'), 'the messages are shown');
    });

    it('does not throw when another copy of the elements registers itself, and stays what it is', async () => {
      const before = ['inpage-chat', 'inpage-agent', 'inpage-workflow'].map((name) => customElements.get(name));
      // A module with another address is evaluated again.
      for (const file of ['define-chat', 'define-others']) await import(`../../components/${file}.ts?copy`);
      register({ 'inpage-chat': class extends HTMLElement {} });
      expect(['inpage-chat', 'inpage-agent', 'inpage-workflow'].map((name) => customElements.get(name))).to.deep.equal(
        before,
      );
      expect(before).to.not.include(undefined);
    });

    it('turns to another thread when the page sets one', async () => {
      const agent = new FakeAgent(new FakeThread('main', conversation));
      const chat = await chatWith(agent);
      const changed = nextEvent(chat, 'inpage-thread-change');
      chat.thread = 'other';
      expect((await changed).thread).to.equal('other');
      await until(() => find(chat, '.welcome'), 'the other thread is shown');
      expect(agent.current.listeners).to.equal(0);
    });

    it('takes the last thread of a new agent, unless the page had chosen one', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('first')));
      chat.agent = new FakeAgent(new FakeThread('second'));
      await chat.updateComplete;
      expect(chat.thread).to.equal('second');
      chat.thread = 'mine';
      chat.agent = new FakeAgent(new FakeThread('third'));
      await chat.updateComplete;
      expect(chat.thread).to.equal('mine');
    });

    it('begins a new conversation and puts the focus into the field', async () => {
      const agent = new FakeAgent(new FakeThread('main', conversation));
      const chat = await chatWith(agent);
      find(chat, '[aria-label="New conversation"]')?.click();
      await until(() => find(chat, '.welcome'), 'the new thread is shown');
      expect(chat.thread).to.equal(agent.current.id).and.not.equal('main');
      expect(focused(chat)).to.equal(field(chat));
    });

    it('sends to the new thread right after newThread()', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      const id = chat.newThread();
      await chat.send('Hello');
      expect(agent.thread(id).sent).to.deep.equal(['Hello']);
    });

    it('stops listening when it is taken out of the page, and listens again when it comes back', async () => {
      const agent = new FakeAgent(new FakeThread('main', conversation));
      const chat = await chatWith(agent);
      const place = chat.parentElement;
      chat.remove();
      expect(agent.current.listeners).to.equal(0);
      place?.append(chat);
      expect(agent.current.listeners).to.equal(1);
      expect(all(chat, 'article')).to.have.length(3);
    });
  });

  describe('messages', () => {
    it('shows each message as an article of its role, and no bubble for an answer without text', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('main', conversation)));
      const roles = all(chat, 'article').map((article) => article.dataset['role']);
      expect(roles).to.deep.equal(['user', 'tool', 'assistant']);
    });

    it('shows a tool call in words, with its input and output behind it', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('main', conversation)));
      expect(textOf(find(chat, 'summary'))).to.equal('Add todo Done');
      expect(all(chat, 'details pre').map((each) => each.textContent)).to.deep.equal([
        '{\n  "title": "Milk"\n}',
        '{\n  "ok": true\n}',
      ]);
    });

    it('says when a call failed, and when the person did not want it', async () => {
      const failed = called('send_order', {}, { type: 'error-json', value: toWire(broken()) });
      const denied = called('delete_todo', {}, { type: 'execution-denied', reason: 'Not today' });
      const chat = await chatWith(new FakeAgent(new FakeThread('main', [...failed, ...denied])));
      expect(all(chat, 'article > details > summary').map(textOf)).to.deep.equal([
        'Send order Failed',
        'Delete todo Not done: you said no',
      ]);
      expect(all(chat, 'details dt').map(textOf)).to.deep.equal(['Input', 'Error', 'Input', 'Reason']);
    });

    it('shows hostile text as text', async () => {
      const hostile = '<img src=x onerror="document.title=1"><script>1</script>';
      const chat = await chatWith(new FakeAgent(new FakeThread('main', [said(hostile), replied(hostile)])));
      expect(all(chat, 'article .text, article .markdown').map((article) => article.textContent.trim())).to.deep.equal([
        hostile,
        hostile,
      ]);
      expect(all(chat, 'img, script')).to.deep.equal([]);
    });

    it('keeps what it shows of a text that is being written when that becomes a message', async () => {
      const agent = new FakeAgent(new FakeThread('main', [said('Hello')]));
      const chat = await chatWith(agent);
      const thread = agent.current;
      thread.start();
      const message = replied('# Tea\n\nThere is **rooibos**.');
      thread.emit(
        { type: 'text-start', id: message.id },
        { type: 'text-delta', id: message.id, text: '# Tea\n\nThere is **roo' },
      );
      await until(() => find(chat, '[data-streaming] strong'), 'it is shown as markdown');
      const before = all(chat, '[data-streaming], [data-streaming] .markdown *');
      thread.store(message);
      await until(() => !find(chat, '[data-streaming]'), 'it is a message');
      const after = all(chat, '[data-role="assistant"], [data-role="assistant"] .markdown *');
      expect(after.map((element, at) => element === before[at])).to.deep.equal([true, true, true, true]);
      expect(textOf(find(chat, 'article strong'))).to.equal('rooibos');
    });

    it('shows the beginning of a megabyte at once, and all of it when asked', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('main', [replied('word '.repeat(200_000))])));
      const length = (): number => find(chat, 'article .markdown p')?.textContent.length ?? 0;
      expect(length()).to.be.below(25_000);
      expect(textOf(find(chat, '.show-all'))).to.equal('Show all 1,000,000 characters');
      find(chat, '.show-all')?.click();
      await chat.updateComplete;
      expect(length()).to.equal(1_000_000);
    });

    it('renders the newest of thousands of messages, and earlier ones when asked', async () => {
      const many = Array.from({ length: 1000 }, (_, index) => said(`Number ${index}`));
      const chat = await chatWith(new FakeAgent(new FakeThread('main', many)));
      expect(all(chat, 'article')).to.have.length(200);
      expect(textOf(all(chat, 'article').at(-1))).to.equal('Number 999');
      find(chat, '.earlier')?.click();
      await chat.updateComplete;
      expect(all(chat, 'article')).to.have.length(400);
    });

    it('does not touch finished messages while an answer streams in', async () => {
      const agent = new FakeAgent(new FakeThread('main', conversation));
      const chat = await chatWith(agent);
      const touched: MutationRecord[] = [];
      for (const article of all(chat, 'article')) {
        const observer = new MutationObserver((records) => touched.push(...records));
        observer.observe(article, { childList: true, characterData: true, subtree: true, attributes: true });
      }
      agent.current.start();
      for (const text of ['One', ' two', ' three']) {
        agent.current.emit({ type: 'text-delta', id: 't', text });
        await chat.updateComplete;
      }
      await until(() => textOf(find(chat, '[data-streaming]')) === 'One two three', 'all of it is shown');
      expect(touched).to.deep.equal([]);
    });

    it('puts the stored message in the place of the streamed text', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      agent.current.start();
      const message = replied('Hello there');
      agent.current.emit({ type: 'text-delta', id: message.id, text: 'Hello' });
      agent.current.store(message);
      await chat.updateComplete;
      expect(all(chat, 'article[data-role="assistant"]').map(textOf)).to.deep.equal(['Hello there']);
    });
  });

  describe('composer', () => {
    it('shows what was sent at once, and only once when it is stored', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      const turn = openTurns(agent.current);
      const sent = nextEvent(chat, 'inpage-message');
      await type(chat, '  Add milk  ');
      press(chat, {});
      expect((await sent).text).to.equal('Add milk');
      await until(() => find(chat, 'article'), 'the message is shown');
      agent.current.start();
      agent.current.store(said('Add milk'));
      await chat.updateComplete;
      expect(all(chat, 'article').map(textOf)).to.deep.equal(['Add milk']);
      turn.resolve(agent.current.result('completed'));
    });

    it('starts a new line with Shift+Enter and leaves Enter to an input method that composes', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      await type(chat, 'Milk');
      expect(press(chat, { shiftKey: true }).defaultPrevented).to.equal(false);
      expect(press(chat, { isComposing: true }).defaultPrevented).to.equal(false);
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is how Safari says it
      expect(press(chat, { keyCode: 229 }).defaultPrevented).to.equal(false);
      expect(agent.current.sent).to.deep.equal([]);
    });

    it('sends nothing when there is nothing to send', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      await type(chat, ' \n ');
      press(chat, {});
      part(chat, 'send').click();
      await chat.updateComplete;
      expect(agent.current.sent).to.deep.equal([]);
    });

    it('grows with its text up to about six lines', async () => {
      const chat = await chatWith(new FakeAgent());
      const heights: number[] = [];
      for (const lines of [1, 3, 6, 30]) {
        await type(chat, Array(lines).fill('line').join('\n'));
        heights.push(field(chat).offsetHeight);
      }
      const [one = 0, three = 0, six = 0, thirty = 0] = heights;
      expect(three).to.be.above(one * 1.5);
      expect(six).to.be.above(three * 1.5);
      expect(thirty).to.equal(six);
    });

    it('turns the send button into a stop button during a run, which a double click does not press', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      openTurns(agent.current);
      await type(chat, 'Add milk');
      part(chat, 'send').click();
      await until(() => find(chat, '[part="stop"]'), 'the button stops');
      part(chat, 'stop').dispatchEvent(new MouseEvent('click', { detail: 2 }));
      expect(agent.current.stops).to.equal(0);
      part(chat, 'stop').click();
      await until(() => agent.current.stops === 1, 'the run is stopped');
    });

    it('sends a starter when it is pressed', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      chat.starters = ['One', 'Two', 'Three', 'Four', 'Five'];
      await chat.updateComplete;
      expect(all(chat, '[part="starter"]').map(textOf)).to.deep.equal(['One', 'Two', 'Three', 'Four']);
      all(chat, '[part="starter"]')[1]?.click();
      await until(() => agent.current.sent.length === 1, 'the starter is sent');
      expect(agent.current.sent).to.deep.equal(['Two']);
    });

    it('sends before the agent is ready', async () => {
      const agent = new FakeAgent(undefined, new Promise(() => undefined));
      const chat = await fixture<InpageChat>(html`<inpage-chat .agent=${agent}></inpage-chat>`);
      const { status: end } = await chat.send('Hello');
      expect(end).to.equal('completed');
      expect(agent.current.sent).to.deep.equal(['Hello']);
    });
  });

  describe('questions', () => {
    it('says in words what would be done, with what, and how dangerous it is', async () => {
      const chat = await chatWith(new FakeAgent(new FakeThread('main', [], [approval()])));
      const card = textOf(part(chat, 'question'));
      expect(card).to.contain('Deletes a to-do for good').and.to.contain('High risk');
      expect(all(chat, '.question dt, .question dd').map(textOf)).to.deep.equal(['Title', 'Buy milk']);
    });

    it('shows an approval that it does not understand as it is, with the same two buttons', async () => {
      const odd = { ...approval(), payload: { what: 'Something' } };
      const agent = new FakeAgent(new FakeThread('main', [], [odd]));
      const chat = await chatWith(agent);
      expect(textOf(find(chat, '.question pre'))).to.equal('{ "what": "Something" }');
      part(chat, 'approve').click();
      await until(() => agent.current.answers.length === 1, 'the answer is given');
      expect(agent.current.answers[0]?.value).to.deep.equal({ decision: 'approve' });
    });

    it('rejects with the reject button, and fires the event before', async () => {
      const request = approval();
      const agent = new FakeAgent(new FakeThread('main', [], [request]));
      const chat = await chatWith(agent);
      const rejected = nextEvent(chat, 'inpage-reject');
      part(chat, 'reject').click();
      expect((await rejected).interrupt.id).to.equal(request.id);
      await until(() => agent.current.answers.length === 1, 'the answer is given');
      expect(agent.current.answers[0]?.value).to.deep.equal({ decision: 'reject' });
    });

    it('leaves the question open when the page prevents the answer', async () => {
      const agent = new FakeAgent(new FakeThread('main', [], [approval()]));
      const chat = await chatWith(agent);
      const prevent = (event: InpageDecisionEvent): void => {
        event.preventDefault();
      };
      document.addEventListener('inpage-approve', prevent, { once: true });
      part(chat, 'approve').click();
      await chat.updateComplete;
      expect(agent.current.answers).to.deep.equal([]);
    });

    it('disables the buttons while the answer is under way; an error enables them again and is said', async () => {
      const agent = new FakeAgent(new FakeThread('main', [], [approval()]));
      const chat = await chatWith(agent);
      const turn = openTurns(agent.current);
      part(chat, 'approve').click();
      await until(() => part(chat, 'approve').matches(':disabled'), 'the button is disabled');
      turn.reject(new AgentError('storage-failed', 'It could not be stored.', { fix: 'Free some space.' }));
      await until(() => part(chat, 'approve').matches(':enabled'), 'the button is enabled');
      expect(textOf(find(chat, '.said'))).to.equal('It could not be stored. Free some space.');
    });

    it('shows a question of any other kind with its payload, and gives the typed answer', async () => {
      const question = { id: 'q1', task: '1:ask', kind: 'input', payload: { ask: 'How many?' } } as const;
      const number = { ...question, id: 'q2', schema: { type: 'number' } };
      const agent = new FakeAgent(new FakeThread('main', [], [question, number]));
      const chat = await chatWith(agent);
      expect(textOf(find(chat, '.question pre'))).to.equal('{ "ask": "How many?" }');
      for (const form of all(chat, '.question form')) {
        if (!(form instanceof HTMLFormElement)) throw new Error('This is no form.');
        form.querySelectorAll('input').forEach((input) => (input.value = '3'));
        form.requestSubmit();
      }
      await until(() => agent.current.answers.length === 2, 'both answers are given');
      expect(agent.current.answers).to.deep.equal([
        { id: 'q1', value: '3' },
        { id: 'q2', value: 3 },
      ]);
    });
  });

  it('has states for the styles of a page: busy, streaming, waiting', async () => {
    const agent = new FakeAgent();
    const chat = await chatWith(agent);
    const states = (): string[] => ['busy', 'streaming', 'waiting'].filter((name) => chat.matches(`:state(${name})`));
    expect(states()).to.deep.equal([]);
    agent.current.start();
    await until(() => states().join() === 'busy', 'it is busy');
    agent.current.emit({ type: 'text-start', id: 'm' }, { type: 'text-delta', id: 'm', text: 'Hel' });
    await until(() => states().join() === 'busy,streaming', 'it is streaming');
    agent.current.emit({ type: 'text-end', id: 'm' });
    agent.current.ask(approval());
    agent.current.end('interrupted');
    await until(() => chat.matches(':state(waiting)') && !chat.matches(':state(busy)'), 'it waits');
  });

  describe('failures and notices', () => {
    it('says why there is no assistant and disables the composer', async () => {
      const chat = await chatWith(new FakeAgent(undefined, Promise.reject(broken())));
      const alert = textOf(find(chat, '.said'));
      expect(alert).to.equal('The agent could not be started. Allow workers on this site.');
      expect(field(chat).disabled).to.equal(true);
    });

    it('says what is wrong with its own options', async () => {
      const chat = await fixture<InpageChat>(html`<inpage-chat namespace="not a name"></inpage-chat>`);
      await until(() => find(chat, '[part="alert"]'), 'the fault is said');
      expect(textOf(find(chat, '[part="alert"]'))).to.contain('"not a name" is no namespace.');
    });

    it('gives the text back when it could not be sent, and says why', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      agent.current.respond = () =>
        Promise.reject(new AgentError('fenced', 'It waits for an answer.', { fix: 'Answer first.' }));
      await type(chat, 'Add milk');
      press(chat, {});
      await until(() => find(chat, '[part="alert"]'), 'the failure is said');
      expect(textOf(find(chat, '.said'))).to.equal('It waits for an answer. Answer first.');
      expect(field(chat).value).to.equal('Add milk');
      expect(all(chat, 'article')).to.deep.equal([]);
    });

    it('says why a turn failed, until the next one begins', async () => {
      const agent = new FakeAgent();
      const chat = await chatWith(agent);
      const ended = nextEvent(chat, 'inpage-run-end');
      agent.current.start();
      agent.current.end('failed', new AgentError('model-failed', 'The model said no.', { fix: 'Try later.' }));
      const { status: end, error } = await ended;
      expect([end, error?.code]).to.deep.equal(['failed', 'model-failed']);
      await until(() => find(chat, '[part="alert"]'), 'the failure is said');
      agent.current.start();
      await until(() => find(chat, '[part="alert"]') === undefined, 'the failure is taken back');
    });

    it('calls a rule-based assistant by its name, and a language model by its id', async () => {
      const chat = await chatWith(new FakeAgent());
      await until(() => find(chat, '.badge'), 'the badge is shown');
      expect(textOf(find(chat, '.badge'))).to.contain('Rule-based assistant');
      const model = { id: 'big-model', generative: true };
      chat.agent = new FakeAgent(undefined, Promise.resolve({ ...READY, model }));
      await until(() => textOf(find(chat, '.badge')) === 'big-model', 'the model is named');
    });

    it('offers to go on with what was cut off, and does so', async () => {
      const agent = new FakeAgent(new FakeThread('main', [said('Buy milk')]));
      agent.current.next = ['model'];
      const chat = await chatWith(agent);
      await until(() => find(chat, '[part="resume"]'), 'the button is shown');
      part(chat, 'resume').click();
      await until(() => agent.current.resumed === 1, 'the run goes on');
    });

    it('says in plain words that a question comes first', async () => {
      const agent = new FakeAgent();
      const error = new AgentError('awaiting-answer', 'The thread waits for an answer.', { fix: 'Answer it.' });
      agent.current.respond = () => Promise.reject(error);
      const chat = await chatWith(agent);
      await chat.send('And tea').catch(() => undefined);
      await until(() => textOf(find(chat, '[part="alert"]')).includes('answer what is asked above'), 'it is said');
    });

    it('says in words for a person what fell back, each once, and nothing that is for the site alone', async () => {
      const notices = [
        { code: 'storage-unavailable', message: 'SecurityError' },
        { code: 'worker-failed', message: 'blob: refused' },
        { code: 'worker-fallback', message: 'worker: 404' },
        { code: 'corrupt-record', message: 'The thread is damaged at version 3.' },
        { code: 'corrupt-record', message: 'The thread is damaged at version 3.' },
      ];
      const chat = await chatWith(new FakeAgent(undefined, Promise.resolve({ ...READY, notices })));
      await until(() => find(chat, '[part="notice"]'), 'the notices are shown');
      expect(all(chat, '[part="notice"]').map(textOf)).to.deep.equal([
        'This browser keeps nothing: the conversation is gone when you close the page.',
        'The assistant runs in the page itself, because this site lets no worker start.',
        'The thread is damaged at version 3.',
      ]);
    });
  });

  it('shows no notice any more that the person has dismissed, for as long as it has the same agent', async () => {
    const notices = ['own-key', 'model-downgraded'].map((code) => ({ code, message: `The notice ${code}.` }));
    const ready = Promise.resolve({ ...REMOTE, notices });
    const agent = new FakeAgent(undefined, ready);
    const chat = await chatWith(agent);
    const shown = (): string[] => all(chat, '[part="notice"]').map(textOf);
    const key = 'Your key is kept in memory alone, until you leave this page. Every script of this page can read it.';
    await until(() => shown().length === 2, 'the notices are shown');
    expect(shown()).to.deep.equal([key, 'The notice model-downgraded.']);
    find(chat, '[part="notice"] button')?.click();
    await until(() => shown().length === 1, 'it is gone');
    expect(focused(chat)).to.equal(field(chat));
    agent.current.start();
    agent.current.emit({ type: 'notice', code: 'own-key', message: 'Said by the run too.' });
    await chat.updateComplete;
    expect(shown()).to.deep.equal(['The notice model-downgraded.']);
    chat.agent = new FakeAgent(undefined, ready);
    await until(() => shown().length === 2, 'another agent says it anew');
  });

  it('can be used whole where there is hardly any height', async () => {
    const agent = new FakeAgent(new FakeThread('main', conversation), Promise.resolve(REMOTE));
    agent.current.next = ['model'];
    const chat = await chatWith(agent);
    chat.style.cssText = 'block-size: 256px; min-block-size: 0; inline-size: 320px';
    agent.current.start();
    agent.current.end('failed', new AgentError('model-timeout', 'It was silent.', { fix: 'Raise `timeouts`.' }));
    await until(() => find(chat, '[part="retry"]'), 'the failure is said');
    for (const name of ['header', 'body', 'retry', 'composer']) {
      part(chat, name).scrollIntoView();
      const { top, bottom, height } = part(chat, name).getBoundingClientRect();
      const frame = chat.getBoundingClientRect();
      expect(height, name).to.be.above(30);
      expect(Math.min(bottom, frame.bottom) - Math.max(top, frame.top), name).to.be.above(30);
    }
  });

  describe('scrolling', () => {
    const long = Array.from({ length: 40 }, (_, index) => said(`Number ${index}`));
    const distance = (body: HTMLElement): number => body.scrollHeight - body.scrollTop - body.clientHeight;

    it('begins at the newest message and stays with new ones', async () => {
      const agent = new FakeAgent(new FakeThread('main', long));
      const chat = await chatWith(agent);
      const body = part(chat, 'body');
      expect(body.scrollHeight).to.be.above(body.clientHeight);
      expect(distance(body)).to.be.below(2);
      agent.current.store(replied('line\n'.repeat(20)));
      await chat.updateComplete;
      expect(distance(body)).to.be.below(2);
    });

    it('stays at the end when something beside it takes room', async () => {
      const agent = new FakeAgent(new FakeThread('main', long));
      const chat = await chatWith(agent);
      const body = part(chat, 'body');
      const { clientHeight } = body;
      const settled = new Promise((resolve) => {
        new ResizeObserver(() => {
          // The element's own observer was there first, so it has had its turn.
          if (body.clientHeight < clientHeight) resolve(undefined);
        }).observe(body);
      });
      chat.style.blockSize = `${chat.offsetHeight - 90}px`;
      // A browser may move the scroller along with the layout, and not all the way.
      body.scrollTop += 39;
      await settled;
      expect(distance(body)).to.be.below(2);
      expect(all(chat, '.jump')).to.deep.equal([]);
    });

    it('does not move a reader who has scrolled up, and offers the way back', async () => {
      const agent = new FakeAgent(new FakeThread('main', long));
      const chat = await chatWith(agent);
      const body = part(chat, 'body');
      body.scrollTop = 100;
      await until(() => find(chat, '.jump'), 'the way back is offered');
      agent.current.store(replied('line\n'.repeat(20)));
      await chat.updateComplete;
      expect(body.scrollTop).to.equal(100);
      find(chat, '.jump')?.click();
      await until(() => distance(body) < 2, 'the end is in sight');
      expect(find(chat, '.jump')).to.equal(undefined);
    });

    it('shows a question that is higher than the view from its beginning', async () => {
      const input = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field${index}`, index]));
      const agent = new FakeAgent(new FakeThread('main', long));
      const chat = await chatWith(agent);
      agent.current.ask(approval({ input }));
      await chat.updateComplete;
      const top = part(chat, 'question').getBoundingClientRect().top - part(chat, 'body').getBoundingClientRect().top;
      expect(top).to.be.within(0, 40);
    });
  });
});
