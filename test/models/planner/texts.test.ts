import { expect } from 'chai';
import { say } from '../planner-talk.ts';
import { harbour } from './harbour.ts';

const calls = (said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(harbour, said)).calls).to.deep.equal([{ name, input }]);
  });
};
const asks = (said: string, about: string): void => {
  it(`“${said}” asks`, async () => {
    const { calls: made, text } = await say(harbour, said);
    expect(made).to.deep.equal([]);
    expect(text).to.equal(about);
  });
};

describe('planner with free text', () => {
  describe('takes no filler for a value', () => {
    asks('register my new skipper', 'What is the name?');
    asks('add something to the provisions', 'What to bring on board?');
  });

  calls('report a green paddle, my number is 0161 555 0199', 'report_loss', {
    item: 'a green paddle',
    phone: '0161 555 0199',
  });

  it('takes nothing that is left over for a name', async () => {
    const { calls: made } = await say(harbour, 'The sea skipper sails 40 miles', 'yes');
    expect(made).to.deep.equal([]);
  });

  describe('keeps a name with capitals in one piece', () => {
    calls('visit of Otter Sailing Club with 12 guests on 8 May', 'register_club', {
      club: 'Otter Sailing Club',
      day: '2027-05-08',
      guests: 12,
    });
  });

  describe('begins with the question behind whom it is for', () => {
    calls('ask the harbour master when the crane is free, answer by radio', 'ask_harbour_master', {
      question: 'when the crane is free',
      answer_by: 'radio',
    });
    calls('ask the harbour master why the gate must stay in', 'ask_harbour_master', {
      question: 'why the gate must stay in',
    });
  });

  describe('leaves the name of a field beside its value', () => {
    calls('find messages opened after 3 November', 'find_messages', { opened_after: '2026-11-03' });
    calls('which messages were opened', 'find_messages', { state: 'open' });
  });
});
