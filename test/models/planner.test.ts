import { expect } from 'chai';
import type { JsonSchema, Message, ModelPart, ModelTool, ToolOutput } from '../../src/core/index.ts';
import { createPlanner } from '../../src/models/index.ts';

/** A Tuesday, ten in the morning, local time. */
const NOW = new Date(2026, 10, 24, 10, 0).getTime();

const object = (properties: Record<string, JsonSchema>, required: readonly string[] = []): JsonSchema => ({
  ...{ type: 'object', properties, required, additionalProperties: false },
});
const tool = (spec: Partial<ModelTool> & Pick<ModelTool, 'name' | 'description' | 'examples'>): ModelTool => ({
  ...{ input: object({}), category: 'test', effect: 'write', danger: 'low', timeout: 1000, suggests: false },
  ...spec,
});
const catalogue = (...things: readonly unknown[]): Pick<ModelTool, 'suggests' | 'suggest'> => ({
  ...{ suggests: true, suggest: () => Promise.resolve(things) },
});

const ROOMS = ['kitchen', 'bedroom', 'living room', 'office'];
const LENGTHS = ['mile', 'km', 'metre', 'foot'];
const office: readonly ModelTool[] = [
  tool({
    name: 'light.set',
    description: 'Turns the light of a room on or off.',
    input: object({ room: { type: 'string', enum: ROOMS }, state: { type: 'string', enum: ['on', 'off'] } }, [
      ...['room', 'state'],
    ]),
    examples: ['turn on the light in the kitchen', 'switch off the office lights'],
  }),
  tool({
    name: 'heating.set',
    description: 'Sets the temperature of a room.',
    input: object(
      {
        room: { type: 'string', enum: ROOMS },
        degrees: { type: 'number', minimum: 5, maximum: 30, description: 'Temperature in degrees' },
      },
      ['room', 'degrees'],
    ),
    examples: ['set the bedroom to 21 degrees', 'heat the office to 19'],
  }),
  tool({
    name: 'desk.book',
    description: 'Books a desk for a day.',
    input: object(
      {
        desk: { type: 'string', description: 'The desk' },
        day: { type: 'string', format: 'date' },
        monitor: { type: 'boolean', title: 'Monitor' },
      },
      ['desk', 'day'],
    ),
    examples: ['book the corner desk for friday', 'reserve a desk for tomorrow with a monitor'],
    ...catalogue(
      { value: 'd1', label: 'Corner desk' },
      { value: 'd2', label: 'Window desk' },
      { value: 'd3', label: 'Standing desk' },
    ),
  }),
  tool({
    name: 'timer.start',
    description: 'Starts a timer.',
    input: object({ minutes: { type: 'integer', minimum: 1, maximum: 600 } }, ['minutes']),
    examples: ['start a timer for 10 minutes', 'set a timer of half an hour'],
  }),
  tool({
    name: 'convert_length',
    description: 'Converts a length from one unit to another.',
    input: object(
      {
        amount: { type: 'number' },
        from: { type: 'string', enum: LENGTHS },
        to: { type: 'string', enum: LENGTHS, description: 'The unit: km (kilometres, kilometers), foot (feet, ft)' },
      },
      ['amount', 'from', 'to'],
    ),
    examples: ['convert 3 metres to feet', 'how many km are 26 miles'],
    effect: 'read',
  }),
  tool({
    name: 'calculator',
    description: 'Works out an arithmetic expression.',
    input: object({ expression: { type: 'string', description: 'An arithmetic expression such as 2 * (3 + 4)' } }, [
      'expression',
    ]),
    examples: ['what is 12 times 7', 'calculate 15 percent of 80'],
    effect: 'read',
  }),
  tool({
    name: 'alarm.disable',
    description: 'Disables the alarm of the whole building.',
    examples: ['disable the alarm'],
    danger: 'high',
  }),
];

