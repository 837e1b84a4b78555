/** The vertical `forms` with real forms, the real worker and its planner. */
import { expect } from 'chai';
import { html } from 'lit';
import type { ApprovalRequest, TurnResult } from '../../src/index.ts';
import { call, createScriptedModel, say } from '../../src/models/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { closeAll, field, GRANT, openAgent, openForms, show, toolNames, untilTool } from './page.ts';

let sent: string[] = [];
const submit = (event: Event): void => {
  event.preventDefault();
  if (event.target instanceof HTMLFormElement) {
    sent.push(
      [...new FormData(event.target)]
        .map(([name, value]) => `${name}=${value instanceof File ? value.name : value}`)
        .join('&'),
    );
  }
};

const BOOKING = html`<section>
  <h2>Book a table</h2>
  <form @submit=${submit}>
    <label>Your name <input name="name" required /></label>
    <label>E-mail * <input name="email" type="email" required /></label>
    <label>Guests <input name="guests" type="number" min="1" max="8" required /></label>
    <label>Date <input name="date" type="date" required /></label>
    <label>Time <input name="time" type="time" /></label>
    <label
      >Seating
      <select name="seating">
        <option value="">Choose</option>
        <option value="in">Inside</option>
        <option value="out">Terrace</option>
      </select></label
    >
    <fieldset>
      <legend>Occasion</legend>
      <label><input type="radio" name="occasion" value="b" /> Birthday</label>
      <label><input type="radio" name="occasion" value="n" /> Ordinary day</label>
    </fieldset>
    <fieldset>
      <legend>Diet</legend>
      <label><input type="checkbox" name="diet" value="vg" /> Vegan</label>
      <label><input type="checkbox" name="diet" value="gf" /> Gluten free</label>
    </fieldset>
    <label
      >Extras
      <select name="extras" multiple>
        <option value="hc">High chair</option>
        <option value="pk">Parking</option>
      </select></label
    >
    <label><input type="checkbox" name="news" /> Newsletter</label>
    <label>Note <textarea name="note"></textarea></label>
    <label>Password <input name="pw" type="password" /></label>
    <label>Card number <input name="card" /></label>
    <input type="hidden" name="csrf" value="token-of-the-page" />
    <div style="position:absolute;left:-9999px">
      <label>Leave empty <input name="trap" /></label>
    </div>
    <button>Reserve</button>
  </form>
</section>`;

const FILL = 'fill_book_a_table';
const SEND = 'send_book_a_table';

const requestOf = ({ interrupts }: TurnResult): ApprovalRequest => interrupts[0]?.payload as ApprovalRequest;
const held = (...names: readonly string[]): readonly string[] => names.map((name) => field(name).value);

