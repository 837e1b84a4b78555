import { expect } from 'chai';
import { createSpelling, asTyped, distance } from '../../src/models/planner/spelling.ts';
import { hear } from '../../src/models/planner/speech.ts';
import { gym } from './planner-gym.ts';
import { say } from './planner-talk.ts';
import { library, office, shop } from './planner-tools.ts';

describe('planner', () => {
  describe('with slips of the finger', () => {
    const calls: readonly (readonly [string, typeof office, string, object])[] = [
      ['trun off the ligth in the kitchn', office, 'light.set', { room: 'kitchen', state: 'off' }],
      ['turn of the light in the bedroom', office, 'light.set', { room: 'bedroom', state: 'off' }],
      ['jion spining', gym, 'join_class', { class: 'spn' }],
      ['serch for boks about whalse', library, 'catalogue.search', { query: 'whalse' }],
      ['remnd me to call Jon', shop, 'todo.add', { title: 'call Jon' }],
    ];
    for (const [said, tools, name, input] of calls) {
      it(`“${said}” calls ${name}`, async () => {
        expect((await say(tools, said)).calls).to.deep.equal([{ name, input }]);
      });
    }
    it('counts what was left out, put in, changed and swapped', () => {
      const far = (a: string, b: string): number => distance(a, b, 2);
      expect([far('book', 'book'), far('bok', 'book'), far('boook', 'book'), far('bock', 'book')]).to.deep.equal([
        0, 1, 1, 1,
      ]);
      expect([far('obok', 'book'), far('koob', 'book'), far('a', 'abcdef')]).to.deep.equal([1, 2, 3]);
    });
    it('gives back what was typed', () => {
      const spelling = createSpelling();
      spelling.add('Adventure');
      const { text, typed } = spelling.mend('an advnture for Advnture');
      expect(text).to.equal('an adventure for Advnture');
      expect(asTyped('an adventure', typed)).to.equal('an advnture');
      expect(asTyped('no change', new Map())).to.equal('no change');
    });
  });

  describe('with many words', () => {
    const bare: Record<string, string> = {
      'Hi there, I hope you are well, could you please join spinning, thank you so much': 'join spinning',
      'sorry to bother you, but would you mind closing the door?': 'closing the door?',
      'If at all possible I would like to join spinning': 'join spinning',
    };
    for (const [said, text] of Object.entries(bare)) {
      it(`hears “${text}”`, () => {
        expect(hear(said).text).to.equal(text);
      });
    }
    it('puts what is only told behind what is asked for', () => {
      const { text, tokens, main, mood } = hear('I am freezing, so could you please heat the office to 22');
      expect(text).to.equal('heat the office to 22 ; I am freezing,');
      expect([tokens.slice(0, main).length, mood]).to.deep.equal([5, 'command']);
    });
    it('acts all the same', async () => {
      const { call } = await say(office, 'I am freezing, so could you please heat the office to 22 degrees');
      expect(call?.input).to.deep.equal({ room: 'office', degrees: 22 });
    });
  });

  describe('that offered something', () => {
    const said = 'the alarm of the building';
    it('does it after a yes, its place or its name', async () => {
      for (const yes of ['yes', 'the first one', '1', 'the alarm']) {
        expect((await say(office, said, yes)).calls, yes).to.deep.equal([{ name: 'alarm.disable', input: {} }]);
      }
    });
    it('does nothing after a no', async () => {
      expect((await say(office, said, 'no')).text).to.equal('All right, I did nothing.');
    });
    it('follows another request', async () => {
      expect((await say(office, said, 'start a timer for 5 minutes')).call?.name).to.equal('timer.start');
    });
  });

  describe('that is told what happened', () => {
    for (const told of ['I joined spinning yesterday', 'yesterday I joined spinning', 'we left spinning last week']) {
      it(`leaves “${told}” alone`, async () => {
        const { calls, candidates } = await say(gym, told);
        expect([calls, candidates]).to.deep.equal([[], []]);
      });
    }
  });
});