const library: readonly ModelTool[] = [
  tool({
    name: 'loans.renew',
    description: 'Renews a borrowed book, so that it can be kept longer.',
    input: object({ book: { type: 'string', description: 'The book to renew' } }, ['book']),
    examples: ['renew The Hobbit', 'extend my loan of Middlemarch'],
    ...catalogue(
      { value: 'b-17', label: 'The Hobbit' },
      { value: 'b-18', label: 'Middlemarch' },
      { value: 'b-19', label: 'A Brief History of Time' },
      { value: 'b-20', label: 'A Brief History of Tea' },
    ),
  }),
  tool({
    name: 'catalogue.search',
    description: 'Searches the catalogue of the library for books.',
    input: object({ query: { type: 'string', description: 'What to look for' }, limit: { type: 'integer' } }, [
      'query',
    ]),
    examples: ['search for books about whales', 'find novels by Woolf'],
    effect: 'read',
  }),
  tool({
    name: 'loans.list',
    description: 'Lists the books that I have borrowed and when they are due.',
    examples: ['show my loans', 'what books do I have', 'when are my books due'],
    effect: 'read',
  }),
  tool({
    name: 'hours.show',
    description: 'Tells the opening hours of the library.',
    input: object({ day: { type: 'string', format: 'date' } }),
    examples: ['when is the library open', 'opening hours on sunday'],
    effect: 'read',
  }),
  tool({
    name: 'room.reserve',
    description: 'Reserves a study room.',
    input: object(
      {
        size: { type: 'string', enum: ['small', 'large'], title: 'Room size' },
        start: { type: 'string', format: 'date-time' },
        people: { type: 'integer', minimum: 1, maximum: 12, description: 'Number of people' },
      },
      ['size', 'start'],
    ),
    examples: ['reserve a small study room for tomorrow at 10', 'book a large room on friday at 3 pm for 6 people'],
    danger: 'medium',
  }),
  tool({
    name: 'message.send',
    description: 'Sends a message to a librarian.',
    input: object({ to: { type: 'string', title: 'Librarian' }, text: { type: 'string', title: 'Text' } }, [
      'to',
      'text',
    ]),
    examples: ['send a message to Ms Okoye saying my card is lost'],
  }),
  tool({
    name: 'account.delete',
    description: 'Deletes the account at the library.',
    examples: ['delete my account'],
    danger: 'high',
  }),
];

const shop: readonly ModelTool[] = [
  tool({
    name: 'cart.add',
    description: 'Adds a product to the shopping cart.',
    input: object(
      {
        product: { type: 'string', description: 'The product' },
        quantity: { type: 'integer', minimum: 1, maximum: 99 },
      },
      ['product'],
    ),
    examples: ['add a coffee mug to my cart', 'put two mugs in the basket'],
    ...catalogue(
      { value: 'espresso-beans', label: 'Espresso beans' },
      { value: 'espresso-cups', label: 'Espresso cups' },
      { value: 'mug', label: 'Coffee mug' },
      { value: 'green-tea', label: 'Green tea' },
    ),
  }),
  tool({
    name: 'cart.show',
    description: 'Shows what is in the shopping cart.',
    examples: ["what's in my cart", 'show my cart'],
    effect: 'read',
  }),
  tool({
    name: 'todo.add',
    description: 'Adds a to-do to the list, with a date when one is said.',
    input: object(
      {
        title: { type: 'string', description: 'What is to be done' },
        due: { type: 'string', format: 'date-time' },
        priority: { type: 'string', enum: ['low', 'medium', 'high'] },
      },
      ['title'],
    ),
    examples: ['remind me to water the plants tomorrow', 'add buy milk to my to-do list'],
  }),
  tool({
    name: 'todo.done',
    description: 'Marks a to-do as done.',
    input: object({ todo: { type: 'string', description: 'The to-do' } }, ['todo']),
    examples: ['mark water the plants as done', 'tick off buy milk'],
    ...catalogue({ value: 't1', label: 'Buy milk' }, { value: 't2', label: 'Water the plants' }),
  }),
];

interface Answer {
  readonly call?: { readonly name: string; readonly input: unknown };
  readonly text: string;
  readonly candidates: readonly string[];
  readonly parts: readonly ModelPart[];
}

