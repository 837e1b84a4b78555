import { expect } from 'chai';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { ApprovalRequest } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { nextEvent, until } from '../helpers/fixture.ts';
import { all, chatWith, find, part, textOf } from './chat.ts';
import { approval, FakeAgent, FakeThread } from './fake-agent.ts';

const HOUR = 3_600_000;

const BOOKING: Partial<ApprovalRequest> = {
  tool: 'book_table',
  danger: 'medium',
  input: { name: 'Ada', people: 2, outside: false, area: 'main', notes: { allergies: [] }, extra: 'kept' },
  inputSchema: {
    type: 'object',
    required: ['name', 'people'],
    properties: {
      name: { type: 'string', description: 'Whom it is for' },
      people: { type: 'integer' },
      outside: { type: 'boolean' },
      area: { enum: ['main', 'garden_room'] },
      phone: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      notes: { type: 'object' },
    },
  },
};

interface Card {
  readonly chat: InpageChat;
  readonly thread: FakeThread;
}

async function ask(request: Partial<ApprovalRequest> = {}): Promise<Card> {
  const agent = new FakeAgent(new FakeThread('main', [], [approval(request)]));
  return { chat: await chatWith(agent), thread: agent.current };
}

async function edit(request: Partial<ApprovalRequest> = BOOKING): Promise<Card> {
  const card = await ask(request);
  part(card.chat, 'edit').click();
  await card.chat.updateComplete;
  return card;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The control whose label begins with `name`. */
function control(chat: InpageChat, name: string): Control {
  const label = all(chat, '.fields label').find((each) => textOf(each).startsWith(name));
  const id = label?.getAttribute('for') ?? 'none';
  const found = find(chat, `#${id}`);
  if (!(
    found instanceof HTMLInputElement ||
    found instanceof HTMLSelectElement ||
    found instanceof HTMLTextAreaElement
  )) {
    throw new Error(`There is no field "${name}".`);
  }
  return found;
}

/** Puts something into a field as a person does. */
async function put(chat: InpageChat, name: string, value: string | boolean): Promise<void> {
  const field = control(chat, name);
  if (typeof value === 'string') field.value = value;
  else if (field instanceof HTMLInputElement) field.checked = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await chat.updateComplete;
}

async function approve({ chat, thread }: Card): Promise<unknown> {
  part(chat, 'approve').click();
  await until(() => thread.answers.length > 0, 'the answer is given');
  return thread.answers.at(-1)?.value;
}

describe('the card of an approval', () => {
  it('shows what a summary says on further lines as a list', async () => {
    const { chat } = await ask({ summary: 'Send the form:\nName: Ada: the first\nNothing else.', input: {} });
    expect(textOf(find(chat, '.what'))).to.equal('Send the form:');
    expect(all(chat, '.question dl > div').map(textOf)).to.deep.equal(['Name Ada: the first', 'Nothing else.']);
  });

  it('says what the call would do in its own words, and what it changes', async () => {
    const { chat } = await ask({ summary: 'Delete “Buy milk”.', touches: ['todos', 'reminders'] });
    expect(textOf(find(chat, '.what'))).to.equal('Delete “Buy milk”.');
    expect(textOf(part(chat, 'question'))).to.contain('Delete todo · changes todos, reminders');
  });

  it('names what would turn the direction of a value, so that none looks like another one', async () => {
    const { chat } = await ask({
      summary: 'Pays 10 to ada\u202emoc.knab@\nTo: \u2066ada',
      input: { to: 'ada\u202emoc.knab@', ends: 'a\u202c' },
      inputSchema: { type: 'object' },
    });
    const card = textOf(part(chat, 'question'));
    expect(card).to.include('Pays 10 to ada‹U+202E›moc.knab@').and.include('‹U+2066›ada').and.include('a‹U+202C›');
    expect(card).to.not.match(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('says that a stranger may be behind it', async () => {
    const { chat } = await ask({ taintedBy: 'read_reviews' });
    expect(textOf(find(chat, '.tainted'))).to.contain('“Read reviews” has brought text');
  });

  it('says until when it may be answered, and offers no yes after that', async () => {
    const open = await ask({ expiresAt: Date.now() + HOUR });
    expect(textOf(find(open.chat, '.expiry'))).to.match(/^No answer until .+ counts as no\.$/);
    expect(part(open.chat, 'approve').matches(':enabled')).to.equal(true);

    const over = await ask({ expiresAt: Date.now() - HOUR });
    expect(textOf(find(over.chat, '.expiry'))).to.equal('The time to answer is over.');
    expect(all(over.chat, '[part="approve"], [part="reject"]').filter((each) => each.matches(':enabled'))).to.be.empty;
  });

  it('offers no yes any more once the time is over', async () => {
    const { chat, thread } = await ask({ expiresAt: Date.now() + 1_500 });
    const button = part(chat, 'approve');
    expect(button.matches(':enabled')).to.equal(true);
    await until(() => !button.matches(':enabled'), 'the time is over');
    expect(textOf(find(chat, '.expiry'))).to.equal('The time to answer is over.');
    button.click();
    expect(thread.answers).to.deep.equal([]);
  });

  it('shows the arguments in words: yes and no, dates, lists by line, and the rest as it is in code', async () => {
    const { chat } = await ask({
      tool: 'book_trip',
      input: { first_class: true, day: '2026-12-24', seats: ['4A', '4B'], stops: [{ city: 'Bonn' }], extra: false },
      inputSchema: {
        type: 'object',
        properties: {
          first_class: { type: 'boolean' },
          day: { type: 'string', format: 'date', title: 'Day of travel' },
          seats: { type: 'array', items: { type: 'string' } },
          stops: { type: 'array', items: { type: 'object' } },
          note: { type: 'string' },
        },
      },
    });
    const said = all(chat, '.question dl > div').map((row) => [
      textOf(row.querySelector('dt') ?? undefined),
      row.querySelector('dd')?.textContent.trim(),
    ]);
    const day = new Date(2026, 11, 24).toLocaleDateString([], { dateStyle: 'medium' });
    expect(said).to.deep.equal([
      ['First class', 'Yes'],
      ['Day of travel', day],
      ['Seats', '4A\n4B'],
      ['Stops', '[\n  {\n    "city": "Bonn"\n  }\n]'],
      ['Extra', 'No'],
    ]);
  });

  describe('and how long a yes holds', () => {
    it('is for this time alone, unless the person says so', async () => {
      expect(await approve(await ask({ scopes: ['once', 'run', 'thread', 'always'] }))).to.deep.equal({
        decision: 'approve',
      });
    });

    it('is told with the answer when the person has chosen it', async () => {
      const card = await ask({ scopes: ['once', 'run', 'thread', 'always'] });
      const choice = part(card.chat, 'scope');
      if (!(choice instanceof HTMLSelectElement)) throw new Error('This is no choice.');
      choice.value = 'thread';
      choice.dispatchEvent(new Event('change'));
      expect(await approve(card)).to.deep.equal({ decision: 'approve', scope: 'thread' });
    });

    it('is no question where there is one answer alone', async () => {
      const { chat } = await ask({ scopes: ['once'] });
      expect(find(chat, '[part="scope"]')).to.equal(undefined);
    });
  });

  describe('with the arguments to edit', () => {
    it('has a field for each, of the kind that it is', async () => {
      const { chat } = await edit();
      const kinds = ['Name', 'People', 'Outside', 'Area', 'Phone', 'Notes', 'Extra'].map((name) => {
        const field = control(chat, name);
        return field instanceof HTMLInputElement ? field.type : field.localName;
      });
      expect(kinds).to.deep.equal(['text', 'text', 'checkbox', 'select', 'text', 'textarea', 'textarea']);
      expect(control(chat, 'Name').value).to.equal('Ada');
      expect(textOf(find(chat, '.fields')))
        .to.contain('Whom it is for')
        .and.to.contain('Phone (optional)');
    });

    it('has fields for dates and lists', async () => {
      const moment = '2026-12-24T18:30:00Z';
      const card = await edit({
        tool: 'book_trip',
        input: { day: '2026-12-24', at: moment, seats: ['4A', '4B'], weights: [1, 2.5] },
        inputSchema: {
          type: 'object',
          properties: {
            day: { type: 'string', format: 'date' },
            at: { type: 'string', format: 'date-time' },
            seats: { type: 'array', items: { type: 'string' } },
            weights: { type: 'array', items: { type: 'number' } },
          },
        },
      });
      const { chat } = card;
      const kinds = ['Day', 'At', 'Seats', 'Weights'].map((name) => control(chat, name).type);
      expect(kinds).to.deep.equal(['date', 'datetime-local', 'textarea', 'textarea']);
      expect(new Date(control(chat, 'At').value).toISOString()).to.equal('2026-12-24T18:30:00.000Z');
      expect(control(chat, 'Seats').value).to.equal('4A\n4B');

      await put(chat, 'Weights', '1\nheavy');
      part(chat, 'approve').click();
      await chat.updateComplete;
      expect(all(chat, '.fields .problem').map(textOf)).to.deep.equal(['This is no number.']);

      await put(chat, 'Day', '2026-12-25');
      await put(chat, 'At', '2026-12-25T09:00');
      await put(chat, 'Seats', '4A\n\n 4C ');
      await put(chat, 'Weights', '');
      const { input } = (await approve(card)) as { input: Record<string, string> };
      expect(new Date(input['at'] ?? '').getTime()).to.equal(new Date(2026, 11, 25, 9).getTime());
      expect(input['at']).to.match(/^2026-12-25T09:00:00[+-]\d\d:\d\d$/);
      expect({ ...input, at: '' }).to.deep.equal({ day: '2026-12-25', at: '', seats: ['4A', '4C'] });
    });

    it('leaves as text or code what fits no such field', async () => {
      const { chat } = await edit({
        input: { day: 'tomorrow', at: '2026-12-24 18:30', lines: ['a\nb'], mixed: [1, 'two'] },
        inputSchema: {
          type: 'object',
          properties: {
            day: { type: 'string', format: 'date' },
            at: { type: 'string', format: 'date-time' },
            lines: { type: 'array', items: { type: 'string' } },
            mixed: { type: 'array', items: { type: 'number' } },
          },
        },
      });
      const kinds = ['Day', 'At', 'Lines', 'Mixed'].map((name) => control(chat, name));
      expect(kinds.map(({ type }) => type)).to.deep.equal(['text', 'text', 'textarea', 'textarea']);
      expect(kinds.slice(2).map(({ className }) => className)).to.deep.equal(['json', 'json']);
    });

    it('has no faults for who cannot see it', async () => {
      const { chat } = await edit();
      await put(chat, 'People', 'many');
      part(chat, 'approve').click();
      await chat.updateComplete;
      await expectAccessible(chat);
    });

    it('sends no input when nothing was changed', async () => {
      expect(await approve(await edit())).to.deep.equal({ decision: 'approve' });
    });

    it('sends all arguments with those that were changed', async () => {
      const card = await edit();
      await put(card.chat, 'People', '4');
      await put(card.chat, 'Outside', true);
      await put(card.chat, 'Area', 'garden_room');
      await put(card.chat, 'Notes', '{"allergies":["nuts"]}');
      const event = nextEvent(card.chat, 'inpage-approve');
      const input = {
        name: 'Ada',
        people: 4,
        outside: true,
        area: 'garden_room',
        notes: { allergies: ['nuts'] },
        extra: 'kept',
      };
      expect(await approve(card)).to.deep.equal({ decision: 'approve', input });
      expect((await event).approval).to.deep.equal({ decision: 'approve', input });
    });

    it('takes an emptied field for an argument that is not given', async () => {
      const card = await edit({ ...BOOKING, input: { name: 'Ada', people: 2, phone: '030' } });
      await put(card.chat, 'Phone', '');
      expect(await approve(card)).to.deep.equal({ decision: 'approve', input: { name: 'Ada', people: 2 } });
    });

    it('says at the field what cannot be read, and sends nothing', async () => {
      const { chat, thread } = await edit();
      await put(chat, 'People', 'many');
      await put(chat, 'Notes', '{');
      part(chat, 'approve').click();
      await chat.updateComplete;
      expect(all(chat, '.fields .problem').map(textOf)).to.deep.equal(['This is no number.', 'This is no valid JSON.']);
      expect(control(chat, 'People').getAttribute('aria-invalid')).to.equal('true');
      expect(thread.answers).to.be.empty;
      await put(chat, 'People', '3');
      expect(all(chat, '.fields .problem').map(textOf)).to.deep.equal(['This is no valid JSON.']);
    });

    it('shows at the field what the host finds wrong, and keeps what was written', async () => {
      const card = await edit();
      const issues = [
        { path: 'people', message: 'is more than 8' },
        { path: 'notes.allergies', message: 'is missing' },
        { path: 'elsewhere', message: 'is not known' },
      ];
      card.thread.respond = () =>
        Promise.reject(new AgentError('invalid-tool-input', 'It does not fit.', { fix: 'f', details: { issues } }));
      await put(card.chat, 'People', '9');
      await approve(card);
      await until(() => find(card.chat, '.fields .problem'), 'the problems are shown');
      expect(all(card.chat, '.fields .problem').map(textOf)).to.deep.equal([
        'elsewhere: is not known',
        'is more than 8',
        'is missing',
      ]);
      expect(control(card.chat, 'People').value).to.equal('9');
      expect(textOf(find(card.chat, '.said'))).to.match(/^This cannot be done as it is\./);
    });

    it('forgets the changes when the person does not want to edit after all', async () => {
      const card = await edit();
      await put(card.chat, 'People', '9');
      part(card.chat, 'edit').click();
      await card.chat.updateComplete;
      expect(find(card.chat, '.fields')).to.equal(undefined);
      expect(await approve(card)).to.deep.equal({ decision: 'approve' });
    });

    it('is not offered where there are none', async () => {
      const { chat } = await ask({ input: {}, inputSchema: { type: 'object', properties: {} } });
      expect(find(chat, '[part="edit"]')).to.equal(undefined);
    });

    it('leaves the field to write in as it was', async () => {
      const { chat } = await edit();
      const { borderTopWidth, resize } = getComputedStyle(part(chat, 'composer'));
      expect([borderTopWidth, resize]).to.deep.equal(['0px', 'none']);
      const notes = control(chat, 'Notes').closest('.field');
      expect(notes && getComputedStyle(notes).overflow).to.equal('visible');
    });
  });
});