describe('a form and the planner', () => {
  beforeEach(() => {
    sent = [];
  });
  afterEach(closeAll);

  it('has a tool to fill it in and one to send it', async () => {
    const { agent } = await openForms(BOOKING);
    expect(await toolNames(agent)).to.deep.equal([FILL, 'list_forms', SEND]);
    const infos = await agent.tools.list();
    expect(infos.map(({ name, source, danger }) => [name, source, danger])).to.deep.include.members([
      [FILL, 'vertical', 'low'],
      [SEND, 'vertical', 'high'],
    ]);
  });

  it('is filled in with numbers, days and times that are said', async () => {
    const { agent } = await openForms(BOOKING);
    const { text, toolCalls } = await agent.thread().send('book a table for 4 guests on 5 December 2031 at 7 pm');
    expect(toolCalls.map(({ tool, outcome }) => [tool, outcome])).to.deep.equal([[FILL, 'ok']]);
    expect(held('guests', 'date', 'time')).to.deep.equal(['4', '2031-12-05', '19:00']);
    expect(text).to.include('Still needed: Your name and E-mail.');
  });

  const said: readonly (readonly [text: string, name: string, value: string])[] = [
    ['set the name to Ada Lovelace', 'name', 'Ada Lovelace'],
    ['set the e-mail to ada@example.org', 'email', 'ada@example.org'],
    ['set the time to 19:30', 'time', '19:30'],
    ['set seating to terrace', 'seating', 'out'],
    ['set the note to we bring a dog', 'note', 'we bring a dog'],
  ];
  for (const [text, name, value] of said) {
    it(`understands “${text}”`, async () => {
      const { agent } = await openForms(BOOKING);
      await agent.thread().send(text);
      expect(field(name).value).to.equal(value);
      expect(held('name', 'email', 'time', 'seating', 'note').filter(Boolean)).to.deep.equal([value]);
    });
  }

  it('understands several things at once, radio buttons and boxes to tick', async () => {
    const { agent } = await openForms(BOOKING);
    const thread = agent.thread();
    await thread.send('fill in the form with name Grace Hopper, guests 2, e-mail grace@example.org');
    expect(held('name', 'guests', 'email')).to.deep.equal(['Grace Hopper', '2', 'grace@example.org']);
    await thread.send('set the occasion to birthday');
    await thread.send('book a table for 3 guests, vegan');
    expect(
      [...new FormData(field('name').form ?? undefined)].filter(([name]) => ['occasion', 'diet'].includes(name)),
    ).to.deep.equal([
      ['occasion', 'b'],
      ['diet', 'vg'],
    ]);
  });

  it('says what it could fill in, and what it still needs', async () => {
    const { agent } = await openForms(BOOKING);
    const { text } = await agent.thread().send('fill in the form');
    expect(text).to.match(/^Tell me what to put in: Your name, E-mail, Guests, Date/);
    expect(text).to.include('You fill in yourself: Password and Card number.');
    const { text: listed } = await agent.thread().send('what does the form still need?');
    expect(listed).to.equal(
      '“Book a table”: nothing is filled in yet. Still needed: Your name, E-mail, Guests and Date. You fill in yourself: Password and Card number.',
    );
  });

  it('gives what was there before back when the fill is undone, but for what the person has changed since', async () => {
    const { agent } = await openForms(BOOKING);
    field('guests').value = '2';
    const thread = agent.thread();
    const { toolCalls } = await thread.send('book a table for 4 guests on 5 December 2031 at 7 pm');
    field('time').value = '20:15';
    expect(await rejection(thread.undo(toolCalls[0]?.callId ?? ''))).to.include({ code: 'undo-failed' });
    expect(held('guests', 'date', 'time')).to.deep.equal(['2', '', '20:15']);
  });

  it('undoes ticks and choices', async () => {
    const { agent } = await openForms(BOOKING);
    const thread = agent.thread();
    const { toolCalls } = await thread.send('book a table for 3 guests, vegan, terrace');
    expect([field('diet').checked, field('seating').value]).to.deep.equal([true, 'out']);
    await thread.undo(toolCalls[0]?.callId ?? '');
    expect([field('diet').checked, field('seating').value, field('guests').value]).to.deep.equal([false, '', '']);
  });
});