async function answer(tools: readonly ModelTool[], messages: readonly Message[]): Promise<Answer> {
  const parts: ModelPart[] = [];
  const { signal } = new AbortController();
  for await (const part of createPlanner().stream({ messages, tools, now: NOW }, { signal })) parts.push(part);
  const call = parts.find((part) => part.type === 'tool-call');
  return {
    ...(call ? { call: { name: call.name, input: call.input } } : {}),
    text: parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join(''),
    candidates: parts.flatMap((part) => (part.type === 'candidates' ? part.calls.map((one) => one.name) : [])),
    parts,
  };
}

const user = (id: string, text: string): Message => ({ id, at: NOW, role: 'user', content: [{ type: 'text', text }] });

/** Says some things one after another, as long as the planner asks, and gives the answer to the last one. */
async function say(tools: readonly ModelTool[], ...texts: readonly string[]): Promise<Answer> {
  const messages: Message[] = [];
  let last: Answer | undefined;
  for (const [index, text] of texts.entries()) {
    messages.push(user(`u${index}`, text));
    last = await answer(tools, messages);
    messages.push({ id: `a${index}`, at: NOW, role: 'assistant', content: [{ type: 'text', text: last.text }] });
  }
  if (last === undefined) throw new Error('Nothing was said.');
  return last;
}

const acts = (tools: readonly ModelTool[], said: string, name: string, input: Record<string, unknown>): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(tools, said)).call).to.deep.equal({ name, input });
  });
};
const asks = (tools: readonly ModelTool[], said: string, about: RegExp): void => {
  it(`“${said}” asks`, async () => {
    const { call, text } = await say(tools, said);
    expect(call).to.equal(undefined);
    expect(text).to.match(about).and.to.match(/\?$/);
  });
};
const keepsStill = (tools: readonly ModelTool[], said: string): void => {
  it(`“${said}” changes nothing and asks nothing`, async () => {
    const { call, text, parts } = await say(tools, said);
    expect(call).to.equal(undefined);
    expect(text).to.match(/[.!]$/);
    expect(parts.at(-1)).to.include({ type: 'finish', reason: 'stop' });
  });
};

