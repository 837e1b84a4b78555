import { expect } from 'chai';
import type { ModelTool } from '../../src/core/index.ts';
import { local, say } from './planner-talk.ts';
import { library, office, shop, tool } from './planner-tools.ts';

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
      room: 'living room',
      state: 'off',
    });
    acts(office, 'turn off the light on the desk in the office', 'light.set', { room: 'office', state: 'off' });
    acts(office, 'set the bedroom to twenty two degrees', 'heating.set', { room: 'bedroom', degrees: 22 });
    acts(office, 'heat the kitchen to 19.5', 'heating.set', { room: 'kitchen', degrees: 19.5 });
    acts(office, 'book the window desk for next friday', 'desk.book', { desk: 'd2', day: '2026-12-04' });
    acts(office, 'reserve the standing desk tomorrow with a monitor', 'desk.book', {
      desk: 'd3',
      day: '2026-11-25',
      monitor: true,
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
    asks(office, 'set the temperature in the office', /Temperature in degrees: which number from 5 to 30/);
    asks(office, 'set the bedroom to 90 degrees', /from 5 to 30/);
    asks(office, 'book a desk for tomorrow', /desk: Corner desk, Window desk or Standing desk/);

    keepsStill(office, "don't turn off the kitchen light");
    keepsStill(office, 'please do not disable the alarm');
    keepsStill(office, 'I already turned off the office lights');
    keepsStill(office, 'the light in the kitchen is on');
    keepsStill(office, 'turn off the kitchen light when I leave');
    keepsStill(office, 'is the kitchen light on?');
    keepsStill(office, 'the alarm clock of my brother');
    keepsStill(office, 'the second floor');
    keepsStill(office, 'turn on the kettle in the kitchen');
    keepsStill(office, 'enable the alarm');
    keepsStill(office, 'disable');
    keepsStill(office, 'turn off the kitchen light, no wait');
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
      size: 'large',
      start: local('2026-11-25T17:00'),
      people: 4,
    });
    acts(library, 'book a small room on friday at 10 am', 'room.reserve', {
      size: 'small',
      start: local('2026-11-27T10:00'),
    });
    acts(library, 'send a message to Mr Haddad saying I found the atlas', 'message.send', {
      to: 'Mr Haddad',
      text: 'I found the atlas',
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
    keepsStill(library, 'cancel my account');
    keepsStill(library, 'delete my book');
    keepsStill(library, 'renew everything');
  });

  describe('in a shop with to-dos', () => {
    acts(shop, 'put two bags of espresso beans in my cart', 'cart.add', { product: 'espresso-beans', quantity: 2 });
    acts(shop, 'add a couple of mugs to the basket', 'cart.add', { product: 'mug', quantity: 2 });
    acts(shop, 'remind me to call mum tomorrow at 5', 'todo.add', {
      title: 'call mum',
      due: local('2026-11-25T17:00'),
    });
    acts(shop, 'Remind me on Friday to pay Dr. Ng', 'todo.add', {
      title: 'pay Dr. Ng',
      due: local('2026-11-27T09:00'),
    });
    acts(shop, 'add buy 2 eggs to my to-do list', 'todo.add', { title: 'buy 2 eggs' });
    acts(shop, 'remind me not to be late, high priority', 'todo.add', { title: 'not to be late', priority: 'high' });
    acts(shop, 'add a to-do called "Mend the high chair"', 'todo.add', { title: 'Mend the high chair' });
    acts(shop, "what's in my cart?", 'cart.show', {});
    acts(shop, 'mark buy milk as done', 'todo.done', { todo: 't1' });
    acts(shop, 'remind me that the rent is due on friday', 'todo.add', {
      title: 'the rent is due',
      due: local('2026-11-27T09:00'),
    });
    acts(shop, 'remind me to remove espresso beans from my cart', 'todo.add', {
      title: 'remove espresso beans from my cart',
    });

    asks(shop, 'add espresso to my cart', /product: Espresso beans or Espresso cups\?/);
    asks(shop, 'add 200 espresso beans to my cart', /from 1 to 99/);
    asks(shop, 'remind me', /What is/);

    keepsStill(shop, 'remove the espresso beans from my cart');
    keepsStill(shop, "don't add espresso beans to my cart");
    keepsStill(shop, "what's the meaning of life");
    keepsStill(shop, 'tell me a joke');
    keepsStill(shop, 'stop adding espresso beans to my cart');
    keepsStill(shop, 'add buy bread');
    keepsStill(shop, 'who won the world cup');
    keepsStill(shop, 'thanks');
    keepsStill(shop, 'hello');
    keepsStill(shop, 'how many espresso beans make a cup of coffee?');
  });

  describe('at a form', () => {
    const booking = tool({
      name: 'fill_booking',
      description: 'Fill in the booking form: name, phone, note, guests, date and time',
      effect: 'write',
      danger: 'low',
      examples: ['fill in the booking form with', 'book a table', 'set the note to'],
      input: {
        type: 'object',
        properties: {
          name: { type: 'string', title: 'Name' },
          phone: { type: 'string', title: 'Phone' },
          note: { type: 'string', title: 'Note' },
          guests: { type: 'integer', title: 'Guests', minimum: 1, maximum: 8 },
          date: { type: 'string', format: 'date', title: 'Date' },
          time: { type: 'string', format: 'local-time', title: 'Time' },
        },
      },
    });
    acts([booking], 'book a table for 4 guests on Friday at 7 pm', 'fill_booking', {
      guests: 4,
      date: '2026-11-27',
      time: local('2026-11-27T19:00').slice(11),
    });
    acts([booking], 'book a table at 7 pm', 'fill_booking', { time: local('2026-11-24T19:00').slice(11) });
    acts([booking], 'set the note to we bring a dog', 'fill_booking', { note: 'we bring a dog' });
    acts([booking], 'fill in the booking form with name Ada Lovelace, note window seat', 'fill_booking', {
      name: 'Ada Lovelace',
      note: 'window seat',
    });
  });

  describe('after a question', () => {
    it('takes a bare value', async () => {
      expect((await say(office, 'turn on the light', 'bedroom')).call).to.deep.equal({
        name: 'light.set',
        input: { room: 'bedroom', state: 'on' },
      });
    });
    it('takes a number in words', async () => {
      expect((await say(office, 'set the temperature in the office', 'twenty')).call?.input).to.deep.equal({
        room: 'office',
        degrees: 20,
      });
    });
    it('takes “the second one” of what it offered', async () => {
      expect((await say(office, 'book a desk for tomorrow', 'the second one')).call?.input).to.deep.equal({
        desk: 'd2',
        day: '2026-11-25',
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
        size: 'small',
        start: local('2026-11-27T16:00'),
      });
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
      const { call, text, candidates, parts } = await say(office, 'the alarm of the building');
      expect(call).to.equal(undefined);
      expect(candidates).to.deep.equal(['alarm.disable']);
      expect(text).to.equal('I am not sure what you mean. I could: “disable the alarm”.');
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
});