describe('sending a form', () => {
  beforeEach(() => {
    sent = [];
  });
  afterEach(closeAll);

  function fillByHand(): void {
    Object.assign(field('name'), { value: 'Ada' });
    Object.assign(field('email'), { value: 'ada@example.org' });
    Object.assign(field('guests'), { value: '2' });
    Object.assign(field('date'), { value: '2031-12-05' });
    Object.assign(field('pw'), { value: 'hunter2' });
    Object.assign(field('card'), { value: '4111 1111 1111 1111' });
  }

  it('shows all that would be sent but secrets, and sends it after a yes alone', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    const thread = agent.thread();
    const asked = await thread.send('send the form');
    expect(sent).to.deep.equal([]);
    expect(requestOf(asked).summary?.split('\n')).to.deep.equal([
      'Send “Book a table” to this site by “Reserve”:',
      'Your name: Ada',
      'E-mail: ada@example.org',
      'Guests: 2',
      'Date: 2031-12-05',
      'Password: what you have put in, which is not shown here',
      'Card number: what you have put in, which is not shown here',
      'The page adds a value of its own.',
    ]);
    const { text } = await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(text).to.equal('“Book a table” was sent.');
    expect(sent).to.have.length(1);
    expect(sent[0]).to.include('name=Ada&email=ada@example.org&guests=2&date=2031-12-05');
  });

  it('does nothing after a no', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    const asked = await agent.thread().send('send the form');
    await agent.thread().answer(asked.interrupts[0]?.id ?? '', { decision: 'reject' });
    expect(sent).to.deep.equal([]);
  });

  it('is asked about each time, in every mode, and a yes holds for that time alone', async () => {
    const { agent } = await openForms(BOOKING, { agent: openAgent({ approval: 'auto' }) });
    fillByHand();
    const thread = agent.thread();
    for (let time = 1; time <= 2; time++) {
      const asked = await thread.send('send the form');
      expect([asked.status, requestOf(asked).scopes]).to.deep.equal(['interrupted', ['once']]);
      await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve', scope: 'always' });
      expect(sent).to.have.length(time);
    }
    expect(await thread.grants()).to.deep.equal([]);
  });

  it('asks anew when the form has changed since it was shown', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    const thread = agent.thread();
    const asked = await thread.send('send the form');
    Object.assign(field('guests'), { value: '8' });
    const again = await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(sent).to.deep.equal([]);
    expect([again.status, requestOf(again).summary?.includes('Guests: 8')]).to.deep.equal(['interrupted', true]);
  });

  it('asks anew when what has changed stands far behind', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    const long = 'a '.repeat(150);
    field('note').value = `${long}b`;
    const thread = agent.thread();
    const asked = await thread.send('send the form');
    expect(requestOf(asked).summary).to.include(`Note: ${long}b`);
    field('note').value = `${long}c`;
    const again = await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect([again.status, sent]).to.deep.equal(['interrupted', []]);
  });

  it('shows each field on a line of its own, so that no value looks like another field', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    field('note').value = 'Hello\nGuests: 1';
    const { summary } = requestOf(await agent.thread().send('send the form'));
    expect(summary?.split('\n').filter((line) => line.startsWith('Guests: '))).to.deep.equal(['Guests: 2']);
    expect(summary).to.include('Note: Hello ↵ Guests: 1');
  });

  it('is not done when the page has changed in the meantime for what is not in the form, but done once', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    const thread = agent.thread();
    const asked = await thread.send('send the form');
    const other = show(
      html`<form aria-label="Search">
        <label>Words <input name="words" /></label>
      </form>`,
    );
    await untilTool(agent, 'fill_search');
    await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    other.remove();
    expect(sent).to.have.length(1);
  });

  it('is not done when the form has gone while it was asked about', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    const thread = agent.thread();
    const asked = await thread.send('send the form');
    document.querySelector('main form')?.remove();
    await untilTool(agent, SEND, false);
    const id = asked.interrupts[0]?.id ?? '';
    expect(await rejection(thread.answer(id, { decision: 'approve' }))).to.include({ code: 'tool-gone' });
    expect((await thread.answer(id, { decision: 'reject' })).status).to.equal('completed');
    expect(sent).to.deep.equal([]);
  });

  it('never tells a password or a card number to the log, whoever put it where', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    field('pw').value = 'hunter2!';
    field('note').value = 'My card: 4111 1111 1111 1111';
    const thread = agent.thread();
    await thread.send('what is filled in?');
    const asked = await thread.send('send the form');
    await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(sent).to.have.length(1);
    const stored = new TextDecoder('latin1').decode(await (await agent.threads.export(thread.id)).arrayBuffer());
    expect(stored).to.include('Ada');
    // More than four digits, which an id may have by chance.
    expect(stored).not.to.match(/hunter2|4111[ -]?1111/);
  });

  it('is not done while the browser finds it invalid, and says why', async () => {
    const { agent } = await openForms(BOOKING);
    fillByHand();
    Object.assign(field('guests'), { value: '12' });
    const thread = agent.thread();
    const asked = await thread.send('send the form');
    const { text } = await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(text).to.match(/^“Book a table” was not sent: Guests: .*8/);
    expect(sent).to.deep.equal([]);
  });

  it('takes a form that the page has emptied for sent', async () => {
    const take = (event: Event): void => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement) event.target.reset();
    };
    const { agent } = await openForms(
      html`<form aria-label="Redeem" @submit=${take}>
        <label>Code <input name="code" required /></label>
        <button>Redeem</button>
      </form>`,
    );
    const thread = agent.thread();
    await thread.send('set the code to X1');
    const asked = await thread.send('send the form');
    const { text } = await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect([text, field('code').value]).to.deep.equal(['“Redeem” was sent.', '']);
  });

  it('tells what the page itself does not take', async () => {
    const refuse = (event: Event): void => {
      event.preventDefault();
      field('code').setAttribute('aria-invalid', 'true');
    };
    const { agent } = await openForms(
      html`<form aria-label="Redeem" @submit=${refuse}>
        <label>Code <input name="code" value="X1" aria-errormessage="e" /></label>
        <p id="e">This code is used up.</p>
        <button>Redeem</button>
      </form>`,
    );
    const thread = agent.thread();
    const asked = await thread.send('send the form');
    const { text } = await thread.answer(asked.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(text).to.equal('The page does not take “Redeem” as it is: Code: This code is used up.');
  });
});