describe('planner', () => {
  describe('in an office', () => {
    acts(office, 'turn on the light in the kitchen', 'light.set', { room: 'kitchen', state: 'on' });
    acts(office, 'Could you please switch the living room lights off?', 'light.set', {
      ...{ room: 'living room', state: 'off' },
    });
    acts(office, 'turn off the light on the desk in the office', 'light.set', { room: 'office', state: 'off' });
    acts(office, 'set the bedroom to twenty two degrees', 'heating.set', { room: 'bedroom', degrees: 22 });
    acts(office, 'heat the kitchen to 19.5', 'heating.set', { room: 'kitchen', degrees: 19.5 });
    acts(office, 'book the window desk for next friday', 'desk.book', { desk: 'd2', day: '2026-12-04' });
    acts(office, 'reserve the standing desk tomorrow with a monitor', 'desk.book', {
      ...{ desk: 'd3', day: '2026-11-25', monitor: true },
    });
    acts(office, 'start a timer for 25 minutes', 'timer.start', { minutes: 25 });
    acts(office, 'set a timer for half an hour', 'timer.start', { minutes: 30 });
    acts(office, 'start a timer of 1 hour and 15 minutes please', 'timer.start', { minutes: 75 });
    acts(office, 'convert 5 miles to km', 'convert_length', { amount: 5, from: 'mile', to: 'km' });
    acts(office, 'how many kilometres are 12 miles', 'convert_length', { amount: 12, from: 'mile', to: 'km' });
    acts(office, 'convert a dozen feet into metres', 'convert_length', { amount: 12, from: 'foot', to: 'metre' });
    acts(office, 'what is 15% of 240?', 'calculator', { expression: '15 / 100 * 240' });
    acts(office, 'calculate (3 + 4) x twelve', 'calculator', { expression: '(3 + 4) * 12' });
    acts(office, 'how much is 144 divided by 12', 'calculator', { expression: '144 / 12' });
    acts(office, 'disable the alarm', 'alarm.disable', {});

    asks(office, 'turn on the light', /room: kitchen, bedroom, living room or office/);
    asks(office, 'set the temperature in the office', /degrees, from 5 to 30/);
    asks(office, 'set the bedroom to 90 degrees', /from 5 to 30/);
    asks(office, 'book a desk for tomorrow', /desk: Corner desk, Window desk or Standing desk/);
    asks(office, 'turn off the lights in the kitchen and the bedroom', /room/);

    keepsStill(office, "don't turn off the kitchen light");
    keepsStill(office, 'please do not disable the alarm');
    keepsStill(office, 'I already turned off the office lights');
    keepsStill(office, 'the light in the kitchen is on');
    keepsStill(office, 'turn off the kitchen light when I leave');
    keepsStill(office, 'is the kitchen light on?');
    keepsStill(office, 'the alarm clock of my brother');
    keepsStill(office, 'the second floor');
  });

  describe('at a library', () => {
    acts(library, 'renew the hobbit please', 'loans.renew', { book: 'b-17' });
    acts(library, 'I would like to extend my loan of midlemarch', 'loans.renew', { book: 'b-18' });
    acts(library, 'search for books about deep-sea fish', 'catalogue.search', { query: 'deep-sea fish' });
    acts(library, 'can you look up C++ for beginners', 'catalogue.search', { query: 'C++ for beginners' });
    acts(library, 'which books have I borrowed', 'loans.list', {});
    acts(library, 'when is the library open', 'hours.show', {});
    acts(library, 'opening hours on saturday', 'hours.show', { day: '2026-11-28' });
    acts(library, 'reserve a large study room for tomorrow at 5 for four people', 'room.reserve', {
      ...{ size: 'large', start: '2026-11-25T17:00', people: 4 },
    });
    acts(library, 'book a small room on friday at 10 am', 'room.reserve', { size: 'small', start: '2026-11-27T10:00' });
    acts(library, 'send a message to Mr Haddad saying I found the atlas', 'message.send', {
      ...{ to: 'Mr Haddad', text: 'I found the atlas' },
    });
    acts(library, 'delete my account', 'account.delete', {});

    asks(library, 'renew my book', /book to renew: The Hobbit, Middlemarch/);
    asks(library, 'renew a brief history', /A Brief History of Time or A Brief History of Tea\?/);
    asks(library, 'reserve a study room for monday at 9', /room size: small or large/);
    asks(library, 'reserve a small study room', /When/);

    keepsStill(library, 'I renewed the hobbit');
    keepsStill(library, 'never delete my account');
    keepsStill(library, 'how do I delete my account?');
    keepsStill(library, 'who won the world cup');
  });

  describe('in a shop with to-dos', () => {
    acts(shop, 'put two bags of espresso beans in my cart', 'cart.add', { product: 'espresso-beans', quantity: 2 });
    acts(shop, 'add a couple of mugs to the basket', 'cart.add', { product: 'mug', quantity: 2 });
    acts(shop, 'remind me to call mum tomorrow at 5', 'todo.add', { title: 'call mum', due: '2026-11-25T17:00' });
    acts(shop, 'Remind me on Friday to pay Dr. Ng', 'todo.add', { title: 'pay Dr. Ng', due: '2026-11-27T09:00' });
    acts(shop, 'add buy 2 eggs to my to-do list', 'todo.add', { title: 'buy 2 eggs' });
    acts(shop, 'remind me not to be late, high priority', 'todo.add', { title: 'not to be late', priority: 'high' });
    acts(shop, 'add a to-do called "Mend the high chair"', 'todo.add', { title: 'Mend the high chair' });
    acts(shop, "what's in my cart?", 'cart.show', {});
    acts(shop, 'mark buy milk as done', 'todo.done', { todo: 't1' });

    asks(shop, 'add a unicorn to my cart', /Which product/);
    asks(shop, 'remind me', /What is/);

    keepsStill(shop, 'remove the espresso beans from my cart');
    keepsStill(shop, "don't add espresso beans to my cart");
    keepsStill(shop, "what's the meaning of life");
    keepsStill(shop, 'tell me a joke');
    keepsStill(shop, 'who won the world cup');
    keepsStill(shop, 'thanks');
    keepsStill(shop, 'hello');
    keepsStill(shop, 'how many espresso beans make a cup of coffee?');
  });

  describe('after a question', () => {
    it('takes a bare value', async () => {
      expect((await say(office, 'turn on the light', 'bedroom')).call).to.deep.equal({
        ...{ name: 'light.set', input: { room: 'bedroom', state: 'on' } },
      });
    });
    it('takes a number in words', async () => {
      expect((await say(office, 'set the temperature in the office', 'twenty')).call?.input).to.deep.equal({
        ...{ room: 'office', degrees: 20 },
      });
    });
    it('takes “the second one” of what it offered', async () => {
      expect((await say(office, 'book a desk for tomorrow', 'the second one')).call?.input).to.deep.equal({
        ...{ desk: 'd2', day: '2026-11-25' },
      });
      expect((await say(library, 'renew a brief history', 'the last')).call?.input).to.deep.equal({ book: 'b-20' });
    });
    it('takes any words for a text', async () => {
      expect((await say(shop, 'remind me', 'water the garden')).call?.input).to.deep.equal({
        title: 'water the garden',
      });
    });
    it('asks for one thing after another', async () => {
      const { text } = await say(library, 'reserve a study room', 'a small one');
      expect(text).to.match(/^When/);
      expect((await say(library, 'reserve a study room', 'a small one', 'friday at 4 pm')).call?.input).to.deep.equal({
        ...{ size: 'small', start: '2026-11-27T16:00' },
      });
    });
    it('asks again when a short answer fits nothing', async () => {
      expect((await say(office, 'turn on the light', 'purple')).text).to.match(/^Which room/);
      expect((await say(office, 'turn on the light', 'purple', 'office')).call?.name).to.equal('light.set');
    });
    it('does nothing after “never mind”', async () => {
      const { call, text } = await say(office, 'turn on the light', 'never mind');
      expect(call).to.equal(undefined);
      expect(text).to.equal('All right, I did nothing.');
    });
    it('follows a new request instead', async () => {
      expect((await say(office, 'turn on the light', 'start a timer for 5 minutes')).call?.name).to.equal(
        'timer.start',
      );
    });
  });

  describe('when it is not sure', () => {
    it('names what it could do, and gives the candidates with their scores', async () => {
      const { call, text, candidates, parts } = await say(office, 'kitchen lights');
      expect(call).to.equal(undefined);
      expect(candidates[0]).to.equal('light.set');
      expect(text).to.include('I could: “turn on the light in the kitchen”');
      const scores = parts.flatMap((part) => (part.type === 'candidates' ? part.calls.map((one) => one.score) : []));
      expect(scores.every((score) => score > 0 && score <= 1)).to.equal(true);
    });
    it('says honestly what it is', async () => {
      const { text } = await say(office, 'tell me a joke');
      expect(text).to.match(
        /^I am a rule-based assistant, not a language model\. I can help with things like: “turn on/,
      );
    });
  });

  describe('with odd requests', () => {
    it('says that there is nothing to do without tools', async () => {
      expect((await say([], 'turn on the light')).text).to.include('offers me nothing');
    });
    it('does nothing for an empty message, for signs alone and for no message at all', async () => {
      for (const text of ['', '   ', '?!…', '🙂', '"', '(((('])
        expect((await say(office, text)).call).to.equal(undefined);
      expect((await answer(office, [])).parts).to.deep.equal([
        { type: 'finish', reason: 'stop', inputTokens: 0, outputTokens: 0 },
      ]);
    });
    it('refuses a message of 1 MB at once', async () => {
      const start = performance.now();
      const { call, text } = await say(shop, 'add espresso beans to my cart '.repeat(35_000));
      expect(call).to.equal(undefined);
      expect(text).to.include('2000 characters');
      expect(performance.now() - start).to.be.lessThan(50);
    });
    it('asks when the catalogue cannot be read', async () => {
      const broken = shop.map((one) => ({ ...one, suggest: () => Promise.reject(new Error('offline')) }));
      const { call, text } = await say(broken, 'put two bags of espresso beans in my cart');
      expect(call).to.equal(undefined);
      expect(text).to.equal('What is the product?');
    });
    it('reads a schema that it does not understand without failing', async () => {
      const odd = tool({
        ...{ name: 'odd', description: 'Files a report.', examples: ['file a report'] },
        input: {
          type: 'object',
          properties: { rows: { type: 'array' }, x: true, y: { pattern: '(' } },
          required: ['rows'],
        },
      } as unknown as ModelTool);
      expect((await say([odd], 'file a report')).candidates).to.deep.equal(['odd']);
    });
    it('gives the same answer to the same request', async () => {
      const twice = [
        await say(shop, 'remind me to call mum tomorrow'),
        await say(shop, 'remind me to call mum tomorrow'),
      ];
      expect(twice[0]).to.deep.equal(twice[1]);
    });
    it('stops waiting for a catalogue when it is aborted', async () => {
      const controller = new AbortController();
      const slow = shop.map((one) => ({ ...one, suggest: () => new Promise<readonly unknown[]>(() => undefined) }));
      const request = { messages: [user('u', 'add a mug to my cart')], tools: slow, now: NOW };
      const next = createPlanner().stream(request, { signal: controller.signal })[Symbol.asyncIterator]().next();
      controller.abort();
      const error: unknown = await next.catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'aborted');
    });
    it('throws for a request that wants JSON', async () => {
      const { signal } = new AbortController();
      const request = { messages: [user('u', 'hello')], tools: shop, now: NOW, schema: { type: 'object' } };
      const error: unknown = await createPlanner()
        .stream(request, { signal })
        [Symbol.asyncIterator]()
        .next()
        .catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'model-failed');
    });
  });

  describe('after a tool', () => {
    const told = async (...outputs: readonly ToolOutput[]): Promise<string> => {
      const content = outputs.map((output, index) => ({
        ...{ type: 'tool-result' as const, toolCallId: `c${index}`, toolName: 'any', output },
      }));
      const { text, call, parts } = await answer(shop, [user('u', 'hi'), { id: 't', at: NOW, role: 'tool', content }]);
      expect(call).to.equal(undefined);
      expect(parts.at(-1)).to.include({ type: 'finish', reason: 'stop' });
      return text;
    };
    const json = (value: unknown): ToolOutput => ({ type: 'json', value });

    it('says a text as it is, and nothing but “Done.” for no value', async () => {
      expect(await told(json('It is 5 km.'))).to.equal('It is 5 km.');
      for (const value of [undefined, null, true, '', {}]) expect(await told(json(value))).to.equal('Done.');
    });
    it('says lists by names', async () => {
      expect(await told(json([{ name: 'Tea' }, { title: 'Mug' }, 'Cups']))).to.equal('Found 3: Tea, Mug and Cups.');
      expect(await told(json([]))).to.equal('I found nothing.');
    });
    it('says objects by their sentence, or else key by key', async () => {
      expect(await told(json({ ok: true, message: 'Two added.' }))).to.equal('Two added.');
      expect(await told(json({ dueDate: 'Friday', items: [{ name: 'Tea' }], paid: false }))).to.equal(
        'Due date: Friday. Items: Tea. Paid: no.',
      );
      expect(await told(json(42))).to.equal('42.');
    });
    it('says what failed and what to do about it', async () => {
      const value = { code: 'tool-failed' as const, message: 'The shop is closed', fix: 'Try again at nine.' };
      expect(await told({ type: 'error-json', value })).to.equal('The shop is closed. Try again at nine.');
      expect(await told({ type: 'execution-denied' })).to.equal('All right, I did not do that.');
    });
    it('says all results of the turn', async () => {
      expect(await told(json('One.'), json('Two.'))).to.equal('One.\nTwo.');
    });
  });
});