describe('a form and a language model', () => {
  afterEach(closeAll);

  it('is filled in by a call that fits its schema', async () => {
    const input = {
      name: 'Ada',
      guests: 3,
      date: '2031-12-05',
      time: '7:30pm',
      seating: 'Inside',
      occasion: 'Ordinary day',
      vegan: true,
      gluten_free: true,
      high_chair: true,
      newsletter: true,
      note: 'Window seat',
    };
    const tools: unknown[] = [];
    const model = createScriptedModel([
      (request) => {
        tools.push(...request.tools);
        return call(FILL, input);
      },
      say('Done.'),
    ]);
    const { agent } = await openForms(BOOKING, { agent: openAgent({ model }) });
    const { toolCalls } = await agent.thread().send('Book a table.');
    expect(toolCalls[0]).to.include({ tool: FILL, outcome: 'ok' });
    expect(
      [...new FormData(field('name').form ?? undefined)]
        .map(([name, value]) => `${name}=${value instanceof File ? value.name : value}`)
        .join('&'),
    ).to.equal(
      'name=Ada&email=&guests=3&date=2031-12-05&time=19:30&seating=in&occasion=n&diet=vg&diet=gf&extras=hc&news=on&note=Window seat&pw=&card=&csrf=token-of-the-page&trap=',
    );
    const { input: schema } = tools.find((tool) => (tool as { name: string }).name === FILL) as {
      input: { properties: Record<string, { enum?: string[] }> };
    };
    expect(Object.keys(schema.properties)).to.deep.equal([
      ...['name', 'e_mail', 'guests', 'date', 'time', 'seating', 'occasion', 'vegan', 'gluten_free'],
      ...['high_chair', 'parking', 'newsletter', 'note'],
    ]);
    expect(schema.properties['seating']?.enum).to.deep.equal(['Inside', 'Terrace']);
    expect(schema.properties['guests']).to.include({ type: 'integer', minimum: 1, maximum: 8 });
  });

  it('refuses what does not fit, before anything is filled in', async () => {
    const model = createScriptedModel([call(FILL, { guests: 20, name: 'Ada' }), say('Oh.')]);
    const { agent } = await openForms(BOOKING, { agent: openAgent({ model }) });
    const { toolCalls } = await agent.thread().send('Book a table.');
    expect(toolCalls[0]?.error).to.include({ code: 'invalid-tool-input' });
    expect(field('name').value).to.equal('');
  });

  it('never puts a card number anywhere', async () => {
    const model = createScriptedModel([call(FILL, { note: 'My card is 4111 1111 1111 1111' }), say('Oh.')]);
    const { agent } = await openForms(BOOKING, { agent: openAgent({ model }) });
    const { toolCalls } = await agent.thread().send('Book a table.');
    expect(field('note').value).to.equal('');
    expect(JSON.stringify(toolCalls[0]?.output)).to.include('This looks like a card number');
  });
});

describe('forms that come and go', () => {
  afterEach(closeAll);

  const SMALL = html`<form aria-label="Search">
    <label>Words <input name="words" /></label>
  </form>`;

  it('have their tools for as long as they can be seen', async () => {
    const { agent } = await openForms(html`<p>Nothing yet.</p>`);
    expect(await toolNames(agent)).to.deep.equal(['list_forms']);
    const place = show(SMALL);
    await untilTool(agent, 'fill_search');
    place.hidden = true;
    await untilTool(agent, 'fill_search', false);
    place.hidden = false;
    await untilTool(agent, 'fill_search');
    place.remove();
    await untilTool(agent, 'fill_search', false);
  });

  it('have tools that follow their fields', async () => {
    const { agent } = await openForms(SMALL);
    const extra = document.createElement('label');
    const input = document.createElement('input');
    input.name = 'place';
    extra.append('Place', input);
    document.querySelector('main form')?.append(extra);
    const deadline = performance.now() + 5000;
    while (!input.value && performance.now() < deadline) await agent.thread().send('set the place to Paris');
    expect(input.value).to.equal('Paris');
  });

  it('are found in open shadow roots', async () => {
    const { agent } = await openForms(html`<div id="host"></div>`);
    const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
    const form = document.createElement('form');
    form.setAttribute('aria-label', 'Feedback');
    const input = document.createElement('input');
    input.setAttribute('aria-label', 'Comment');
    form.append(input);
    root?.append(form);
    document.querySelector('main')?.append('!');
    await untilTool(agent, 'fill_feedback');
    await agent.thread().send('set the comment to very good');
    expect(input.value).to.equal('very good');
  });

  it('are not there outside the part of the page that was named, nor without leave', async () => {
    show(SMALL);
    const { agent } = await openForms(html`<div id="here"></div>`, { options: { ...GRANT, within: '#here' } });
    expect(await toolNames(agent)).to.deep.equal(['list_forms']);
    const { agent: reader } = await openForms(html`<p></p>`, { options: { grant: ['page:read'], within: 'main' } });
    expect(await toolNames(reader)).to.deep.equal(['list_forms']);
    const { agent: nobody } = await openForms(html`<p></p>`, { options: {} });
    expect(await toolNames(nobody)).to.deep.equal([]);
  });
});
